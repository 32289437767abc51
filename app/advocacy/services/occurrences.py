"""Occurrences of a space: written down, changed, moved, postponed, cancelled, confirmed, held (R-07, R-10).

Whatever happens to the date, the occurrence stays the same one: number, steps, and what groups have prepared for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from babel import Locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy import events
from app.advocacy.models import (
    OCCURRENCE,
    AdvocacySpace,
    Occurrence,
    OccurrenceGoal,
    OccurrenceKind,
    ReviewedState,
)
from app.advocacy.services.anchoring import Followed, follow, hold
from app.advocacy.services.standing_by import check_reason, check_source, record, stand_by
from app.core import searching
from app.core.actors import PUBLIC, Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.core.types import Facts
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Modality, MomentChange, Precision, Status
from app.moments.timing import Timing

EXACT = (Precision.DAY, Precision.MINUTE)
OFF = (Status.POSTPONED, Status.CANCELLED)
GOALS = range(1, 18)


class NumberTaken(RuleBroken):
    """A space has one occurrence of a kind with a number."""


class DayUnknown(RuleBroken):
    """What is confirmed has a day."""


class NotNow(RuleBroken):
    """What is called off is planned again first."""


class SameDate(RuleBroken):
    """A move to where it already is."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When something is, how sure that is, and where it was read."""

    timing: Timing
    certainty: Certainty = Certainty.VERIFIED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An occurrence as somebody writes it: kind and number, what it is called and its theme by language, the goals it
    reviews and how sure they are, the States under review, where it meets, and how."""

    kind: OccurrenceKind
    number: int | None = None
    label: Facts = field(default_factory=dict)
    themes: Facts = field(default_factory=dict)
    goals: frozenset[int] = frozenset()
    goals_certainty: Certainty = Certainty.VERIFIED
    states: frozenset[str] = frozenset()
    city: str = ""
    country: str | None = None
    modality: Modality | None = None


def add_occurrence(actor: Actor, space: AdvocacySpace, written: Written, dated: Dated, *, now: datetime) -> Occurrence:
    """Write down a session, a conference, a call of a space; its steps are expected from the rules of the space (R-09).
    A date that was seen names its source.

    Raises `NumberTaken`, `SourceMissing`, `RuleBroken` at `goals`, `states`, `country`, `number`, and the errors of
    `timing.resolve`.
    """
    require(actor, "advocacy.keep_dates", space)
    source = _source_of(dated)
    occurrence_id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind=OCCURRENCE,
        subject_id=occurrence_id,
        audience=PUBLIC,
        timing=dated.timing,
        status=_status_of(dated),
        certainty=dated.certainty,
        modality=written.modality,
        now=now,
    )
    occurrence = Occurrence(
        id=occurrence_id,
        space=space,
        moment=moment,
        certainties={},
        certainty=dated.certainty,
        created_at=now,
        created_by=actor.person_id,
    )
    _set_written(actor, occurrence, written, now)
    stand_by(actor, occurrence, source=source, now=now)
    _keep_number(occurrence)
    searching.changed(OCCURRENCE, [occurrence.id])
    record(actor, "occurrence.added", OCCURRENCE, occurrence, _facts(occurrence), now=now)
    follow(actor, occurrence, now=now)
    db.session.flush()
    return occurrence


def change_occurrence(actor: Actor, occurrence: Occurrence, written: Written, *, now: datetime) -> Occurrence:
    """Write anew what an occurrence is called, reviews, and where it meets; its date is moved by `move_occurrence`.

    Raises as `add_occurrence`. Another kind brings the steps of that kind's rules.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    _set_written(actor, occurrence, written, now)
    if written.modality is not None:
        moments.change_moment(actor, occurrence.moment, modality=written.modality, now=now)
    stand_by(actor, occurrence, now=now)
    _keep_number(occurrence)
    searching.changed(OCCURRENCE, [occurrence.id])
    record(actor, "occurrence.changed", OCCURRENCE, occurrence, _facts(occurrence), now=now)
    follow(actor, occurrence, now=now)
    db.session.flush()
    return occurrence


def move_occurrence(
    actor: Actor, occurrence: Occurrence, dated: Dated, *, reason: str, now: datetime
) -> tuple[MomentChange, Followed]:
    """Give an occurrence another date (R-10). Undone steps that nobody confirmed move along in the same transaction,
    with the same reason; the others stay, to be looked at. What was postponed or cancelled takes place again.

    Raises `ReasonMissing`, `SourceMissing`, `SameDate`, and the errors of `moments.change_moment`.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason, source = check_reason(reason), _source_of(dated)
    change = moments.change_moment(
        actor,
        occurrence.moment,
        timing=dated.timing,
        status=_status_of(dated),
        certainty=dated.certainty,
        reason=reason,
        now=now,
    )
    if change is None:
        raise SameDate(_l("It is at this date already. Choose another one."), field="day")
    seen = Certainty.VERIFIED if dated.certainty is Certainty.VERIFIED else None
    stand_by(actor, occurrence, certainty=seen, source=source, now=now)
    followed = _changed(actor, occurrence, "moved", change, now)
    events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def postpone_occurrence(
    actor: Actor, occurrence: Occurrence, *, reason: str, dated: Dated | None = None, now: datetime
) -> tuple[MomentChange | None, Followed]:
    """Put an occurrence off, to another date or to one that nobody knows yet. Number, drafts and people stay (R-10).

    Postponing twice changes nothing. Raises as `move_occurrence`.
    """
    if dated is not None:
        return move_occurrence(actor, occurrence, dated, reason=reason, now=now)
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    change = moments.change_moment(actor, occurrence.moment, status=Status.POSTPONED, reason=reason, now=now)
    if change is None:
        return None, Followed()
    stand_by(actor, occurrence, now=now)
    followed = _changed(actor, occurrence, "postponed", change, now)
    events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def cancel_occurrence(
    actor: Actor, occurrence: Occurrence, *, reason: str, now: datetime
) -> tuple[MomentChange | None, Followed]:
    """Say that an occurrence does not take place; its undone steps are called off with it (R-10). Cancelling twice
    changes nothing. Raises `ReasonMissing`, `StatusCannotFollow`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    change = moments.change_moment(actor, occurrence.moment, status=Status.CANCELLED, reason=reason, now=now)
    if change is None:
        return None, Followed()
    stand_by(actor, occurrence, now=now)
    followed = _changed(actor, occurrence, "cancelled", change, now)
    events.occurrence_cancelled.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def confirm_occurrence(
    actor: Actor, occurrence: Occurrence, *, timing: Timing, source: str, now: datetime
) -> MomentChange | None:
    """Say that a date was seen published; steps follow if it is another one than was expected.

    Raises `SourceMissing`, `DayUnknown`, `NotNow` while it is cancelled, and the errors of `moments.change_moment`.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    source = check_source(source)
    if timing.precision not in EXACT:
        raise DayUnknown(
            _l("Name the days. As long as only the month or the year is known, the date stays expected."),
            field="day",
            rule="R-09",
        )
    if occurrence.moment.status is Status.CANCELLED:
        raise NotNow(_l("This is cancelled. Give it a new date first, and say why it takes place again."))
    change = moments.change_moment(
        actor,
        occurrence.moment,
        timing=timing,
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        reason=source,
        now=now,
    )
    stand_by(actor, occurrence, certainty=Certainty.VERIFIED, source=source, now=now)
    if change is not None:
        followed = _changed(actor, occurrence, "confirmed", change, now)
        events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change


def mark_held(actor: Actor, occurrence: Occurrence, *, now: datetime) -> MomentChange | None:
    """Say that an occurrence has taken place. Raises `NotHeldYet`, `StatusCannotFollow`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    change = moments.change_moment(actor, occurrence.moment, status=Status.HELD, now=now)
    if change is not None:
        stand_by(actor, occurrence, now=now)
        record(actor, "occurrence.held", OCCURRENCE, occurrence, _facts(occurrence), now=now)
    return change


def plan_again(actor: Actor, occurrence: Occurrence, *, reason: str, now: datetime) -> MomentChange | None:
    """Undo that an occurrence was cancelled, postponed or held, at the date it had; its steps come back.

    Raises `ReasonMissing`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    moment = occurrence.moment
    if moment.status not in (*OFF, Status.HELD):
        return None
    is_sure = moment.certainty is Certainty.VERIFIED and moment.precision in EXACT
    status = Status.CONFIRMED if is_sure or moment.status is Status.HELD else Status.PLANNED
    change = moments.change_moment(actor, moment, status=status, reason=reason, now=now)
    stand_by(actor, occurrence, now=now)
    if change is not None:
        followed = _changed(actor, occurrence, "planned_again", change, now)
        events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change


def _changed(actor: Actor, occurrence: Occurrence, act: str, change: MomentChange, now: datetime) -> Followed:
    """Note a change of date and let the steps follow it, with its reason."""
    record(actor, f"occurrence.{act}", OCCURRENCE, occurrence, {"change": str(change.id)}, now=now)
    followed = follow(actor, occurrence, reason=change.reason, now=now)
    db.session.flush()
    return followed


def _source_of(dated: Dated) -> str:
    return check_source(dated.source) if dated.certainty is Certainty.VERIFIED else one_line(dated.source)


def _status_of(dated: Dated) -> Status:
    """A date is confirmed when its days were seen published; else it is planned, and shown as expected."""
    is_sure = dated.certainty is Certainty.VERIFIED and dated.timing.precision in EXACT
    return Status.CONFIRMED if is_sure else Status.PLANNED


def _set_written(actor: Actor, occurrence: Occurrence, written: Written, now: datetime) -> None:
    if written.number is not None and not 1 <= written.number <= 9999:
        raise RuleBroken(_l("Write a number from 1 to 9999, or leave it empty."), field="number")
    occurrence.kind, occurrence.number = written.kind, written.number
    occurrence.label, occurrence.themes = dict(written.label), dict(written.themes)
    occurrence.city, occurrence.country = one_line(written.city), _country(written.country, "country")
    _set_goals(occurrence, written)
    _set_states(actor, occurrence, written.states, now)


def _set_goals(occurrence: Occurrence, written: Written) -> None:
    if not written.goals <= set(GOALS):
        raise RuleBroken(_l("The goals are numbered from 1 to 17."), field="goals", rule="R-07")
    kept = [row for row in occurrence.goals if row.goal in written.goals]
    new = written.goals - {row.goal for row in kept}
    occurrence.goals = [*kept, *(OccurrenceGoal(goal=goal) for goal in sorted(new))]
    certainties = {column: sure for column, sure in occurrence.certainties.items() if column != "goals"}
    occurrence.certainties = certainties | ({"goals": written.goals_certainty.value} if written.goals else {})


def _set_states(actor: Actor, occurrence: Occurrence, wanted: frozenset[str], now: datetime) -> None:
    countries = {_country(code, "states") for code in wanted}
    kept = [row for row in occurrence.states if row.country in countries]
    new = countries - {row.country for row in kept}
    added = [ReviewedState(country=country, certainties={}) for country in sorted(filter(None, new))]
    for row in added:
        stand_by(actor, row, certainty=Certainty.VERIFIED, now=now)
    occurrence.states = [*kept, *added]


def _country(code: str | None, field_name: str) -> str | None:
    if code and (len(code) != 2 or code not in Locale("en").territories):
        raise RuleBroken(_l("We do not know this country. Choose it from the list."), field=field_name)
    return code or None


def _keep_number(occurrence: Occurrence) -> None:
    """Let the database say whether the number is free, also when two write it at once."""
    try:
        with db.session.begin_nested():
            db.session.add(occurrence)
    except IntegrityError:
        raise NumberTaken(
            _l(
                "This space has one with number %(number)s already. If its date has changed, move that one: it keeps "
                "its number.",
                number=occurrence.number,
            ),
            field="number",
            rule="R-10",
        ) from None


def _facts(occurrence: Occurrence) -> Facts:
    return {"space": str(occurrence.space_id or occurrence.space.id)}
