"""When reminders are due. Pure: from a date and rules to instants, and from what is planned to what is to be planned.

The laws, whatever happens to a moment and whenever: nothing is sent after `until_at`; one arming is sent once; what was
sent is armed again only for a date that is later by at least the offset; what is past is not made anew, what was due
already stays due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Generic, Protocol, TypeVar

from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.timing import Timing, next_existing, settle
from app.reminders.defaults import Rule
from app.reminders.kinds import DEADLINES, Kind

LAST_WORKING_HOUR = time(16)
"""At the seat, on the day before a date without hour (R-08)."""

MORNING = time(9)
"""Of a day that a group set itself."""

LATE_FOR = timedelta(days=3)
"""So long what reminds after a date is still worth sending."""

FIRST_OF_ESTIMATED = 2
"""So many reminders a date gets that nobody has confirmed: the first ones, which say that it is expected. Where it was
written down when the time of these had gone by, it gets the next one instead."""

STARTS = (Kind.SESSION, Kind.MEETING, Kind.OCCURRENCE)
"""Kinds that are reminded of before they begin; of the others the end counts."""

OWN_DAYS = (Kind.TASK, Kind.REVIEW, Kind.JOINING)
"""Kinds whose days a group or a track set itself: they have no seat whose working hours count."""

TAKES_PLACE = (Status.PLANNED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Due:
    """When one reminder is due: from `at` until before `until`, reckoned from `anchor`."""

    minutes: int
    anchor: datetime
    at: datetime
    until: datetime


class Armed(Protocol):
    """A reminder that is planned, was sent, or was let go: a row of `models.PlannedReminder`."""

    minutes: int
    arming: int
    anchor_at: datetime
    due_at: datetime
    until_at: datetime
    done_at: datetime | None
    told: int | None


def anchor_of(kind: Kind, moment: Moment, seat: str | None) -> datetime | None:
    """Return the instant that reminders before a date count from; None for a window that never closes. `seat` is the
    zone of the body, where the moment names none. Of a month, a year or a window the first possible day counts."""
    if kind is Kind.JOINING and moment.wall_end is None:
        return None
    if moment.precision is Precision.MINUTE:
        return moment.starts_at if kind in STARTS else moment.until
    counts_last = kind not in STARTS and moment.precision is Precision.DAY
    wall = (moment.wall_end if counts_last else None) or moment.wall_start or moment.wall_end
    assert wall is not None  # noqa: S101 - a constraint of the table
    zone = moment.zone or seat
    if kind in OWN_DAYS:
        return _instant(datetime.combine(wall.date(), MORNING), zone)
    return _instant(datetime.combine(wall.date() - timedelta(days=1), LAST_WORKING_HOUR), zone)


def _end_of(kind: Kind, moment: Moment, seat: str | None) -> datetime:
    """Return the instant that reminders after a date count from: it must be over, wherever it was possible."""
    wall = moment.wall_end or moment.wall_start
    if moment.precision is Precision.MINUTE or wall is None:
        return moment.until
    return _instant(datetime.combine(wall.date(), MORNING), moment.zone or seat)


def _instant(wall: datetime, zone: str | None) -> datetime:
    name = zone or "UTC"
    return settle(Timing.minutes(next_existing(wall, name), None, name, is_deadline=True))[1]


def reckon(
    kind: Kind,
    moment: Moment,
    rules: Iterable[Rule],
    seat: str | None = None,
    *,
    known_since: datetime | None = None,
) -> dict[int, Due]:
    """Return when each reminder of a moment is due, by its minutes; nothing for what does not take place, or has been
    held (R-10), but for what reminds afterwards. A deadline that is only estimated has the first reminders alone
    (R-09); where it was written down too late for these (`known_since`), the next one."""
    anchor = anchor_of(kind, moment, seat)
    if anchor is None:
        return {}
    dues = []
    for rule in sorted(rules, key=lambda rule: rule.minutes):
        if still_takes_place(moment, rule.minutes):
            counted = anchor if rule.is_before else _end_of(kind, moment, seat)
            at = counted + timedelta(minutes=rule.minutes)
            dues.append(Due(rule.minutes, anchor, at, _until(kind, moment) if rule.is_before else at + LATE_FOR))
    if kind in DEADLINES and moment.certainty is Certainty.ESTIMATED:
        dues = _of_estimated(dues, known_since)
    return {due.minutes: due for due in dues if due.at < due.until}


def _of_estimated(dues: list[Due], known_since: datetime | None) -> list[Due]:
    dues = [due for due in dues if due.minutes <= 0]
    first = dues[:FIRST_OF_ESTIMATED]
    if known_since is None or any(due.at > known_since for due in first):
        return first
    return [due for due in dues if due.at > known_since][:1]


def still_takes_place(moment: Moment, minutes: int) -> bool:
    """Whether a moment still takes place, as what reminds before it asks; or took place, for what reminds after."""
    return moment.status in TAKES_PLACE or (minutes > 0 and moment.status is Status.HELD)


def _until(kind: Kind, moment: Moment) -> datetime:
    """Return from when nobody is reminded any more that something is to come: it has begun, or it has closed. What
    closes on a day without hour is not called passed before that day ends (R-08)."""
    return moment.starts_at if kind in STARTS else moment.until


Row = TypeVar("Row", bound=Armed)


@dataclass(frozen=True, slots=True)
class Changes(Generic[Row]):
    """What is to become of the rows of one moment: to be made (with their arming), to be set to another time, to be let
    go."""

    new: list[tuple[Due, int]]
    moved: list[tuple[Row, Due]]
    gone: list[Row]


def plan(wanted: Mapping[int, Due], rows: Iterable[Row], now: datetime) -> Changes[Row]:
    """Return what has to change so that what is planned is what is wanted. Asked twice, it changes nothing more."""
    rows = list(rows)
    still_open = {row.minutes: row for row in rows if row.done_at is None}
    done = sorted((row for row in rows if row.done_at is not None), key=lambda row: row.arming)
    last = {row.minutes: row for row in done}
    sent = {row.minutes: row for row in done if row.told is not None}
    found: Changes[Row] = Changes([], [], [])
    for minutes, row in still_open.items():
        due = wanted.get(minutes)
        if due is None or not _is_armed_again(sent.get(minutes), due) or not _stays(row, due, now):
            found.gone.append(row)
        elif (row.due_at, row.until_at, row.anchor_at) != (due.at, due.until, due.anchor):
            found.moved.append((row, due))
    for minutes, due in wanted.items():
        if minutes not in still_open and due.at > now and _is_armed_again(sent.get(minutes), due):
            found.new.append((due, last[minutes].arming + 1 if minutes in last else 0))
    return found


def _is_armed_again(last: Armed | None, due: Due) -> bool:
    """Whether a reminder may be sent for this date, where one was sent for another."""
    if last is None:
        return True
    later = due.anchor - last.anchor_at
    return later > timedelta(0) and later >= timedelta(minutes=abs(due.minutes))


def _stays(row: Armed, due: Due, now: datetime) -> bool:
    """Whether an unsent reminder is kept at its new time: one still to come, or one that was due already and could not
    leave. One whose time has gone by with the change is past, and people hear of the change itself."""
    return due.until > now and (due.at > now or row.due_at <= now)


def is_due(row: Armed, wanted: Mapping[int, Due], now: datetime) -> bool:
    """Whether a row says what is wanted now, and its time has come."""
    due = wanted.get(row.minutes)
    return due is not None and (due.at, due.anchor) == (row.due_at, row.anchor_at) and due.at <= now < due.until
