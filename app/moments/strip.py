"""The sun strip: one session drawn over the day of a reader, for one place after the other.

One unit is one minute. Each row is a picture of its own, as wide as the reader's day is long; where rows touch, the
bars at both ends of the session join into one thread. Nothing here is text: hour and word stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.moments.local import in_zone, zone_info
from app.moments.sun import Light, lights, local_midnight, minutes_of_day
from app.moments.weekends import is_weekend

TICK_HOURS = 3
BAR = 6
GAP = 10
"""Minutes that a thread bar and the gap at local midnight are wide."""

Span = tuple[int, int]
"""First and last minute, the last one left out."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis: "03", and how far it is to the next one: "", `short` or `long` where clocks change."""

    label: str
    gap: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A day on the clocks of one zone, from its first instant on: 1380, 1440 or 1500 minutes."""

    zone: str
    day: date
    first: datetime
    minutes: int

    @classmethod
    def around(cls, instant: datetime, zone: str) -> Axis:
        """Return the day on which an instant falls in a zone."""
        day = in_zone(instant, zone).date()
        return cls(zone, day, local_midnight(zone, day), minutes_of_day(zone, day))

    def minute(self, instant: datetime) -> int:
        """Return the minute of an instant, kept within the day."""
        return max(0, min(self.minutes, round((instant - self.first).total_seconds() / 60)))

    @property
    def ticks(self) -> list[Tick]:
        """The hours 00, 03 … 21 of this day; the 24 at its end is the page's. A change of half an hour counts like
        one of an hour: labels say roughly where one is."""
        zone, hours = zone_info(self.zone), range(0, 24, TICK_HOURS)
        places = [
            self.minute(datetime(self.day.year, self.day.month, self.day.day, hour, tzinfo=zone)) for hour in hours
        ]
        lengths = [end - start for start, end in zip(places, [*places[1:], self.minutes], strict=True)]
        usual = TICK_HOURS * 60
        return [
            Tick(f"{hour:02}", "short" if length < usual else "long" if length > usual else "")
            for hour, length in zip(hours, lengths, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths of one row. `far` and `near` are (light, path): hours outside the session and within; `box` are its edges,
    `bars` the thread, `midnight` the gap, `rest` the days of weekly rest outside the session."""

    minutes: int
    far: list[tuple[str, str]]
    near: list[tuple[str, str]]
    box: str
    bars: str
    midnight: str
    rest: str


def draw(zone: str, starts_at: datetime, until: datetime, axis: Axis) -> Drawing:
    """Return the row of a place. A session that goes on after the axis' midnight is open at its end; a place without a
    sun (UTC) gets the session alone."""
    session = axis.minute(starts_at), axis.minute(until)
    start, end = session
    ends = [start] + ([max(end - BAR, start)] if until <= axis.first + timedelta(minutes=axis.minutes) else [])
    bands = [(band.light, (band.start, band.end)) for band in lights(zone, axis.first, axis.minutes)]
    within = [(light, cut) for light, span in bands if (cut := _common(span, session)) is not None]
    midnights = [at for at in _midnights(zone, axis) if GAP < at < axis.minutes - GAP]
    return Drawing(
        minutes=axis.minutes,
        far=_by_light(bands, 11, 18),
        near=_by_light(within, 3, 34),
        box=f"M{start} 3h{end - start}m0 34h{start - end}",
        bars="".join(_block((at, at + BAR), 0, 40) for at in dict.fromkeys(ends)),
        midnight="".join(_block((at - GAP // 2, at + GAP // 2), 11, 18) for at in midnights),
        rest="".join(f"M{first} 33.5H{last}" for first, last in _rest(zone, axis, session)),
    )


def _block(span: Span, top: int, height: int) -> str:
    width = span[1] - span[0]
    return f"M{span[0]} {top}h{width}v{height}h-{width}z"


def _by_light(bands: Iterable[tuple[Light, Span]], top: int, height: int) -> list[tuple[str, str]]:
    paths: dict[Light, str] = {}
    for light, span in bands:
        paths[light] = paths.get(light, "") + _block(span, top, height)
    return [(light.value, path) for light, path in paths.items()]


def _common(one: Span, other: Span) -> Span | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first < last else None


def _days(zone: str, axis: Axis) -> Iterator[tuple[date, Span]]:
    """Each day of a place's calendar that the axis touches, with its part of it."""
    last = in_zone(axis.first + timedelta(minutes=axis.minutes - 1), zone).date()
    day = in_zone(axis.first, zone).date()
    while day <= last:
        next_day = day + timedelta(days=1)
        span = axis.minute(local_midnight(zone, day)), axis.minute(local_midnight(zone, next_day))
        if span[0] < span[1]:
            yield day, span
        day = next_day


def _midnights(zone: str, axis: Axis) -> list[int]:
    return [span[0] for _day, span in _days(zone, axis) if span[0] > 0]


def _rest(zone: str, axis: Axis, session: Span) -> list[Span]:
    """Return the parts of weekly rest outside the session; two days of rest in a row are one line."""
    joined: list[Span] = []
    for day, (first, last) in _days(zone, axis):
        if not is_weekend(day, zone):
            continue
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    outside = [(0, session[0]), (session[1], axis.minutes)]
    return [cut for span in joined for free in outside if (cut := _common(span, free)) is not None]
