"""Cloth and cells: the two pictures of the house that are computed, not drawn.

Every track has a band, woven from one byte that follows from its identifier, so that a new track has its cloth
without a designer. Every number of people is shown as cells in tens. Both are pure functions; the macros in
`templates/core/` turn them into SVG. `PAGE_HELPERS` names what templates may call.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

Row = tuple[bool, ...]

CELL = 6
"""Side of one woven cell, in CSS pixels."""

HOUSE_BYTE = 0b10110100
HOUSE_DYE = "sun"

DYES = ("cochineal", "weld", "walnut", "indigo", "verdigris")

PROGRAMME_CLOTHS: dict[str, tuple[int, str]] = {
    "house": (HOUSE_BYTE, HOUSE_DYE),
    "climate-justice": (0b10100111, "indigo"),
    "social-production-of-habitat": (0b11011000, "verdigris"),
    "land-rights": (0b11110000, "walnut"),
    "multi-level-advocacy": (0b10010110, "weld"),
    "feminist-approaches-to-habitat": (0b11001010, "cochineal"),
}


def _bits(byte: int) -> Row:
    return tuple(bool(byte >> place & 1) for place in range(7, -1, -1))


def _turns(byte: int) -> set[int]:
    """The eight bytes that look like `byte` once the band repeats without end."""
    return {(byte << turn | byte >> (8 - turn)) & 0xFF for turn in range(8)}


def _readable_bytes() -> tuple[int, ...]:
    """Bytes free for new tracks.

    Left out: rows nearly all of one colour, rhythms that repeat before the eighth cell (a chequerboard tells nobody
    anything), and every turn of a cloth that already belongs to the house or to a programme track.
    """
    taken = set[int]().union(*(_turns(byte) for byte, _ in PROGRAMME_CLOTHS.values()))
    return tuple(
        byte for byte in range(256) if 3 <= byte.bit_count() <= 5 and len(_turns(byte)) == 8 and byte not in taken
    )


READABLE_BYTES = _readable_bytes()


def _number(identifier: str, use: str) -> int:
    return int.from_bytes(sha256(f"{use}:{identifier}".encode()).digest()[:8], "big")


def byte_of(identifier: str) -> int:
    """The byte of a track's cloth: fixed for the programme's tracks, stable for every other identifier."""
    if identifier in PROGRAMME_CLOTHS:
        return PROGRAMME_CLOTHS[identifier][0]
    return READABLE_BYTES[_number(identifier, "byte") % len(READABLE_BYTES)]


def dye_of(identifier: str) -> str:
    """The dye of a track's cloth, one of `DYES` (or the house's own): the class in the stylesheet is `dye-<name>`."""
    if identifier in PROGRAMME_CLOTHS:
        return PROGRAMME_CLOTHS[identifier][1]
    return DYES[_number(identifier, "dye") % len(DYES)]


def weave(byte: int) -> tuple[Row, Row, Row]:
    """Three rows of eight cells, True where the dyed thread lies on top: the bits, their opposite, the bits again."""
    if not 0 <= byte <= 0xFF:
        raise ValueError("A cloth is woven from one byte, 0 to 255.")
    row = _bits(byte)
    opposite = tuple(not cell for cell in row)
    return row, opposite, row


def dashes(row: Row) -> str:
    """A row as the `stroke-dasharray` of a line, so that eight cells fill a page of any width.

    A dash pattern begins with a drawn length: a row that begins with an empty cell gets a first length of 0. An odd
    count of lengths would be read twice, drawn and empty exchanged, so it is made even.
    """
    lengths: list[int] = []
    drawn = True
    run = 0
    for cell in row:
        if cell is not drawn:
            lengths.append(run)
            drawn, run = cell, 0
        run += CELL
    lengths.append(run)
    if len(lengths) % 2:
        lengths.append(0)
    return " ".join(str(length) for length in lengths)


def cells(count: int) -> list[int]:
    """One cell is one person, in groups of ten with a gap after each: 23 becomes [10, 10, 3], 0 becomes []."""
    if count < 0:
        raise ValueError("People are counted from 0.")
    tens, rest = divmod(count, 10)
    return [10] * tens + [rest] * bool(rest)


PAGE_HELPERS: dict[str, Callable[..., Any]] = {
    "weave": weave,
    "dashes": dashes,
    "byte_of": byte_of,
    "dye_of": dye_of,
    "cells": cells,
}
"""For `app.jinja_env.globals`: macros that are imported see globals, not the context of the page."""
