"""Names that people type: something must be visible in them, and they must not carry a link, because the house repeats
them on pages and in mails."""

from __future__ import annotations

import unicodedata

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import is_blank

_LINK_MARKS = ("://", "www.")


def check_name(text: str, *, field: str = "name") -> None:
    """Refuse a name that holds a link or nothing to be seen, with `RuleBroken` at the field. "" is no name and passes:
    whether one is asked for is said elsewhere."""
    if text and is_blank(text):
        raise RuleBroken(_l("Nothing can be seen of this. Write letters or digits."), field=field)
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(character for character in plain if unicodedata.category(character) != "Cf")
    if any(mark in plain for mark in _LINK_MARKS):
        raise RuleBroken(_l("Write a name here, without a link to a website."), field=field)
