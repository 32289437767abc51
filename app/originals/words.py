"""Originals are sacred (R-01): what is kept of a text that somebody typed, and which texts are refused.

Nothing is trimmed, corrected or prettified. Three things are done, and they change no word: the line ends of all
systems become one, NUL (which no database keeps) goes, and Unicode is composed (NFC), so that the same letters are
the same bytes on every keyboard.
"""

from __future__ import annotations

import unicodedata

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import is_blank

LONGEST = 20_000
"""Characters of an original."""

LONGEST_TRANSLATION = 30_000
"""Characters of a translation: languages differ in length, so that a full original can be translated."""


def as_written(typed: str) -> str:
    """Return what is kept of a typed text."""
    text = typed.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def check_body(text: str, *, longest: int = LONGEST) -> None:
    """Raise `RuleBroken` at the field `body` for a text without a visible sign, or too long."""
    if is_blank(text):
        raise RuleBroken(_l("There are no words here yet. Write your text, then send it again."), field="body")
    if len(text) > longest:
        raise RuleBroken(
            _l(
                "Your text has %(count)s characters, and there is room for %(longest)s. "
                "Shorten it by %(over)s, or send it in two parts.",
                count=len(text),
                longest=longest,
                over=len(text) - longest,
            ),
            field="body",
        )
