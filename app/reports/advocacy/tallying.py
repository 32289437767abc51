"""Counting engagements, pure: what stands in which line, and how many organisations stand behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar
from uuid import UUID

from app.advocacy.models import ModeCode
from app.engagements.models import EngagementState, Result

Key = TypeVar("Key", bound=Hashable)


class Open(StrEnum):
    """Stands for an outcome where there is none."""

    NO_RESULT_YET = "no_result_yet"


@dataclass(frozen=True, slots=True)
class Signer:
    """An organisation that leads or co-signs, with where it is."""

    organisation_id: UUID
    country: str | None = None
    region_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One engagement as the report counts it. `day` is that of the submission, else the day it was planned."""

    space_id: UUID
    state: EngagementState
    day: date
    mode: ModeCode | None = None
    result: Result | None = None
    is_watch_only: bool = False
    is_gender_integrated: bool = False
    is_handed_in: bool = False
    groups: frozenset[UUID] = frozenset()
    goals: frozenset[int] = frozenset()
    signers: frozenset[Signer] = frozenset()

    @property
    def is_given_up(self) -> bool:
        return self.state is EngagementState.GIVEN_UP

    @property
    def outcome(self) -> Result | Open:
        return self.result or Open.NO_RESULT_YET

    @property
    def regions(self) -> frozenset[UUID | None]:
        return frozenset(signer.region_id for signer in self.signers)


@dataclass(frozen=True, slots=True)
class Tally:
    """Whole numbers of engagements and of different organisations and countries."""

    engagements: int = 0
    handed_in: int = 0
    organisations: int = 0
    countries: int = 0


def _any(_signer: Signer) -> bool:
    return True


def tally(of: Iterable[Undertaking], counts: Callable[[Signer], bool] = _any) -> Tally:
    """Count engagements, and of the organisations behind them those that `counts` says yes to."""
    counted = list(of)
    signers = {signer for one in counted for signer in one.signers if counts(signer)}
    return Tally(
        engagements=len(counted),
        handed_in=sum(one.is_handed_in for one in counted),
        organisations=len({signer.organisation_id for signer in signers}),
        countries=len({signer.country for signer in signers if signer.country}),
    )


def tally_by(of: Iterable[Undertaking], keys: Callable[[Undertaking], Iterable[Key]]) -> dict[Key, Tally]:
    """Count engagements in every line they stand in: in several, where they have several keys."""
    return {key: tally(lined) for key, lined in _lined_up(of, keys).items()}


def tally_by_region(of: Iterable[Undertaking]) -> dict[UUID | None, Tally]:
    """Count by region of the organisations; the line of a region counts those organisations that are there. None where
    it is not known, also where no organisation stands behind an engagement yet."""
    lined = _lined_up(of, lambda one: one.regions or {None})
    return {region: tally(those, partial(_is_of, region)) for region, those in lined.items()}


def _is_of(region: UUID | None, signer: Signer) -> bool:
    return signer.region_id == region


def _lined_up(of: Iterable[Undertaking], keys: Callable[[Undertaking], Iterable[Key]]) -> dict[Key, list[Undertaking]]:
    lined: dict[Key, list[Undertaking]] = defaultdict(list)
    for undertaking in of:
        for key in keys(undertaking):
            lined[key].append(undertaking)
    return lined
