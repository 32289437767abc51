"""Many dates before they are made: each on the clocks of everybody who leads, with what clocks do to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.lists import listed
from app.moments import words
from app.moments.kindness import hour_there
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, Precision
from app.moments.repeating import Answer, Settled
from app.moments.shown import Shown, shown
from app.moments.timing import HourOccursTwice
from app.moments.weekends import is_weekend, weekday
from app.moments.zones import place_of, reader_zone
from app.sessions.forms.dates import DateAsked
from app.sessions.queries.zones import Clocks
from app.sessions.showing.elsewhere import west_to_east
from app.sessions.showing.kindness import Beads, beads_of, night_of

MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class HourAtPlace:
    """The hours on the clocks of one place. `day` is "" unless another day than at the session's own place; `was` is
    the hour of the date before, where clocks change in between."""

    place: str
    span: str
    day: str
    was: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date. `was` is the time a session has now, in words; `question` what is asked about this day, with its
    `choices` (value, label, is chosen); `beads` say for whom its hour is kind."""

    key: str
    name: str
    day: str
    was: str
    hours: list[HourAtPlace]
    question: Any
    choices: list[tuple[str, Any, bool]]
    is_left_out: bool
    beads: Beads | None


@dataclass(frozen=True, slots=True)
class DatesShown:
    """A table of dates: the places over its columns, its rows, and sentences on clock changes and weekends; `night` is
    where a date that comes alone is in the night."""

    places: list[str]
    rows: list[DateRow]
    clock_changes: list[str]
    weekends: list[str]
    night: str = ""


@dataclass(frozen=True, slots=True)
class _Places:
    """What every row is looked at with: the places, their clock changes, and those of them that keep Ramadan."""

    zones: Sequence[str]
    changes: dict[tuple[int, str], datetime]
    ramadan: Collection[str]


def places_for(clocks: Clocks, dates: Sequence[DateAsked]) -> list[str]:
    """Return the zones to show hours in: the dates' own, the reader's, those they are followed from."""
    return _followed_from(clocks, dates)[:MOST_PLACES]


def _followed_from(clocks: Clocks, dates: Sequence[DateAsked]) -> list[str]:
    own = [date.settled.timing.zone or "UTC" for date in dates]
    reader = reader_zone()
    zones = [*own, *([reader] if reader else []), *clocks.zones]
    return list(dict.fromkeys(zones))


def _night(clocks: Clocks, dates: Sequence[DateAsked], kept: Sequence[Settled]) -> str:
    if len(dates) > 1 or not kept or kept[0].starts_at is None or kept[0].until is None:
        return ""
    zones = _followed_from(clocks, dates)
    reader = [zone for zone in zones if zone == reader_zone()]
    places = dict.fromkeys([*west_to_east(zones), *reader])
    return night_of([hour_there(place, kept[0].starts_at, kept[0].until) for place in places])


def dates_shown(clocks: Clocks, dates: Sequence[DateAsked], names: Sequence[str]) -> DatesShown:
    """Return the table of a form's dates; `names` are the titles of what is planned, in the same order."""
    language = page_language()
    zones = places_for(clocks, dates) if any(_is_exact(date.settled) for date in dates) else []
    made = [date.answered for date in dates if date.answered is not None and date.answered.problem is None]
    kept = [settled for settled in made if _is_exact(settled)]
    changes = _clock_changes(kept, zones)
    places = _Places(zones, changes, clocks.ramadan)
    rows = [_row(date, name, places, language) for date, name in zip(dates, names, strict=True)]
    return DatesShown(
        places=[place_of(zone) for zone in zones],
        rows=rows,
        clock_changes=_changes_in_words(kept, zones, changes, language),
        weekends=_weekends_in_words(kept, zones, language),
        night=_night(clocks, dates, kept),
    )


def _is_exact(settled: Settled) -> bool:
    """Whether it has hours, not only a day."""
    return settled.timing.precision is Precision.MINUTE


def _row(date: DateAsked, name: str, looked_at: _Places, language: str) -> DateRow:
    settled, zones, changes = date.answered or date.settled, looked_at.zones, looked_at.changes
    is_exact = _is_exact(settled)
    return DateRow(
        key=date.key,
        name=name,
        day=words.day(settled.day, language) if is_exact else _time_of(settled, language).words,
        was=shown(date.before).words if date.before is not None and _has_moved(date.before, settled) else "",
        hours=[_hour_at(settled, zone, changes, language) for zone in zones] if is_exact and settled.starts_at else [],
        question=date.settled.problem.message if date.settled.problem is not None else "",
        choices=_choices(date),
        is_left_out=date.answered is None,
        beads=_beads(settled, zones, looked_at.ramadan) if is_exact and date.answered is not None else None,
    )


def _beads(settled: Settled, zones: Sequence[str], ramadan: Collection[str]) -> Beads | None:
    """Return for how many of the places the hour is kind; None where it does not exist on this day."""
    if settled.starts_at is None or settled.until is None:
        return None
    placed = west_to_east(zones)
    hours = [hour_there(z, settled.starts_at, settled.until, keeps_ramadan=z in ramadan) for z in placed]
    return beads_of(hours)


def _has_moved(before: Moment, settled: Settled) -> bool:
    return (before.starts_at, before.until) != (settled.starts_at, settled.until)


def _time_of(settled: Settled, language: str) -> Shown:
    assert settled.starts_at is not None and settled.until is not None  # noqa: S101, PT018 - days have no problem
    return Shown(settled.timing, settled.starts_at, settled.until, Certainty.VERIFIED, language, None)


def _hour_at(settled: Settled, zone: str, changes: dict[tuple[int, str], datetime], language: str) -> HourAtPlace:
    hours = _time_of(settled, language).hours_in(zone)
    was = changes.get((id(settled), zone))
    own_day = words.day(settled.day, language)
    return HourAtPlace(
        place=hours.place,
        span=hours.span,
        day=hours.day_of_year if hours.day != own_day else "",
        was=words.hour(was) if was is not None else "",
    )


def _choices(date: DateAsked) -> list[tuple[str, Any, bool]]:
    problem = date.settled.problem
    if problem is None:
        return []
    found: list[tuple[Answer, Any]]
    if isinstance(problem, HourOccursTwice):
        zone = date.settled.timing.zone
        offsets = [words.offset(in_zone(instant, zone)) for instant in (problem.first, problem.second)]
        found = [
            (Answer.FIRST, _("The first (%(offset)s)", offset=offsets[0])),
            (Answer.SECOND, _("The second (%(offset)s)", offset=offsets[1])),
        ]
    else:
        found = [(Answer.BEYOND, _("At %(hour)s on this day", hour=words.hour(problem.suggestion)))]
    found.append((Answer.LEFT_OUT, _("Leave this day out")))
    return [(said.value, label, date.said is said) for said, label in found]


def _clock_changes(dates: Iterable[Settled], zones: Sequence[str]) -> dict[tuple[int, str], datetime]:
    """Return, by date and zone, the hour of the date before where the clocks there changed in between: the hour at the
    sessions' own place, or the instant of the day, stays, and the hour on that wall does not."""
    found: dict[tuple[int, str], datetime] = {}
    before: Settled | None = None
    for settled in dates:
        if before is not None and before.starts_at is not None and settled.starts_at is not None:
            own, then = settled.timing.wall_start, before.timing.wall_start
            is_alike = before.starts_at.time() == settled.starts_at.time() or (
                own is not None and then is not None and own.time() == then.time()
            )
            for zone in zones if is_alike else ():
                was, is_now = in_zone(before.starts_at, zone), in_zone(settled.starts_at, zone)
                if was.time() != is_now.time():
                    found[id(settled), zone] = was
        before = settled
    return found


def _changes_in_words(
    dates: Iterable[Settled], zones: Sequence[str], changes: dict[tuple[int, str], datetime], language: str
) -> list[str]:
    said = []
    for settled in dates:
        for zone in zones:
            was = changes.get((id(settled), zone))
            if was is None or settled.starts_at is None:
                continue
            local = in_zone(settled.starts_at, zone)
            # I18N: said before dates are made, where clocks change between two of them
            said.append(
                _(
                    "Clocks change: in %(place)s it is %(old_hour)s before %(day)s, and %(hour)s from then on.",
                    place=place_of(zone),
                    old_hour=words.hour(was),
                    day=words.day_of_year(local.date(), language),
                    hour=words.hour(local),
                )
            )
    return said


def _weekends_in_words(dates: Iterable[Settled], zones: Sequence[str], language: str) -> list[str]:
    """Weekends differ from country to country: a note, never a refusal."""
    found: dict[str, dict[str, None]] = {}
    for settled in dates:
        for zone in zones if settled.starts_at is not None else ():
            day = in_zone(settled.starts_at, zone).date()  # type: ignore[arg-type]  # asked just above
            if is_weekend(day, zone):
                found.setdefault(weekday(day, language), {}).setdefault(place_of(zone))
    return [
        # I18N: a note on the day chosen for sessions: "Saturday is a day of the weekend in Nairobi and Mexico City."
        _("%(day)s is a day of the weekend in %(places)s.", day=day, places=listed(places, language))
        for day, places in found.items()
    ]
