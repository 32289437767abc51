"""Files of people: brought, tried, run line by line, forgotten.

Trying keeps what would become of each line and adds nobody. Running adds good lines one by one, each in a transaction
of its own (`app.people.jobs`), so that one bad line never costs the others and a stopped worker goes on where it was.
Running a file twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.imports.columns import check_columns, guess_columns
from app.people.imports.refusals import LineRefused
from app.people.imports.table import Line, Table
from app.people.imports.trial import Fate
from app.people.models import ImportState, LineOutcome, PeopleImport, PeopleImportLine
from app.people.services.loading import Wishes

NOT_YET_RUN = (ImportState.MAPPING, ImportState.TRIED)
BROKEN = LineRefused("quote").reason
"""A line whose quotation mark is never closed has one cell, and is refused from the first day."""


class AlreadyRunning(RuleBroken):
    """Somebody let it run meanwhile."""

    def __init__(self) -> None:
        super().__init__(_l("This file is being loaded already. Look at the page again."))


def bring_file(actor: Actor, *, file_name: str, source: bytes, table: Table, now: datetime) -> PeopleImport:
    """Keep a file that was read, with the columns that were recognised. Nobody is added."""
    require(actor, "people.load")
    brought = PeopleImport(
        made_by=actor.person_id,
        file_name=file_name[:200],
        source=source,
        encoding=table.encoding,
        separator=table.separator,
        headings=table.headings,
        columns=guess_columns(table.headings),
        state=ImportState.MAPPING,
        made_at=now,
    )
    db.session.add(brought)
    db.session.flush()
    _keep_lines(brought, table.lines)
    facts = {"lines": len(table.lines)}
    audit.record(actor, "people.import.brought", "people_import", brought.id, facts, now=now)
    return brought


def read_again(actor: Actor, brought: PeopleImport, *, table: Table, now: datetime) -> PeopleImport:
    """Take the file as it reads with another encoding or separator; its columns are recognised anew. Raises
    `AlreadyRunning`."""
    require(actor, "people.load")
    _turn(brought, NOT_YET_RUN, {"state": ImportState.MAPPING})
    brought.encoding, brought.separator = table.encoding, table.separator
    brought.headings, brought.columns = table.headings, guess_columns(table.headings)
    db.session.execute(sa.delete(PeopleImportLine).where(PeopleImportLine.import_id == brought.id))
    _keep_lines(brought, table.lines)
    audit.record(actor, "people.import.read_again", "people_import", brought.id, now=now)
    return brought


def _keep_lines(brought: PeopleImport, lines: Iterable[Line]) -> None:
    rows = [
        {
            "import_id": brought.id,
            "number": line.number,
            "cells": line.cells,
            "outcome": LineOutcome.REFUSED if line.is_broken else LineOutcome.WAITING,
            "reason": BROKEN if line.is_broken else "",
        }
        for line in lines
    ]
    db.session.execute(sa.insert(PeopleImportLine), rows)


def keep_trial(
    actor: Actor,
    brought: PeopleImport,
    *,
    columns: dict[str, int],
    wishes: Wishes,
    fates: Sequence[Fate],
    now: datetime,
) -> PeopleImport:
    """Keep which column says what, and what would become of each line (`imports.trial`, worked out before). Raises
    `MissingName`, `ChosenTwice`, `AlreadyRunning`."""
    require(actor, "people.load")
    values = {
        "state": ImportState.TRIED,
        "columns": check_columns(columns, brought.headings),
        "adds_organisations": wishes.adds_organisations,
        "invites": wishes.invites,
    }
    _turn(brought, NOT_YET_RUN, values)
    rows = [
        {
            "import_id": brought.id,
            "number": fate.number,
            "outcome": fate.outcome,
            "reason": fate.reason,
            "person_id": fate.person_id,
        }
        for fate in fates
    ]
    db.session.execute(sa.update(PeopleImportLine), rows)
    audit.record(actor, "people.import.tried", "people_import", brought.id, now=now)
    return brought


def run_file(actor: Actor, brought: PeopleImport, *, now: datetime) -> PeopleImport:
    """Let the worker add the people of a file that was tried; what was refused is looked at again. The bytes it came
    as are forgotten. Raises `AlreadyRunning`."""
    require(actor, "people.load")
    _turn(brought, (ImportState.TRIED,), {"state": ImportState.RUNNING, "source": None})
    lines = sa.update(PeopleImportLine).where(
        PeopleImportLine.import_id == brought.id, PeopleImportLine.reason != BROKEN
    )
    change_rows(lines.values(outcome=LineOutcome.WAITING, reason="", person_id=None))
    audit.record(actor, "people.import.run", "people_import", brought.id, now=now)
    return brought


def forget_file(actor: Actor, brought: PeopleImport, *, now: datetime) -> None:
    """Take a file and its lines out of the house; the people it added stay. One that is under way is finished first
    (`AlreadyRunning`)."""
    require(actor, "people.load")
    brought_id = brought.id
    gone = sa.delete(PeopleImport).where(PeopleImport.id == brought_id, PeopleImport.state != ImportState.RUNNING)
    if change_rows(gone) != 1:  # its lines go with it, by their key
        raise AlreadyRunning
    audit.record(actor, "people.import.forgotten", "people_import", brought_id, now=now)


def take_line(brought_id: UUID, number: int) -> bool:
    """Take one waiting line for this worker, until its transaction ends; False where another worker took it."""
    taken = sa.update(PeopleImportLine).where(
        PeopleImportLine.import_id == brought_id,
        PeopleImportLine.number == number,
        PeopleImportLine.outcome == LineOutcome.WAITING,
    )
    return change_rows(taken.values(outcome=LineOutcome.KNOWN)) == 1


def keep_fate(brought_id: UUID, fate: Fate) -> None:
    """Write what became of a line that was taken."""
    line = sa.update(PeopleImportLine).where(
        PeopleImportLine.import_id == brought_id, PeopleImportLine.number == fate.number
    )
    change_rows(line.values(outcome=fate.outcome, reason=fate.reason, person_id=fate.person_id))


def end_file(actor: Actor, brought_id: UUID, *, now: datetime) -> bool:
    """Close a file none of whose lines waits. Returns whether this call did."""
    waiting = sa.select(PeopleImportLine.number).where(
        PeopleImportLine.import_id == brought_id, PeopleImportLine.outcome == LineOutcome.WAITING
    )
    ended = sa.update(PeopleImport).where(
        PeopleImport.id == brought_id, PeopleImport.state == ImportState.RUNNING, sa.not_(waiting.exists())
    )
    if change_rows(ended.values(state=ImportState.DONE, ended_at=now)) != 1:
        return False
    audit.record(actor, "people.import.done", "people_import", brought_id, now=now)
    return True


def _turn(brought: PeopleImport, from_states: Sequence[ImportState], values: dict[str, object]) -> None:
    """Move a file on from one of some states: of two people at once, the second is told."""
    turned = sa.update(PeopleImport).where(PeopleImport.id == brought.id, PeopleImport.state.in_(from_states))
    if change_rows(turned.values(**values)) != 1:
        raise AlreadyRunning
    db.session.refresh(brought)
