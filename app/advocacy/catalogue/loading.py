"""From a checked catalogue to rows: what is missing is made, what the file says otherwise follows it, and what people
of this house stand by stays.

* A row is found by its path (`facts`). Loading the same file again writes nothing.
* Dates go through the services of moments and of steps: a moved date keeps its history, and estimates follow it.
* What a file no longer says stays in the house and is reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy import events
from app.advocacy.catalogue.differences import Changes, Differences, differences_of, stands_above_itself
from app.advocacy.catalogue.facts import CATALOGUE, CATALOGUE_ID, CatalogueFacts, Path, facts_of
from app.advocacy.catalogue.house import HouseFacts, facts_of_house
from app.advocacy.catalogue.making import Maker
from app.advocacy.models import OCCURRENCE, SPACE, Occurrence
from app.advocacy.services.steps import plan_steps
from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import take_turns
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments.models import MomentChange, Status

OVER = (Status.HELD, Status.CANCELLED)


class CircleOfParents(RuleBroken):
    """A file and this house together put a space below itself; `line` is where the file says its half."""

    def __init__(self, message: Any, *, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class LoadReport:
    """What one load did: facts made and changed by kind, and how many others were looked at again without a change;
    `differences` says which, what was kept, and what the file no longer says."""

    differences: Differences
    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    checked_again: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.made and not self.changed and not self.checked_again


def compare_catalogue(catalogue: dict[str, Any]) -> Differences:
    """Return what loading a checked catalogue would do, and do nothing."""
    return differences_of(facts_of(catalogue), facts_of_house())


def load_catalogue(actor: Actor, catalogue: dict[str, Any], *, now: datetime) -> LoadReport:
    """Bring the house in line with a catalogue that `reading.read_catalogue` has checked (R-07 to R-10).

    Raises `NotAllowed`, `CircleOfParents`, and `NotHeldYet` in a house whose clock stands before the day the file was
    written.
    """
    require(actor, "advocacy.keep_catalogue")
    take_turns("advocacy.tree")  # nobody puts a space below another one meanwhile
    take_turns("advocacy.catalogue")  # the page and the command at once: the second finds nothing to change
    file, house = facts_of(catalogue), facts_of_house()
    load = _Load(actor, file, house, now)
    _check_tree(catalogue, stands_above_itself(file, house, load.report.differences))
    for difference in load.report.differences.added:
        load.make(difference.path)
    for difference in load.report.differences.changed:
        load.change(difference.path, difference.changes)
    load.look_again()
    db.session.flush()
    load.let_steps_follow()
    if not load.report.is_empty:
        facts = {
            "compiled_on": file.compiled_on.isoformat(),
            "made": dict(load.report.made),
            "changed": dict(load.report.changed),
            "checked_again": load.report.checked_again,
        }
        audit.record(actor, "advocacy.catalogue.loaded", CATALOGUE, CATALOGUE_ID, facts, now=now)
    return load.report


def _check_tree(catalogue: dict[str, Any], space: str | None) -> None:
    if space is None:
        return
    parent = next(row["parent"] for row in catalogue["spaces"] if row["id"] == space)
    raise CircleOfParents(
        _l(
            "The catalogue puts the space “%(space)s” below “%(parent)s”, which this house has put below it. Choose "
            "another place for one of them, then take the catalogue over.",
            space=space,
            parent=parent,
        ),
        line=parent.line,
    )


class _Load:
    """One run over a catalogue."""

    def __init__(self, actor: Actor, file: CatalogueFacts, house: HouseFacts, now: datetime) -> None:
        self.actor, self.file, self.house, self.now = actor, file, house, now
        self.report = LoadReport(differences_of(file, house))
        self.maker = Maker(actor, file, house, now)
        self.moved: dict[Path, MomentChange] = {}
        self.with_other_rules: set[str] = set()
        self.with_other_dates: set[Path] = set()

    def make(self, path: Path) -> None:
        self.maker.make(path)
        self.report.made[path[0]] += 1
        self._remember(path)

    def change(self, path: Path, changes: Changes) -> None:
        change = self.maker.change(path, changes)
        if change is not None and path[0] == "occurrence":
            self.moved[path] = change
        self.report.changed[path[0]] += 1
        self._remember(path)

    def _remember(self, path: Path) -> None:
        match path[0]:
            case "rule":
                self.with_other_rules.add(path[1])
            case "occurrence":
                self.with_other_dates.add(path)
                searching.changed(OCCURRENCE, [self.maker.records[path].id])
            case "step":
                self.with_other_dates.add(("occurrence", path[1]))
            case "space" | "name" | "alias":
                searching.changed(SPACE, [self.maker.records["space", path[1]].id])

    def look_again(self) -> None:
        """Let what the file says as before be as fresh as the file, unless somebody here looked at it themselves."""
        for path in self.file.rows:
            row = self.house.records.get(path)
            if path[0] in ("name", "alias") or row is None or path in self.house.theirs or row.checked_by is not None:
                continue
            if row.checked_on is None or row.checked_on < self.file.compiled_on:
                row.checked_on = self.file.compiled_on
                self.report.checked_again += 1

    def let_steps_follow(self) -> None:
        """Make and move what rules foresee, and tell whom it concerns (R-09)."""
        for path in self.file.rows:
            if path[0] != "occurrence" or path not in self.maker.records:
                continue
            occurrence: Occurrence = self.maker.records[path]
            is_touched = path in self.with_other_dates
            if path in self.moved or (is_touched and occurrence.moment.status not in OVER):
                self._follow(occurrence, self.moved.get(path))
        spaces = [self.maker.records["space", code].id for code in self.with_other_rules]
        others = sa.select(Occurrence).where(Occurrence.space_id.in_(spaces)).order_by(Occurrence.created_at)
        for occurrence in db.session.scalars(others).all():
            if occurrence.moment.status not in OVER:
                self._follow(occurrence, None)

    def _follow(self, occurrence: Occurrence, change: MomentChange | None) -> None:
        reason = change.reason if change is not None else ""
        followed = plan_steps(self.actor, occurrence, reason=reason, now=self.now)
        if change is None:
            return
        is_off = occurrence.moment.status is Status.CANCELLED
        signal = events.occurrence_cancelled if is_off else events.occurrence_moved
        signal.send(occurrence, change=change, followed=followed, actor=self.actor, now=self.now)
