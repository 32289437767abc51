"""From rules to dates: when a step is expected, as long as nobody has seen it published.

Pure: no database, no clock, no reader. Offsets are whole days, negative before their anchor. Where a rule names no
typical offset, the earliest day of its range counts: whoever is ready then is never late. What is the same each year
falls on the last such day up to the anchor: applications that close on 1 June are for the session that follows.

An estimate is never more exact than its anchor or its rule. A month or a short window gives a window; so does a wide
range without a typical offset, of which one day would be a guess that looks exact. Of a year alone nothing can be said.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from app.advocacy.models import Anchor, OccurrenceKind, StepRule
from app.moments.models import Precision
from app.moments.timing import Timing

LONGEST_WINDOW = timedelta(days=92)
"""From an anchor that is known less exactly than this no date of a step can be said honestly."""

WIDE = timedelta(days=14)
"""A range longer than this, without a typical offset, is said from its first day to its last."""

Span = tuple[date, date]


def holds_for(rule: StepRule, occurrence_kind: OccurrenceKind, anchor: date) -> bool:
    """Return whether a rule holds for an occurrence of this kind whose anchor is this day. Rules drift: CEDAW asked for
    reports two weeks before a session in 2011 and four weeks in 2023."""
    return (
        rule.occurrence_kind is occurrence_kind
        and (rule.valid_from is None or rule.valid_from <= anchor)
        and (rule.valid_until is None or anchor <= rule.valid_until)
    )


def estimate_range(rule: StepRule, anchor: date) -> Span:
    """Return the first and the last day on which the step may fall."""
    if rule.fixed_on:
        day = last_such_day(rule.fixed_on, anchor)
        return day, day
    first, last = _offsets(rule)
    return anchor + timedelta(days=first), anchor + timedelta(days=last)


def estimate(rule: StepRule, anchor: date) -> date:
    """Return the day on which the step is expected: the typical one, else the earliest of the range."""
    if rule.typical is not None:
        return anchor + timedelta(days=rule.typical)
    return estimate_range(rule, anchor)[0]


def offset_of(rule: StepRule) -> int | None:
    """Return the offset that `estimate` uses, in days; None for what is the same day each year."""
    if rule.fixed_on:
        return None
    return rule.typical if rule.typical is not None else _offsets(rule)[0]


def last_such_day(fixed_on: str, anchor: date) -> date:
    """Return the last day "MM-DD" on or before the anchor; 29 February is the 28th in a year without it."""
    day = _in_year(fixed_on, anchor.year)
    return day if day <= anchor else _in_year(fixed_on, anchor.year - 1)


def _in_year(fixed_on: str, year: int) -> date:
    month, day = (int(part) for part in fixed_on.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _offsets(rule: StepRule) -> tuple[int, int]:
    if rule.offset_min is None or rule.offset_max is None:
        raise ValueError("a rule counts days from its anchor, or names a day of each year")
    return rule.offset_min, rule.offset_max


def anchor_span(anchor: Anchor, timing: Timing) -> Span | None:
    """Return the days between which the anchor of an occurrence lies, twice the same one where it is exact; None where
    it is known by its year alone, by a window as long as a season, or not at all."""
    ends_first = timing.wall_end or (timing.wall_start if timing.precision is Precision.MINUTE else None)
    match timing.precision:
        case Precision.MINUTE | Precision.DAY:
            wall = ends_first if anchor is Anchor.END else timing.wall_start
            return None if wall is None else (wall.date(), wall.date())
        case Precision.MONTH | Precision.WINDOW:
            return _short_span(timing.wall_start, timing.wall_end)
    return None


def _short_span(first: datetime | None, last: datetime | None) -> Span | None:
    if first is None or last is None or last - first > LONGEST_WINDOW:
        return None
    return first.date(), last.date()


def estimated_timing(rule: StepRule, occurrence: Timing, zone: str | None) -> Timing | None:
    """Return when a step is expected by its rule, on the clock of its body; None where nothing honest can be said."""
    span = anchor_span(rule.anchor, occurrence)
    if span is None:
        return None
    first, last = estimate(rule, span[0]), estimate(rule, span[1])
    if rule.typical is None and (span[0] != span[1] or _is_wide(rule)):
        last = estimate_range(rule, span[1])[1]
    return _timing(first, last, zone)


def _is_wide(rule: StepRule) -> bool:
    first, last = estimate_range(rule, date(2000, 1, 1))
    return last - first > WIDE


def offset_timing(anchor: Anchor, days: int, occurrence: Timing, zone: str | None) -> Timing | None:
    """Return the same for an offset that somebody has set for one occurrence alone."""
    span = anchor_span(anchor, occurrence)
    if span is None:
        return None
    return _timing(span[0] + timedelta(days=days), span[1] + timedelta(days=days), zone)


def _timing(first: date, last: date, zone: str | None) -> Timing:
    return Timing.days(first, zone=zone) if first == last else Timing.window(first, last, zone)
