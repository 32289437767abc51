"""Two versions side by side: which paragraphs came, went or changed, and in a changed one which words.

Paragraphs are matched whole first; between two that match, those that share enough of their words are taken for one
that was changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

from app.drafting.paragraphs import Paragraph

_SIGNS = r"\u3041-\u30ff\u3400-\u9fff"
_POINTS = r"!-/:-@\[-^{-~\u00a1-\u00bf\u060c\u061b\u061f\u2010-\u2027\u2030-\u205e\u3001\u3002"
_TOKENS = re.compile(rf"\s*(?:[{_SIGNS}{_POINTS}]|[^\s{_SIGNS}{_POINTS}]+)|\s+")
"""Words with the blank before them; points, and signs of scripts without blanks, one by one."""

ALIKE = 0.4
"""Two paragraphs are the same one, changed, when they share so much of their words."""

NEAR = 10
"""So many paragraphs further on a changed one is looked for."""

MOST_WORDS = 3_000
"""So many words in the middle of one paragraph are compared one by one: that takes longer than their number grows, and
a long paragraph made to be slow would keep the house busy for a minute."""


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph that both versions have, or only one of them."""

    words: str
    change: Change


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of either version. `before` and `after` are its numbers there, None where it is missing."""

    change: Change
    before: int | None
    after: int | None
    pieces: list[Piece]


def compare(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Row]:
    """Return what changed from one version to another, in the order of the newer one."""
    matcher = SequenceMatcher(None, [one.digest for one in before], [one.digest for one in after])
    rows: list[Row] = []
    for _tag, first, last, start, end in matcher.get_opcodes():
        if _tag == "equal":
            rows += [_same(old, new) for old, new in zip(before[first:last], after[start:end], strict=True)]
        else:
            rows += _paired(before[first:last], after[start:end])
    return rows


def _same(old: Paragraph, new: Paragraph) -> Row:
    return Row(Change.SAME, old.number, new.number, [Piece(new.words, Change.SAME)])


def _removed(old: Paragraph) -> Row:
    return Row(Change.REMOVED, old.number, None, [Piece(old.words, Change.REMOVED)])


def _added(new: Paragraph) -> Row:
    return Row(Change.ADDED, None, new.number, [Piece(new.words, Change.ADDED)])


def _paired(gone: Sequence[Paragraph], come: Sequence[Paragraph]) -> Iterator[Row]:
    """Yield paragraphs that went and came; those alike as one that changed."""
    old_words, start = [_bag(one) for one in gone], 0
    for new in come:
        bag = _bag(new)
        near = range(start, min(start + NEAR, len(gone)))
        match = next((place for place in near if _likeness(old_words[place], bag) >= ALIKE), None)
        if match is None:
            yield _added(new)
            continue
        yield from map(_removed, gone[start:match])
        yield Row(Change.CHANGED, gone[match].number, new.number, list(_pieces(gone[match].words, new.words)))
        start = match + 1
    yield from map(_removed, gone[start:])


def _bag(paragraph: Paragraph) -> Counter[str]:
    return Counter(token.strip() for token in _TOKENS.findall(paragraph.words))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield what two paragraphs share and where they differ. Where more words differ than are compared one by one, what
    stood there and what stands there now follow each other whole."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    start = _shared(zip(old, new, strict=False))
    end = _shared(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield from _piece(new[:start], Change.SAME)
    if max(len(old_middle), len(new_middle)) > MOST_WORDS:
        yield from _piece(old_middle, Change.REMOVED)
        yield from _piece(new_middle, Change.ADDED)
    else:
        yield from _differing(old_middle, new_middle)
    yield from _piece(new[len(new) - end :], Change.SAME)


def _shared(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _piece(words: Sequence[str], change: Change) -> Iterator[Piece]:
    if words:
        yield Piece("".join(words), change)


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from _piece(new[start:end], Change.SAME)
        else:
            yield from _piece(old[first:last], Change.REMOVED)
            yield from _piece(new[start:end], Change.ADDED)
