"""The map as the front page shows it: lit land, organisations by region, and the hour in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.names import Name, names_of
from app.home.atlas.grid import HEIGHT, WIDTH
from app.home.atlas.light import Cloth, cloth_at
from app.moments import words
from app.moments.local import in_zone
from app.people.queries.regions import count_organisations, list_regions

IN_THE_SEA = frozenset({"LAC", "NAM", "EUR", "MENA", "SSA", "ASP"})
"""Regions whose number has its place in the sea beside them (`.sea-…` in the stylesheet). A house that names other
regions reads the numbers below the map."""


@dataclass(frozen=True, slots=True)
class RegionNumber:
    """How many organisations of one region are on the public list. Organisations, not people: nothing is masked."""

    code: str
    name: Name
    count: int


@dataclass(frozen=True, slots=True)
class WovenMap:
    """`hour` and `day` are those of the light, in universal time; `is_of_session` where they are a session's."""

    cloth: Cloth
    numbers: list[RegionNumber]
    hour: str
    day: str
    is_of_session: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def stands_in_the_sea(self) -> bool:
        return all(number.code in IN_THE_SEA for number in self.numbers)


def woven_map(instant: datetime, language: str, *, is_of_session: bool) -> WovenMap:
    """Return the map by the light of one instant, in two queries."""
    utc = in_zone(instant, "UTC")
    return WovenMap(
        cloth_at(instant),
        organisations_by_region(language),
        hour=words.hour(utc),
        day=words.day(utc.date(), language),
        is_of_session=is_of_session,
    )


def organisations_by_region(language: str) -> list[RegionNumber]:
    """Return the regions that have organisations, in the network's own order."""
    counts = count_organisations()
    regions = [region for region in list_regions() if counts.get(region.id)]
    names = names_of("region", [region.id for region in regions], language)
    return [RegionNumber(region.code, names[region.id], counts[region.id]) for region in regions]
