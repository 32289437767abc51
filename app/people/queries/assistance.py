"""Who helps whom: persons without an account, and those who write on their behalf."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.remembering import remembered
from app.extensions import db
from app.people.models import Account, Assistance, Person
from app.people.policy import can_end_assistance


def has_taken_account(person_id: Any) -> sa.ColumnElement[bool]:
    """The filter for persons who can sign in by themselves: the address of their account is confirmed. From then on
    nobody writes for them; an invitation that waits for an answer changes nothing yet."""
    return sa.exists().where(Account.person_id == person_id, Account.verified_at.is_not(None))


def list_helped(actor: Actor) -> list[Assistance]:
    """Return those whom the actor helps, with their persons, by name: for whom the actor may write now, and those who
    have taken an account since (`persons_with_account` tells them apart)."""
    return _open_ones(Assistance.helper_id == actor.person_id, Assistance.person, Assistance.person_id)


def helpers_of(person_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return who writes for each of many persons now, for telling them what their persons should learn: nobody for
    who has taken an account."""
    found: dict[UUID, set[UUID]] = {person_id: set() for person_id in person_ids}
    helping = sa.select(Assistance.person_id, Assistance.helper_id).where(
        Assistance.person_id.in_(found), Assistance.ended_at.is_(None), sa.not_(has_taken_account(Assistance.person_id))
    )
    for person_id, helper_id in db.session.execute(helping):
        found[person_id].add(helper_id)
    return found


@remembered
def _who_helps() -> frozenset[UUID]:
    """Return everybody who helps somebody now: few of those who are written to do."""
    return frozenset(
        db.session.scalars(sa.select(Assistance.helper_id).where(Assistance.ended_at.is_(None)).distinct())
    )


def helped_by(helper_id: UUID) -> list[UUID]:
    """Return for whom a person writes now, but for who has taken an account; in one order."""
    if helper_id not in _who_helps():
        return []
    helping = sa.select(Assistance.person_id).where(
        Assistance.helper_id == helper_id,
        Assistance.ended_at.is_(None),
        sa.not_(has_taken_account(Assistance.person_id)),
    )
    return list(db.session.scalars(helping.order_by(Assistance.person_id)))


def list_helpers(person_id: UUID) -> list[Assistance]:
    """Return who helps a person, with their names."""
    return _open_ones(Assistance.person_id == person_id, Assistance.helper, Assistance.helper_id)


def _open_ones(wanted: sa.ColumnElement[bool], who: Any, named: Any) -> list[Assistance]:
    loaded = joinedload(who)
    return list(
        db.session.scalars(
            sa.select(Assistance)
            .join(Person, Person.id == named)
            .options(loaded.options(lazyload(Person.languages), lazyload(Person.region)))
            .where(wanted, Assistance.ended_at.is_(None), Person.erased_at.is_(None))
            .order_by(Person.name_fold, Assistance.id)
        )
    )


def persons_with_account(person_ids: list[UUID]) -> set[UUID]:
    """Return who among these persons can sign in by themselves."""
    taken = sa.select(Account.person_id).where(Account.person_id.in_(person_ids), Account.verified_at.is_not(None))
    return set(db.session.scalars(taken))


def get_visible_assistance(actor: Actor, assistance_id: UUID) -> Assistance:
    """Return one assistance to those who may end it: both persons and the secretariat. Raises `NotFound`."""
    assistance = db.session.get(Assistance, assistance_id)
    if assistance is None or not can_end_assistance(actor, assistance):
        raise NotFound
    return assistance
