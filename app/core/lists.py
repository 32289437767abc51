"""Lists in words, as each language joins them: "Arabic, French and English", "árabe, francés e inglés"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.lists import format_list

from app.core.languages import locale_of

_SOUNDS_I = re.compile("[^\\w]*h?[ií](?![aáeéoóuú])", re.IGNORECASE)
"""How a Spanish word begins before which "y" is said "e"; not one that begins with a glide: "cobre y hierro"."""


def listed(items: Iterable[object], language: str) -> str:
    """Return the items as one list in the language of a page; "" of none."""
    words = [str(item) for item in items]
    if not words:
        return ""
    text = str(format_list(words, locale=locale_of(language)))
    last = words[-1]
    if len(words) > 1 and language.startswith("es") and _SOUNDS_I.match(last):
        return f"{text.removesuffix(f' y {last}')} e {last}"
    return text
