"""What a link's mail spoke of, in few bytes: identifiers, instants and numbers that packages write as words.

Words go in and the very same words come out, whatever they are; what is known by its shape is short. The numbers of the
shapes stand in mails: they are kept for ninety days at least after the last that was written.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

_HEX = "[0-9a-f]"
_SHAPES = re.compile(
    rf"(?P<dashed>{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}})"
    rf"|(?P<id>{_HEX}{{32}})"
    r"|(?P<instant>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00)"
)
_DASHED, _ID, _INSTANT = 255, 254, 253
_LONGEST = 250
"""Bytes of one run of plain words."""

_WHOLE: dict[int, tuple[int, Callable[[bytes], str]]] = {
    _DASHED: (16, lambda raw: str(UUID(bytes=raw))),
    _ID: (16, lambda raw: UUID(bytes=raw).hex),
    _INSTANT: (4, lambda raw: datetime.fromtimestamp(int.from_bytes(raw), UTC).isoformat()),
}
"""By its number: how many bytes a shape has, and how it is written."""


def pack(words: str) -> bytes:
    """Return the bytes of some words: runs of them, each after its length, and shapes, each after its number."""
    packed, end = b"", 0
    for found in _SHAPES.finditer(words):
        shape = _shape(found)
        if shape:
            packed += _plain(words[end : found.start()]) + shape
            end = found.end()
    return packed + _plain(words[end:])


def unpack(packed: bytes) -> str:
    """Return the words; raises `ValueError` for bytes that `pack` never makes."""
    words, rest = [], packed
    while rest:
        number, rest = rest[0], rest[1:]
        size, write = _WHOLE.get(number, (number, bytes.decode))
        if len(rest) < size:
            raise ValueError("cut off")
        words.append(write(rest[:size]))
        rest = rest[size:]
    return "".join(words)


def _plain(words: str) -> bytes:
    runs = [words[start : start + _LONGEST // 4].encode() for start in range(0, len(words), _LONGEST // 4)]
    return b"".join(bytes([len(run)]) + run for run in runs)


def _shape(found: re.Match[str]) -> bytes:
    """Return a shape in bytes; none where it would not be written again as it was."""
    number = {"dashed": _DASHED, "id": _ID, "instant": _INSTANT}[str(found.lastgroup)]
    try:
        if number == _INSTANT:
            raw = struct.pack(">I", int(datetime.fromisoformat(found[0]).timestamp()))
        else:
            raw = UUID(found[0]).bytes
    except (ValueError, struct.error):
        return b""
    return bytes([number]) + raw if _WHOLE[number][1](raw) == found[0] else b""
