"""What can be wrong with a calendar as a whole, and with one entry of it. Pages say these codes in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import MalocaError


class Trouble(StrEnum):
    """Stable codes. The first ones are about the whole file, the others about one entry."""

    EMPTY = "empty"
    LARGE = "large"
    NO_CALENDAR = "no_calendar"
    CUT = "cut"  # it ends in the middle
    SLOW = "slow"  # spreading it out takes too long
    WAIT = "wait"  # others are being read just now; says nothing of the file

    UNCLOSED = "unclosed"
    NO_UID = "no_uid"
    NO_START = "no_start"
    DATE = "date"
    ENDS_BEFORE = "ends_before"
    RULE = "rule"  # repeats in a way that is not read
    MANY = "many"  # repeats more often than is kept; the first ones are
    ZONE = "zone"
    FLOATING = "floating"
    PRIVATE = "private"
    DOUBLE = "double"  # the same entry again


class UnreadableCalendar(MalocaError):
    """Nothing of the file can be used."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one entry: the line on which it begins, and what it is called as far as that can be read."""

    line: int
    trouble: Trouble
    title: str = ""


class BadEntry(Exception):
    """Raised while one entry is read; caught where its line is known."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
