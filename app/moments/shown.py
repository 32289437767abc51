"""How a time is shown: the reader's hour first, the moment's own second, both named by place, and UTC.

Templates get ready words from here (`shown(moment)` is a Jinja global) and put them together in `moments/time.html`;
mails use `Shown.words`. Dates without hour are said in words and never get an hour that nobody stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.languages import direction
from app.core.types import Facts
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, MomentChange, Precision
from app.moments.timing import Timing
from app.moments.zones import reader_zone

UTC_NAME = "UTC"


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a moment on the clocks of one place. `end` is "" where none is known; `end_day` is "" unless
    the end falls on another day there."""

    zone: str
    place: str
    day: str
    day_of_year: str
    start: str
    end: str
    end_day: str

    @property
    def span(self) -> str:
        """Return "17:00–19:00", or "17:00". Arabic says it in words: of two hours with a dash between, nobody who reads
        from right to left can tell which is the first."""
        if not self.end:
            return self.start
        # I18N: from one hour to another: "17:00–19:00"; in Arabic with words for "from" and "to", no dash
        return _("%(start)s–%(end)s", start=self.start, end=self.end)


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment, ready for one reader. `reader` is None without a zone of the reader's or without an hour."""

    timing: Timing
    starts_at: datetime
    until: datetime
    certainty: Certainty
    language: str
    reader_zone: str | None

    @property
    def has_hour(self) -> bool:
        return self.timing.precision is Precision.MINUTE

    @property
    def lacks_hour(self) -> bool:
        """Whether this is one day of which nobody has said the hour (R-08)."""
        return self.timing.precision is Precision.DAY and self.timing.wall_start == self.timing.wall_end

    @property
    def first(self) -> Hours:
        """The hours to show large: the reader's, else the moment's own."""
        return self.hours_in(self.reader_zone or self.timing.zone or UTC_NAME)

    @property
    def second(self) -> Hours | None:
        """The moment's own hours, unless they stand first already or are said as UTC anyway."""
        own = self.timing.zone or UTC_NAME
        return None if own in (self.first.zone, UTC_NAME) else self.hours_in(own)

    @property
    def utc(self) -> Hours:
        return self.hours_in(UTC_NAME)

    @property
    def for_machines(self) -> str:
        """The start for machines: an instant where the hour is known, else day, month or year."""
        wall = self.timing.wall_start or self.timing.wall_end
        assert wall is not None  # noqa: S101 - a constraint of the table
        formats = {Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
        if self.has_hour:
            return self.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
        return wall.strftime(formats.get(self.timing.precision, "%Y-%m-%d"))

    @property
    def utc_words(self) -> str:
        """For hovering: "14:00 UTC, Saturday 13 February 2027"; "" where no hour is known."""
        if not self.has_hour:
            return ""
        # I18N: an hour in universal time and its day, shown when one points at an hour
        return _("%(hours)s UTC, %(day)s", hours=self.utc.span, day=self.utc.day)

    @property
    def words(self) -> str:
        """The whole as one plain sentence part, for mails, messages and history."""
        return self._hours_in_words() if self.has_hour else self._date_in_words()

    def hours_in(self, zone: str) -> Hours:
        start, end = in_zone(self.starts_at, zone), in_zone(self.until, zone)
        has_end = self.timing.wall_end is not None
        return Hours(
            zone=zone,
            place=words.place(zone, self.language),
            day=words.day(start.date(), self.language),
            day_of_year=words.day_of_year(start.date(), self.language),
            start=words.hour(start),
            end=words.hour(end) if has_end else "",
            end_day=words.day_of_year(end.date(), self.language) if has_end and end.date() != start.date() else "",
        )

    def _hours_in_words(self) -> str:
        hours = self.first
        if hours.end_day:
            # I18N: for instance "Saturday 13 February 2027, 23:00 to 01:00 on Sunday 14 February, in Nairobi"
            return _(
                "%(day)s, %(start)s to %(end)s on %(end_day)s, in %(place)s",
                day=hours.day,
                start=self._kept_whole(hours.start),
                end=self._kept_whole(hours.end),
                end_day=hours.end_day,
                place=hours.place,
            )
        # I18N: for instance "Saturday 13 February 2027, 17:00–19:00 in Nairobi"
        return _("%(day)s, %(hours)s in %(place)s", day=hours.day, hours=hours.span, place=hours.place)

    def _kept_whole(self, hours: str) -> str:
        """Wrap hours so that they read from left to right in a line of Arabic, also where there is no markup."""
        return f"\u2066{hours}\u2069" if direction(self.language) == "rtl" else hours

    def _date_in_words(self) -> str:
        first, last, language = self.timing.wall_start, self.timing.wall_end, self.language
        if first is None or last is None:
            return self._open_span_in_words(first, last)
        match self.timing.precision:
            case Precision.MONTH:
                # I18N: a date of which only the month is known: "in March 2027"
                return _("in %(month)s", month=words.month(first, language))
            case Precision.YEAR:
                return _("%(year)s, days not known", year=first.year)
            case Precision.WINDOW:
                same_year = first.year == last.year
                # I18N: some time between two days, not known when: "between 15 January and 15 February 2027"
                return _(
                    "between %(first)s and %(last)s",
                    first=(words.date_without_year if same_year else words.date_of)(first, language),
                    last=words.date_of(last, language),
                )
        day = words.day(first.date(), language) if first == last else words.days(first, last, language)
        # I18N: a day computed by a rule and not confirmed: "around Monday 11 September 2023"
        return _("around %(day)s", day=day) if self.certainty is Certainty.ESTIMATED else day

    def _open_span_in_words(self, first: datetime | None, last: datetime | None) -> str:
        if first is not None:
            # I18N: only the first day is known: "from 31 October 2021"
            return _("from %(day)s", day=words.date_of(first, self.language))
        assert last is not None  # noqa: S101 - a constraint of the table
        # I18N: only the last day is known: "until 27 September 2024"
        return _("until %(day)s", day=words.date_of(last, self.language))


def shown(moment: Moment, zone: str | None = None, language: str | None = None) -> Shown:
    """Return a moment for a reader: of this request unless a zone and a language are given (mails)."""
    return Shown(
        Timing.of(moment),
        moment.starts_at,
        moment.until,
        moment.certainty,
        language or page_language(),
        zone or reader_zone(),
    )


@dataclass(frozen=True, slots=True)
class HourDiffers:
    """A session of a series falls on another hour than the one before it, for this reader alone: somebody's clocks
    change between the two."""

    moment_id: UUID
    before: Hours
    after: Hours


def hours_of(moments: Iterable[Moment], zone: str | None = None) -> dict[UUID, HourDiffers]:
    """Return, by moment, where a reader's hour differs from that of the moment before it although the clocks at the
    moments' own place show the same hour for both. Nothing for readers whose hour stays, or without a zone."""
    zone = zone or reader_zone()
    if zone is None:
        return {}
    series = sorted((m for m in moments if m.precision is Precision.MINUTE), key=lambda moment: moment.starts_at)
    found = {}
    for before, after in pairwise(series):
        if before.wall_start is None or after.wall_start is None or before.zone != after.zone:
            continue
        same_at_home = before.wall_start.time() == after.wall_start.time()
        if same_at_home and in_zone(before.starts_at, zone).time() != in_zone(after.starts_at, zone).time():
            found[after.id] = HourDiffers(after.id, shown(before, zone).first, shown(after, zone).first)
    return found


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One line of a history: `old` and `new` are set where the time changed, the codes where they did. `source` is
    where it was read, `old_source` where the values before were, both "" where nobody said it."""

    change: MomentChange
    when: str
    old: str
    new: str
    status: str
    certainty: str
    modality: str
    zone_data: str
    source: str
    old_source: str
    reason: str
    actor_id: UUID | None


def shown_facts(facts: Facts, zone: str | None = None) -> Shown:
    """Return the time that a change keeps, for a reader: of this request unless a zone is given (mails)."""
    start, end = facts["wall_start"], facts["wall_end"]
    timing = Timing(
        Precision(facts["precision"]),
        datetime.fromisoformat(start) if start else None,
        datetime.fromisoformat(end) if end else None,
        facts["zone"],
        facts["is_second_start"],
        facts["is_second_end"],
    )
    starts_at, until = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "until"))
    return Shown(timing, starts_at, until, Certainty(facts["certainty"]), page_language(), zone or reader_zone())


def was_words(changes: Iterable[MomentChange], moment: Moment) -> str:
    """Return the date a moment had before it moved last, "" where it never did, or came back; `changes` latest
    first."""
    now_words = shown(moment).words
    told = [old for change in changes if (old := shown_facts(change.old)).timing != shown_facts(change.new).timing]
    return told[0].words if told and all(old.words != now_words for old in told) else ""


def moved_from(moment: Moment, changes: Iterable[MomentChange]) -> Timing | None:
    """Return when a moment was to be before it moved last, from its history, latest first; None where it never did."""
    moved = next((row for row in changes if shown_facts(row.old).timing != shown_facts(row.new).timing), None)
    was = shown_facts(moved.old).timing if moved is not None else None
    return was if was != Timing.of(moment) else None


def shown_change(change: MomentChange) -> ChangeShown:
    """Return a change ready for a page."""
    old, new = change.old, change.new
    said_before, said_now = shown_facts(old).words, shown_facts(new).words
    at = in_zone(change.at, reader_zone())
    is_by_zone_data = "zone_data" in new

    def changed(name: str) -> str:
        return str(new[name] or "") if new[name] != old[name] else ""

    return ChangeShown(
        change=change,
        when=words.day(at.date(), page_language()),
        old=said_before if said_before != said_now else "",
        new=said_now if said_before != said_now else "",
        status=changed("status"),
        certainty=changed("certainty"),
        modality=changed("modality"),
        zone_data=str(new["zone_data"]) if is_by_zone_data else "",
        source=str(new.get("source", "")),
        old_source=str(old.get("source", "")),
        reason="" if is_by_zone_data else change.reason,
        actor_id=change.actor_id,
    )


def lazy_day(day: date) -> Any:
    """Return a day for a sentence that is said later, in the language of whoever reads it then."""
    return LazyString(lambda: words.date_of(day, page_language()))


def day_of(instant: datetime) -> str:
    """Return the day of an instant in words, as the reader's calendar has it."""
    return words.date_of(in_zone(instant, reader_zone()).date(), page_language())
