"""Rows of the catalogue made from a file, and changed to what a newer one says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.advocacy.catalogue.differences import Changes
from app.advocacy.catalogue.facts import CATALOGUE, CATALOGUE_ID, CatalogueFacts, Path, Values, id_of
from app.advocacy.catalogue.house import HouseFacts
from app.advocacy.catalogue.when import timing_of
from app.advocacy.models import (
    MODE,
    OCCURRENCE,
    RULE,
    SPACE,
    STEP,
    Access,
    AdvocacySpace,
    Anchor,
    CatalogueNote,
    ModeCode,
    NoteAbout,
    Occurrence,
    OccurrenceGoal,
    OccurrenceKind,
    ParticipationMode,
    ReviewedState,
    SpaceGoal,
    SpaceKind,
    Step,
    StepCode,
    StepRule,
    WordLimit,
)
from app.core.actors import PUBLIC, Actor
from app.core.names import Certainty as NameCertainty
from app.core.names import NameRow
from app.core.naming import add_with_free_slug
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Modality, Moment, MomentChange, Status

_KINDS = {"space": SPACE, "mode": MODE, "rule": RULE, "occurrence": OCCURRENCE, "step": STEP, CATALOGUE: CATALOGUE}
_DATED = {"when", "zone", "date_certainty", "status", "modality"}
"""Columns of a moment; everything else stands on the row itself."""


class Maker:
    """Makes and changes one row after the other; `records` are the rows known so far by their paths."""

    def __init__(self, actor: Actor, file: CatalogueFacts, house: HouseFacts, now: datetime) -> None:
        self.actor, self.file, self.now = actor, file, now
        self.records: dict[Path, Any] = dict(house.records)

    def make(self, path: Path) -> None:
        """Make the row of a path that the house does not know."""
        values = self.file.rows[path]
        row = getattr(self, f"_new_{path[0]}")(path, values)
        if path[0] not in ("name", "alias"):
            self._write(path, row, values)
        if path[0] == "space":
            add_with_free_slug(row, path[1].replace("_", "-").lower())
        else:
            db.session.add(row)
        self.records[path] = row
        if path[0] in ("space", "mode", "rule", "occurrence"):
            db.session.flush()  # others refer to it

    def change(self, path: Path, changes: Changes) -> MomentChange | None:
        """Let a row say what the file says; return the change of its date where it has another one."""
        row, values = self.records[path], self.file.rows[path]
        if path[0] in ("name", "alias"):
            row.write(values.get("text", row.text), NameCertainty(values["certainty"]))
            return None
        self._write(path, row, {column: values[column] for column in changes})
        if path[0] not in ("occurrence", "step") or not _DATED & changes.keys():
            return None
        return self._move(row.moment, values, row.source)

    def _write(self, path: Path, row: Any, values: Values) -> None:
        dated = _DATED if path[0] in ("occurrence", "step") else ()
        for column, value in values.items():
            if column not in dated:
                self._set(path, row, column, value)
        row.checked_on, row.checked_by = self.file.compiled_on, None

    def _set(self, path: Path, row: Any, column: str, value: Any) -> None:  # noqa: C901, PLR0912 - one arm per column
        match column:
            case "goals":
                _set_goals(row, value)
            case "parent":
                row.parent = self.records["space", value] if value else None
            case "space":
                row.space = self.records["space", value]
            case "mode":
                row.mode = self.records["mode", path[1], value] if value else None
            case "kind":
                setattr(row, *_kind_of(path[0], value))
            case "place" if path[0] == "occurrence":
                row.city = value
            case "country" | "zone":
                setattr(row, column, value or None)
            case "names":
                setattr(row, "labels" if path[0] == "mode" else "label", value)
            case "text":
                row.texts = value
            case "access":
                row.access = Access(value)
            case "anchor":
                row.anchor = Anchor(value)
            case "occurrence_kind":
                row.occurrence_kind = OccurrenceKind(value)
            case "certainty":
                row.certainty = Certainty(value)
            case "valid_from" | "valid_until":
                setattr(row, column, date.fromisoformat(value) if value else None)
            case _:
                setattr(row, column, value)

    def _new_space(self, path: Path, values: Values) -> AdvocacySpace:
        return AdvocacySpace(id=id_of(path), code=path[1], created_at=self.now)

    def _new_name(self, path: Path, values: Values) -> NameRow:
        certainty = NameCertainty(values["certainty"])
        return NameRow.of(SPACE, self.records["space", path[1]].id, path[2], values["text"], certainty)

    def _new_alias(self, path: Path, values: Values) -> NameRow:
        certainty = NameCertainty(values["certainty"])
        return NameRow.of(SPACE, self.records["space", path[1]].id, path[2], path[3], certainty, is_alias=True)

    def _new_mode(self, path: Path, values: Values) -> ParticipationMode:
        return ParticipationMode(
            id=id_of(path), key=path[2], space=self.records["space", path[1]], position=self.file.places[path]
        )

    def _new_limit(self, path: Path, values: Values) -> WordLimit:
        return WordLimit(id=id_of(path), mode_id=self.records["mode", *path[1:3]].id, position=self.file.places[path])

    def _new_rule(self, path: Path, values: Values) -> StepRule:
        return StepRule(
            id=id_of(path), key=path[2], space=self.records["space", path[1]], position=self.file.places[path]
        )

    def _new_occurrence(self, path: Path, values: Values) -> Occurrence:
        """Make it with the dates it had before: its history tells that it moved (R-10)."""
        row_id, before = id_of(path), self.file.was.get(path, [])
        first = values | ({"when": before[0], "status": Status.PLANNED.value} if before else {})
        moment = self._new_moment(OCCURRENCE, row_id, first)
        for when in before[1:]:
            self._move(moment, first | {"when": when}, values["source"])
        if before:
            self._move(moment, values, values["source"])
        return Occurrence(id=row_id, code=path[1], moment=moment, created_at=self.now)

    def _new_state(self, path: Path, values: Values) -> ReviewedState:
        return ReviewedState(occurrence_id=self.records["occurrence", path[1]].id, country=path[2])

    def _new_step(self, path: Path, values: Values) -> Step:
        row_id, occurrence = id_of(path), self.records["occurrence", path[1]]
        return Step(
            id=row_id,
            occurrence=occurrence,
            rule=self._rule_of(path),
            mode=self._mode_of(path),
            code=StepCode(path[2]),
            moment=self._new_moment(STEP, row_id, values),
            created_at=self.now,
        )

    def _mode_of(self, step: Path) -> ParticipationMode | None:
        space = self.file.rows["occurrence", step[1]]["space"]
        return self.records["mode", space, step[3]] if step[3] else None

    def _rule_of(self, step: Path) -> StepRule | None:
        """Return the rule that foresees a step, so that nothing is estimated beside what is known."""
        occurrence = self.file.rows["occurrence", step[1]]
        for path, said in self.file.rows.items():
            is_of_space = path[:2] == ("rule", occurrence["space"])
            if is_of_space and (said["occurrence_kind"], said["kind"], said["mode"]) == (occurrence["kind"], *step[2:]):
                return self.records[path]  # type: ignore[no-any-return]  # rows of all kinds stand there
        return None

    def _new_note(self, path: Path, values: Values) -> CatalogueNote:
        about = path[1:-2]
        thing_id = CATALOGUE_ID if about == (CATALOGUE,) else self.records[about].id
        return CatalogueNote(
            id=id_of(path),
            space_id=self._space_of(about),
            object_kind=_KINDS[about[0]],
            object_id=thing_id,
            position=self.file.places[path],
            about=NoteAbout(path[-2]),
        )

    def _space_of(self, about: Path) -> UUID | None:
        match about[0]:
            case "catalogue":
                return None
            case "occurrence" | "step":
                row: Occurrence = self.records["occurrence", about[1]]
                return row.space.id
        space: AdvocacySpace = self.records["space", about[1]]
        return space.id

    def _new_moment(self, kind: str, row_id: UUID, values: Values) -> Moment:
        return moments.create_moment(
            self.actor,
            subject_kind=kind,
            subject_id=row_id,
            audience=PUBLIC,
            timing=timing_of(values["when"], values["zone"] or None),
            status=_status_of(values),
            certainty=Certainty(values["date_certainty"]),
            modality=Modality(values["modality"]) if values.get("modality") else None,
            now=self.now,
        )

    def _move(self, moment: Moment, values: Values, reason: str) -> MomentChange | None:
        status = _status_of(values)
        if status is not moment.status and status not in moments.MAY_BECOME[moment.status]:
            moments.change_moment(self.actor, moment, status=Status.CONFIRMED, reason=reason, now=self.now)
        return moments.change_moment(
            self.actor,
            moment,
            timing=timing_of(values["when"], values["zone"] or None),
            status=status,
            certainty=Certainty(values["date_certainty"]),
            modality=Modality(values["modality"]) if values.get("modality") else None,
            reason=reason,
            now=self.now,
        )


def _kind_of(kind: str, value: str) -> tuple[str, Any]:
    """Return the column and the code of what a file calls `kind`."""
    match kind:
        case "space":
            return "kind", SpaceKind(value)
        case "mode":
            return "code", ModeCode(value)
        case "rule":
            return "step", StepCode(value)
    return "kind", OccurrenceKind(value)


def _status_of(values: Values) -> Status:
    """Return the status of a date; a step has none in the file: seen published it is confirmed."""
    if "status" in values:
        return Status(values["status"])
    return Status.CONFIRMED if values["date_certainty"] == Certainty.VERIFIED.value else Status.PLANNED


def _set_goals(row: AdvocacySpace | Occurrence, goals: list[int]) -> None:
    of_goal: Any = SpaceGoal if isinstance(row, AdvocacySpace) else OccurrenceGoal
    kept = [known for known in row.goals if known.goal in goals]
    new = set(goals) - {known.goal for known in kept}
    row.goals = [*kept, *(of_goal(goal=goal) for goal in sorted(new))]
