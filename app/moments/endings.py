"""Until when: the end of something that people answer in time, as it is typed and as it is shown.

What opens now and closes at an instant (a window of a decision, a poll) is a moment with a deadline. Here is how its
end is said by somebody (`Closing`), made a timing, and shown on a page or inside sentences that are said later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.types import Facts
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, MomentChange, Precision, Status
from app.moments.shown import Shown, shown_facts
from app.moments.timing import Timing, settle
from app.moments.zones import reader_zone


@dataclass(frozen=True, slots=True)
class Closing:
    """When something closes, as somebody says it: the wall clock of a place. An hour that occurs twice is the earlier
    one."""

    wall: datetime
    zone: str

    @property
    def instant(self) -> datetime:
        """The instant it names. Raises the errors of `timing.resolve`: an hour that does not exist."""
        return settle(Timing.minutes(self.wall, None, self.zone, is_deadline=True))[2]


def timing_until(closing: Closing, opens_at: datetime) -> Timing:
    """Return the time from the minute of an instant until a closing, on the clock of one place."""
    opens = in_zone(opens_at, closing.zone)
    return Timing.minutes(
        opens.replace(tzinfo=None, fold=0, second=0, microsecond=0),
        closing.wall,
        closing.zone,
        is_deadline=True,
        is_second_start=bool(opens.fold),
        may_be_long=True,
    )


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
    """Return the end of a moment."""
    return Ending(moment.wall_end, moment.zone, moment.is_second_end, moment.until, moment.certainty, moment.status)


_windows: set[str] = set()


def register_windows(subject_kind: str) -> None:
    """Say that the hours of a thing are those in which people answer it, not those in which they meet."""
    _windows.add(subject_kind)


def window_end(moment: Moment) -> Ending | None:
    """Return until when something is answered; None for what is no window."""
    is_window = moment.subject_kind in _windows and moment.precision is Precision.MINUTE
    return ending_of(moment) if is_window and moment.wall_end is not None else None


def moved_by_clocks(change: MomentChange) -> bool:
    """Whether new zone data, and no person, moved an end: its wall clock is what it was."""
    return "zone_data" in change.new and change.old["until"] != change.new["until"]


def end_shown(moment: Moment, zone: str | None = None, language: str | None = None) -> Shown:
    """Return the end of a moment for a reader: of this request unless a zone and a language are given."""
    end = ending_of(moment)
    timing = Timing(Precision.MINUTE, end.wall_start, None, end.zone, end.is_second_start)
    return Shown(timing, end.starts_at, end.until, end.certainty, language or page_language(), zone or reader_zone())


def old_end_shown(facts: Facts, zone: str | None = None) -> Shown:
    """Return the end that a change keeps, for a reader: of this request unless a zone is given."""
    ends = {"wall_start": facts["wall_end"], "starts_at": facts["until"], "is_second_start": facts["is_second_end"]}
    return shown_facts(facts | ends | {"wall_end": None, "is_second_end": False}, zone)


def end_in_words(moment: Moment, zone: str | None = None, language: str | None = None) -> str:
    """Return until when something is open: "Saturday 13 February 2027, 17:00 in Nairobi". Mails say it by
    `mailed.until_words`."""
    return end_shown(moment, zone, language).words


def lazy_end(moment: Moment) -> Any:
    """Return the same for a sentence that is said later."""
    return LazyString(lambda: end_in_words(moment))
