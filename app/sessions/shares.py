"""Numbers of people on public pages: groups below five are not counted out, so that nobody is pointed at (R-31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALLEST = 5

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Shares(Generic[Key]):
    """`shown`: groups with their numbers, largest first. `hidden`: groups that are named without a number."""

    shown: list[tuple[Key, int]]
    hidden: list[Key]


def share_out(counts: Mapping[Key, int], *, exact: bool = False) -> Shares[Key]:
    """Return which groups may be numbered. Groups below five are hidden; where the hidden ones together are fewer than
    five, the smallest shown one is hidden too, so that subtracting from the total tells nothing."""
    ordered = sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: -pair[1])
    if exact:
        return Shares(ordered, [])
    shown = [pair for pair in ordered if pair[1] >= SMALLEST]
    hidden = [pair for pair in ordered if pair[1] < SMALLEST]
    while shown and hidden and (len(hidden) < 2 or sum(count for _key, count in hidden) < SMALLEST):
        hidden.insert(0, shown.pop())
    return Shares(shown, [key for key, _count in hidden])
