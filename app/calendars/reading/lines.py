"""The lines of a calendar file, and the blocks they make: each entry stands by itself, so that a faulty one costs none
of the others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.calendars.reading.troubles import Fault, Trouble, UnreadableCalendar

_BREAKS = re.compile(r"\r\n|\n|\r")
LONGEST_LINE = 100_000
MOST_LINES = 2_500
"""Lines of one block that are read."""

_READ = frozenset((
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "CLASS",
    "DESCRIPTION", "LOCATION", "ORGANIZER", "URL",
))  # fmt: skip
"""What is read of an entry. Nothing else reaches the library: guests, files and whatever programs add of their own."""

_SAID = frozenset(("X-WR-CALNAME", "X-WR-TIMEZONE"))
_WITH_ZONE = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_MARK = re.compile('"[^"]*"|[;:]')


def cut(line: str) -> tuple[list[str], str]:
    """Return the name of a line with its parameters, and its value: no mark in quotes ends any of them."""
    parts, begin = [], 0
    for mark in _MARK.finditer(line):
        if mark[0] not in (";", ":"):
            continue
        parts.append(line[begin : mark.start()])
        begin = mark.end()
        if mark[0] == ":":
            return parts, line[begin:]
    return [*parts, line[begin:]], ""


@dataclass(slots=True)
class Block:
    """The unfolded lines of one component with its BEGIN and END; `line` is where it begins. What lies inside an entry
    (alarms) and what nobody reads is left out; `is_long`: it has more lines than are read."""

    kind: str
    line: int
    lines: list[str]
    is_long: bool = False

    @property
    def source(self) -> bytes:
        """The whole, with the names of zones put aside (`X-TZID`): the library guesses what an unknown one may mean."""
        return ("\r\n".join(map(_without_zone, self.lines)) + "\r\n").encode("utf-8", "replace")

    @property
    def dates(self) -> int:
        """How many dates it names one by one."""
        return sum(line.count(",") + 1 for line in self.lines if _name(line) in ("EXDATE", "RDATE"))

    def value(self, name: str) -> str:
        """Return the plain value of the first line with this name, without its parameters; "" where there is none."""
        return next((cut(line)[1] for line in self.lines if _name(line) == name), "")


@dataclass(slots=True)
class Blocks:
    """What a file is made of. `said`: what is read of the calendar itself; `is_guessed`: it was not in UTF-8."""

    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_guessed: bool = False


def decoded(body: bytes) -> tuple[str, bool]:
    """Return the text of a file, and whether its encoding had to be guessed: what is no UTF-8 is read as Windows-1252,
    which older programs write."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace"), False
    try:
        return body.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace"), True


def blocks_of(body: bytes) -> Blocks:
    """Cut a file into its blocks. Raises `UnreadableCalendar` for what is no calendar or ends in the middle."""
    text, is_guessed = decoded(body)
    cutter = _Cutter(Blocks(is_guessed=is_guessed))
    for number, line in _unfolded(text.replace("\x00", "")):
        cutter.take(number, line)
    if not cutter.has_begun:
        raise UnreadableCalendar(Trouble.NO_CALENDAR)
    if cutter.depth > 0:
        raise UnreadableCalendar(Trouble.CUT)
    return cutter.found


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the logical lines with the number of the physical line on which each begins."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(_BREAKS.split(text), start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
        elif line.strip():
            if parts:
                yield begun, "".join(parts)[:LONGEST_LINE]
            begun, parts = number, [line]
    if parts:
        yield begun, "".join(parts)[:LONGEST_LINE]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()


def _without_zone(line: str) -> str:
    if _name(line) not in _WITH_ZONE:
        return line
    (name, *parameters), value = cut(line)
    aside = [f"X-{one.strip()}" if one.strip().upper().startswith("TZID") else one for one in parameters]
    return ";".join([name, *aside]) + f":{value}"


class _Cutter:
    """Takes line after line and knows inside of what it stands. `depth` counts calendars that were not closed."""

    def __init__(self, found: Blocks) -> None:
        self.found, self.has_begun, self.depth = found, False, 0
        self.block: Block | None = None
        self.inside = 0

    def take(self, number: int, line: str) -> None:
        name, value = _name(line), line.partition(":")[2].strip().upper()
        if name == "BEGIN" and value == "VCALENDAR":
            self.has_begun, self.depth = True, self.depth + 1
        elif self.depth == 0:
            return
        elif self.block is not None:
            self._take_inside(self.block, number, line, name, value)
        elif name == "BEGIN":
            self.block, self.inside = Block(value, number, [line]), 1
        elif name == "END" and value == "VCALENDAR":
            self.depth -= 1
        elif name in _SAID:
            self.found.said.setdefault(name, line.partition(":")[2].strip())

    def _take_inside(self, block: Block, number: int, line: str, name: str, value: str) -> None:
        if name == "BEGIN" and value == "VEVENT" and block.kind == "VEVENT":
            self.found.faults.append(Fault(block.line, Trouble.UNCLOSED, block.value("SUMMARY")[:100]))
            self.block, self.inside = Block(value, number, [line]), 1
            return
        if name == "END" and value == "VCALENDAR":
            self.found.faults.append(Fault(block.line, Trouble.UNCLOSED, block.value("SUMMARY")[:100]))
            self.block, self.depth = None, self.depth - 1
            return
        self.inside += {"BEGIN": 1, "END": -1}.get(name, 0)
        is_read = block.kind == "VTIMEZONE" or (block.kind == "VEVENT" and self.inside == 1 and name in _READ)
        if is_read and len(block.lines) > MOST_LINES:
            block.is_long = True
        elif is_read or self.inside == 0:
            block.lines.append(line)
        if self.inside == 0:
            self._close(block)

    def _close(self, block: Block) -> None:
        self.block = None
        if block.kind in ("VEVENT", "VTIMEZONE"):
            (self.found.events if block.kind == "VEVENT" else self.found.zones).append(block)
