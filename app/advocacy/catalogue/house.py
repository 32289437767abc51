"""What stands in the house of the catalogue, spread out like a file (`facts`), with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.catalogue.facts import CATALOGUE, CATALOGUE_ID, Path, Values, id_of
from app.advocacy.catalogue.schema import MOST_NOTES
from app.advocacy.catalogue.when import written_of
from app.advocacy.models import (
    MODE,
    OCCURRENCE,
    RULE,
    SPACE,
    STEP,
    AdvocacySpace,
    CatalogueNote,
    Fact,
    Occurrence,
    ParticipationMode,
    Step,
    StepRule,
    WordLimit,
)
from app.core.names import Certainty as NameCertainty
from app.core.names import NameRow
from app.extensions import db
from app.moments.models import Moment
from app.moments.timing import Timing


@dataclass
class HouseFacts:
    """`theirs`: what people of this house said or stand by, which no file changes; `brought`: what came with a file;
    `records`: the rows themselves; `numbered`: occurrences that people added, by space, kind and number; `above`: the
    space above each space, those of the house's own too, by code or, without one, by id."""

    rows: dict[Path, Values] = field(default_factory=dict)
    records: dict[Path, Any] = field(default_factory=dict)
    theirs: set[Path] = field(default_factory=set)
    brought: set[Path] = field(default_factory=set)
    numbered: set[tuple[str, str, int | None]] = field(default_factory=set)
    above: dict[str, str] = field(default_factory=dict)


def facts_of_house() -> HouseFacts:
    """Spread out what the house knows of spaces that have a code, each table read once."""
    reading = _Reading(HouseFacts())
    reading.spaces()
    reading.names()
    reading.ways_in()
    reading.dates()
    reading.notes()
    return reading.house


def loaded_on() -> date | None:
    """Return the day of the newest file that was loaded; None in a house without a catalogue."""
    of_spaces = sa.select(sa.func.max(AdvocacySpace.checked_on)).where(
        AdvocacySpace.code.is_not(None), AdvocacySpace.checked_by.is_(None)
    )
    of_notes = sa.select(sa.func.max(CatalogueNote.checked_on)).where(
        CatalogueNote.confirmed_at.is_(None), CatalogueNote.checked_by.is_(None)
    )
    days = db.session.execute(sa.select(of_spaces.scalar_subquery(), of_notes.scalar_subquery())).one()
    return max(filter(None, days), default=None)


class _Reading:
    def __init__(self, house: HouseFacts) -> None:
        self.house = house
        self.paths: dict[tuple[str, UUID], Path] = {(CATALOGUE, CATALOGUE_ID): (CATALOGUE,)}
        self.codes: dict[UUID, str] = {}

    def _add(self, kind: str, path: Path, row: Any, values: Values, *, is_brought: bool) -> None:
        known = self.house.records.get(path)
        if known is not None and known.id == id_of(path):
            return  # of two rows with one path the one that came with a file stands for it
        self.house.rows[path], self.house.records[path] = values, row
        self.paths[kind, row.id] = path
        if row.confirmed_at is not None:
            self.house.theirs.add(path)
        if is_brought:
            self.house.brought.add(path)

    def spaces(self) -> None:
        known = db.session.scalars(sa.select(AdvocacySpace)).all()
        called = {space.id: space.code or str(space.id) for space in known}
        self.house.above = {called[row.id]: called[row.parent_id] for row in known if row.parent_id is not None}
        spaces = [space for space in known if space.code is not None]
        self.codes = {space.id: str(space.code) for space in spaces}
        for space in spaces:
            values = {
                "acronym": space.acronym,
                "kind": space.kind.value,
                "parent": self.codes.get(space.parent_id, "") if space.parent_id else "",
                "place": space.place,
                "zone": space.zone or "",
                "url": space.url,
                "goals": [row.goal for row in space.goals],
            }
            path = ("space", self.codes[space.id])
            self._add(SPACE, path, space, values | _worth(space), is_brought=True)

    def names(self) -> None:
        rows = db.session.scalars(
            sa.select(NameRow).where(NameRow.object_kind == SPACE, NameRow.object_id.in_(self.codes))
        )
        for row in rows:
            code = self.codes[row.object_id]
            path: Path = ("alias", code, row.language, row.text) if row.is_alias else ("name", code, row.language)
            values = {"certainty": row.certainty.value} | ({} if row.is_alias else {"text": row.text})
            self.house.rows[path], self.house.records[path] = values, row
            (self.house.theirs if row.certainty is NameCertainty.OWN else self.house.brought).add(path)

    def ways_in(self) -> None:
        for mode in self._of_spaces(ParticipationMode):
            path = ("mode", self.codes[mode.space_id], mode.key)
            values = {
                "kind": mode.code.value,
                "access": mode.access.value,
                "names": mode.labels,
                "languages": mode.languages,
                "is_closed": mode.is_closed,
                "is_once_per_organisation": mode.is_once_per_organisation,
            }
            self._add(MODE, path, mode, values | _worth(mode), is_brought=mode.id == id_of(path))
            for limit in mode.limits:
                self._limit(path, limit)
        for rule in self._of_spaces(StepRule):
            path = ("rule", self.codes[rule.space_id], rule.key)
            self._add(RULE, path, rule, self._rule(rule) | _worth(rule), is_brought=rule.id == id_of(path))

    def _of_spaces(self, model: Any) -> Iterator[Any]:
        return iter(db.session.scalars(sa.select(model).where(model.space_id.in_(self.codes))).all())

    def _limit(self, mode: Path, limit: WordLimit) -> None:
        terms = {True: "joint", False: "individual", None: ""}[limit.is_joint]
        path = ("limit", *mode[1:], limit.status, terms)
        values = {
            "status": limit.status,
            "is_joint": limit.is_joint,
            "words": limit.words,
            "cover_words": limit.cover_words,
        }
        self._add("limit", path, limit, values | _worth(limit), is_brought=limit.id == id_of(path))
        if mode in self.house.theirs:
            self.house.theirs.add(path)

    def _rule(self, rule: StepRule) -> Values:
        return {
            "kind": rule.step.value,
            "mode": self._key_of(rule.mode_id),
            "occurrence_kind": rule.occurrence_kind.value,
            "anchor": rule.anchor.value,
            "offset_min": rule.offset_min,
            "offset_max": rule.offset_max,
            "typical": rule.typical,
            "fixed_on": rule.fixed_on,
            "valid_from": rule.valid_from.isoformat() if rule.valid_from else "",
            "valid_until": rule.valid_until.isoformat() if rule.valid_until else "",
            "evidence": rule.evidence,
        }

    def _key_of(self, mode_id: UUID | None) -> str:
        path = self.paths.get((MODE, mode_id)) if mode_id else None
        return path[2] if path else ""

    def dates(self) -> None:
        occurrences = db.session.scalars(sa.select(Occurrence).where(Occurrence.code.is_not(None))).all()
        for row in occurrences:
            values = {
                "space": self.codes.get(row.space_id, ""),
                "kind": row.kind.value,
                "number": row.number,
                "names": row.label,
                "themes": row.themes,
                "place": row.city,
                "country": row.country or "",
                "goals": [goal.goal for goal in row.goals],
                "status": row.moment.status.value,
                "modality": row.moment.modality.value if row.moment.modality else "",
            }
            path = ("occurrence", str(row.code))
            self._add(OCCURRENCE, path, row, values | _date(row.moment) | _worth(row), is_brought=True)
            for state in row.states:
                under_review = ("state", str(row.code), state.country)
                self.house.rows[under_review], self.house.records[under_review] = _worth(state), state
                is_theirs = state.confirmed_at is not None or path in self.house.theirs
                (self.house.theirs if is_theirs else self.house.brought).add(under_review)
        self._steps({row.id: str(row.code) for row in occurrences})
        added_here = db.session.execute(
            sa.select(Occurrence.space_id, Occurrence.kind, Occurrence.number).where(
                Occurrence.code.is_(None), Occurrence.number.is_not(None), Occurrence.space_id.in_(self.codes)
            )
        )
        self.house.numbered = {(self.codes[space_id], kind.value, number) for space_id, kind, number in added_here}

    def _steps(self, code_of: dict[UUID, str]) -> None:
        wanted = sa.select(Step).where(Step.occurrence_id.in_(code_of)).order_by(Step.created_at, Step.id)
        for step in db.session.scalars(wanted):
            path = ("step", code_of[step.occurrence_id], step.code.value, self._key_of(step.mode_id))
            values = {"names": step.label} | _date(step.moment) | _worth(step)
            self._add(STEP, path, step, values, is_brought=step.id == id_of(path))
            if step.done_at is not None:
                self.house.theirs.add(path)

    def notes(self) -> None:
        """Notes that came with a file; what people of this house wrote has ids of its own and is no file's business."""
        for row in db.session.scalars(sa.select(CatalogueNote).order_by(CatalogueNote.position, CatalogueNote.id)):
            about = self.paths.get((row.object_kind, row.object_id))
            if about is None:
                continue
            paths = (("note", *about, row.about.value, str(number)) for number in range(MOST_NOTES))
            if path := next((path for path in paths if id_of(path) == row.id), None):
                self._add("note", path, row, {"text": row.texts} | _worth(row), is_brought=True)


def _date(moment: Moment) -> Values:
    return {
        "when": written_of(Timing.of(moment)),
        "zone": moment.zone or "",
        "date_certainty": moment.certainty.value,
    }


def _worth(row: Fact) -> Values:
    return {"certainty": row.certainty.value, "certainties": row.certainties, "source": row.source}
