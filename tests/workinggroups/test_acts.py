"""An invitation is answered from its mail: one tick and one button to come in, one button to decline."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.acts.emails import DONE
from app.core.audit import AuditLine
from app.core.notices import Notice
from app.extensions import db
from app.people.models import Affiliation, AffiliationKind, AffiliationState, Role
from app.workinggroups import telling
from app.workinggroups.acts import ACCEPT, DECLINE, INVITATION
from app.workinggroups.models import GroupMembership, GroupState, InvitationState, Standing
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice
from tests.make.people import make_account, make_affiliation, make_assistance, make_organisation, make_person, make_role
from tests.make.workinggroups import make_group, make_invitation


@pytest.fixture
def row(cast):
    invitation = make_invitation(cast.group, cast.candidate)
    db.session.commit()
    return invitation


@pytest.fixture
def phone(app) -> Reader:
    """A browser in which nobody is signed in."""
    return Reader(app.test_client())


def places() -> list[GroupMembership]:
    return list(
        db.session.scalars(sa.select(GroupMembership).where(GroupMembership.standing != Standing.OBSERVER)).unique()
    )


def test_the_mail_brings_what_the_group_wants_and_both_answers(cast, row, phone, now):
    telling.invitations.tell_invited(cast.group, [row], now=now)
    text = words_of_notice(telling.invitations.INVITED, cast.candidate).text
    assert "What the group wants to do:\nCoordinate and learn." in text
    accept, decline = links_in(text)
    phone.open(f"{accept}?lang=en")
    assert "Come into the group “Land group”?" in phone.text
    assert "Coordinate and learn." in phone.text
    phone.open(f"{decline}?lang=en")
    assert "Decline the invitation into “Land group”?" in phone.text


def test_whoever_does_not_read_the_language_of_the_objectives_is_told_to_have_them_read_first(cast, row, phone):
    path = act_path(INVITATION, ACCEPT, row.id, cast.candidate)
    phone.open(f"{path}?lang=en")
    assert not phone.page.select("form .care")
    phone.open(f"{path}?lang=pt")
    assert phone.page.select("form .care bdi[lang=en]")


def test_coming_in_needs_the_tick_and_is_confirmed_by_a_mail(cast, row, phone):
    before = len(places())
    path = act_path(INVITATION, ACCEPT, row.id, cast.candidate) + "?lang=en"
    phone.open(path)
    phone.send(has="acknowledge")
    assert phone.status == 422
    assert "Tick that you have read the objectives" in phone.text
    assert len(places()) == before
    phone.send(has="acknowledge", acknowledge="y")
    assert phone.status == 200
    assert "The invitation into “Land group” is accepted." in phone.text
    assert len(places()) == before + 1
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "workinggroups.invitation.accepted")).one()
    assert (line.actor_kind, line.actor_id) == ("link", cast.candidate.id)
    words = words_of_notice(DONE, cast.candidate)
    assert words.subject == "Done from your mail: The invitation into “Land group” is accepted"
    assert f"in the name of {cast.candidate.name}, with the link of a mail" in words.text
    assert "If it was not you, tell the secretariat at once" in words.text


def test_declining_is_one_button_and_may_be_thought_over(cast, row, phone, clock):
    accept, decline = (act_path(INVITATION, choice, row.id, cast.candidate) for choice in (ACCEPT, DECLINE))
    phone.open(decline)
    phone.send(has="submission_id")
    db.session.refresh(row)
    assert row.state is InvitationState.DECLINED
    assert db.session.scalar(sa.select(sa.func.count(Notice.id))) == 0
    phone.open(f"{accept}?lang=en")
    assert phone.page.select_one("main .message strong").get_text() == "The invitation into “Land group” is declined."
    assert "nothing has happened yet" not in phone.text
    phone.send(has="acknowledge", acknowledge="y")
    db.session.refresh(row)
    assert row.state is InvitationState.ACCEPTED
    phone.open(f"{decline}?lang=en")
    assert "The answer given by this link does not count any more" in phone.text
    assert "The invitation into “Land group” is accepted." in phone.text
    clock.shift(timedelta(seconds=1))
    again = act_path(INVITATION, DECLINE, row.id, cast.candidate)
    phone.open(f"{again}?lang=en")
    assert phone.status == 410
    assert "This invitation was accepted before." in phone.text


@pytest.mark.parametrize("state", [InvitationState.OPEN, InvitationState.WITHDRAWN])
def test_an_answer_that_does_not_count_any_more_says_which_group_it_was_about(cast, row, phone, state):
    phone.open(path := act_path(INVITATION, ACCEPT, row.id, cast.candidate) + "?lang=en")
    phone.send(has="acknowledge", acknowledge="y")
    row.state = state
    db.session.commit()
    phone.open(path)
    assert "The answer given by this link does not count any more" in phone.text
    for text in (phone.text, words_of_notice(DONE, cast.candidate).text):
        assert "Land group" in text


@pytest.mark.parametrize("what", ["withdrawn", "closed", "not eligible"])
def test_what_does_not_hold_any_more_is_said_with_the_way_on(cast, row, phone, what, now):
    path = act_path(INVITATION, ACCEPT, row.id, cast.candidate) + "?lang=en"
    if what == "withdrawn":
        row.state = InvitationState.WITHDRAWN
    elif what == "closed":
        cast.group.state = GroupState.CLOSED
    else:
        db.session.execute(
            sa.update(Affiliation)
            .where(Affiliation.person_id == cast.candidate.id)
            .values(state=AffiliationState.CONFIRMED, kind=AffiliationKind.FRIEND)
        )
    db.session.commit()
    phone.open(path)
    assert phone.status == 410
    assert phone.page.select("main a[href*='/invitation']")
    assert "Land group" not in phone.text


def test_nobody_answers_the_invitation_of_another(cast, row, phone):
    phone.open(act_path(INVITATION, ACCEPT, row.id, cast.member))
    assert phone.status == 404


def test_who_belongs_to_two_organisations_says_for_which(cast, row, phone):
    second = make_organisation("Second union")
    make_affiliation(cast.candidate, second)
    db.session.commit()
    phone.open(act_path(INVITATION, ACCEPT, row.id, cast.candidate) + "?lang=en")
    phone.send(has="acknowledge", acknowledge="y")
    assert phone.status == 422
    phone.send(has="acknowledge", acknowledge="y", organisation=str(second.id))
    assert [place.organisation_id for place in places() if place.person_id == cast.candidate.id] == [second.id]


def test_whoever_speaks_for_an_organisation_brings_it_in_as_a_guest(cast, phone, now):
    partner, speaker = make_organisation("Partner network"), make_person("Sam Speaker")
    make_account(speaker)
    grant = make_role(speaker, Role.MANDATED, partner.id)
    row = make_invitation(make_group("Study"), organisation_id=partner.id, standing=Standing.GUEST)
    db.session.commit()
    path = act_path(INVITATION, ACCEPT, row.id, speaker) + "?lang=en"
    phone.open(path)
    assert "Partner network is invited into this chantier, and you speak for it." in phone.text
    later = act_path(INVITATION, DECLINE, row.id, speaker)
    phone.send(has="acknowledge", acknowledge="y")
    assert [place.standing for place in places() if place.person_id == speaker.id] == [Standing.GUEST]
    grant.ended_at = now
    db.session.commit()
    phone.open(later)
    assert phone.status == 404


def test_a_helper_accepts_in_the_name_of_whom_they_help(cast, phone, now):
    helped = make_person("Assisted Example")
    make_affiliation(helped, make_organisation())
    make_assistance(helped, cast.member)
    row = make_invitation(cast.group, helped)
    telling.invitations.tell_invited(cast.group, [row], now=now)
    db.session.commit()
    accept, _decline = links_in(words_of_notice(telling.invitations.INVITED, cast.member).text)
    phone.open(f"{accept}?lang=en")
    assert "Fatou Exemple answers for Assisted Example" in phone.text
    phone.send(has="acknowledge", acknowledge="y")
    assert helped.id in {place.person_id for place in places()}
    assert "pour Assisted Example" in words_of_notice(DONE, cast.member).text
