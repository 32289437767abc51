"""Days and names inside sentences that are said later, in the language of whoever reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.languages import chain
from app.core.names import NAMELESS, Name
from app.moments import words


def lazy_day(day: date) -> Any:
    """Return a day for a sentence that is said later."""
    return LazyString(lambda: words.date_of(day, page_language()))


def name_of(names: dict[str, str]) -> Name:
    """Return the name that an organisation had when the roll was frozen, in the language nearest to the reader's."""
    language = chain(page_language(), set(names))
    if language is None:
        return NAMELESS
    return Name(names[language], language, is_fallback=language != page_language())


def lazy_name(names: dict[str, str]) -> Any:
    """Return the same for a sentence that is said later."""
    return LazyString(lambda: name_of(names).text)
