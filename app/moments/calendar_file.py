"""iCalendar files of moments: what a calendar program needs to show the time, and nothing about anybody.

No organiser, no participant, no join link (R-29): the address of the page is the way in. SEQUENCE, STATUS and a stable
UID let a subscribed calendar follow a move. Dates that are not exact are all-day and tentative, never a false hour.
What lies somewhere within a month, a year or between two days stands on the first of them alone: as a bar it would fill
every day of a small screen until it is over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, vDuration, vText

from app.core.unseen import without_unseen
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.zone_definition import zone_definition

STATUSES = {
    Status.PLANNED: "TENTATIVE",
    Status.POSTPONED: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.HELD: "CONFIRMED",
    Status.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A moment with what its owner adds: title in a language (BCP 47), address of its page, plain description.

    `status` is how the thing stands where that is not what its moment says (a deadline of a session that was called
    off). `is_due`: only its end counts, by which people answer; it takes no time of anybody's day.
    """

    moment: Moment
    title: str
    language: str
    url: str
    description: str = ""
    status: Status | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar says of itself that programs ask for again: its name, in a language, and how often is enough."""

    name: str
    language: str
    refresh: timedelta


def calendar_file(entries: Iterable[CalendarEntry], feed: Feed | None = None) -> bytes:
    """Return a calendar with the entries: UTF-8, lines of at most 75 bytes ending in CR LF, zones defined inside."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maloca//Moments 1//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if feed is not None:
        _say_feed(calendar, feed)
    entries = list(entries)
    for definition in _zones([entry.moment for entry in entries]):
        calendar.add_component(definition)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _say_feed(calendar: Calendar, feed: Feed) -> None:
    """RFC 7986, and the older words for the same that many programs know alone."""
    name = _text(feed.name, feed.language)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(feed.refresh, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(feed.refresh))


def _zones(moments: list[Moment]) -> list[Timezone]:
    """Return the definitions of the zones that hours stand in; UTC needs none."""
    by_zone: dict[str, list[Moment]] = defaultdict(list)
    for moment in moments:
        if moment.precision is Precision.MINUTE and moment.zone not in (None, "UTC"):
            by_zone[str(moment.zone)].append(moment)
    return [
        zone_definition(zone, min(moment.starts_at for moment in found), max(moment.until for moment in found))
        for zone, found in sorted(by_zone.items())
    ]


def _event(entry: CalendarEntry) -> Event:
    moment, event = entry.moment, Event()
    event.add("uid", moment.uid)
    event.add("sequence", moment.sequence)
    event.add("dtstamp", moment.changed_at)
    event.add("last-modified", moment.changed_at)
    event.add("summary", _text(entry.title, entry.language))
    if entry.description:
        event.add("description", _text(entry.description, entry.language))
    event.add("url", entry.url)
    event.add("status", _status(moment, entry.status or moment.status))
    if entry.is_due and moment.precision is Precision.MINUTE:
        _add_end(event, moment)
    elif moment.precision is Precision.MINUTE:
        _add_hours(event, moment)
    else:
        _add_days(event, moment)
    return event


def _text(text: str, language: str) -> vText:
    return vText(without_unseen(text), params={"LANGUAGE": language})


def _status(moment: Moment, stands: Status) -> str:
    status = STATUSES[stands]
    return status if status == "CANCELLED" or _is_exact(moment) else "TENTATIVE"


def _is_exact(moment: Moment) -> bool:
    """Whether the file says a time that somebody has stated, and not a span or a guess."""
    if moment.certainty is Certainty.ESTIMATED:
        return False
    both_days = moment.wall_start is not None and moment.wall_end is not None
    return moment.precision is Precision.MINUTE or (moment.precision is Precision.DAY and both_days)


def _add_hours(event: Event, moment: Moment) -> None:
    event.add("dtstart", _at(moment.starts_at, moment.zone, moment.is_second_start))
    if moment.wall_end is not None:
        event.add("dtend", _at(moment.until, moment.zone, moment.is_second_end))


def _add_end(event: Event, moment: Moment) -> None:
    """The last instant alone, as RFC 5545 has it for what takes no time."""
    is_second = moment.is_second_end if moment.wall_end is not None else moment.is_second_start
    event.add("dtstart", _at(moment.until, moment.zone, is_second))
    event.add("transp", "TRANSPARENT")


def _at(instant: datetime, zone: str | None, is_second: bool) -> datetime:
    """Return the instant on its own clock; in UTC where that clock shows the hour twice and the later one is meant,
    which a calendar file cannot say."""
    return instant.astimezone(UTC) if is_second else in_zone(instant, zone)


def is_within_a_span(moment: Moment) -> bool:
    """Whether a moment lies on a day that nobody knows, somewhere within a month, a year or between two days."""
    return moment.precision in (Precision.MONTH, Precision.YEAR, Precision.WINDOW)


def _add_days(event: Event, moment: Moment) -> None:
    first, last = moment.wall_start or moment.wall_end, moment.wall_end or moment.wall_start
    assert first is not None and last is not None  # noqa: S101, PT018 - a constraint of the table
    last = first if is_within_a_span(moment) else last
    event.add("dtstart", first.date())
    event.add("dtend", last.date() + timedelta(days=1))  # the end of a whole-day event is not part of it
    event.add("transp", "TRANSPARENT")
