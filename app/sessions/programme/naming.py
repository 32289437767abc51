"""Names out of a programme file: written where the house has none of its own, counted where they change anything."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import sqlalchemy as sa

from app.core import searching
from app.core.names import Certainty, NameRow
from app.extensions import db


class NameKeeper:
    """All names of the programme's things, each kind of them read once when it is first met; `made` and `changed` are
    the counters of the load."""

    def __init__(self, made: Counter[str], changed: Counter[str]) -> None:
        self.made, self.changed = made, changed
        self.mains: dict[tuple[str, UUID, str], NameRow] = {}
        self.texts: set[tuple[str, UUID, str]] = set()
        self.met: set[str] = set()

    def _meet(self, kind: str) -> None:
        if kind in self.met:
            return
        self.met.add(kind)
        for row in db.session.scalars(sa.select(NameRow).where(NameRow.object_kind == kind)):
            self.texts.add((kind, row.object_id, row.text))
            if not row.is_alias:
                self.mains[kind, row.object_id, row.language] = row

    def main(self, kind: str, object_id: UUID, language: str, text: str, certainty: Certainty) -> None:
        """Set a name, unless the house gave one of its own in this language."""
        self._meet(kind)
        row = self.mains.get((kind, object_id, language))
        if row is None:
            self.mains[kind, object_id, language] = self._add(kind, object_id, language, text, certainty)
        elif row.certainty is not Certainty.OWN and (row.text, row.certainty) != (text, certainty):
            row.write(text, certainty)
            self.texts.add((kind, object_id, text))
            self.changed["names"] += 1
            searching.changed(kind, [object_id])

    def alias(self, kind: str, object_id: UUID, language: str, text: str, certainty: Certainty) -> None:
        """Keep another spelling once, for search and import."""
        self._meet(kind)
        if (kind, object_id, text) not in self.texts:
            self._add(kind, object_id, language, text, certainty, is_alias=True)

    def _add(
        self, kind: str, object_id: UUID, language: str, text: str, certainty: Certainty, *, is_alias: bool = False
    ) -> NameRow:
        row = NameRow.of(kind, object_id, language, text, certainty, is_alias=is_alias)
        db.session.add(row)
        self.texts.add((kind, object_id, text))
        self.made["names"] += 1
        searching.changed(kind, [object_id])
        return row


def certainty_of_source(sources: list[str]) -> Certainty:
    """A founding document, else what the file says instead of one ("inferred"), else another public page."""
    if any(source.startswith("S") and source[1:].isdigit() for source in sources):
        return Certainty.FOUNDING
    return Certainty.INFERRED if "inferred" in sources else Certainty.EXT
