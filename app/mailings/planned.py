"""What will be told later and is no notice yet, for the log: packages that plan ahead say it here.

A provider returns what is due next, soonest first, without anybody's words: when, about which topic, of which thing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Planned:
    """Something due at an instant: the topic of its mails, and the thing it is about, as `registries.cards` knows."""

    due_at: datetime
    topic: str
    subject_kind: str
    subject_id: UUID


Provider = Callable[[Actor, datetime, int, str], list[Planned]]
"""Given who reads, now, how many at most, and the code of the topic that is looked for, "" for all."""

_providers: dict[str, Provider] = {}


def register(package: str, provider: Provider) -> None:
    _providers[package] = provider


def list_planned(actor: Actor, *, now: datetime, limit: int, topic: str = "") -> list[Planned]:
    """Return what all packages have planned next, of all topics or of one, soonest first."""
    found = [row for provider in _providers.values() for row in provider(actor, now, limit, topic)]
    return sorted(found, key=lambda row: row.due_at)[:limit]
