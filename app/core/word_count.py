"""How many words a text has, in whatever script: words between the word boundaries of Unicode (UAX #29), as offices of
the United Nations and word processors count them, close enough for a limit.

A word is a run of letters, numbers and connectors ("_"), with the marks and joiners that belong to it. Within letters
an apostrophe, a colon or a point does not end it ("l’eau", "e.g", "aujourd’hui" are one each), within numbers a point
or a comma ("1.400"). A hyphen does: "co-op" is two. Chinese signs and Hiragana count one by one. Scripts that write
without blanks (Thai, Lao, Khmer, Burmese) would need a dictionary: there a run between blanks is one.
"""

from __future__ import annotations

import unicodedata
from enum import Enum

_BETWEEN_BOTH = "'.’‘․﹒＇．"
_BETWEEN_LETTERS = _BETWEEN_BOTH + ":·״·‧᜵՟︓﹕："
_BETWEEN_NUMBERS = _BETWEEN_BOTH + ",;;։،؍٬߸⁄︐︔﹐﹔，；"

_ALONE = ((0x3041, 0x309F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class _Kind(Enum):
    LETTER = "letter"
    NUMBER = "number"
    MARK = "mark"
    ALONE = "alone"
    OTHER = "other"


def _kind(sign: str) -> _Kind:
    category = unicodedata.category(sign)
    if category in ("Mn", "Mc", "Me", "Cf"):
        return _Kind.MARK
    if category == "Nd":
        return _Kind.NUMBER
    if category.startswith("L") or category in ("Nl", "Pc"):
        point = ord(sign)
        return _Kind.ALONE if any(first <= point <= last for first, last in _ALONE) else _Kind.LETTER
    return _Kind.OTHER


def count_words(text: str) -> int:
    """Return the number of words in plain text."""
    count, inside = 0, _Kind.OTHER
    for place, sign in enumerate(text):
        kind = _kind(sign)
        if kind is _Kind.MARK:
            continue
        if kind in (_Kind.LETTER, _Kind.NUMBER):
            count += inside is _Kind.OTHER
            inside = kind
        elif kind is _Kind.ALONE:
            count, inside = count + 1, _Kind.OTHER
        elif not _joins(sign, inside, text[place + 1 : place + 2]):
            inside = _Kind.OTHER
    return count


def _joins(sign: str, inside: _Kind, following: str) -> bool:
    """Whether a sign stands within a word, between two of a kind."""
    if inside is _Kind.OTHER or not following or _kind(following) is not inside:
        return False
    return sign in (_BETWEEN_LETTERS if inside is _Kind.LETTER else _BETWEEN_NUMBERS)
