"""From the bytes of a participants' list to its lines. Every line that is not empty becomes a person's line or is
reported with its number, as a text editor counts it, and a reason.

Lines are split one by one: a stray quotation mark never swallows the rest of a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.sessions.meeting_lists.cells import (
    clean_cell,
    clean_name,
    find_address,
    has_letters,
    is_time,
    minutes_of,
    without_time,
)
from app.sessions.meeting_lists.headings import Column, column_of, is_title

MOST_BYTES = 1_000_000
MOST_LINES = 2_000
LINE_LENGTH = 4_000
MOST_CELLS = 60
HEADINGS_WITHIN = 50
"""So many lines are searched for the first headings: what stands above a list is a few lines about the meeting."""

_SEPARATORS = ("\t", ";", ",")
_NAMING = {Column.NAME, Column.GIVEN, Column.FAMILY}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


class Problem(StrEnum):
    """Why a file holds no list; `services` says it in words."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    WORKBOOK = "workbook"
    PDF = "pdf"
    PICTURE = "picture"
    PACKED = "packed"
    WEB_PAGE = "web_page"
    NOT_TEXT = "not_text"
    NOBODY = "nobody"


class Reason(StrEnum):
    """Why a line is no person's."""

    HEADING = "heading"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the list: its number, a name ("" where there is only an address), an address, minutes present."""

    number: int
    name: str
    email: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no person's."""

    number: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `problem` is set where nothing can be used; then both lists are empty or say why."""

    lines: list[ListLine] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problem: Problem | None = None


def read_file(data: bytes) -> Reading:
    """Read an uploaded file, whatever it is."""
    if len(data) > MOST_BYTES:
        return Reading(problem=Problem.TOO_LARGE)
    problem = _foreign(data)
    return Reading(problem=problem) if problem else read_text(decode(data))


def _foreign(data: bytes) -> Problem | None:
    """Say what a file is that is no text, by its first bytes; its name is not asked."""
    if not data.strip(b"\x00\t\r\n "):
        return Problem.EMPTY
    if data.startswith(b"PK\x03\x04"):
        is_workbook = (
            b"xl/" in data[:8000] or b"opendocument.spreadsheet" in data[:8000] or b"[Content_Types]" in data[:8000]
        )
        return Problem.WORKBOOK if is_workbook else Problem.PACKED
    starts = (
        (b"\xd0\xcf\x11\xe0", Problem.WORKBOOK),
        (b"%PDF", Problem.PDF),
        (b"\x89PNG", Problem.PICTURE),
        (b"\xff\xd8\xff", Problem.PICTURE),
        (b"GIF8", Problem.PICTURE),
        (b"\x1f\x8b", Problem.PACKED),
    )
    for start, problem in starts:
        if data.startswith(start):
            return problem
    head = data[:400].lstrip().lower()
    return Problem.WEB_PAGE if head.startswith((b"<!doctype html", b"<html")) else None


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-16 by its mark or its NULs, else UTF-8, else what old spreadsheets write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    start = data[:2000]
    if len(start) >= 4 and b"\x00" in start:
        if start[1::2].count(0) > len(start) // 3:
            return data.decode("utf-16-le", "replace")
        if start[::2].count(0) > len(start) // 3:
            return data.decode("utf-16-be", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_text(text: str) -> Reading:
    """Read a list that was pasted, or decoded."""
    if len(text) > MOST_BYTES:
        return Reading(problem=Problem.TOO_LARGE)
    if _is_no_text(text):
        return Reading(problem=Problem.NOT_TEXT)
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, line[:LINE_LENGTH]) for number, line in enumerate(written, start=1) if not is_empty(line)]
    if not numbered:
        return Reading(problem=Problem.EMPTY)
    if len(numbered) > MOST_LINES:
        return Reading(problem=Problem.TOO_LONG)
    lines, skipped = _read_lines(numbered)
    return Reading(lines, skipped, None if lines else Problem.NOBODY)


def is_empty(line: str) -> bool:
    """Return whether nothing can be seen in a line."""
    return not any(c.isprintable() and c != " " for c in line)


def _is_no_text(text: str) -> bool:
    """Control characters make up a twentieth of no text that people can read."""
    start = text[:4000]
    return len(_STRANGE.findall(start)) * 20 > len(start)


def _read_lines(numbered: Sequence[tuple[int, str]]) -> tuple[list[ListLine], list[Skipped]]:
    separator, first_heading = _layout(numbered)
    columns: dict[Column, int] = {}
    lines: list[ListLine] = []
    skipped: list[Skipped] = []
    for number, written in numbered:
        cells = split(written, separator)
        found = headings(cells) if first_heading and number >= first_heading else {}
        if len(found) > 1 or number == first_heading:
            columns = found
            skipped.append(Skipped(number, Reason.HEADING))
        elif number < first_heading or _is_title_line(cells, columns):
            skipped.append(Skipped(number, Reason.HEADING))
        elif (line := _person(number, written, cells, columns)) is not None:
            lines.append(line)
        else:
            skipped.append(Skipped(number, Reason.NO_NAME))
    return lines, skipped


def _person(number: int, written: str, cells: Sequence[str], columns: dict[Column, int]) -> ListLine | None:
    """Read one line by its columns; where it is separated otherwise than its headings, by its looks."""
    if not columns:
        return _by_looks(number, cells)
    if len(columns) > 1 and len(cells) == 1:
        return _by_looks(number, split(written, next((mark for mark in _SEPARATORS if mark in written), "")))
    return _by_columns(number, cells, columns)


def _layout(numbered: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """Return what separates the cells ("" for a plain list) and the number of the line with the headings (0: none).

    Headings with a name are looked for first: some programmes write a block about the meeting above, with the
    address of who called it. A heading of one cell counts only as the very first line.
    """
    first = numbered[0][0]
    heads = [(number, *_heading(written)) for number, written in numbered[:HEADINGS_WITHIN]]
    for wanted in (_NAMING, {Column.EMAIL}):
        for number, separator, found in heads:
            if wanted & set(found) and (len(found) > 1 or number == first):
                return separator, number
    for separator in _SEPARATORS:
        if sum(separator in written for _number, written in numbered) * 2 > len(numbered):
            return separator, 0
    return "", 0


def _heading(written: str) -> tuple[str, dict[Column, int]]:
    """Return what separates the cells of this line ("" for nothing) and the columns it heads, {} if none."""
    found = {separator: headings(split(written, separator)) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: len(found[separator]))
    return best if best in written else "", found[best]


def split(written: str, separator: str) -> list[str]:
    """Return the cells of one line; whatever cannot be split stays whole."""
    plain = _CONTROL.sub(" ", written)
    if not separator:
        return [plain]
    try:
        return next(csv.reader([plain], delimiter=separator, skipinitialspace=separator != "\t"), [plain])[:MOST_CELLS]
    except csv.Error:
        return plain.split(separator)[:MOST_CELLS]


def headings(cells: Sequence[str]) -> dict[Column, int]:
    """Return which column holds what; {} unless these cells are headings with a name or an address among them.

    Somebody may be called like a heading: one cell alone is a heading only if no other could stand beside it.
    """
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        column = column_of(cell)
        if column is not None:
            found.setdefault(column, place)
    is_named = (_NAMING | {Column.EMAIL}) & set(found)
    filled = sum(not is_empty(cell) for cell in cells)
    return found if is_named and (len(found) >= 2 or filled == 1) else {}


def _is_title_line(cells: Sequence[str], columns: dict[Column, int]) -> bool:
    """A line with one cell in a table of several columns ("3. Activities"), or the title of a plain list."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if len(filled) != 1:
        return False
    is_numbered = len(columns) > 1 and len(cells) == 1 and clean_cell(filled[0])[:1].isdigit()
    return is_numbered or is_title(filled[0])


def _by_columns(number: int, cells: Sequence[str], columns: dict[Column, int]) -> ListLine | None:
    def cell(column: Column) -> str:
        place = columns.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    parts = [cell(column) for column in (Column.GIVEN, Column.NAME, Column.FAMILY)]
    name = clean_name(" ".join(part for part in parts if part.strip()))
    email = find_address(cell(Column.EMAIL)) or find_address(" ".join(parts))
    return _line(number, name, email, minutes_of(cell(Column.MINUTES)))


def _by_looks(number: int, cells: Sequence[str]) -> ListLine | None:
    """Without headings: the address is what looks like one, minutes are a bare number, the name is the first words,
    or both words of "Ejemplo, Rosa"."""
    filled = [cell for cell in cells if not is_empty(cell)]
    email = next((address for cell in filled if (address := find_address(cell))), "")
    minutes = next((found for cell in filled if (found := minutes_of(cell)) is not None), None)
    names = (name for cell in filled if not is_time(cell) and has_letters(name := clean_name(cell)))
    first, other = next(names, ""), next(names, "")
    name = f"{other} {first}" if other and len(filled) == 2 else first
    return _line(number, name, email, minutes)


def _line(number: int, name: str, email: str, minutes: int | None) -> ListLine | None:
    is_name = not is_empty(name) and (has_letters(name) or not is_time(name))
    shown, found = without_time(name) if is_name else ("", None)
    return ListLine(number, shown, email, found if minutes is None else minutes) if shown or email else None
