"""Who has read an hour of a gathering in mails of packages above, which say it here: they must hear of another one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from app.sessions.models import Gathering

WhoRead = Callable[[Sequence[Gathering], Collection[UUID]], set[UUID]]
"""Returns those of some people who have read an hour of one of some gatherings."""

_SAY: dict[str, WhoRead] = {}


def register(package: str, who_read: WhoRead) -> None:
    """Let a package say who has read an hour in its mails."""
    _SAY[package] = who_read


def who_read_an_hour(gatherings: Sequence[Gathering], person_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some people who have read an hour of one of some gatherings, wherever it was."""
    return set[UUID]().union(*(say(gatherings, person_ids) for say in _SAY.values()))
