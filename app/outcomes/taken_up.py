"""Who goes on with an outcome: packages above say it here, for many at once, without outcomes knowing their tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card

Provider = Callable[[Actor, list[UUID]], dict[UUID, list[Card]]]
"""From outcomes to the cards of those who took them up, as far as the actor knows of them."""

_providers: dict[str, Provider] = {}


def register(package: str, provider: Provider) -> None:
    """Let a package say who took outcomes up."""
    _providers[package] = provider


def taken_up_by(actor: Actor, outcome_ids: list[UUID]) -> dict[UUID, list[Card]]:
    """Return who took each of these outcomes up; as many questions to the database as there are providers."""
    found: dict[UUID, list[Card]] = defaultdict(list)
    if outcome_ids:
        for provider in _providers.values():
            for outcome_id, cards in provider(actor, outcome_ids).items():
                found[outcome_id] += cards
    return found
