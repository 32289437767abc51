"""Whom a date concerns, beyond those who follow its space: packages above say which occurrences their people work on.

`engagements` knows who prepares something for a session; the waiting lines of advocacy tell them when it moves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.core.actors import Actor

Concern = Callable[[Actor, datetime], set[UUID]]

_concerns: dict[str, Concern] = {}


def register(package: str, concern: Concern) -> None:
    """Register who in a package is concerned: a function that returns the occurrences a person works towards as
    somebody who can act on it."""
    _concerns[package] = concern


def occurrences_of(actor: Actor, now: datetime) -> set[UUID]:
    """Return the occurrences that this person works towards, as all packages say."""
    return set[UUID]().union(*(concern(actor, now) for concern in _concerns.values()))
