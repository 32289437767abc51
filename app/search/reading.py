"""Reading words: from what people wrote to what the index holds.

A text is a row of places, each with the words it may stand for: one for a plain word, several for an inclusive
spelling, the joined letters for an acronym with full stops. The index holds each of them folded, in Arabic with the
article and without, and their stems. Pure functions: the same for the index, for a query and for marking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from app.search.folding import fold_word, without_article
from app.search.inclusive import pattern, readings
from app.search.stems import languages_of, stems

VERSION = 1
"""Raise it when words are read otherwise than before: every house then writes its index anew, by itself."""

LONGEST_WORD = 60

_MARKS = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)).startswith("M"))
_JOINERS = "\u00ad\u200c\u200d"
_LETTER = f"(?:[^\\W_]|[{_MARKS}{_JOINERS}])"
_PLACE = re.compile(
    rf"(?P<initials>(?<!\w)(?:[^\W\d_]\.){{2,}}[^\W\d_]?(?!\w))|{pattern(_LETTER)}|(?P<plain>{_LETTER}++)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in a text (`start` to `end`), and what it may be read as, in lower case."""

    start: int
    end: int
    words: tuple[str, ...]


def places(text: str) -> Iterator[Place]:
    """Return the words of a text in their order. One Latin letter alone (d', l', y) is no word."""
    for found in _PLACE.finditer(text):
        words = tuple(dict.fromkeys(word for word in _words(found) if _counts(word)))
        if words:
            yield Place(found.start(), found.end(), words)


def _words(found: re.Match[str]) -> list[str]:
    if initials := found["initials"]:
        return [initials.replace(".", "").lower()]
    if both := found["both"]:
        end = found["several"] or ""
        return [f"{both.lower()}{vowel}{end}" for vowel in "ao"]
    if base := found["base"]:
        ending = fold_word(found["ending"] or found["bracket"])
        forms = readings(fold_word(base), ending, is_plural=bool(found["plural"]) or ending.endswith("s"))
        return [base.lower(), *forms]
    return [found["plain"].lower()]


def _counts(word: str) -> bool:
    folded = fold_word(word)
    return len(folded) > 1 or (bool(folded) and not (folded.isascii() and folded.isalpha()))


def plain_words(place: Place) -> set[str]:
    """Return the folded words of a place, in Arabic with the article and without."""
    folded = {fold_word(word)[:LONGEST_WORD] for word in place.words}
    return folded | {without_article(word) for word in folded}


def index_words(place: Place, languages: Iterable[str]) -> set[str]:
    """Return everything by which a place is found: its words, and their stems in some languages."""
    return plain_words(place).union(
        chain.from_iterable(stems(word[:LONGEST_WORD], language) for language in languages for word in place.words)
    )


def words_of(text: str, language: str) -> str:
    """Return all words by which a text in one language is found, each once, in order, with blanks between."""
    languages = languages_of(language)
    found: set[str] = set()
    for place in places(text):
        found |= index_words(place, languages)
    return " ".join(sorted(found))
