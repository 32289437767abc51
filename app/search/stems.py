"""Stems: what a word is in its language without its endings. English, French, Spanish, Portuguese and Arabic; other
languages are found by whole words and beginnings.

A stem carries its language ("habit_fr"), so that stems of two languages never meet by chance. The sign before it is in
no word, and a search for a beginning ("habi…") finds stems too.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import snowballstemmer

from app.core.languages import UNKNOWN_LANGUAGE
from app.search.folding import fold_word

NAMES = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese", "ar": "arabic"}

_ACCENTS = {
    "pt": (("coes", "ções"), ("soes", "sões"), ("cao", "ção"), ("sao", "são")),
    "es": (("cion", "ción"), ("sion", "sión")),
}
"""Ends that a stemmer knows with their accents alone, as people write them without."""

_own = threading.local()


def languages_of(tag: str) -> tuple[str, ...]:
    """Return the languages in which words of a text are stemmed: each, where nobody knows which it is; none where there
    is no stemmer."""
    base = tag.split("-", maxsplit=1)[0]
    return tuple(NAMES) if base == UNKNOWN_LANGUAGE else (base,) if base in NAMES else ()


@lru_cache(maxsize=65_536)
def stems(word: str, language: str) -> frozenset[str]:
    """Return the stems of one word, as written (in lower case) and as people write it without accents."""
    folded = fold_word(word)
    forms = {word, folded, _with_accents(folded, language)}
    if folded.endswith("s") and len(folded) > 3:  # short plurals that stemmers leave alone: ríos
        forms.add(folded[:-1])
    return frozenset(f"{stem}_{language}" for form in forms if (stem := fold_word(_stem(form, language))))


def _with_accents(folded: str, language: str) -> str:
    for plain, accented in _ACCENTS.get(language, ()):
        if folded.endswith(plain):
            return folded[: -len(plain)] + accented
    return folded


def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


def _stemmer(language: str) -> Any:
    """The stemmer of this thread: one keeps its word in itself while it works."""
    if not hasattr(_own, "stemmers"):
        _own.stemmers = {}
    known: dict[str, Any] = _own.stemmers
    if language not in known:
        known[language] = snowballstemmer.stemmer(NAMES[language])
    return known[language]
