"""A year at a glance: where each dated thing lies between 1 January and 31 December, and how certain that is.

Pure: moments in, rows out, drawn by `moments/year.html`. Places are percent of the year in the direction of reading,
from the right in Arabic, so that the picture can hold text. Days are those of the moment's own place: a body's deadline
lies where the body has it, and the hour stands in the list beside the picture. A solid sign is a day that is known and
confirmed; whatever is expected, or known by its month alone, is hatched; of what is known by its year alone there is a
dotted line over all months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from app.core.languages import direction
from app.moments import words
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.timing import Timing

OFF_A_SPAN, OFF_A_DAY = 8, 14
"""Pixels between a sign and its words: from the edge of a span, from the middle of a day."""

SIDE_TURNS_AT = 200 / 3
"""Percent of the year (the end of August) behind which the words stand before their sign, not after it."""

Span = tuple[date, date]


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


class Shape(StrEnum):
    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"
    CROSS = "cross"
    GONE = "gone"  # moved out of this year: only where it was is drawn


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing with a date. `was` is when it was to be, if it has moved since; `href` "" leads nowhere; `is_over` is
    None but for a window in which people answer. `is_left`: its days are over and nobody has noted how it ended."""

    name: str
    note: str
    moment: Moment
    was: Timing | None = None
    href: str = ""
    is_over: bool | None = None
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of the picture: where it begins and how wide it is, in percent from the left edge of the drawing.
    `is_day` is a single day, drawn as a square in its middle."""

    x: float
    width: float
    is_day: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True)
class YearRow:
    """`words` stand at `words_at` percent, `words_off` pixels further; before their sign they end there."""

    dated: Dated
    shape: Shape
    mark: Mark
    was: Mark | None
    words: str
    words_at: float
    words_off: int
    words_before: bool
    status: str


@dataclass(frozen=True, slots=True)
class Month:
    x: float
    width: float
    name: str
    initial: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year, ready to draw. `today` is None when today lies in another year."""

    year: int
    months: list[Month]
    rows: list[YearRow]
    today: float | None
    today_words: str
    is_rtl: bool


class _Axis:
    """From days to percent of a year."""

    def __init__(self, year: int, *, is_rtl: bool) -> None:
        self.first, self.is_rtl = date(year, 1, 1), is_rtl
        self.days = (date(year + 1, 1, 1) - self.first).days

    def along(self, day: date) -> float:
        """Return how far the beginning of a day lies along the year, 0 to 100, in the direction of reading."""
        return min(100.0, max(0.0, (day - self.first).days / self.days * 100))

    def mark(self, span: Span) -> Mark:
        start, end = self.along(span[0]), self.along(span[1] + timedelta(days=1))
        x = 100 - end if self.is_rtl else start
        return Mark(round(x, 2), round(end - start, 2), span[0] == span[1])

    def holds(self, span: Span) -> bool:
        return span[0].year <= self.first.year <= span[1].year


def _span(timing: Timing) -> Span:
    """Return the first and last day of a timing, on its own wall; where one is not known, the other stands for both."""
    first, last = timing.wall_start or timing.wall_end, timing.wall_end or timing.wall_start
    assert first is not None and last is not None  # noqa: S101, PT018 - a constraint of the table
    return first.date(), last.date()


def _shape(moment: Moment) -> Shape:
    if moment.status is Status.CANCELLED:
        return Shape.CROSS
    if moment.precision is Precision.YEAR:
        return Shape.DOTTED
    is_certain = moment.status in (Status.CONFIRMED, Status.HELD) and moment.certainty is Certainty.VERIFIED
    return Shape.SOLID if is_certain and moment.precision in (Precision.MINUTE, Precision.DAY) else Shape.HATCHED


def _date_words(timing: Timing, language: str, year: int, certainty: Certainty = Certainty.VERIFIED) -> str:
    """Return a date short enough for a picture whose year is known."""
    first, last = _span(timing)
    if timing.precision is Precision.YEAR:
        return _("%(year)s, days not known", year=first.year)
    if timing.precision is Precision.MONTH:
        name = words.months_of_year(language)[first.month - 1][0]
        return _("in %(month)s", month=name if first.year == year else words.month(first, language))
    if timing.precision is Precision.WINDOW:
        ends = {name: words.short_days(day, day, language, year) for name, day in (("first", first), ("last", last))}
        return _("between %(first)s and %(last)s", **ends)
    said = words.short_days(first, last, language, year)
    if timing.wall_end is None and timing.precision is Precision.DAY:
        return _("from %(day)s", day=said)
    if timing.wall_start is None:
        return _("until %(day)s", day=said)
    return _("around %(day)s", day=said) if certainty is Certainty.ESTIMATED else said


def _row_words(dated: Dated, shape: Shape, language: str, year: int) -> str:
    moment = dated.moment
    now = _date_words(Timing.of(moment), language, year, moment.certainty)
    if shape is Shape.CROSS:
        # I18N: beside the cross of a cancelled date, in a picture of a year: "was 12–16 Apr"
        return _("was %(day)s", day=now)
    if dated.was is None:
        return now
    # I18N: in a picture of a year, a date that has moved: "6 Mar, was 20 Feb"
    return _("%(day)s, was %(old)s", day=now, old=_date_words(dated.was, language, year))


def _status(dated: Dated) -> str:
    """Return the state to say: a date that was moved says so, unless something more important has happened since."""
    status = dated.moment.status
    open_states = (Status.PLANNED, Status.CONFIRMED)
    return "moved" if dated.was is not None and status in open_states else status.value


def _words_place(shape: Shape, mark: Mark, *, before: bool, is_rtl: bool) -> tuple[float, int]:
    """Return where the words touch their sign, in percent, and how many pixels they keep away from it."""
    if shape is Shape.DOTTED:
        return 50, 0
    to_the_left = before is not is_rtl
    if mark.is_day or shape is Shape.CROSS:
        return mark.middle, -OFF_A_DAY if to_the_left else OFF_A_DAY
    return (mark.x, -OFF_A_SPAN) if to_the_left else (mark.end, OFF_A_SPAN)


def _row(dated: Dated, axis: _Axis, language: str) -> YearRow | None:
    """Return a row, None for a thing that neither is nor was to be in this year."""
    span, was = _span(Timing.of(dated.moment)), _span(dated.was) if dated.was else None
    is_here = axis.holds(span)
    if not is_here and not (was and axis.holds(was)):
        return None
    shape = _shape(dated.moment) if is_here else Shape.GONE
    days = [day for ends in (span, was) if ends for day in ends]
    start, end = axis.along(min(days)), axis.along(max(days) + timedelta(days=1))
    before = shape is not Shape.DOTTED and end > SIDE_TURNS_AT and start > 100 - end
    mark, was_mark = axis.mark(span), axis.mark(was) if was else None
    # The words stand clear of the arrow too: at whichever of the two signs lies outermost on their side.
    outer = was_mark if was and was_mark and (was[0] < span[0] if before else was[1] > span[1]) else mark
    at, off = _words_place(shape, outer, before=before, is_rtl=axis.is_rtl)
    row_words = _row_words(dated, shape, language, axis.first.year)
    return YearRow(dated, shape, mark, was_mark, row_words, at, off, before, _status(dated))


def _months(axis: _Axis, language: str) -> list[Month]:
    found = []
    for number, (_wide, name, initial) in enumerate(words.months_of_year(language), start=1):
        first = axis.first.replace(month=number)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        mark = axis.mark((first, last))
        found.append(Month(mark.x, mark.width, name, initial))
    return found


def _order(row: YearRow) -> tuple[Any, ...]:
    """What is known by its year alone stands last; the others by their first day, then by name."""
    return row.shape is Shape.DOTTED, row.dated.moment.starts_at, row.dated.name


def year_of(things: Iterable[Dated], year: int, today: date, language: str) -> Year:
    """Return the picture of a year for a reader of a language. Things of other years are left out."""
    axis = _Axis(year, is_rtl=direction(language) == "rtl")
    rows = [row for dated in things if (row := _row(dated, axis, language)) is not None]
    return Year(
        year=year,
        months=_months(axis, language),
        rows=sorted(rows, key=_order),
        today=axis.mark((today, today)).middle if today.year == year else None,
        today_words=words.date_without_year(today, language),
        is_rtl=axis.is_rtl,
    )
