"""Folding: letters that a reader takes for the same are the same.

Case, accents and marks go (`core.languages.fold`); beyond that œ and æ open, the letters of Arabic lose what people
leave out when they type (hamza, the dots of ta marbuta, the tail of alef maqsura, tatweel), Persian and Urdu letters
join their Arabic twins, and digits of every script are those of the index.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from app.core.languages import fold

_ALIKE = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ɣ": "g", "ʼ": "",
        "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا",
        "ء": "", "ـ": "", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip

_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
"""The Arabic article, and what is written together with it, longest first."""


@lru_cache(maxsize=32_768)
def fold_word(word: str) -> str:
    """Return one word as it is compared: letters, digits and marks alone. Folding a folded word changes nothing.

    Letters that open into several bring signs along (¼, ⑴, ﷺ): those go, for the index takes no sign in a word.
    """
    if word.isascii():
        return word.lower()
    folded = fold(fold(word).translate(_ALIKE)).translate(_ALIKE)
    return "".join(_digit(character) for character in folded if unicodedata.category(character)[0] in "LNM")


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def without_article(folded: str) -> str:
    """Return an Arabic word without its article; every other word as it is. Two letters at least remain."""
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) >= len(article) + 2:
            return folded[len(article) :]
    return folded
