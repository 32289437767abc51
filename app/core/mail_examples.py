"""Examples of mails that nobody ever got: one package invents them, another shows them, and neither knows the other."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from app.core.types import Facts

Invent = Callable[[str], Facts]
"""Makes what a mail of some kind is read from, and returns the parameters of its notice. Nothing of it may be kept:
whoever calls it does so within `database.undone_afterwards`."""


class Source(NamedTuple):
    """Of which kinds there are examples, and who invents them: those of one `Invent` are about the same things."""

    kinds: frozenset[str]
    inventor: Callable[[datetime], Invent]


_sources: dict[str, Source] = {}


def register(package: str, kinds: Collection[str], inventor: Callable[[datetime], Invent]) -> None:
    _sources[package] = Source(frozenset(kinds), inventor)


def kinds() -> set[str]:
    return {kind for source in _sources.values() for kind in source.kinds}


def inventor(now: datetime) -> Callable[[str], Facts | None]:
    """Return what invents the example of a kind, counted from an instant; None of a kind without one."""
    made = [(source.kinds, source.inventor(now)) for source in _sources.values()]

    def invent(kind: str) -> Facts | None:
        return next((one(kind) for known, one in made if kind in known), None)

    return invent
