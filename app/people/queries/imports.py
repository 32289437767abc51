"""Files of people, for those who may load them: how far one is, its lines, those that were refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.imports.table import Line
from app.people.models import ImportState, LineOutcome, PeopleImport, PeopleImportLine
from app.people.policy import can_open_desk

REFUSED_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines of a file wait, were (or would be) added, are known, were refused."""

    waiting: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.added + self.known + self.refused

    @property
    def seen(self) -> int:
        return self.total - self.waiting


def list_imports(actor: Actor) -> list[tuple[PeopleImport, Count]]:
    """Return the files of the last month, newest first (`NotFound` for who may not load any)."""
    if not can_open_desk(actor):
        raise NotFound
    rows = list(
        db.session.scalars(sa.select(PeopleImport).order_by(PeopleImport.made_at.desc(), PeopleImport.id).limit(50))
    )
    counts = counts_of([row.id for row in rows])
    return [(row, counts[row.id]) for row in rows]


def get_visible_import(actor: Actor, import_id: UUID, *, with_source: bool = False) -> PeopleImport:
    """Return one file; to all but those who load them there is none (`NotFound`)."""
    options = [undefer(PeopleImport.source)] if with_source else []
    brought = db.session.get(PeopleImport, import_id, options=options) if can_open_desk(actor) else None
    if brought is None:
        raise NotFound
    return brought


def counts_of(import_ids: Iterable[UUID]) -> dict[UUID, Count]:
    """Count the lines of many files by what became of them, in one query."""
    ids = list(import_ids)
    found: dict[UUID, dict[str, int]] = {import_id: {} for import_id in ids}
    rows = db.session.execute(
        sa.select(PeopleImportLine.import_id, PeopleImportLine.outcome, sa.func.count())
        .where(PeopleImportLine.import_id.in_(ids))
        .group_by(PeopleImportLine.import_id, PeopleImportLine.outcome)
    )
    for import_id, outcome, number in rows:
        found[import_id][outcome.value] = number
    return {import_id: Count(**counted) for import_id, counted in found.items()}


def lines_of(import_id: UUID, *, at_most: int | None = None, only_waiting: bool = False) -> list[Line]:
    """Return lines of a file in their order, as they were read."""
    wanted = sa.select(PeopleImportLine.number, PeopleImportLine.cells, PeopleImportLine.reason).where(
        PeopleImportLine.import_id == import_id
    )
    if only_waiting:
        wanted = wanted.where(PeopleImportLine.outcome == LineOutcome.WAITING)
    rows = db.session.execute(wanted.order_by(PeopleImportLine.number).limit(at_most))
    return [Line(number, cells, is_broken=reason.startswith("quote")) for number, cells, reason in rows]


def refused_of(import_id: UUID, *, at_most: int | None = None) -> list[PeopleImportLine]:
    """Return the lines of a file that were, or would be, refused, in their order."""
    return list(
        db.session.scalars(
            sa.select(PeopleImportLine)
            .where(PeopleImportLine.import_id == import_id, PeopleImportLine.outcome == LineOutcome.REFUSED)
            .order_by(PeopleImportLine.number)
            .limit(at_most)
        )
    )


def find_running() -> PeopleImport | None:
    """Return the file that has been under way for longest."""
    return db.session.scalar(
        sa.select(PeopleImport)
        .where(PeopleImport.state == ImportState.RUNNING)
        .order_by(PeopleImport.made_at, PeopleImport.id)
        .limit(1)
    )
