"""What the pages of calendars print: a calendar as a line, what is in it, what was unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.calendars import queries
from app.calendars.addresses import calendar_path, calendars_path, owner_path
from app.calendars.models import CalendarFeed
from app.calendars.policy import Owner
from app.calendars.reading import Entry
from app.calendars.words import failure_words, fault_words
from app.core.actors import NETWORK, PUBLIC
from app.core.context import page_language
from app.core.names import names_of
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import Certainty
from app.moments.shown import Shown
from app.moments.zones import place_of, reader_zone
from app.workinggroups.models import WorkingGroup

IN_PREVIEW = 10


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A calendar in a list. `host` is where it is read: the whole address may be a secret."""

    feed: CalendarFeed
    href: str
    host: str
    events: int
    coming: int
    trouble: Any
    readers: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An event that is not kept yet: its title, and when it is for the reader and on its own clock."""

    title: str
    time: Shown
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class FaultLine:
    line: int
    title: str
    words: Any


def host_of(feed: CalendarFeed) -> str:
    return (urlsplit(feed.address).hostname or "") if feed.address else ""


def lines_of(feeds: Sequence[CalendarFeed], now: datetime) -> list[FeedLine]:
    """Return calendars as a list prints them, in one query."""
    counts = queries.count_events([feed.id for feed in feeds], now)
    return [
        FeedLine(
            feed,
            calendar_path(feed.id),
            host_of(feed),
            *counts.get(feed.id, (0, 0)),
            failure_words(feed.last_error) if feed.last_error else "",
            readers_words(feed),
        )
        for feed in feeds
    ]


def readers_words(feed: CalendarFeed) -> str:
    """Say who reads the events of a calendar."""
    if feed.audience == PUBLIC:
        return str(_("everybody"))
    return str(_("the network") if feed.audience == NETWORK else _("the people of the group"))


def entry_lines(feed: CalendarFeed, entries: Sequence[Entry], now: datetime) -> list[EntryLine]:
    """Return the first of these events that are not over, each with its hour for the reader."""
    coming = [entry for entry in entries if entry.until >= now] or entries
    return [
        EntryLine(
            entry.words["title"] or feed.title,
            Shown(entry.timing, entry.starts_at, entry.until, Certainty.VERIFIED, page_language(), reader_zone()),
            entry.status.value == "cancelled",
        )
        for entry in coming[:IN_PREVIEW]
    ]


def fault_lines(report: dict[str, Any]) -> list[FaultLine]:
    """Return what was wrong in the last reading, by the line of the file."""
    return [FaultLine(row["line"], row["title"], fault_words(row["trouble"])) for row in report.get("faults", [])]


def owner_values(owner: Owner) -> dict[str, Any]:
    """Return what the head of every page of an owner's calendars needs."""
    kind = "group" if isinstance(owner, WorkingGroup) else "organisation"
    return {
        "owner": owner,
        "owner_name": names_of(kind, [owner.id], page_language())[owner.id],
        "owner_href": owner_path(owner),
        "calendars_href": calendars_path(owner),
        "is_group": kind == "group",
    }


def when(instant: datetime | None) -> str:
    """Return an instant in words: day and hour on the reader's clock, or in UTC."""
    if instant is None:
        return ""
    zone = reader_zone()
    local = in_zone(instant, zone)
    place = place_of(zone) if zone else "UTC"
    return f"{words.day(local.date(), page_language())}, \u2066{words.hour(local)}\u2069 ({place})"
