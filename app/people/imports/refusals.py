"""Why a line is not taken: a code that is kept, with the column it is about, and the sentence that is shown."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.people.imports.columns import FIELDS

REASONS: dict[str, Any] = {
    "quote": _l("A quotation mark is opened in this line and never closed."),
    "more_cells": _l("This line has more cells than there are headings: a comma inside a cell needs quotation marks."),
    "missing": _l("There is no name in this line."),
    "too_long": _l("This cell is too long."),
    "unreadable": _l("This cell holds signs that could not be read: choose another encoding for the file."),
    "name": _l("This is not a name: write letters, without a link to a website."),
    "email": _l("This is not an e-mail address. Write it like name@example.org."),
    "language": _l(
        "We do not know one of these languages. Write names in a language of these pages, with commas between."
    ),
    "country": _l("We do not know this country. Write its name or its code of two letters."),
    "region": _l("The network has no region of this name."),
    "zone": _l("We do not know this time zone. Write it like Africa/Dakar."),
    "gender": _l("Write woman, man or other, or leave this cell empty."),
    "kind": _l("Write Member, Friend or Ally, or leave this cell empty."),
    "since": _l("We cannot read this day. Write it like 2024-03-31."),
    "organisation_unknown": _l("No organisation here has this name. Mend it, or let unknown organisations be added."),
    "organisation_many": _l("Several organisations have this name. Write the one that is theirs alone."),
    "fault": _l("The house could not add this line. Nothing of it was kept; load it again later."),
}


class LineRefused(Exception):
    """One line is not taken. `code` is of `REASONS`; `field` is the column it is about, "" for the whole line."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.reason = f"{code}:{field}"


def words_of(reason: str) -> tuple[Any, Any]:
    """Return the sentence of a kept reason and the words for the column it is about ("" for the whole line)."""
    code, _colon, field = reason.partition(":")
    return REASONS.get(code, code), FIELDS.get(field, "")


def field_of(reason: str) -> str:
    """Return the column a kept reason is about; "" for the whole line."""
    return reason.partition(":")[2]
