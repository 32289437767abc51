"""Reading calendars while somebody waits for a page: few at once, so that however many slow ones people bring, the
house goes on answering everybody else; and what is looked at again is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import BoundedSemaphore

from app.calendars.fetching import Fetched, fetch_calendar
from app.calendars.reading import Reading, Trouble, UnreadableCalendar, read

MOST_AT_ONCE = 2
"""So many are fetched or read at once in pages, in each process."""

_places = BoundedSemaphore(MOST_AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """Hold a place while a calendar is fetched or read. Raises `UnreadableCalendar` at once where none is free."""
    if not _places.acquire(blocking=False):
        raise UnreadableCalendar(Trouble.WAIT)
    try:
        yield
    finally:
        _places.release()


@dataclass(frozen=True, slots=True)
class Came:
    """What was brought, and the name that it gives itself."""

    fetched: Fetched
    title: str


def bring(address: str, body: bytes, now: datetime) -> Came:
    """Fetch an address, or take a file where there is none, and read it once: what is no calendar is no matter for
    anybody else. Outside of any transaction. Raises `NotFetched`, `UnreadableCalendar`."""
    fetched = Fetched(body)
    if address:
        with place():
            fetched = fetch_calendar(address)
    return Came(fetched, look_at(fetched.body or b"", None, now).title)


def read_in_page(body: bytes, zone: str | None, now: datetime) -> Reading:
    """Read a calendar as it is now. Raises `UnreadableCalendar`."""
    with place():
        return read(body, zone=zone, now=now)


@lru_cache(maxsize=4)
def _read_within(body: bytes, zone: str | None, hour: datetime) -> Reading:
    return read_in_page(body, zone, hour)


def look_at(body: bytes, zone: str | None, now: datetime) -> Reading:
    """Read a calendar to show it; within one hour the same answer serves. Raises `UnreadableCalendar`."""
    return _read_within(body, zone, now.replace(minute=0, second=0, microsecond=0))


def forget() -> None:
    """Read anew what was looked at."""
    _read_within.cache_clear()
