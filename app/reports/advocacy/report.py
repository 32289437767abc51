"""The advocacy report: figures with their labels in the reader's language, ready for page and CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.advocacy.models import SPACE, AdvocacySpace
from app.advocacy.words import MODES, goal_name
from app.core.actors import Actor
from app.core.languages import fold
from app.core.names import names_of
from app.core.permissions import require
from app.engagements.models import EngagementState, Result
from app.engagements.words import RESULTS, STATES
from app.extensions import db
from app.people.models import Region
from app.recommendations.models import Status
from app.reports.advocacy import queries
from app.reports.advocacy.definitions import DEFINITIONS
from app.reports.advocacy.scope import AdvocacyScope
from app.reports.advocacy.tallying import Open, Tally, Undertaking, tally, tally_by, tally_by_region
from app.reports.definitions import Definition
from app.workinggroups.models import WorkingGroup

NOT_KNOWN = "not_known"
NONE_NAMED = "none_named"

# I18N: a choice in a list: engagements that are marked as gender-integrated
GENDER_INTEGRATED = _l("Gender-integrated ones")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section. `label` is a string or a `Name` that marks its own language."""

    key: str
    label: Any
    tally: Tally


@dataclass(frozen=True, slots=True)
class Obtained:
    """Recommendations of one space: how many, and of these how many stand where, in the order of the statuses."""

    key: str
    label: Any
    number: int
    by_status: dict[Status, int]


@dataclass(frozen=True, slots=True)
class AdvocacyReport:
    """The whole report; the names of its sections are those of the CSV. `asked` are the filters in words."""

    scope: AdvocacyScope
    title: Any
    asked: list[tuple[Any, Any]]
    total: Tally
    gender_integrated: int
    watched: int
    given_up: int
    first_on: date | None
    last_on: date | None
    by_state: list[Line]
    by_outcome: list[Line]
    by_space: list[Line]
    by_mode: list[Line]
    by_group: list[Line]
    by_goal: list[Line]
    by_region: list[Line]
    obtained: list[Obtained]
    generated_at: datetime
    definitions: tuple[Definition, ...] = DEFINITIONS

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The days asked for, else those of the first and the last engagement."""
        return self.scope.from_on or self.first_on, self.scope.to_on or self.last_on

    @property
    def obtained_by_status(self) -> dict[Status, int]:
        """How many recommendations of all spaces stand where, those of which there is none left out."""
        sums = {status: sum(line.by_status.get(status, 0) for line in self.obtained) for status in Status}
        return {status: number for status, number in sums.items() if number}

    @property
    def recommendations(self) -> int:
        return sum(line.number for line in self.obtained)


SECTIONS = ("by_state", "by_outcome", "by_space", "by_mode", "by_group", "by_goal", "by_region")


def report_on(actor: Actor, scope: AdvocacyScope, *, language: str, now: datetime) -> AdvocacyReport:
    """Count advocacy with labels in one language; engagements, organisations and countries are whole numbers.

    Raises `NotAllowed` for who may not read these figures.
    """
    require(actor, "reports.advocacy", scope.group)
    found = queries.list_undertakings(scope)
    counted = [one for one in found if not (one.is_watch_only or one.is_given_up)]
    days = [one.day for one in counted]
    return AdvocacyReport(
        scope=scope,
        title=_title(actor, scope, language),
        asked=_asked(scope, language),
        total=tally(counted),
        gender_integrated=sum(one.is_gender_integrated for one in counted),
        watched=sum(one.is_watch_only for one in found),
        given_up=sum(one.is_given_up and not one.is_watch_only for one in found),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        by_state=_state_lines(counted),
        by_outcome=_outcome_lines(counted),
        by_space=_space_lines(counted, language),
        by_mode=_mode_lines(counted),
        by_group=_group_lines(counted, scope, language),
        by_goal=_goal_lines(counted),
        by_region=_region_lines(counted, language),
        obtained=_obtained(queries.count_obtained(scope), language),
        generated_at=now,
    )


def _title(actor: Actor, scope: AdvocacyScope, language: str) -> Any:
    if scope.group is not None:
        return names_of("group", [scope.group.id], language)[scope.group.id]
    return _("The whole house") if actor.is_secretariat else _("The groups you run")


def numbered_goal(number: int) -> str:
    """Return a goal as it is cited, by its number, and what it is about."""
    return f"{number} · {goal_name(number)}"


def _asked(scope: AdvocacyScope, language: str) -> list[tuple[Any, Any]]:
    """What narrows the report besides days and group, which stand in its first line: paper has no form."""
    asked: list[tuple[Any, Any]] = []
    if scope.space is not None:
        asked.append((_("Space"), names_of(SPACE, [scope.space.id], language)[scope.space.id]))
    if scope.mode is not None:
        asked.append((_("Way to take part"), MODES[scope.mode]))
    if scope.goal is not None:
        asked.append((_("Goal"), numbered_goal(scope.goal)))
    if scope.region is not None:
        asked.append((_("Region"), names_of("region", [scope.region.id], language)[scope.region.id]))
    if scope.is_gender_integrated:
        asked.append((_("Gender equality"), GENDER_INTEGRATED))
    return asked


def _state_lines(counted: list[Undertaking]) -> list[Line]:
    """In the order of an engagement's life; each state has its line, also where nothing stands."""
    by_state = tally_by(counted, lambda one: (one.state,))
    apart = (EngagementState.WATCHING, EngagementState.GIVEN_UP)
    return [
        Line(state.value, STATES[state], by_state.get(state, Tally()))
        for state in EngagementState
        if state not in apart
    ]


def _outcome_lines(counted: list[Undertaking]) -> list[Line]:
    by_outcome = tally_by(counted, lambda one: (one.outcome,))
    lines = [Line(result.value, RESULTS[result], by_outcome.get(result, Tally())) for result in Result]
    # I18N: of engagements: nobody has written down what came of them
    no_result = Line(Open.NO_RESULT_YET.value, _("No result yet"), by_outcome.get(Open.NO_RESULT_YET, Tally()))
    return [*lines, no_result]


def _space_lines(counted: list[Undertaking], language: str) -> list[Line]:
    by_space = tally_by(counted, lambda one: (one.space_id,))
    return _named_lines(by_space, SPACE, AdvocacySpace.slug, language)


def _group_lines(counted: list[Undertaking], scope: AdvocacyScope, language: str) -> list[Line]:
    """The groups that are asked about, or those the reader runs; another group of an engagement is not told."""
    told = scope.counted_groups
    by_group = tally_by(counted, lambda one: one.groups if told is None else one.groups & told)
    return _named_lines(by_group, "group", WorkingGroup.slug, language)


def _mode_lines(counted: list[Undertaking]) -> list[Line]:
    by_mode = tally_by(counted, lambda one: (one.mode,))
    known = [Line(mode.value, MODES[mode], figures) for mode, figures in by_mode.items() if mode is not None]
    # I18N: of engagements: how one takes part has not been chosen
    return _most_first(known) + _rest(by_mode, NONE_NAMED, _("Not chosen yet"))


def _goal_lines(counted: list[Undertaking]) -> list[Line]:
    """In the order of their numbers."""
    by_goal = tally_by(counted, lambda one: one.goals or (None,))
    numbers = sorted(goal for goal in by_goal if goal is not None)
    # I18N: of engagements: nobody has said which goals they are about
    return [Line(str(goal), numbered_goal(goal), by_goal[goal]) for goal in numbers] + _rest(
        by_goal, NONE_NAMED, _("No goal named")
    )


def _region_lines(counted: list[Undertaking], language: str) -> list[Line]:
    by_region = tally_by_region(counted)
    known = {region: figures for region, figures in by_region.items() if region is not None}
    lines = _named_lines(known, "region", Region.code, language)
    return lines + _rest(by_region, NOT_KNOWN, _("No organisation, or region not known"))


def _rest(figures: Mapping[Any, Tally], key: str, label: Any) -> list[Line]:
    """What has no name of its own, as the last line."""
    return [Line(key, label, figures[None])] if None in figures else []


def _obtained(numbers: Mapping[tuple[UUID, Status], int], language: str) -> list[Obtained]:
    """By space, most first; within one in the order of the statuses."""
    spaces: dict[UUID, dict[Status, int]] = defaultdict(dict)
    for space_id, status in sorted(numbers, key=lambda pair: list(Status).index(pair[1])):
        spaces[space_id][status] = numbers[space_id, status]
    names, codes = names_of(SPACE, spaces, language), _codes(AdvocacySpace.slug, spaces)
    lines = [Obtained(codes[one], names[one], sum(found.values()), found) for one, found in spaces.items()]
    return sorted(lines, key=lambda line: (-line.number, fold(str(line.label)), line.key))


def _codes(column: Any, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what things are called in files and addresses."""
    rows = db.session.execute(sa.select(column.class_.id, column).where(column.class_.id.in_(list(ids))))
    return {row[0]: row[1] for row in rows}


def _named_lines(figures: Mapping[UUID, Tally], kind: str, code: Any, language: str) -> list[Line]:
    """Lines of things with names; `code` is the column that names them in files and addresses."""
    names, codes = names_of(kind, figures, language), _codes(code, figures)
    return _most_first(Line(codes[thing_id], names[thing_id], one) for thing_id, one in figures.items())


def _most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.tally.engagements, fold(str(line.label)), line.key))
