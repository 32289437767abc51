"""Dates of advocacy as lines: sessions and deadlines, wherever they are listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy import words
from app.advocacy.addresses import occurrence_path, step_path
from app.advocacy.models import Access, Occurrence, Step
from app.advocacy.queries import short_names
from app.core.context import page_language
from app.core.languages import comma
from app.core.names import Name
from app.moments.local import in_zone
from app.moments.models import NOT_TAKING_PLACE, Certainty, Moment, Precision, Status
from app.moments.queries import list_changes_of
from app.moments.shown import shown, was_words
from app.moments.words import place
from app.moments.zones import reader_zone
from app.people.labels import country_name

STATES_SHOWN = 6
"""So many States under review stand in a line; the page of the session names all."""

OPEN = (Status.PLANNED, Status.CONFIRMED)
LEFT, OVER = "left", "over"
"""States beside those of a moment: a session that is over and of which nobody has noted whether it was held; a deadline
that is over, for certain or as far as anybody can tell."""

A_LONG_WHILE = 60
"""Days from which what is only expected is counted in months."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session: where it leads, what it reviews. `goals` are its own, or, with `of_space`, those of its space, which
    stand for them (R-07); `goals_unsure`, `states_unsure`: nobody has seen them in a source. `was`: when it was to be
    before it moved, in words, "" where it never did or does not take place at all."""

    occurrence: Occurrence
    name: Name | str
    space: Name
    href: str
    goals: list[int]
    of_space: bool
    goals_unsure: bool
    states: list[str]
    more_states: int
    states_unsure: bool
    host: str
    how_long: str
    was: str
    is_left: bool

    @property
    def moment(self) -> Moment:
        return self.occurrence.moment

    @property
    def status(self) -> str:
        """The state to say, as its page says it; that it moved stands beside its date."""
        return LEFT if self.is_left else _said(self.moment)

    @property
    def is_sure(self) -> bool:
        return is_sure(self.moment)


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """What closes: when, of which session, by which way one takes part and what status that needs, how long still.
    `hour_note` is said where nobody has stated the hour: "hour not stated, New York"."""

    step: Step
    name: Name | str
    session: Name | str
    space: Name
    href: str
    mode: Name | str
    access: str
    needs_status: bool
    how_long: str
    hour_note: str
    is_over: bool

    @property
    def moment(self) -> Moment:
        return self.step.moment

    @property
    def status(self) -> str:
        """The state to say: that of its session too, and over where nobody has noted it as done."""
        is_open = self.step.status_now in OPEN and self.step.done_at is None
        if self.is_over and is_open:
            return OVER
        return self.step.status_now.value if self.is_off else _said(self.moment)

    @property
    def is_off(self) -> bool:
        """Whether it closes on no day that anybody knows."""
        return self.step.status_now in NOT_TAKING_PLACE

    @property
    def is_sure(self) -> bool:
        return is_sure(self.moment) and not self.is_off


def is_sure(moment: Moment) -> bool:
    """Whether somebody stands by a day that is known: only that may look confirmed."""
    is_certain = moment.status in (Status.CONFIRMED, Status.HELD) and moment.certainty is Certainty.VERIFIED
    return is_certain and moment.precision in (Precision.MINUTE, Precision.DAY)


def is_left(moment: Moment, now: datetime) -> bool:
    """Whether something is over and nobody has noted whether it took place: it is no date to come any more."""
    return moment.status in OPEN and moment.until < now


def _said(moment: Moment) -> str:
    """Return the state to say: of a month or a year nobody can be told that it is confirmed."""
    is_loose = moment.status is Status.CONFIRMED and not is_sure(moment)
    return Status.PLANNED.value if is_loose else moment.status.value


def session_lines(occurrences: Sequence[Occurrence], now: datetime) -> list[SessionLine]:
    """Return sessions as lines, in two questions however many they are."""
    spaces = short_names({row.space_id: row.space for row in occurrences}.values())
    moved = [row.moment_id for row in occurrences if row.moment.sequence]
    changes = list_changes_of(moved)
    return [
        _session(row, spaces[row.space_id], was_words(changes.get(row.moment_id, []), row.moment), now)
        for row in occurrences
    ]


def _session(row: Occurrence, space: Name, was: str, now: datetime) -> SessionLine:
    own = [goal.goal for goal in row.goals]
    certainty = row.certainty_of("goals") if own else row.space.certainty_of("goals")
    states = [country_name(state.country, page_language()) for state in row.states]
    return SessionLine(
        occurrence=row,
        name=words.occurrence_name(row, space),
        space=space,
        href=occurrence_path(row.id),
        goals=own or [goal.goal for goal in row.space.goals],
        of_space=not own,
        goals_unsure=certainty is not Certainty.VERIFIED,
        states=sorted(states)[:STATES_SHOWN],
        more_states=max(0, len(states) - STATES_SHOWN),
        states_unsure=any(state.certainty is not Certainty.VERIFIED for state in row.states),
        host=host_words(row),
        how_long=how_long(row.moment, now),
        was=was if row.moment.status in OPEN else "",
        is_left=is_left(row.moment, now),
    )


def host_words(row: Occurrence) -> str:
    """Return where it meets: city and country, as far as they are known."""
    where = (words.city_name(row.city, row.moment.zone or row.space.zone), country_name(row.country, page_language()))
    return comma(page_language()).join(part for part in where if part)


def deadline_lines(steps: Sequence[Step], now: datetime) -> list[DeadlineLine]:
    """Return deadlines as lines, in one question however many they are."""
    spaces = short_names({row.occurrence.space_id: row.occurrence.space for row in steps}.values())
    return [_deadline(row, spaces[row.occurrence.space_id], now) for row in steps]


def _deadline(step: Step, space: Name, now: datetime) -> DeadlineLine:
    mode = step.mode
    return DeadlineLine(
        step=step,
        name=words.step_name(step),
        session=words.occurrence_name(step.occurrence, space),
        space=space,
        href=step_path(step.occurrence_id, step.id),
        mode=words.mode_name(mode) if mode is not None else "",
        access=str(words.ACCESSES[mode.access]) if mode is not None else "",
        needs_status=mode is not None and mode.access not in (Access.NONE, Access.REGISTRATION),
        how_long=how_long(step.moment, now, closes=True),
        hour_note=hour_note(step.moment),
        is_over=step.moment.until < now,
    )


def hour_note(moment: Moment) -> str:
    """Return that nobody has stated the hour, and by whose day it goes (R-08); "" where there is an hour, or no day."""
    if not shown(moment).lacks_hour:
        return ""
    if moment.zone is None:
        return str(_("hour not stated"))
    # I18N: of a deadline whose hour nobody has said, and the city by whose day it goes: "hour not stated, New York"
    return str(_("hour not stated, %(place)s", place=place(moment.zone, page_language())))


def how_long(moment: Moment, now: datetime, *, closes: bool = False) -> str:
    """Return how long it is until something begins or, with `closes`, is over; "about" where the day is expected. Of
    what lies somewhere between two days the first one counts: the safe side. "" where it is over, called off or known
    by its year alone."""
    is_span = moment.precision in (Precision.MONTH, Precision.WINDOW)
    ends = (moment.wall_end, moment.wall_start) if closes and not is_span else (moment.wall_start, moment.wall_end)
    wall = ends[0] or ends[1]
    is_off = moment.status in (*NOT_TAKING_PLACE, Status.HELD)
    if wall is None or is_off or moment.precision is Precision.YEAR or moment.until < now:
        return ""
    zone, day = moment.zone or reader_zone(), wall.date()
    if moment.precision is Precision.MINUTE:  # said in the hour of the reader, and counted in their days
        zone = reader_zone()
        day = in_zone(moment.until if closes else moment.starts_at, zone).date()
    days = (day - in_zone(now, zone).date()) // timedelta(days=1)
    if days < 0:
        # I18N: of a date that lies between two days, the first of which has passed; or of a session that has begun
        return str(_("any day now")) if is_span else str(_("under way"))
    return _left(days, is_exact=is_sure(moment))


def _left(days: int, *, is_exact: bool) -> str:
    if days == 0:
        return str(_("today")) if is_exact else str(_("about now"))
    if is_exact:
        # I18N: how long it is until something begins or closes
        return str(ngettext("in %(num)s day", "in %(num)s days", days))
    if days < A_LONG_WHILE:
        # I18N: how long it is until a day that is only expected
        return str(ngettext("in about %(num)s day", "in about %(num)s days", days))
    months = round(days / 30.44)
    return str(ngettext("in about %(num)s month", "in about %(num)s months", months))
