"""By what entries of calendars are known: within their calendar, in the table of events, and outside of this house."""

from __future__ import annotations

import hashlib
import re

from app.calendars.reading import Entry

_PLAIN = re.compile(r"[!-~]{1,255}")
_MADE = re.compile(r"(?=(?:[^0-9@]*[0-9]){5})(?=.*[-A-Za-z].*@)[^@]{16,}@[^@]+")
LONGEST_ORIGIN = 600


def key_of(entry: Entry) -> str:
    """Return by what an entry is known within its calendar."""
    return hashlib.sha256(f"{entry.uid}\x00{entry.recurrence}".encode()).hexdigest()


def origin_of(entry: Entry) -> str:
    origin = f"{entry.uid} {entry.recurrence}".strip()
    return origin if len(origin) <= LONGEST_ORIGIN else key_of(entry)


def uid_outside(uid: str) -> str:
    """Return the UID under which an event goes out with our agenda: that which it has in the world where it is plain
    text that a program has made (long, with digits, like those of Google), else its hash. What looks like somebody's
    e-mail address may be one."""
    is_made = "@" not in uid or _MADE.fullmatch(uid)
    if is_made and _PLAIN.fullmatch(uid) and not set(uid) & set(",;\\"):
        return uid
    return hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()
