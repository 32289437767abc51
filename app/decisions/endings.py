"""Until when: the end of a window on the clock of whoever reads, on a page and inside sentences that are said later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.languages import chain
from app.core.names import NAMELESS, Name
from app.moments import words
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.shown import Shown
from app.moments.timing import Timing
from app.moments.zones import reader_zone


@dataclass(frozen=True, slots=True)
class Ending:
    """The last instant of a moment, for the macros of `moments/time.html`: one hour, no span."""

    wall_start: datetime | None
    zone: str | None
    is_second_start: bool
    starts_at: datetime
    certainty: Certainty
    status: Status
    precision: Precision = Precision.MINUTE
    wall_end: None = None
    is_second_end: bool = False

    @property
    def until(self) -> datetime:
        return self.starts_at


def ending_of(moment: Moment) -> Ending:
    """Return the end of a window."""
    return Ending(moment.wall_end, moment.zone, moment.is_second_end, moment.until, moment.certainty, moment.status)


def end_in_words(moment: Moment, zone: str | None = None, language: str | None = None) -> str:
    """Return until when a window is open: "Saturday 13 February 2027, 17:00 in Nairobi". On the clock and in
    the language of this request, unless others are given."""
    end = ending_of(moment)
    timing = Timing(Precision.MINUTE, end.wall_start, None, end.zone, end.is_second_start)
    said = Shown(timing, end.starts_at, end.until, end.certainty, language or page_language(), zone or reader_zone())
    return said.words


def lazy_end(moment: Moment) -> Any:
    """Return the same for a sentence that is said later."""
    return LazyString(lambda: end_in_words(moment))


def lazy_day(day: date) -> Any:
    """Return a day for a sentence that is said later."""
    return LazyString(lambda: words.date_of(day, page_language()))


def name_of(names: dict[str, str]) -> Name:
    """Return the name that an organisation had when the roll was frozen, in the language nearest to the reader's."""
    language = chain(page_language(), set(names))
    if language is None:
        return NAMELESS
    return Name(names[language], language, is_fallback=language != page_language())


def lazy_name(names: dict[str, str]) -> Any:
    """Return the same for a sentence that is said later."""
    return LazyString(lambda: name_of(names).text)
