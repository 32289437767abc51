"""Spaces and how one takes part in them. Everybody reads them: what they say is public anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.advocacy.models import (
    MODE,
    SPACE,
    AdvocacySpace,
    CatalogueNote,
    NoteAbout,
    ParticipationMode,
    StepRule,
    WordLimit,
)
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.names import Name, names_of
from app.extensions import db


def get_space(slug: str) -> AdvocacySpace:
    """Return a space; raises `NotFound`."""
    space = db.session.scalar(sa.select(AdvocacySpace).where(AdvocacySpace.slug == slug))
    if space is None:
        raise NotFound
    return space


def list_spaces() -> list[AdvocacySpace]:
    """Return every space, by acronym, then by address: some dozens."""
    return list(db.session.scalars(sa.select(AdvocacySpace).order_by(AdvocacySpace.acronym, AdvocacySpace.slug)))


def list_seats() -> list[tuple[str, str]]:
    """Return where the spaces sit, as (city, zone), each once."""
    wanted = sa.select(AdvocacySpace.place, AdvocacySpace.zone).where(
        AdvocacySpace.place != "", AdvocacySpace.zone.is_not(None)
    )
    return [(place, zone) for place, zone in db.session.execute(wanted.distinct()) if zone]


def space_names(spaces: Iterable[AdvocacySpace]) -> dict[UUID, Name]:
    """Return the full names of spaces for the reader of this request, in one query."""
    return names_of(SPACE, [space.id for space in spaces], page_language())


def short_names(spaces: Iterable[AdvocacySpace]) -> dict[UUID, Name]:
    """Return what spaces are called in a line: their acronym, else their name."""
    several = list(spaces)
    full = space_names([space for space in several if not space.acronym])
    return {space.id: Name(space.acronym, page_language()) if space.acronym else full[space.id] for space in several}


def with_children(space_ids: Iterable[UUID], spaces: Iterable[AdvocacySpace]) -> set[UUID]:
    """Return spaces with everything that stands below them in the tree."""
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for space in spaces:
        below[space.parent_id].append(space.id)
    found, left = set[UUID](), list(space_ids)
    while left:
        space_id = left.pop()
        if space_id not in found:
            found.add(space_id)
            left.extend(below[space_id])
    return found


def list_modes(space: AdvocacySpace) -> list[ParticipationMode]:
    """Return the ways to take part in a space, those that are open first."""
    wanted = sa.select(ParticipationMode).where(ParticipationMode.space_id == space.id)
    wanted = wanted.options(lazyload(ParticipationMode.space))  # that is at hand
    order = (ParticipationMode.is_closed, ParticipationMode.position, ParticipationMode.key)
    return list(db.session.scalars(wanted.order_by(*order)))


def get_mode(space: AdvocacySpace, mode_id: UUID) -> ParticipationMode:
    """Return a way to take part in this space; raises `NotFound`."""
    mode = db.session.get(ParticipationMode, mode_id)
    if mode is None or mode.space_id != space.id:
        raise NotFound
    return mode


def get_limit(mode: ParticipationMode, limit_id: UUID) -> WordLimit:
    """Return a word limit of this way to take part; raises `NotFound`."""
    limit = next((limit for limit in mode.limits if limit.id == limit_id), None)
    if limit is None:
        raise NotFound
    return limit


def list_rules(space: AdvocacySpace) -> list[StepRule]:
    """Return the rules from which the dates of a space are estimated."""
    wanted = sa.select(StepRule).where(StepRule.space_id == space.id)
    return list(db.session.scalars(wanted.order_by(StepRule.position, StepRule.key)))


def get_rule(space: AdvocacySpace, rule_id: UUID) -> StepRule:
    """Return a rule of this space; raises `NotFound`."""
    rule = db.session.get(StepRule, rule_id)
    if rule is None or rule.space_id != space.id:
        raise NotFound
    return rule


def list_notes_of(mode: ParticipationMode, about: NoteAbout) -> list[CatalogueNote]:
    """Return what the catalogue says in words about one matter of a way to take part, in its order."""
    wanted = sa.select(CatalogueNote).where(
        CatalogueNote.object_kind == MODE, CatalogueNote.object_id == mode.id, CatalogueNote.about == about
    )
    return list(db.session.scalars(wanted.order_by(CatalogueNote.position, CatalogueNote.id)))


def list_notes(space: AdvocacySpace) -> list[CatalogueNote]:
    """Return what the catalogue says in words about a space and what belongs to it, in its order."""
    wanted = sa.select(CatalogueNote).where(CatalogueNote.space_id == space.id)
    return list(db.session.scalars(wanted.order_by(CatalogueNote.position, CatalogueNote.id)))
