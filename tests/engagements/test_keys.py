"""Who is inside an engagement: its groups' people, its organisations' speakers, its delegation."""

from app.core import registries
from app.engagements.keys import delegation_key, engagement_key
from app.engagements.models import Delegate, Part, SignatoryState
from app.extensions import db
from tests.conftest import START
from tests.make.advocacy import make_space
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_account, make_organisation, make_person, make_role, sign_in
from tests.make.workinggroups import make_group, make_place


def test_people_of_its_groups_speakers_and_delegates_are_inside_and_nobody_else(app):
    member, speaker, declined, delegate, stranger = (make_person(f"Example {name}") for name in "ABCDE")
    asked, refusing = make_organisation("Example union"), make_organisation("Example league")
    group = make_group()
    make_place(group, member)
    for person, organisation in ((speaker, asked), (declined, refusing)):
        make_account(person)
        make_role(person, "mandated", organisation=organisation)
    engagement = make_engagement(make_space(), group)
    make_signatory(engagement, asked, state=SignatoryState.ASKED)
    make_signatory(engagement, refusing, state=SignatoryState.DECLINED)
    db.session.add(Delegate(engagement=engagement, person=delegate, part=Part.SPEAKS, added_at=START))
    db.session.flush()

    everybody = [row.id for row in (member, speaker, declined, delegate, stranger)]
    keys = registries.audience_keys(everybody, START)
    inside = {person_id for person_id in everybody if engagement_key(engagement.id) in keys.get(person_id, ())}

    assert inside == {member.id, speaker.id, delegate.id}
    assert registries.audience_holders(engagement_key(engagement.id), START) == inside


def test_who_was_asked_and_has_not_agreed_does_not_read_who_travels(app):
    asked, agreed, member = (make_person(f"Example {name}") for name in "ABC")
    group = make_group()
    make_place(group, member)
    engagement = make_engagement(make_space(), group)
    for person, state in ((asked, SignatoryState.ASKED), (agreed, SignatoryState.AGREED)):
        organisation = make_organisation(f"Example union {state}")
        make_account(person)
        make_role(person, "mandated", organisation=organisation)
        make_signatory(engagement, organisation, state=state)

    everybody = [row.id for row in (asked, agreed, member)]
    keys = registries.audience_keys(everybody, START)
    reading = {person_id for person_id in everybody if delegation_key(engagement.id) in keys[person_id]}

    assert reading == {agreed.id, member.id}
    assert registries.audience_holders(delegation_key(engagement.id), START) == reading


def test_the_sheet_is_refused_to_a_speaker_who_was_only_asked(client, app):
    speaker, union = make_person("Example Speaker"), make_organisation("Example union")
    make_account(speaker)
    make_role(speaker, "mandated", organisation=union)
    engagement = make_engagement(make_space(), make_group())
    signatory = make_signatory(engagement, union, state=SignatoryState.ASKED)
    db.session.add(Delegate(engagement=engagement, name="Example Traveller", part=Part.SPEAKS, added_at=START))
    db.session.flush()
    sign_in(client, speaker)

    page = client.get(f"/advocacy/engagements/{engagement.id}")
    assert page.status_code == 200
    assert "Example Traveller" not in page.text
    assert client.get(f"/advocacy/engagements/{engagement.id}/delegation").status_code == 403

    signatory.state = SignatoryState.AGREED
    db.session.flush()
    assert "Example Traveller" in client.get(f"/advocacy/engagements/{engagement.id}/delegation").text
