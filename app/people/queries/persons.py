"""Persons, their accounts, devices and roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, lazyload

from app.core.actors import Actor
from app.core.context import offered_languages, page_language
from app.core.errors import NotFound
from app.core.languages import fold
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.addresses import normal_form
from app.people.keys import is_held
from app.people.models import Account, Affiliation, AffiliationState, AuthSession, Person, Role, RoleGrant
from app.people.policy import appears_to, can_open_desk
from app.people.queries.affiliations import affiliations_of


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the secretariat's list."""

    person: Person
    account: Account | None
    affiliations: list[Affiliation]
    roles: list[RoleGrant]


def shown_name(actor: Actor, person: Person, is_mate: bool = False) -> Any:
    """Return the name the actor may read, else "A participant" in the reader's language."""
    if person.name and appears_to(actor, person, is_mate=is_mate):
        return person.name
    # I18N: stands for a person who does not appear by name
    return _l("A participant")


def names_shown(actor: Actor, person_ids: Iterable[UUID], mates: frozenset[UUID] = frozenset()) -> dict[UUID, Any]:
    """Return `shown_name` of many persons in one query; `mates` are those who share a track with the actor."""
    wanted = sa.select(Person).where(Person.id.in_(list(person_ids)))
    rows = db.session.scalars(wanted.options(lazyload(Person.languages), lazyload(Person.region)))
    return {person.id: shown_name(actor, person, person.id in mates) for person in rows}


def by_other_clocks(person_ids: Iterable[UUID], zone: str | None) -> set[UUID]:
    """Return who of some persons lives by other clocks than those of a zone: whose hours move when these are changed.
    Whoever has said no place reads the hours of the thing's own."""
    wanted = sa.select(Person.id).where(Person.id.in_(list(person_ids)), Person.zone != "", Person.zone != zone)
    return set(db.session.scalars(wanted))


def own_name_of(person_id: UUID | None) -> str:
    """Return the name of whoever asks, invites or gives something, for the one person it concerns; "" where nobody is
    known any more. On pages that others read too it is `names_shown`."""
    person = db.session.get(Person, person_id) if person_id is not None else None
    return person.name if person is not None else ""


def own_languages(actor: Actor) -> list[str]:
    """Return the languages a person said they speak, the first one first; none for whoever is no person."""
    person = db.session.get(Person, actor.person_id) if actor.person_id is not None else None
    return [row.language for row in person.languages] if person is not None else []


def reads_language(actor: Actor, tag: str) -> bool:
    """Whether a language is among those a person speaks, or that of the page, whichever variant of it."""
    return tag.split("-", maxsplit=1)[0] in {own.split("-")[0] for own in (*own_languages(actor), page_language())}


def language_of_mails(person: Person) -> str:
    """Return the language in which the house writes to a person: that of their pages, else the first offered one of
    those they prefer and speak."""
    offered = offered_languages()
    spoken = [person.preferred_language, *(row.language for row in person.languages)]
    bases = (tag.partition("-")[0] for tag in spoken)
    return person.page_language or next((base for base in bases if base in offered), "en")


def find_account(email: str) -> Account | None:
    """Return the account under an address, however it is written."""
    return db.session.scalar(sa.select(Account).where(Account.email_norm == normal_form(email)))


def find_mandate(person_id: UUID | None, organisation_id: UUID, on: date) -> RoleGrant | None:
    """Return the mandate by which a person speaks for an organisation on a day; its days are written down beside what
    is said by it."""
    return db.session.scalar(
        sa.select(RoleGrant)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == Role.MANDATED,
            RoleGrant.organisation_id == organisation_id,
            is_held(on),
        )
        .limit(1)
    )


def get_visible_person(actor: Actor, person_id: UUID) -> Person:
    """Return a person for the pages about persons: oneself, and everybody for the secretariat. Raises `NotFound`."""
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise NotFound
    if not (can_open_desk(actor) or actor.person_id == person.id):
        raise NotFound
    return person


def list_people(actor: Actor, *, name: str = "", only_pending: bool = False, cursor: str = "") -> Page[PersonLine]:
    """Return one page of persons by name, for the secretariat; nobody else is given a list of people (`NotFound`)."""
    if not can_open_desk(actor):
        raise NotFound
    wanted = sa.select(Person).where(Person.erased_at.is_(None))
    if name.strip():
        wanted = wanted.where(Person.name_fold.contains(fold(name), autoescape=True))
    if only_pending:
        waiting = sa.select(Affiliation.person_id).where(Affiliation.state == AffiliationState.PENDING)
        wanted = wanted.where(Person.id.in_(waiting))
    page = fetch_page(
        wanted,
        key=Person.name_fold,
        row_id=Person.id,
        cursor=cursor,
    )
    return Page(lines_of(list(page.rows)), page.next_cursor)


def lines_of(persons: list[Person]) -> list[PersonLine]:
    """Return persons with what the secretariat sees of them, in the same order. Three questions, however many."""
    ids = [person.id for person in persons]
    held = sa.select(Account).options(lazyload(Account.person)).where(Account.person_id.in_(ids))
    accounts = {row.person_id: row for row in db.session.scalars(held)}
    affiliations, roles = affiliations_of(ids), roles_of(ids, only_open=True)
    return [PersonLine(p, accounts.get(p.id), affiliations.get(p.id, []), roles.get(p.id, [])) for p in persons]


def roles_of(person_ids: Iterable[UUID], *, only_open: bool = False) -> dict[UUID, list[RoleGrant]]:
    """Return the roles of many persons, newest first; taken ones too, unless `only_open`."""
    found: dict[UUID, list[RoleGrant]] = defaultdict(list)
    wanted = sa.select(RoleGrant).where(RoleGrant.person_id.in_(list(person_ids)))
    if only_open:
        wanted = wanted.where(RoleGrant.ended_at.is_(None))
    for row in db.session.scalars(wanted.order_by(RoleGrant.given_at.desc(), RoleGrant.id)):
        found[row.person_id].append(row)
    return dict(found)


def open_roles(actor: Actor) -> dict[Role, list[RoleGrant]]:
    """Return all roles held now, by role, with their persons, sorted by name, for the secretariat (`NotFound`)."""
    if not can_open_desk(actor):
        raise NotFound
    found: dict[Role, list[RoleGrant]] = {role: [] for role in Role}
    rows = db.session.scalars(
        sa.select(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .options(joinedload(RoleGrant.person))
        .where(RoleGrant.ended_at.is_(None))
        .order_by(Person.name_fold, RoleGrant.id)
    )
    for row in rows:
        found[row.role].append(row)
    return found


def without_proof(person_ids: Iterable[UUID]) -> set[UUID]:
    """Return whose address nobody has confirmed yet: an account, but no proof that it is theirs."""
    unproven = sa.select(Account.person_id).where(
        Account.person_id.in_(list(person_ids)), Account.verified_at.is_(None)
    )
    return set(db.session.scalars(unproven))


def list_devices(person_id: UUID, now: datetime) -> list[AuthSession]:
    """Return the devices on which a person is signed in, the one used last first."""
    return list(
        db.session.scalars(
            sa.select(AuthSession)
            .where(AuthSession.person_id == person_id, AuthSession.revoked_at.is_(None), AuthSession.expires_at > now)
            .order_by(AuthSession.last_seen_at.desc(), AuthSession.id)
        )
    )
