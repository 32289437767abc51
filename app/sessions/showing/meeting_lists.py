"""A meeting's list beside the sheet, sorted by what is left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.sessions import queries
from app.sessions.meeting_lists.matching import Entry, Kind, match
from app.sessions.meeting_lists.reading import Skipped
from app.sessions.models import Gathering, MeetingList
from app.sessions.queries import SheetRow


@dataclass(frozen=True, slots=True)
class Preview:
    """`sure` are recognised, `likely` have suggestions to confirm, `unknown` may be new people, `machines` are left out
    unless somebody says otherwise, `skipped` are nobody's lines. `people`: the sheet by person."""

    sure: list[Entry]
    likely: list[Entry]
    unknown: list[Entry]
    machines: list[Entry]
    skipped: list[Skipped]
    people: dict[UUID, SheetRow]

    @property
    def fresh(self) -> int:
        """How many recognised people are not marked yet."""
        return sum(not self.people[entry.person_id].is_here for entry in self.sure if entry.person_id)


def preview_of(gathering: Gathering, staged: MeetingList) -> Preview:
    """Match a list with the sheet as it is now: six queries, however long both are."""
    lines, skipped = queries.lines_of(staged)
    entries = match(lines, queries.list_known(gathering))
    of = {kind: [entry for entry in entries if entry.kind is kind] for kind in Kind}
    return Preview(
        sure=of[Kind.SURE],
        likely=of[Kind.LIKELY],
        unknown=of[Kind.UNKNOWN],
        machines=of[Kind.MACHINE],
        skipped=skipped,
        people={row.person_id: row for row in queries.list_sheet(gathering)},
    )
