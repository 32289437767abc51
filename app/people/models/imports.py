"""Files of people, line by line."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model


class ImportState(StrEnum):
    """A file of people: its columns are being chosen, it was tried, it is under way, it is done."""

    MAPPING = "mapping"
    TRIED = "tried"
    RUNNING = "running"
    DONE = "done"


class LineOutcome(StrEnum):
    """What became of one line of a file: not yet read, added, known already, refused with a reason."""

    WAITING = "waiting"
    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


class PeopleImport(Model):
    """A file of people somebody brought: its columns as they were understood, how far it is. Dropped after a month.

    `source` holds the bytes as they came while their encoding may still be chosen; `columns` says in which place each
    thing stands, counted from 0; `adds_organisations` and `invites` are what the secretariat wants beside the people.
    """

    __tablename__ = "people_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    made_by: Mapped[UUID | None]
    file_name: Mapped[str] = mapped_column(sa.String(200))
    encoding: Mapped[str] = mapped_column(sa.String(20))
    separator: Mapped[str] = mapped_column(sa.String(1))
    source: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    headings: Mapped[list[str]] = mapped_column(JSONFacts)
    columns: Mapped[dict[str, int]] = mapped_column(JSONFacts, default=dict)
    adds_organisations: Mapped[bool] = mapped_column(default=False)
    invites: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ImportState] = mapped_column(code_type(ImportState, "state"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PeopleImportLine(Model):
    """One line of such a file, its number as a spreadsheet counts it, and what became of it. `reason` is a code."""

    __tablename__ = "people_import_line"

    import_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people_import.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[str]] = mapped_column(JSONFacts)
    outcome: Mapped[LineOutcome] = mapped_column(code_type(LineOutcome, "outcome"), default=LineOutcome.WAITING)
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    person_id: Mapped[UUID | None]
