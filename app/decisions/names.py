"""The names that organisations had when a roll was frozen, as a reader gets them."""

from __future__ import annotations

from typing import Any

from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.languages import chain
from app.core.names import NAMELESS, Name


def name_of(names: dict[str, str]) -> Name:
    """Return the name that an organisation had when the roll was frozen, in the language nearest to the reader's."""
    language = chain(page_language(), set(names))
    if language is None:
        return NAMELESS
    return Name(names[language], language, is_fallback=language != page_language())


def lazy_name(names: dict[str, str]) -> Any:
    """Return the same for a sentence that is said later."""
    return LazyString(lambda: name_of(names).text)
