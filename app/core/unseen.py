"""Signs that nobody sees and that do harm where words leave the house: controls, and turns of direction without end.

A name that opens a turn of direction and does not close it turns all that a reader's program writes after it.
"""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\n]")
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_TURN, _END_OF_ISOLATE = "\u202c", "\u2069"


def without_unseen(text: str) -> str:
    """Return words without control signs, tabs and ends of lines apart, and without a turn of direction that is not
    closed within its paragraph, or closes none (Unicode, annex 9)."""
    text = _CONTROLS.sub("", text)
    unpaired = _unpaired(text)
    return "".join(sign for at, sign in enumerate(text) if at not in unpaired) if unpaired else text


def _unpaired(text: str) -> set[int]:
    found: set[int] = set()
    begun: list[int] = []
    isolates = 0
    for match in _TURNS.finditer(text):
        at, sign = match.start(), match[0]
        if sign == "\n":
            found.update(begun)
            begun, isolates = [], 0
        elif sign == _END_OF_ISOLATE and isolates:
            while text[begun[-1]] not in _ISOLATES:
                found.add(begun.pop())
            begun.pop()
            isolates -= 1
        elif sign == _END_OF_TURN and begun and text[begun[-1]] not in _ISOLATES:
            begun.pop()
        elif sign in (_END_OF_ISOLATE, _END_OF_TURN):
            found.add(at)
        else:
            begun.append(at)
            isolates += sign in _ISOLATES
    return found.union(begun)
