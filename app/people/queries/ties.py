"""Organisations above and below one another: today, before and to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.names import Name, names_of
from app.extensions import db
from app.people.keys import covers
from app.people.models import Organisation, OrganisationParent
from app.people.policy import can_open_desk

CHILDREN_SHOWN = 12
"""How many organisations below one stand on its page; the list of organisations shows all of them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as the page of one of its organisations shows it: `other` is the one above, or below."""

    row: OrganisationParent
    other_id: UUID
    name: Name


@dataclass(frozen=True, slots=True)
class Ties:
    """To which organisations one belongs, and which belong to it: those of a day, and all others with their days."""

    above: list[Tie]
    above_once: list[Tie]
    below: list[Tie]
    below_once: list[Tie]
    count_below: int


def _listed(actor: Actor, organisation: type[Organisation]) -> sa.ColumnElement[bool]:
    return sa.true() if can_open_desk(actor) else organisation.is_listed.is_(True)


def ties_of(actor: Actor, organisation: Organisation, day: date, language: str) -> Ties:
    """Return what stands above and below an organisation; what is not listed yet is shown to the secretariat alone."""
    today = covers(OrganisationParent, day)
    is_child, is_parent = (
        OrganisationParent.organisation_id == organisation.id,
        OrganisationParent.parent_id == organisation.id,
    )
    child, parent = OrganisationParent.organisation_id, OrganisationParent.parent_id
    above = _rows(actor, parent, is_child)
    below = _rows(actor, child, is_parent, today, most=CHILDREN_SHOWN)
    below_once = _rows(actor, child, is_parent, sa.not_(today), most=CHILDREN_SHOWN)
    counted = sa.select(sa.func.count()).select_from(OrganisationParent).join(Organisation, Organisation.id == child)
    count_below = db.session.scalar(counted.where(is_parent, today, _listed(actor, Organisation))) or 0
    ids = {row.parent_id for row in above} | {row.organisation_id for row in (*below, *below_once)}
    names = names_of("organisation", ids, language)
    up = [Tie(row, row.parent_id, names[row.parent_id]) for row in above]
    return Ties(
        above=[tie for tie in up if holds_on(tie.row, day)],
        above_once=[tie for tie in up if not holds_on(tie.row, day)],
        below=[Tie(row, row.organisation_id, names[row.organisation_id]) for row in below],
        below_once=[Tie(row, row.organisation_id, names[row.organisation_id]) for row in below_once],
        count_below=count_below,
    )


def holds_on(row: OrganisationParent, day: date) -> bool:
    """Whether a tie holds on a day: `keys.covers`, for a row in hand."""
    return (row.from_on is None or row.from_on <= day) and (row.until_on is None or row.until_on >= day)


def _rows(
    actor: Actor, other: Any, *wanted: sa.ColumnElement[bool], most: int | None = None
) -> list[OrganisationParent]:
    return list(
        db.session.scalars(
            sa.select(OrganisationParent)
            .join(Organisation, Organisation.id == other)
            .where(*wanted, _listed(actor, Organisation))
            .order_by(OrganisationParent.from_on.desc().nulls_last())
            .order_by(OrganisationParent.added_at, OrganisationParent.id)
            .limit(most)
        )
    )


def parents_on(actor: Actor, organisation_ids: Iterable[UUID], day: date, language: str) -> dict[UUID, list[Name]]:
    """Return the names of what many organisations belong to on one day, in two queries."""
    rows = db.session.execute(
        sa.select(OrganisationParent.organisation_id, OrganisationParent.parent_id)
        .join(Organisation, Organisation.id == OrganisationParent.parent_id)
        .where(
            OrganisationParent.organisation_id.in_(list(organisation_ids)),
            covers(OrganisationParent, day),
            _listed(actor, Organisation),
        )
        .order_by(OrganisationParent.added_at, OrganisationParent.id)
    ).all()
    names = names_of("organisation", {parent for _child, parent in rows}, language)
    found: dict[UUID, list[Name]] = defaultdict(list)
    for child, parent in rows:
        found[child].append(names[parent])
    return dict(found)


def belongs_to(parent_id: UUID, day: date) -> sa.ColumnElement[bool]:
    """The filter for organisations that belong to one on a day."""
    return Organisation.id.in_(
        sa.select(OrganisationParent.organisation_id).where(
            OrganisationParent.parent_id == parent_id, covers(OrganisationParent, day)
        )
    )


def get_tie(actor: Actor, tie_id: UUID) -> OrganisationParent:
    """Return one tie, for those who keep them. Raises `NotFound`."""
    tie = db.session.get(
        OrganisationParent, tie_id, options=(joinedload(OrganisationParent.organisation).lazyload(Organisation.region),)
    )
    if tie is None or not can_open_desk(actor):
        raise NotFound
    return tie
