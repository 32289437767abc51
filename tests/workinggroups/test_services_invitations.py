"""Inviting, taking back, answering: R-04 (who is eligible), R-06 (asked once), R-20 (from outside)."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound
from app.core.notices import Notice
from app.extensions import db
from app.people.models import AffiliationKind, Role
from app.workinggroups import services
from app.workinggroups.keys import carriers_key
from app.workinggroups.models import (
    GroupInvitation,
    GroupKind,
    GroupMembership,
    GroupState,
    InvitationState,
    ObserverRequest,
    ObserverRequestState,
    Standing,
)
from app.workinggroups.queries.invitations import get_invitation, get_my_invitation, list_open_invitations
from app.workinggroups.services import invitations_answers
from app.workinggroups.services.invitations import (
    AnsweredAlready,
    GroupIsClosed,
    InsideAlready,
    InvitedAlready,
    NotOpenTo,
    OnlyCarriersInvite,
    Unknown,
)
from app.workinggroups.services.joining import ChooseOrganisation, NotAcknowledged, NotEligible
from tests.make.people import make_account, make_affiliation, make_member, make_organisation, make_person, make_role
from tests.make.workinggroups import make_group, make_invitation, make_observer_request, make_place


def invite(actor, group, person, now, **words):
    return services.invite_person(actor, group, person_id=person.id, now=now, **words)


def accept(actor, invitation, now, **more):
    return services.accept_invitation(actor, invitation, **({"acknowledges": True, "now": now} | more))


def carrier(act, person, group):
    """A person as an actor who speaks for a carrier of a chantier."""
    actor = act(person)
    return replace(actor, keys=actor.keys | {carriers_key(group.id)})


@pytest.fixture
def chantier(cast):
    return make_group("Chantier", kind=GroupKind.CHANTIER, state=GroupState.PROPOSED)


@pytest.fixture
def guests(cast):
    """A partner network from outside, and who speaks for it."""
    partner, speaker = make_organisation("Partner network"), make_person("Sam Speaker")
    make_account(speaker)
    make_role(speaker, Role.MANDATED, partner.id)
    return partner, speaker


# ---------- inviting people


def test_a_coordinator_invites_a_person_once_with_a_notice(cast, act, now):
    sent = invite(act(cast.coordinator), cast.group, cast.candidate, now, words=" Come! ", language="fr")
    row = sent.invitation
    assert (sent.is_first, row.standing, row.words, row.language) == (True, Standing.MEMBER, "Come!", "fr")
    [notice] = db.session.scalars(sa.select(Notice))
    assert notice.person_id == cast.candidate.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GroupMembership)) == 2
    with pytest.raises(InvitedAlready, match="not answered yet"):
        invite(act(cast.secretary), cast.group, cast.candidate, now)


def test_who_declined_is_not_asked_again(cast, act, now):
    row = make_invitation(cast.group, cast.candidate, state=InvitationState.DECLINED)
    with pytest.raises(InvitedAlready, match="declined") as refused:
        invite(act(cast.coordinator), cast.group, cast.candidate, now)
    assert (refused.value.field, refused.value.rule) == ("person", "R-06")
    assert row.state is InvitationState.DECLINED


def test_a_language_without_words_is_not_kept(cast, act, now):
    row = invite(act(cast.coordinator), cast.group, cast.candidate, now, words="  ", language="fr").invitation
    assert (row.words, row.language) == ("", "")


def test_an_invitation_that_was_taken_back_opens_again_without_a_second_mail(cast, act, now):
    actor = act(cast.coordinator)
    first = invite(actor, cast.group, cast.candidate, now).invitation
    services.withdraw_invitation(actor, first, now=now)
    again = invite(actor, cast.group, cast.candidate, now)
    assert (again.invitation.id, again.is_first) == (first.id, False)
    assert (first.state, first.answered_at) == (InvitationState.OPEN, None)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_who_is_inside_is_not_invited_but_an_observer_may_be(cast, act, now):
    actor = act(cast.coordinator)
    with pytest.raises(InsideAlready):
        invite(actor, cast.group, cast.member, now)
    make_affiliation(cast.observer, make_organisation())
    assert invite(actor, cast.group, cast.observer, now).invitation.standing is Standing.MEMBER


def test_a_friend_is_not_invited_where_friends_cannot_become_members(cast, act, now):
    with pytest.raises(NotOpenTo, match="Jo Example has another affiliation") as refused:
        invite(act(cast.coordinator), cast.group, cast.friend, now)
    assert "Members and Allies" in str(refused.value.message)
    assert refused.value.rule == "R-04"


def test_an_affiliation_that_ended_does_not_count(cast, act, now):
    gone = make_person("Gone Example")
    make_affiliation(gone, make_organisation(), until_on=date(2026, 11, 20))
    with pytest.raises(OnlyCarriersInvite, match="no current, confirmed affiliation") as refused:
        invite(act(cast.secretary), cast.group, gone, now)
    assert refused.value.rule == "R-20"


def test_nobody_known_is_nobody_invited(cast, act, now):
    erased = make_person("Erased", erased_at=now)
    with pytest.raises(Unknown):
        invite(act(cast.coordinator), cast.group, erased, now)
    with pytest.raises(Unknown):
        services.invite_person(act(cast.coordinator), cast.group, person_id=cast.group.id, now=now)


def test_mere_members_and_coordinators_of_other_groups_do_not_invite(cast, act, now):
    for person in (cast.member, cast.other_coordinator, cast.candidate):
        with pytest.raises(NotAllowed):
            invite(act(person), cast.group, cast.candidate, now)


def test_into_a_group_that_closed_meanwhile_nobody_is_invited(cast, act, now):
    actor = act(cast.coordinator)
    db.session.execute(
        sa.text("UPDATE working_group SET state = 'closed' WHERE slug = 'land-group'"),
    )
    with pytest.raises(GroupIsClosed):
        invite(actor, cast.group, cast.candidate, now)


# ---------- from outside


def test_only_a_carrier_invites_an_organisation_and_only_into_a_chantier(cast, act, chantier, guests, now):
    partner, _speaker = guests
    sent = services.invite_organisation(
        carrier(act, cast.member, chantier),
        chantier,
        organisation_id=partner.id,
        words="Venez.",
        language="fr",
        now=now,
    )
    assert (sent.invitation.standing, sent.invitation.words) == (Standing.GUEST, "Venez.")
    for actor, group in (
        (act(cast.secretary), chantier),
        (act(cast.coordinator), cast.group),
        (carrier(act, cast.member, cast.group), cast.group),
    ):
        with pytest.raises(OnlyCarriersInvite, match="organisations that carry it invite them") as refused:
            services.invite_organisation(actor, group, organisation_id=partner.id, now=now)
        assert refused.value.rule == "R-20"


def test_a_person_without_affiliation_is_a_carriers_guest(cast, act, chantier, now):
    sent = invite(carrier(act, cast.member, chantier), chantier, cast.outsider, now)
    assert sent.invitation.standing is Standing.GUEST
    with pytest.raises(OnlyCarriersInvite):
        invite(act(cast.secretary), chantier, make_person("Other"), now)


def test_an_organisation_is_asked_once_and_its_no_is_remembered(cast, act, chantier, guests, now):
    partner, _speaker = guests
    actor = carrier(act, cast.member, chantier)
    row = services.invite_organisation(actor, chantier, organisation_id=partner.id, now=now).invitation
    with pytest.raises(InvitedAlready, match="has not answered yet"):
        services.invite_organisation(actor, chantier, organisation_id=partner.id, now=now)
    row.state = InvitationState.DECLINED
    db.session.flush()
    with pytest.raises(InvitedAlready, match="has declined") as refused:
        services.invite_organisation(actor, chantier, organisation_id=partner.id, now=now)
    assert refused.value.field == "organisation"


def test_organisations_of_the_network_or_unknown_ones_are_not_invited_from_outside(cast, act, chantier, now):
    actor, within, hidden = carrier(act, cast.member, chantier), make_organisation(), make_organisation(is_listed=False)
    make_affiliation(cast.candidate, within)
    with pytest.raises(NotOpenTo, match="by their names"):
        services.invite_organisation(actor, chantier, organisation_id=within.id, now=now)
    for unknown in (hidden.id, chantier.id):
        with pytest.raises(Unknown):
            services.invite_organisation(actor, chantier, organisation_id=unknown, now=now)


def test_who_speaks_for_an_organisation_accepts_for_it_and_is_its_guest(cast, act, chantier, guests, now):
    partner, speaker = guests
    row = make_invitation(chantier, organisation_id=partner.id, standing=Standing.GUEST)
    assert get_my_invitation(act(speaker), chantier.slug) == row
    with pytest.raises(NotAllowed):
        accept(act(cast.member), row, now)
    place = accept(act(speaker), row, now)
    assert (place.standing, place.organisation_id, place.person_id) == (Standing.GUEST, partner.id, speaker.id)
    assert row.answered_by == speaker.id


# ---------- taking back


def test_an_invitation_is_taken_back_once_and_only_before_it_is_answered(cast, act, now):
    actor, row = act(cast.coordinator), make_invitation(cast.group, cast.candidate)
    services.withdraw_invitation(actor, row, now=now)
    services.withdraw_invitation(actor, row, now=now)
    assert row.state is InvitationState.WITHDRAWN
    codes = list(db.session.scalars(sa.select(AuditLine.code)))
    assert codes.count("workinggroups.invitation.withdrawn") == 1
    row.state = InvitationState.ACCEPTED
    db.session.flush()
    with pytest.raises(AnsweredAlready):
        services.withdraw_invitation(actor, row, now=now)
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(act(cast.member), row, now=now)


# ---------- answering


def test_accepting_takes_the_tick_and_makes_a_member_for_the_organisation(cast, act, now):
    row = make_invitation(cast.group, cast.candidate)
    with pytest.raises(NotAcknowledged) as refused:
        accept(act(cast.candidate), row, now, acknowledges=False)
    assert (refused.value.field, row.state) == ("acknowledge", InvitationState.OPEN)
    place = accept(act(cast.candidate), row, now)
    assert (place.standing, place.acknowledged_at) == (Standing.MEMBER, now)
    assert place.organisation_id is not None
    assert (row.state, row.answered_at, row.answered_by) == (InvitationState.ACCEPTED, now, cast.candidate.id)
    assert list_open_invitations(act(cast.candidate)) == []


def test_who_belongs_to_several_organisations_says_for_which(cast, act, now):
    second = make_organisation()
    make_affiliation(cast.candidate, second)
    row = make_invitation(cast.group, cast.candidate)
    with pytest.raises(ChooseOrganisation):
        accept(act(cast.candidate), row, now)
    assert row.state is InvitationState.OPEN
    assert accept(act(cast.candidate), row, now, organisation_id=second.id).organisation_id == second.id


def test_whether_somebody_is_eligible_is_asked_again_at_accepting(cast, act, now):
    gone = make_person("Gone Example")
    make_account(gone)
    make_affiliation(gone, make_organisation(), until_on=date(2026, 11, 20))
    row = make_invitation(cast.group, gone)
    with pytest.raises(NotEligible, match="ended on 20 November 2026") as refused:
        accept(act(gone), row, now)
    assert (refused.value.rule, row.state) == ("R-04", InvitationState.OPEN)


def test_accepting_twice_and_declining_after_accepting_are_answered_in_words(cast, act, now):
    actor, row = act(cast.candidate), make_invitation(cast.group, cast.candidate)
    accept(actor, row, now)
    with pytest.raises(AnsweredAlready, match="accepted before"):
        accept(actor, row, now)
    with pytest.raises(AnsweredAlready, match="accepted before"):
        services.decline_invitation(actor, row, now=now)
    assert row.state is InvitationState.ACCEPTED


def test_a_no_is_kept_and_may_become_a_yes_by_the_same_person(cast, act, now):
    actor, row = act(cast.candidate), make_invitation(cast.secret, cast.candidate)
    services.decline_invitation(actor, row, now=now)
    services.decline_invitation(actor, row, now=now)
    assert row.state is InvitationState.DECLINED
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditLine.code.endswith("declined"))) == 1
    assert accept(act(cast.candidate), get_my_invitation(act(cast.candidate), cast.secret.slug), now).left_at is None


def test_an_invitation_that_was_taken_back_or_into_a_closed_group_takes_no_answer(cast, act, now):
    actor, row = act(cast.candidate), make_invitation(cast.group, cast.candidate, state=InvitationState.WITHDRAWN)
    with pytest.raises(AnsweredAlready, match="taken back meanwhile"):
        accept(actor, row, now)
    with pytest.raises(AnsweredAlready, match="taken back meanwhile"):
        services.decline_invitation(actor, row, now=now)
    row.state, cast.group.state = InvitationState.OPEN, GroupState.CLOSED
    db.session.flush()
    with pytest.raises(GroupIsClosed):
        accept(actor, row, now)
    assert services.decline_invitation(actor, row, now=now).state is InvitationState.DECLINED


def test_of_two_answers_at_once_for_one_organisation_the_first_counts(cast, act, chantier, guests, now):
    partner, speaker = guests
    row = make_invitation(chantier, organisation_id=partner.id, standing=Standing.GUEST, state=InvitationState.DECLINED)
    both_saw_it_open = (InvitationState.OPEN,)
    with pytest.raises(AnsweredAlready, match="declined before"):
        invitations_answers._answer(act(speaker), row, both_saw_it_open, InvitationState.ACCEPTED, now)
    assert row.state is InvitationState.DECLINED


def test_who_comes_in_by_themselves_has_answered_and_who_observes_has_not(cast, act, now):
    own, of_friend = make_invitation(cast.group, cast.candidate), make_invitation(cast.group, cast.friend)
    services.join_group(act(cast.candidate), cast.group, acknowledges=True, now=now)
    services.admit(act(cast.coordinator), cast.group, cast.friend.id, standing=Standing.OBSERVER, now=now)
    db.session.expire_all()
    assert (own.state, of_friend.state) == (InvitationState.ACCEPTED, InvitationState.OPEN)


def test_who_was_let_go_does_not_come_back_by_an_invitation_declined_before(cast, act, now):
    declined = make_invitation(cast.group, cast.candidate, state=InvitationState.DECLINED, answered_at=now)
    place = services.join_group(act(cast.candidate), cast.group, acknowledges=True, now=now)
    services.end_somebodys_place(act(cast.coordinator), cast.group, place, now=now)
    db.session.expire_all()
    with pytest.raises(AnsweredAlready):
        accept(act(cast.candidate), declined, now)


def test_an_observer_who_accepts_becomes_a_member_and_a_wish_to_observe_goes(cast, act, now):
    make_affiliation(cast.observer, make_organisation(), kind=AffiliationKind.ALLY)
    place = accept(act(cast.observer), make_invitation(cast.group, cast.observer), now)
    assert place.standing is Standing.MEMBER
    wish = make_observer_request(cast.group, cast.candidate)
    accept(act(cast.candidate), make_invitation(cast.group, cast.candidate), now)
    db.session.expire_all()
    assert db.session.get(ObserverRequest, wish.id).state is not ObserverRequestState.ASKED


# ---------- one's own


def test_only_who_is_asked_finds_the_invitation_and_an_open_one_comes_first(cast, act, chantier, guests, now):
    partner, speaker = guests
    row = make_invitation(cast.secret, cast.candidate)
    assert get_my_invitation(act(cast.candidate), "secret-group") == row
    assert [found.id for found in list_open_invitations(act(cast.candidate))] == [row.id]
    for person in (cast.member, cast.coordinator, cast.secretary):
        with pytest.raises(NotFound):
            get_my_invitation(act(person), "secret-group")
        assert list_open_invitations(act(person)) == []
    own = make_invitation(chantier, speaker, standing=Standing.GUEST, state=InvitationState.DECLINED)
    theirs = make_invitation(chantier, organisation_id=partner.id, standing=Standing.GUEST)
    assert get_my_invitation(act(speaker), chantier.slug) == theirs
    theirs.state = InvitationState.ACCEPTED
    db.session.flush()
    assert get_my_invitation(act(speaker), chantier.slug) == own
    assert get_my_invitation(act(speaker), chantier.slug, partner.id) == theirs


def test_an_invitation_belongs_to_its_group(cast, now):
    row = make_invitation(cast.group, cast.candidate)
    assert get_invitation(cast.group, row.id) == row
    for group, row_id in ((cast.secret, row.id), (cast.group, cast.group.id)):
        with pytest.raises(NotFound):
            get_invitation(group, row_id)


def test_a_place_somebody_left_can_be_offered_again(cast, act, now):
    gone = make_member("Came And Went")
    make_place(cast.group, gone, left_at=now)
    make_invitation(cast.group, gone, state=InvitationState.ACCEPTED)
    sent = invite(act(cast.coordinator), cast.group, gone, now)
    assert (sent.is_first, sent.invitation.state) == (False, InvitationState.OPEN)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GroupInvitation)) == 1
