"""Tables that leave the house as CSV: UTF-8 with a byte order mark and CRLF, so that spreadsheets keep "Mfoumou",
"Québec" and "عدن"; a cell that a spreadsheet would run as a formula is written as text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

CSV_TYPE = "text/csv; charset=utf-8"

_FORMULA_STARTS = "=+-@＝＋－＠"
_CONTROL_STARTS = "\t\r\n"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it.

    Blanks and invisible characters before the sign do not hide it; whole numbers pass untouched.
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = str(value)
    seen = text
    while seen and (seen[0].isspace() or seen[0] in _INVISIBLE):
        seen = seen[1:]
    if text.startswith(tuple(_CONTROL_STARTS)) or seen.startswith(tuple(_FORMULA_STARTS)):
        return f"'{text}"
    return text


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as one CSV file, every cell made safe."""
    return b"".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the same file row by row, for one that may be long."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()
