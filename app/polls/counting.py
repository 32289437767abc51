"""The figures of a poll, pure: how many persons chose each option, for how many organisations, from how many regions.
The three are never added together; and where several options may be chosen, the options are not added up either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it is counted. A person without an organisation or a region counts as a person alone."""

    choices: frozenset[UUID]
    organisation: UUID | None = None
    region: UUID | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Three figures about the same answers."""

    persons: int
    organisations: int
    regions: int


def figure_of(answers: Iterable[Answered]) -> Figure:
    """Count the answers, and of how many organisations and regions they are."""
    rows = list(answers)
    organisations = {row.organisation for row in rows} - {None}
    regions = {row.region for row in rows} - {None}
    return Figure(len(rows), len(organisations), len(regions))


def count(options: Sequence[UUID], answers: Sequence[Answered]) -> dict[UUID, Figure]:
    """Return the figures of every option, chosen or not, in their order."""
    return {option: figure_of(row for row in answers if option in row.choices) for option in options}
