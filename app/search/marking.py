"""Marking the words that were found, in the very spelling they were written in, and cutting a text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup, escape

from app.search.asking import Asked
from app.search.reading import index_words, places
from app.search.stems import languages_of

BEFORE, LENGTH = 60, 200
"""Characters shown before the first word found, and in all."""

MOST_PLACES = 1_000
"""Words of a text that are looked at: each costs a stem, and a page shows many texts. Who finds a word further on reads
no excerpt."""

_SIGNS_OF_MARKDOWN = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d+\.)[ \t]+|[*`]+|(?<!\w)_+|_+(?!\w)", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^)\[\s]{1,500}\)")  # no "[" within: rows of them would take seconds


def plain(text: str) -> str:
    """Return a text of people without the signs of its Markdown, on one line."""
    return " ".join(_SIGNS_OF_MARKDOWN.sub("", _LINK.sub(r"\1", text)).split())


def _found(text: str, language: str, asked: Asked) -> Iterator[tuple[int, int]]:
    wanted, beginnings = asked.words, tuple(asked.words)
    languages = languages_of(language)
    for place in islice(places(text), MOST_PLACES):
        words = index_words(place, languages)
        if not wanted.isdisjoint(words) or (asked.is_prefix and any(word.startswith(beginnings) for word in words)):
            yield place.start, place.end


def marked(text: str, language: str, asked: Asked) -> Markup:
    """Return a line with the words that were found in `<mark>`."""
    return _with_marks(text, list(_found(text, language, asked)))


def has_word(text: str, language: str, asked: Asked) -> bool:
    """Return whether a text holds one of the words that were found."""
    return next(_found(text, language, asked), None) is not None


def excerpt(text: str, language: str, asked: Asked) -> Markup:
    """Return the part of a text around the first word found, with every word found in it marked; "" where none is."""
    text = plain(text)
    found = _found(text, language, asked)
    first = next(found, None)
    if first is None:
        return Markup("")
    start = _blank_before(text, first[0] - BEFORE) if first[0] > BEFORE else 0
    end = _blank_before(text, start + LENGTH) if len(text) > start + LENGTH else len(text)
    end = max(end, first[1])
    spans = [first]
    for span in found:
        if span[1] > end:
            break
        spans.append(span)
    part = _with_marks(text[start:end], [(left - start, right - start) for left, right in spans])
    return Markup("{}{}{}").format("…\u00a0" if start else "", part.rstrip(), "\u00a0…" if end < len(text) else "")


def _blank_before(text: str, near: int) -> int:
    """Return where a word begins near a place, at most thirty characters before it."""
    earliest = max(near - 30, 0)
    blank = text.rfind(" ", earliest, near)
    return blank + 1 if blank > 0 else near if earliest else 0


def _with_marks(text: str, spans: list[tuple[int, int]]) -> Markup:
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*parts, escape(text[last:])])
