"""Who is inside an engagement: its groups' people, its organisations' speakers, its delegation."""

from app.core import registries
from app.engagements.keys import engagement_key
from app.engagements.models import Delegate, Part, SignatoryState
from app.extensions import db
from tests.conftest import START
from tests.make.advocacy import make_space
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_account, make_organisation, make_person, make_role
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
