"""Persons without an e-mail address, helped by a named person who writes on their behalf, visibly, until it ends.

Help begins only with a person without an account, so that nobody helps themselves into somebody's account; once the
person can sign in by themselves, nobody writes for them any more (`queries.assistance.has_taken_account`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, notices
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.core.registries import actor_at
from app.extensions import db
from app.people.addresses import read_address
from app.people.models import Account, AffiliationKind, Assistance, MailPurpose, Person
from app.people.policy import can_help
from app.people.services.affiliations import Belonging, write_request
from app.people.services.mail_links import send_link
from app.people.services.profile import Profile, write_profile
from app.people.written_names import check_name


class HasAccount(RuleBroken):
    """Who has an account needs no other hand."""

    def __init__(self) -> None:
        super().__init__(
            _l("This person has an account and writes by themselves. Only people without an account can be helped.")
        )


class NoHelper(RuleBroken):
    """A helper is somebody of the network whose address is confirmed."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "A helper needs an account with a confirmed address and an affiliation that holds today. "
                "Choose somebody else, or confirm their affiliation first."
            ),
            field="email",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """A person without an account as their helper describes them; `agreed` says in the helper's words how the person
    agreed to be registered."""

    profile: Profile
    belonging: Belonging
    kind: AffiliationKind
    agreed: str


def register_assisted(actor: Actor, assisted: Assisted, *, now: datetime) -> Assistance:
    """Write a person without an account, with a *pending* affiliation as everybody has, and let the actor help them.
    They appear by name to nobody outside their tracks until they say otherwise. Raises `RuleBroken` at `name` or
    `agreed`."""
    require(actor, "people.assist")
    check_name(assisted.profile.name)
    _check_agreed(assisted.agreed)
    person = Person(name="", name_fold="", created_at=now)
    write_profile(person, assisted.profile, now=now)
    db.session.add(person)
    db.session.flush()
    audit.record(actor, "people.person.registered_by_helper", "person", person.id, now=now)
    write_request(actor, person, assisted.belonging, assisted.kind, now=now)
    assert actor.person_id is not None  # noqa: S101 - who may assist is a person
    return _begin(actor, person, actor.person_id, assisted.agreed, now=now)


def name_helper(actor: Actor, person: Person, *, helper: Person, agreed: str, now: datetime) -> Assistance:
    """Let one more person help somebody without an account, and tell them; who helps already goes on. Raises
    `HasAccount`, `NoHelper`, and `RuleBroken` at `agreed`."""
    require(actor, "people.name_helper", person)
    _check_agreed(agreed)
    if person.id == helper.id or db.session.get(Account, person.id) is not None:
        raise HasAccount
    account = db.session.get(Account, helper.id)
    if account is None or account.verified_at is None or not can_help(actor_at(helper.id, now)):
        raise NoHelper
    assistance = _begin(actor, person, helper.id, agreed, now=now)
    parameters = {"assistance": str(assistance.id)}
    notices.tell(helper.id, "people.named_helper", str(assistance.id), parameters, now=now)
    return assistance


def end_assistance(actor: Actor, assistance: Assistance, *, now: datetime) -> Assistance:
    """End the help: what was written stays. Ending twice changes nothing."""
    require(actor, "people.end_assistance", assistance)
    ending = sa.update(Assistance).where(Assistance.id == assistance.id, Assistance.ended_at.is_(None))
    if change_rows(ending.values(ended_at=now)) == 1:
        facts = {"helper": str(assistance.helper_id)}
        audit.record(actor, "people.assistance.ended", "person", assistance.person_id, facts, now=now)
    db.session.refresh(assistance)
    return assistance


def give_account(actor: Actor, person: Person, *, email: str, now: datetime) -> Account:
    """Invite somebody who has no account yet to their own, by an address they have now. Who helps them goes on until
    the invitation is answered. Raises `HasAccount`, and `RuleBroken` at `email` for the address of somebody else."""
    require(actor, "people.invite", person)
    address = read_address(email)
    if db.session.get(Account, person.id) is not None:
        raise HasAccount
    account = Account(person_id=person.id, email=address.email, email_norm=address.norm, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise RuleBroken(
            _l("Somebody here has this address already. Write another one, or ask who it belongs to."), field="email"
        ) from None
    send_link(account, MailPurpose.INVITE, invited_by=actor.person_id, now=now)
    audit.record(actor, "people.person.invited", "person", person.id, now=now)
    return account


def _check_agreed(agreed: str) -> None:
    if not one_line(agreed):
        raise RuleBroken(_l("Write how this person agreed: nobody is registered without knowing it."), field="agreed")


def _begin(actor: Actor, person: Person, helper_id: UUID, agreed: str, *, now: datetime) -> Assistance:
    assistance = Assistance(
        person_id=person.id, helper_id=helper_id, agreed=one_line(agreed)[:300], from_at=now, ended_at=None
    )
    try:
        with db.session.begin_nested():
            db.session.add(assistance)
    except IntegrityError:
        known = sa.select(Assistance).where(
            Assistance.person_id == person.id, Assistance.helper_id == helper_id, Assistance.ended_at.is_(None)
        )
        return db.session.scalars(known).one()
    facts = {"helper": str(helper_id)}
    audit.record(actor, "people.assistance.begun", "person", person.id, facts, now=now)
    return assistance
