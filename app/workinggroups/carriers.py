"""Which organisations carry a group: packages above say it here, without groups knowing their tables."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from app.workinggroups.models import WorkingGroup

Provider = Callable[[WorkingGroup], set[UUID]]

_providers: dict[str, Provider] = {}


def register(package: str, provider: Provider) -> None:
    """Let a package say which organisations carry a group now."""
    _providers[package] = provider


def carriers_of(group: WorkingGroup) -> set[UUID]:
    """Return the organisations that carry a group; none in a house where groups are not carried."""
    return {organisation_id for provider in _providers.values() for organisation_id in provider(group)}
