"""The pages of invitations: asking, the list of those asked, taking back, answering."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from app.core import registries, waiting
from app.extensions import db
from app.people.models import AffiliationKind, Appearance, Role
from app.sessions.models import TrackMembership
from app.workinggroups.keys import carriers_key
from app.workinggroups.models import GroupInvitation, GroupKind, GroupState, InvitationState, Standing
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role
from tests.make.sessions import make_membership, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_invitation

LIST = "/groups/land-group/invitations"
ANSWER = "/groups/land-group/invitation"


def states() -> list[InvitationState]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(GroupInvitation.state)))


def lines(act, person, now) -> list[str]:
    """What waits for somebody, in words."""
    with current_app.test_request_context():
        return [line.sentence for line in waiting.lines(act(person), now)]


@pytest.fixture
def chantier(cast, monkeypatch):
    """A chantier that `cast.member` coordinates and carries, as the package above would say it."""
    group = make_group("Chantier", slug="roofs", kind=GroupKind.CHANTIER)
    make_coordinator(group, cast.member)
    keys = {cast.member.id: {carriers_key(group.id)}}
    monkeypatch.setitem(registries._audience_keys, "test", lambda _ids, _now: keys)
    return group


# ---------- asking


def test_a_coordinator_invites_by_address_and_by_a_name_they_know(cast, browse):
    make_account_of = cast.candidate.name
    reader = browse(cast.coordinator)
    reader.open(LIST)
    assert "No invitation waits for an answer." in reader.text
    reader.send(has="person", person=make_account_of)
    assert reader.status == 422  # does not appear by name to the coordinator
    assert "Nobody here is known by this" in reader.text
    cast.candidate.appearance = Appearance.NETWORK
    reader.send(has="person", person="njeri")
    assert "Choose the person you mean" in reader.text
    reader.send(has="person", person="njeri", chosen=str(cast.candidate.id), words="Come!", language="en")
    assert reader.status == 200
    assert states() == [InvitationState.OPEN]
    assert "Njeri Example invited on 21 November 2026" in reader.text
    assert "There is no second invitation" not in reader.text


def test_words_ask_for_their_language(cast, browse):
    reader = browse(cast.secretary)
    reader.open(LIST)
    reader.send(has="person", person=cast.candidate.name, words="Bienvenue !", language="")
    assert reader.status == 422
    assert "Choose the language of your text" in reader.text
    assert reader.page.select_one("details[open] textarea[name=words]")


def test_who_has_no_account_must_be_told_by_somebody(cast, browse):
    person = make_person("Unreached Example")
    make_affiliation(person, make_organisation())
    reader = browse(cast.secretary)
    reader.open(LIST)
    reader.send(has="person", person="Unreached Example")
    assert "tell them yourself" in reader.page.get_text()


def test_refusals_stand_at_the_field(cast, browse):
    reader = browse(cast.secretary)
    reader.open(LIST)
    for person, sentence in (
        (cast.member, "is in the group already"),
        (cast.friend, "has another affiliation"),
        (cast.outsider, "invited by the organisations that carry it"),
    ):
        reader.send(has="person", person=person.name)
        assert reader.status == 422
        assert sentence in reader.text
    assert states() == []


def test_others_neither_invite_nor_read_who_was_invited(cast, browse):
    for person in (cast.member, cast.candidate, cast.other_coordinator):
        reader = browse(person)
        for path in (LIST, f"{LIST}/organisation"):
            assert reader.client.get(path).status_code == 403
        assert reader.client.get("/groups/secret-group/invitations").status_code in (404, 200)
    assert browse(cast.candidate).client.get("/groups/secret-group/invitations").status_code == 404
    assert browse(None).client.get(LIST).status_code == 303


def test_the_list_names_those_one_asked_and_hides_others_who_have_not_agreed(cast, browse, act, now):
    track = make_track()
    group = make_group("From a track", slug="from-track", origins=(track,))
    make_coordinator(group, cast.coordinator)
    make_invitation(group, cast.candidate, invited_by=cast.secretary.id)
    make_invitation(group, cast.friend, invited_by=cast.coordinator.id, standing=Standing.GUEST)
    make_invitation(group, cast.observer, state=InvitationState.DECLINED, answered_at=now)
    make_invitation(group, cast.outsider, state=InvitationState.ACCEPTED, answered_at=now)
    reader = browse(cast.coordinator)
    reader.open("/groups/from-track/invitations")
    assert "Njeri" not in reader.text
    assert "Somebody who took part in the track invited on" in reader.text
    assert "Jo Example invited on 21 November 2026 · as a guest" in reader.text
    reader.open("/groups/from-track/invitations?view=accepted")
    assert "Pat Nobody accepted on 21 November 2026" in reader.text
    reader.open("/groups/from-track/invitations?view=declined")
    assert "Olu" not in reader.text
    reader.open("/groups/from-track/invitations?view=withdrawn")
    assert "No invitation was taken back." in reader.text
    reader.open("/groups/from-track/invitations?view=nonsense")
    assert reader.status == 200


def test_an_invitation_is_taken_back_on_a_page_of_its_own(cast, browse):
    row = make_invitation(cast.group, cast.candidate)
    reader = browse(cast.coordinator)
    path = f"{LIST}/{row.id}/withdraw"
    reader.open(path)
    assert "not answered yet" in reader.text
    reader.send(action="/withdraw")
    assert states() == [InvitationState.WITHDRAWN]
    reader.open(path)
    assert "no longer waits for an answer" in reader.text
    assert browse(cast.member).client.get(path).status_code == 403
    assert browse(cast.coordinator).client.get(f"{LIST}/{cast.group.id}/withdraw").status_code == 404


def test_taking_back_what_was_answered_meanwhile_says_so(cast, browse):
    row = make_invitation(cast.group, cast.candidate)
    reader = browse(cast.coordinator)
    reader.open(f"{LIST}/{row.id}/withdraw")
    row.state = InvitationState.ACCEPTED
    reader.send(action="/withdraw")
    assert reader.status == 422
    assert "answered meanwhile" in reader.text


# ---------- from outside


def test_a_carrier_invites_an_organisation_from_outside(cast, browse, chantier):
    partner = make_organisation("Partner network")
    reader = browse(cast.member)
    reader.open("/groups/roofs/invitations")
    assert reader.page.select_one("a.button--outlined[href='/groups/roofs/invitations/organisation']")
    reader.open("/groups/roofs/invitations/organisation")
    reader.send(has="organisation", organisation=str(partner.id))
    assert states() == [InvitationState.OPEN]
    assert "Partner network invited on 21 November 2026 · as a guest" in reader.text


def test_an_organisation_must_be_chosen(cast, browse, chantier):
    reader = browse(cast.member)
    reader.open("/groups/roofs/invitations/organisation")
    reader.send(has="organisation")
    assert reader.status == 422
    assert "Choose the organisation that is invited." in reader.text


def test_others_read_whom_to_ask_for_an_invitation_from_outside(cast, browse, chantier):
    secretary = browse(cast.secretary)
    secretary.open("/groups/roofs/invitations/organisation")
    assert "only the organisations that carry it invite them" in secretary.text
    assert not secretary.page.select("select[name=organisation]")


# ---------- answering


def test_who_is_asked_reads_objectives_and_words_and_accepts(cast, browse, act, now):
    make_invitation(
        cast.group, cast.candidate, invited_by=cast.coordinator.id, words="Nous avons besoin de toi.", language="fr"
    )
    assert "You are invited into a working group." in lines(act, cast.candidate, now)
    reader = browse(cast.candidate)
    reader.open(ANSWER)
    assert "Samira Example invites you into this working group." in reader.text
    assert reader.page.select_one("blockquote[lang=fr]")
    assert "Coordinate and learn." in reader.text
    reader.send(has="acknowledge", acknowledge="y")
    assert "You are a member of this group now." in reader.page.get_text()
    assert states() == [InvitationState.ACCEPTED]
    assert "You are invited into a working group." not in lines(act, cast.candidate, now)
    reader.open(ANSWER)
    assert "You accepted this invitation on 21 November 2026." in reader.text
    assert not reader.page.select("main form")


def test_declining_is_one_button_and_the_page_says_one_may_still_accept(cast, browse):
    make_invitation(cast.secret, cast.candidate)
    reader = browse(cast.candidate)
    path = "/groups/secret-group/invitation"
    reader.open(path)
    reader.send(action="/decline")
    assert reader.path == path
    assert "You declined on 21 November 2026." in reader.text
    assert reader.client.get("/groups/secret-group").status_code == 404
    assert not reader.page.select(f"form[action='{path}/decline']")
    reader.send(has="acknowledge", acknowledge="y")
    assert states() == [InvitationState.ACCEPTED]


def test_declining_after_accepting_is_answered_in_words(cast, browse):
    row = make_invitation(cast.group, cast.candidate)
    reader = browse(cast.candidate)
    reader.open(ANSWER)
    row.state = InvitationState.ACCEPTED
    reader.send(action="/decline")
    assert reader.status == 422
    assert "accepted before" in reader.text


def test_somebody_no_longer_eligible_reads_why_and_may_ask_to_observe(cast, browse):
    make_invitation(cast.group, cast.friend)
    reader = browse(cast.friend)
    reader.open(ANSWER)
    assert "your affiliation is another one (Friend)" in reader.text
    assert reader.page.select_one("a[href='/groups/land-group/observe']")
    assert not reader.page.select("input[name=acknowledge]")


def test_who_belongs_to_two_organisations_chooses(cast, browse):
    make_affiliation(cast.candidate, second := make_organisation("Second Union"))
    make_invitation(cast.group, cast.candidate)
    reader = browse(cast.candidate)
    reader.open(ANSWER)
    reader.send(has="acknowledge", acknowledge="y", organisation=str(second.id))
    assert states() == [InvitationState.ACCEPTED]


@pytest.mark.parametrize("state", [GroupState.CLOSED, GroupState.ACTIVE])
def test_what_was_taken_back_or_closed_is_said_without_a_form(cast, browse, state):
    row = make_invitation(cast.group, cast.candidate)
    cast.group.state = state
    if state is GroupState.ACTIVE:
        row.state = InvitationState.WITHDRAWN
    reader = browse(cast.candidate)
    reader.open(ANSWER)
    said = "This group is closed." if state is GroupState.CLOSED else "was taken back on 21 November 2026"
    assert said in reader.text
    assert not reader.page.select("main form")


def test_for_whoever_is_not_asked_there_is_no_invitation(cast, browse):
    make_invitation(cast.group, cast.candidate)
    for person in (cast.member, cast.coordinator, cast.secretary):
        assert browse(person).client.get(ANSWER).status_code == 404
    answer = browse(None).client.get(ANSWER)
    assert (answer.status_code, answer.location.startswith("/sign-in")) == (303, True)


def test_an_organisation_answers_through_who_speaks_for_it(cast, browse, act, chantier, now):
    partner, speaker = make_organisation("Partner network"), make_person("Sam Speaker")
    make_account(speaker)
    make_role(speaker, Role.MANDATED, partner.id)
    make_invitation(chantier, organisation_id=partner.id, standing=Standing.GUEST)
    assert "Partner network is invited into a chantier, and you speak for it." in lines(act, speaker, now)
    reader = browse(speaker)
    reader.open(f"/groups/roofs/invitation/{partner.id}")
    assert "Partner network is invited into this chantier, and you speak for it." in reader.text
    reader.send(has="acknowledge", acknowledge="y")
    assert "as a guest now" in reader.page.get_text()
    reader.open(f"/groups/roofs/invitation/{partner.id}")
    assert "This invitation was accepted on" in reader.text


# ---------- on the overview


def test_answers_stand_together_for_who_runs_the_group_and_go_after_a_fortnight(cast, act, now):
    make_invitation(cast.group, cast.candidate, state=InvitationState.ACCEPTED, answered_at=now)
    make_invitation(cast.group, cast.friend, state=InvitationState.DECLINED, answered_at=now)
    sentence = "1 person has accepted since 7 November 2026. 1 person has declined since 7 November 2026."
    assert sentence in lines(act, cast.coordinator, now)
    for person, instant in ((cast.member, now), (cast.secretary, now), (cast.coordinator, now + timedelta(days=15))):
        assert "accepted" not in " ".join(lines(act, person, instant))


def test_the_secretary_who_asked_reads_the_answers(cast, act, now):
    make_invitation(
        cast.group, cast.friend, state=InvitationState.DECLINED, answered_at=now, invited_by=cast.secretary.id
    )
    assert "1 person has declined since 7 November 2026." in lines(act, cast.secretary, now)


# ---------- flat


def test_the_list_costs_the_same_for_one_and_for_forty(cast, browse, count_queries):
    reader = browse(cast.secretary)

    def cost() -> int:
        db.session.expire_all()
        with count_queries() as statements:
            reader.open(LIST)
        return len(statements)

    make_invitation(cast.group, cast.candidate)
    reader.open(LIST)
    first = cost()
    for number in range(40):
        person = make_person(f"Somebody {number}")
        make_affiliation(person, cast.union, kind=AffiliationKind.ALLY)
        make_invitation(cast.group, person)
    assert cost() == first


def test_who_shares_a_track_is_found_by_name(cast, browse):
    track = make_track()
    for person in (cast.coordinator, cast.candidate):
        make_membership(track, person)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrackMembership)) == 2
    reader = browse(cast.coordinator)
    reader.open(LIST)
    reader.send(has="person", person="Njeri Example")
    assert states() == [InvitationState.OPEN]
