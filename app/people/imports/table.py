"""A file as a table: which encoding, which separator, which lines. The house is asked nothing here.

Spreadsheets write tables in many ways, and the one who brings a file rarely knows which: encoding and separator are
guessed, and may be chosen. What cannot be read is said for the whole file (`UnreadableFile`); one bad line never costs
the others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken

MAX_BYTES = 5_000_000
MAX_LINES = 10_000
MAX_COLUMNS = 60
MAX_CELL = 1_000
"""Characters kept of a cell; no column of ours takes as many, so that a longer one is refused in its line."""

LONGEST_SPAN = 20
"""Lines of the file that one quoted cell may run over; beyond, its quotation mark was never closed."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1256": "Windows-1256",
}
"""Python's name of an encoding → the name people know."""

SEPARATORS = (",", ";", "\t")

REPLACED = "\ufffd"
"""Stands where bytes made no character, and for NUL, which no database keeps."""

_OWN_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_NAMED_SEPARATOR = re.compile(r"sep=(.)$", re.IGNORECASE)


class UnreadableFile(RuleBroken):
    """Nothing can be made of the whole file."""

    def __init__(self, message: object) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, numbered as a spreadsheet numbers it. `is_broken`: its quotation mark is never closed."""

    number: int
    cells: list[str]
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    encoding: str
    separator: str
    headings: list[str]
    lines: list[Line]


def read_table(data: bytes, *, encoding: str = "", separator: str = "") -> Table:
    """Read a file; "" means guess. Raises `UnreadableFile`, and for unknown encodings or separators too."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(_l("This file is larger than 5 MB. Cut it in two and bring both."))
    if data.startswith(_OWN_FORMATS):
        raise UnreadableFile(
            _l("This is not a table of text. In your spreadsheet choose “Save as” and CSV, and bring that file.")
        )
    encoding = encoding or guess_encoding(data)
    if encoding not in ENCODINGS or separator not in ("", *SEPARATORS):
        raise UnreadableFile(_l("Choose an encoding and a separator from the lists."))
    text = _decoded(data, encoding)
    first, _line_end, rest = text.partition("\n")
    if (named := _NAMED_SEPARATOR.match(first)) is not None:
        text, separator = rest, separator or named[1]
    separator = separator if separator in SEPARATORS else _guess_separator(text)
    return _table(text, encoding, separator)


def guess_encoding(data: bytes) -> str:
    """Return the most likely encoding: what a byte order mark says, UTF-8 where every byte fits, else Windows-1252,
    which most spreadsheets write in Europe, the Americas and Africa."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _has_wide_characters(data):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _has_wide_characters(data: bytes) -> bool:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    sample = data[:2_000]
    return len(sample) >= 4 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 5


def _decoded(data: bytes, encoding: str) -> str:
    if encoding == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-be" if data[0:200:2].count(0) > data[1:200:2].count(0) else "utf-16-le"
    text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace").removeprefix("\ufeff")
    if len(_CONTROLS.findall(text[:20_000])) > min(len(text), 20_000) // 50:
        raise UnreadableFile(
            _l("This file does not hold text. In your spreadsheet save the table as CSV, and bring that.")
        )
    return text.replace("\x00", REPLACED).replace("\r\n", "\n").replace("\r", "\n")


def _guess_separator(text: str) -> str:
    """Return the separator that parts the first line most often."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(SEPARATORS, key=bare.count)


def _table(text: str, encoding: str, separator: str) -> Table:
    records = (line for line in _records(text, separator) if line.is_broken or any(line.cells))
    heading = next(records, None)
    if heading is None:
        raise UnreadableFile(_l("This file is empty."))
    if len(heading.cells) > MAX_COLUMNS:
        raise UnreadableFile(
            _l("This file has more than 60 columns. Keep those about people's names, addresses and organisations.")
        )
    lines: list[Line] = []
    for line in records:
        if len(lines) == MAX_LINES:
            raise UnreadableFile(_l("This file has more than 10,000 lines. Cut it in two and bring both."))
        lines.append(line)
    if not lines:
        raise UnreadableFile(_l("This file has headings and no line under them."))
    return Table(encoding, separator, [cell[:120] for cell in heading.cells], lines)


def _records(text: str, separator: str) -> Iterator[Line]:
    """Yield the lines of a table; a quoted cell may run over several lines of the file."""
    rows, place, number = text.split("\n"), 0, 0
    while place < len(rows):
        number += 1
        for end in range(place + 1, min(place + LONGEST_SPAN, len(rows)) + 1):
            cells = _cells("\n".join(rows[place:end]), separator)
            if cells is not None:
                yield Line(number, [_kept(cell) for cell in cells])
                place = end
                break
        else:
            yield Line(number, [_kept(rows[place])], is_broken=True)
            place += 1


def _cells(row: str, separator: str) -> list[str] | None:
    """Part one line; None where a quotation mark is still open at its end."""
    if '"' not in row:
        return row.split(separator)
    cells, place = [], 0
    while True:
        quoted = ""
        if row.startswith('"', place):
            found = _QUOTED.match(row, place)
            if found is None:
                return None
            quoted, place = found[1].replace('""', '"'), found.end()
        end = row.find(separator, place)
        cells.append(quoted + row[place : end if end >= 0 else len(row)])
        if end < 0:
            return cells
        place = end + len(separator)


def _kept(cell: str) -> str:
    """A cell without blanks around, and without the apostrophe that keeps spreadsheets from running a formula."""
    cell = cell.strip(" \t\n\u00a0\ufeff")
    if cell[:1] == "'" and cell[1:2] in tuple("=+-@"):
        cell = cell[1:]
    return cell if len(cell) <= MAX_CELL else cell[:MAX_CELL] + "…"
