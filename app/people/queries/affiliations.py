"""Affiliations: those that count on a day, those of one person, those that wait for an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.keys import affiliation_key, is_current, mandated_for
from app.people.models import Affiliation, AffiliationKind, AffiliationState, Organisation
from app.people.policy import can_decide_affiliation, can_decide_for, can_end_affiliation, can_open_desk


def affiliations_on(person_ids: Iterable[UUID], day: date) -> dict[UUID, list[Affiliation]]:
    """Return the confirmed affiliations of many persons on one day, oldest first, in one query."""
    found: dict[UUID, list[Affiliation]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(Affiliation)
        .where(Affiliation.person_id.in_(list(person_ids)), is_current(day))
        .order_by(Affiliation.from_on, Affiliation.id)
    )
    for row in rows:
        found[row.person_id].append(row)
    return dict(found)


class Hindrance(StrEnum):
    """Why nobody is taken in by their affiliations: one that would let them in waits to be confirmed, theirs is of
    another kind, it has ended, or there was none."""

    PENDING = "pending"
    OTHER = "other"
    ENDED = "ended"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hindered:
    """`asked` and `held` are the kinds of affiliation that wait to be confirmed, and that are current; `ended_on` is
    the last day of the one that ended last."""

    asked: Sequence[AffiliationKind] = ()
    held: Sequence[AffiliationKind] = ()
    ended_on: date | None = None

    def by(self, eligible: Collection[str]) -> Hindrance:
        """Return what stands before something that is open to these kinds. What waits comes first, it needs the least;
        but only where it opens the door: nobody waits in vain for a kind that is not let in."""
        if any(kind.value in eligible for kind in self.asked):
            return Hindrance.PENDING
        if self.kinds:
            return Hindrance.OTHER
        return Hindrance.NONE if self.ended_on is None else Hindrance.ENDED

    @property
    def kinds(self) -> list[AffiliationKind]:
        """Each kind that is held or asked for, once."""
        return list(dict.fromkeys([*self.held, *self.asked]))


def what_hinders(actor: Actor, on: date) -> Hindered:
    """Return why affiliations do not open on a day what they open to others; asked about who was found not to be
    eligible."""
    if actor.person_id is None:
        return Hindered()
    asked = sa.select(Affiliation.kind).where(
        Affiliation.person_id == actor.person_id, Affiliation.state == AffiliationState.PENDING
    )
    last = sa.select(sa.func.max(Affiliation.until_on)).where(
        Affiliation.person_id == actor.person_id,
        Affiliation.state == AffiliationState.CONFIRMED,
        Affiliation.until_on < on,
    )
    return Hindered(
        asked=list(db.session.scalars(asked.order_by(Affiliation.kind).distinct())),
        held=[kind for kind in AffiliationKind if actor.holds(affiliation_key(kind))],
        ended_on=db.session.scalar(last),
    )


def affiliations_of(person_ids: Iterable[UUID]) -> dict[UUID, list[Affiliation]]:
    """Return all affiliations of many persons, in every state, newest first: their history."""
    found: dict[UUID, list[Affiliation]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(Affiliation)
        .where(Affiliation.person_id.in_(list(person_ids)))
        .order_by(Affiliation.from_on.desc(), Affiliation.asked_at.desc(), Affiliation.id)
    )
    for row in rows:
        found[row.person_id].append(row)
    return dict(found)


def list_pending(actor: Actor, organisation: Organisation) -> list[Affiliation]:
    """Return who waits to belong to one organisation, longest first, with their persons, for those who decide about
    it (`NotFound`)."""
    if not can_decide_for(actor, organisation):
        raise NotFound
    return list(
        db.session.scalars(
            sa.select(Affiliation)
            .options(joinedload(Affiliation.person))
            .where(Affiliation.organisation_id == organisation.id, Affiliation.state == AffiliationState.PENDING)
            .order_by(Affiliation.asked_at, Affiliation.id)
        )
    )


def count_pending(actor: Actor) -> int:
    """Return how many affiliations wait for an answer in the whole house, for the secretariat (`NotFound`)."""
    if not can_open_desk(actor):
        raise NotFound
    counted = sa.select(sa.func.count()).where(Affiliation.state == AffiliationState.PENDING)
    return db.session.scalar(counted) or 0


def count_pending_by_organisation(actor: Actor) -> dict[UUID, int]:
    """Return how many affiliations wait in each organisation the actor speaks for, in one query; a person's own, which
    they cannot confirm, apart."""
    if not (speaks_for := mandated_for(actor)):
        return {}
    rows = db.session.execute(
        sa.select(Affiliation.organisation_id, sa.func.count())
        .where(
            Affiliation.organisation_id.in_(speaks_for),
            Affiliation.state == AffiliationState.PENDING,
            Affiliation.person_id != actor.person_id,
        )
        .group_by(Affiliation.organisation_id)
    )
    return {organisation_id: count for organisation_id, count in rows if organisation_id is not None}


def get_visible_affiliation(actor: Actor, affiliation_id: UUID) -> Affiliation:
    """Return one affiliation: one's own, or one that is the actor's to decide. Raises `NotFound`."""
    affiliation = db.session.get(Affiliation, affiliation_id)
    if affiliation is None:
        raise NotFound
    if not (can_decide_affiliation(actor, affiliation) or can_end_affiliation(actor, affiliation)):
        raise NotFound
    return affiliation
