"""What will be told later and is no notice yet, and what was planned and told nobody, for the log: packages that plan
ahead say it here.

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
    """Something due `at` an instant, or let go at it: the topic of its mails, and the thing it is about, as
    `registries.cards` knows. `because`: why it told nobody, a code of `labels.REASONS`."""

    at: datetime
    topic: str
    subject_kind: str
    subject_id: UUID
    because: str = ""


Provider = Callable[[Actor, datetime, int, str], list[Planned]]
"""Given who reads, now, how many at most, and the code of the topic that is looked for, "" for all."""

LetGo = Callable[[Actor, datetime | None, int, str], list[Planned]]
"""Given who reads, since when (None: ever), and the same."""

_providers: dict[str, Provider] = {}
_let_go: dict[str, LetGo] = {}


def register(package: str, provider: Provider, let_go: LetGo) -> None:
    _providers[package], _let_go[package] = provider, let_go


def list_planned(actor: Actor, *, now: datetime, limit: int, topic: str = "") -> list[Planned]:
    """Return what all packages have planned next, of all topics or of one, soonest first."""
    found = [row for provider in _providers.values() for row in provider(actor, now, limit, topic)]
    return sorted(found, key=lambda row: row.at)[:limit]


def list_let_go(actor: Actor, *, since: datetime | None, limit: int, topic: str = "") -> list[Planned]:
    """Return what packages had planned and told nobody of, of all topics or of one; of each package the newest
    first."""
    return [row for provider in _let_go.values() for row in provider(actor, since, limit, topic)]
