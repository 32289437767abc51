"""What would become of each line of a file. Nothing is written: it is asked before any transaction, and again for each
line when the file runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.people.imports.lines import Said, understand
from app.people.imports.matching import BATCH, Known
from app.people.imports.refusals import LineRefused
from app.people.imports.table import Line
from app.people.models import LineOutcome


@dataclass(frozen=True, slots=True)
class Fate:
    """What would become of one line, or became of it. `person_id` is who it is about, once they have a row."""

    number: int
    outcome: LineOutcome
    reason: str = ""
    person_id: UUID | None = None


def try_lines(
    lines: Sequence[Line], columns: dict[str, int], *, headings: int, adds_organisations: bool
) -> Iterator[Fate]:
    """Yield the fate of each line, in their order. Who stands in the file twice would be added once."""
    known = Known()
    for start in range(0, len(lines), BATCH):
        read = [(line, read_line(line, columns, headings=headings)) for line in lines[start : start + BATCH]]
        known.learn([said for _line, said in read if isinstance(said, Said)])
        for line, said in read:
            yield (
                Fate(line.number, LineOutcome.REFUSED, said)
                if isinstance(said, str)
                else _tried(said, known, adds_organisations)
            )


def read_line(line: Line, columns: dict[str, int], *, headings: int) -> Said | str:
    """Return what a line says, or the reason why it is refused."""
    try:
        return understand(line, columns, headings=headings)
    except LineRefused as refused:
        return refused.reason


def _tried(said: Said, known: Known, adds_organisations: bool) -> Fate:
    try:
        known.check(said, adds_organisations=adds_organisations)
    except LineRefused as refused:
        return Fate(said.number, LineOutcome.REFUSED, refused.reason)
    if known.knows(said):
        return Fate(said.number, LineOutcome.KNOWN, person_id=known.person_of(said))
    known.note(said)
    return Fate(said.number, LineOutcome.ADDED)
