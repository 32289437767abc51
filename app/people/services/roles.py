"""Roles: given, taken back, and the invitation that brings somebody into the house with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.extensions import db
from app.people.addresses import Address, read_address
from app.people.days import OPEN, Days
from app.people.models import Account, MailPurpose, Organisation, Person, Role, RoleGrant
from app.people.queries.persons import find_account
from app.people.services.mail_links import send_link, take_unproven_password
from app.people.services.mandates import MandateChanged, check_days, find_open, settle_open_mandate
from app.people.services.profile import fold_of


class LastSecretary(RuleBroken):
    """Without a secretariat nobody could give the role back."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This is the last person of the secretariat who can sign in. Give the role to somebody else first; "
                "then take it here."
            )
        )


class NoAccount(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("This person has no account, so a role would be of no use. Invite them by e-mail first."))


class UnprovenAddress(RuleBroken):
    """Whoever registered this address may not be its owner: no power goes to them."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This address is not confirmed yet. Ask the person to open the link we mailed, "
                "or invite the address by e-mail."
            ),
            field="email",
        )


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation made: `link_id` is None where the person has a password already, or was written to often
    enough for now (`is_known` tells which). `took_password_away`: one was set without proof that the address is
    theirs."""

    person_id: UUID
    link_id: UUID | None
    is_known: bool
    took_password_away: bool = False


def give_role(
    actor: Actor,
    person: Person,
    *,
    role: Role,
    organisation_id: UUID | None = None,
    days: Days = OPEN,
    now: datetime,
) -> RoleGrant:
    """Give a role; one that the person holds already is returned as it is. Nobody raises themselves (`NotAllowed`).

    A mandate has days (`services.mandates` says what becomes of one that stands already). Raises `NoAccount`,
    `UnprovenAddress`, `HoldsMandate`, and `RuleBroken` at `organisation` unless exactly a mandate names one, at
    `until_on` for days that cannot be.
    """
    require(actor, "people.give_role", person)
    if (role is Role.MANDATED) != (organisation_id is not None):
        raise RuleBroken(
            _l("Choose the organisation this person speaks for; for other roles choose none."), field="organisation"
        )
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise RuleBroken(_l("Choose an organisation from the list."), field="organisation")
    check_days(role, days, now.date())
    account = db.session.get(Account, person.id)
    if account is None:
        raise NoAccount
    if account.verified_at is None:
        raise UnprovenAddress
    return _write_grant(actor, person, role, organisation_id, days, now=now)


def _write_grant(
    actor: Actor,
    person: Person,
    role: Role,
    organisation_id: UUID | None = None,
    days: Days = OPEN,
    *,
    now: datetime,
) -> RoleGrant:
    held = find_open(person.id, role, organisation_id)
    if held is not None and not settle_open_mandate(held, days, now=now):
        return held
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        organisation_id=organisation_id,
        given_at=now,
        given_by=actor.person_id,
        from_on=days.from_on,
        until_on=days.until_on,
    )
    try:
        with db.session.begin_nested():
            db.session.add(grant)
    except IntegrityError:
        return _given_meanwhile(person.id, role, organisation_id, days, now=now)
    audit.record(actor, "people.role.given", "person", person.id, {"role": role.value}, now=now)
    return grant


def _given_meanwhile(
    person_id: UUID, role: Role, organisation_id: UUID | None, days: Days, *, now: datetime
) -> RoleGrant:
    """What somebody else gave in the same instant: returned where it is the same."""
    held = find_open(person_id, role, organisation_id)
    if held is None or settle_open_mandate(held, days, now=now):
        raise MandateChanged
    return held


def take_role(actor: Actor, grant: RoleGrant, *, now: datetime) -> RoleGrant:
    """Take a role back, or lay one's own down; a role taken before stays as it was. Raises `LastSecretary`."""
    require(actor, "people.take_role", grant)
    if grant.ended_at is not None:
        return grant
    if grant.role is Role.SECRETARIAT:
        check_secretariat_stays(grant.person_id)
    grant.ended_at = now
    db.session.flush()
    audit.record(actor, "people.role.taken", "person", grant.person_id, {"role": grant.role.value}, now=now)
    return grant


def check_secretariat_stays(without: UUID) -> None:
    """Raise `LastSecretary` unless somebody else of the secretariat can sign in: who confirmed an address can, with a
    password or by a mailed link. Locks the rows of the role, so that two people cannot take it from each other at
    once."""
    others = sa.select(RoleGrant.person_id).where(RoleGrant.role == Role.SECRETARIAT, RoleGrant.ended_at.is_(None))
    holders = set(db.session.scalars(others.with_for_update())) - {without}
    able = sa.select(sa.func.count()).where(Account.person_id.in_(holders), Account.verified_at.is_not(None))
    if not db.session.scalar(able):
        raise LastSecretary


def invite(
    actor: Actor,
    *,
    email: str,
    name: str = "",
    page_language: str = "",
    role: Role | None = None,
    now: datetime,
) -> Invitation:
    """Make a person with an account without password, give a role, and mail the invitation. Said again, it sends a
    new invitation, whose link takes the place of the older one, and adds nothing twice, however many say it at once;
    who has a password and a confirmed address gets the role alone.

    A password set for an address that nobody confirmed may be a stranger's: it is taken away with its devices and open
    links. The role counts once the invitation is answered. Raises `RuleBroken` at `email`."""
    require(actor, "people.invite")
    address = read_address(email)
    account = find_account(address.norm) or _make_account(
        actor, address, name=one_line(name), page_language=page_language, now=now
    )
    took_away = take_unproven_password(actor, account, now=now)
    if role is not None:
        require(actor, "people.give_role", account.person)
        _write_grant(actor, account.person, role, now=now)
    if account.password_hash is not None:
        return Invitation(account.person_id, None, is_known=True)
    link = send_link(
        account,
        MailPurpose.INVITE,
        invited_by=actor.person_id,
        is_named=bool(name) and one_line(name) == account.person.name,  # another name may be a stranger's
        replaces_older=True,
        now=now,
    )
    return Invitation(account.person_id, link.id if link else None, is_known=False, took_password_away=took_away)


def _make_account(actor: Actor, address: Address, *, name: str, page_language: str, now: datetime) -> Account:
    """Write person and account; where somebody else did so in the same instant, return theirs."""
    name = (name or address.email.partition("@")[0])[:160]
    person = Person(name=name, name_fold=fold_of(name), page_language=page_language, created_at=now)
    account = Account(email=address.email, email_norm=address.norm, created_at=now, person=person)
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        known = find_account(address.norm)
        if known is None:
            raise
        return known
    audit.record(actor, "people.person.invited", "person", person.id, now=now)
    return account
