"""Roles and invitations: given by the secretariat, never to oneself; the house is never left without a secretariat."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import job, link_holder
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.core.registries import actor_at
from app.extensions import db
from app.people import services
from app.people.devices import open_session
from app.people.models import Account, AuthSession, MailLink, MailPurpose, Person, Role, RoleGrant
from app.people.services import LastSecretary, NoAccount, Reading, UnprovenAddress
from app.people.services.mail_links import send_link
from tests.make.people import make_account, make_member, make_organisation, make_person, make_role, make_secretary

COMMAND = job("people.invite")


@pytest.fixture
def secretary(app, now):
    person = make_secretary()
    db.session.get_one(Account, person.id).password_hash = "$hash"
    db.session.flush()
    return actor_at(person.id, now)


def own_grant(actor) -> RoleGrant:
    return db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == actor.person_id)).one()


def test_a_role_is_given_and_taken_with_its_dates(secretary, now):
    person = make_member()
    grant = services.give_role(secretary, person, role=Role.COORDINATOR, now=now)
    assert actor_at(person.id, now).holds("coordinator")
    services.take_role(secretary, grant, now=now + timedelta(days=1))
    assert (grant.given_at, grant.given_by, grant.ended_at) == (now, secretary.person_id, now + timedelta(days=1))
    assert not actor_at(person.id, now).holds("coordinator")


def test_a_role_given_twice_is_one_role_and_one_line_of_audit(secretary, now):
    person = make_member()
    first = services.give_role(secretary, person, role=Role.COORDINATOR, now=now)
    assert services.give_role(secretary, person, role=Role.COORDINATOR, now=now) is first
    assert db.session.scalars(sa.select(AuditLine.code)).all() == ["people.role.given"]


def test_a_mandate_is_given_for_one_organisation_each(secretary, now):
    person, one, other = make_member(), make_organisation(), make_organisation()
    first = services.give_role(secretary, person, role=Role.MANDATED, organisation_id=one.id, now=now)
    services.give_role(secretary, person, role=Role.MANDATED, organisation_id=other.id, now=now)
    assert services.give_role(secretary, person, role=Role.MANDATED, organisation_id=one.id, now=now) is first
    assert {f"mandated:{one.id}", f"mandated:{other.id}"} <= actor_at(person.id, now).keys


def test_exactly_a_mandate_names_an_organisation(secretary, now):
    person, organisation = make_member(), make_organisation()
    for role, organisation_id in (
        (Role.MANDATED, None),
        (Role.SECRETARIAT, organisation.id),
        (Role.MANDATED, person.id),
    ):
        with pytest.raises(RuleBroken) as refused:
            services.give_role(secretary, person, role=role, organisation_id=organisation_id, now=now)
        assert refused.value.field == "organisation"


def test_nobody_raises_themselves(secretary, now):
    own = db.session.get_one(Person, secretary.person_id)
    with pytest.raises(NotAllowed):
        services.give_role(secretary, own, role=Role.COORDINATOR, now=now)
    member = make_member()
    with pytest.raises(NotAllowed):
        services.give_role(actor_at(member.id, now), member, role=Role.SECRETARIAT, now=now)


def test_who_has_no_account_gets_no_role(secretary, now):
    with pytest.raises(NoAccount):
        services.give_role(secretary, make_person(), role=Role.COORDINATOR, now=now)


@pytest.mark.parametrize("role", list(Role))
def test_an_address_that_nobody_confirmed_gets_no_role_and_the_way_out_is_told(secretary, now, role):
    person = make_person()
    make_account(person, verified_at=None, password_hash="$of a stranger")
    organisation_id = make_organisation().id if role is Role.MANDATED else None
    with pytest.raises(UnprovenAddress) as refused:
        services.give_role(secretary, person, role=role, organisation_id=organisation_id, now=now)
    assert refused.value.field == "email"
    assert "invite the address" in str(refused.value.message)
    assert actor_at(person.id, now).keys == {"public"}


def test_the_last_of_the_secretariat_stays_and_is_told_the_way_out(secretary, now):
    with pytest.raises(LastSecretary) as refused:
        services.take_role(secretary, own_grant(secretary), now=now)
    assert "somebody else first" in str(refused.value.message)


def test_who_was_invited_and_never_came_does_not_count(secretary, now):
    services.invite(secretary, email="invited@example.org", role=Role.SECRETARIAT, now=now)
    with pytest.raises(LastSecretary):
        services.take_role(secretary, own_grant(secretary), now=now)


@pytest.mark.parametrize("password_hash", ["$hash", None])
def test_with_a_second_one_who_confirmed_an_address_the_first_may_go(secretary, now, password_hash):
    second = make_person()
    make_account(second, password_hash=password_hash)  # without a password one signs in by a mailed link
    services.give_role(secretary, second, role=Role.SECRETARIAT, now=now)
    services.take_role(secretary, own_grant(secretary), now=now)
    assert not actor_at(secretary.person_id, now).is_secretariat


def test_a_role_taken_before_stays_as_it_was(secretary, now):
    grant = make_role(make_member(), Role.COORDINATOR)
    services.take_role(secretary, grant, now=now)
    services.take_role(secretary, grant, now=now + timedelta(days=1))
    assert grant.ended_at == now


def test_others_may_not_take_a_role(app, now):
    grant = make_role(make_member(), Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        services.take_role(actor_at(make_member().id, now), grant, now=now)


def test_an_invitation_makes_a_person_with_an_account_without_password(app, now):
    invitation = services.invite(COMMAND, email="Boss@Example.org", role=Role.SECRETARIAT, now=now)
    account = db.session.get_one(Account, invitation.person_id)
    assert (account.email, account.password_hash, account.verified_at) == ("Boss@example.org", None, None)
    assert account.person.name == "Boss"
    assert not actor_at(account.person_id, now).is_secretariat
    assert db.session.scalars(sa.select(Notice.kind)).all() == ["people.invite"]


def test_said_again_it_adds_nothing_twice(app, now):
    first = services.invite(COMMAND, email="boss@example.org", role=Role.SECRETARIAT, now=now)
    second = services.invite(COMMAND, email="BOSS@example.org", role=Role.SECRETARIAT, now=now)
    assert (first.person_id, first.link_id != second.link_id) == (second.person_id, True)
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Person, Account, RoleGrant)]
    assert counts == [1, 1, 1]
    live = db.session.scalars(sa.select(MailLink.id).where(MailLink.used_at.is_(None))).all()
    assert live == [second.link_id]


def test_who_has_a_password_gets_the_role_and_no_mail(app, known, now):
    invitation = services.invite(COMMAND, email="amina@example.org", role=Role.COORDINATOR, now=now)
    assert (invitation.link_id, invitation.is_known) == (None, True)
    assert actor_at(known.person_id, now).holds("coordinator")
    assert db.session.scalars(sa.select(Notice)).all() == []


def test_an_invitation_takes_the_password_of_whoever_registered_the_address(app, known, now):
    known.verified_at = None
    open_session(known.person_id, device="the stranger's", now=now)
    for purpose in (MailPurpose.VERIFY, MailPurpose.RESET):
        send_link(known, purpose, now=now)
    invitation = services.invite(COMMAND, email="amina@example.org", role=Role.SECRETARIAT, now=now)
    assert (invitation.is_known, invitation.took_password_away, known.password_hash) == (False, True, None)
    assert db.session.scalars(sa.select(AuthSession).where(AuthSession.revoked_at.is_(None))).all() == []
    live = db.session.scalars(sa.select(MailLink.id).where(MailLink.used_at.is_(None))).all()
    assert live == [invitation.link_id]
    assert not actor_at(known.person_id, now).is_secretariat
    services.accept_invitation(
        link_holder(known.person_id),
        link_id=invitation.link_id,
        name="Amina",
        password_hash="$own",
        reading=Reading(),
        device="",
        now=now,
    )
    assert actor_at(known.person_id, now).is_secretariat


def test_the_fourth_invitation_within_an_hour_waits(app, now):
    for _ in range(3):
        services.invite(COMMAND, email="boss@example.org", now=now)
    fourth = services.invite(COMMAND, email="boss@example.org", now=now)
    assert (fourth.link_id, fourth.is_known) == (None, False)
    assert len(db.session.scalars(sa.select(MailLink).where(MailLink.used_at.is_(None))).all()) == 1


def test_only_the_secretariat_invites(app, now):
    with pytest.raises(NotAllowed):
        services.invite(actor_at(make_member().id, now), email="a@example.org", now=now)
    with pytest.raises(RuleBroken):
        services.invite(COMMAND, email="no address", now=now)
