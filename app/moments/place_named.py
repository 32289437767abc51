"""Which zone somebody means who writes a city or a country: the city of that name, else the largest one of the country,
and never the one that happens to stand first in an alphabet. Half a name that several countries have is nobody's."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from babel.core import get_global

from app.core.languages import fold, locale_of
from app.moments import words
from app.moments.local import known_zones
from app.moments.zones import zone_table

_LARGEST = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
"""Countries of which the zone data name another place first (zone.tab goes from east to west there)."""

_SHORT = {
    "drc": "CD",
    "rdc": "CD",
    "us": "US",
    "eeuu": "US",
    "ee uu": "US",
    "eua": "US",
    "uae": "AE",
    "eau": "AE",
    "palestina": "PS",
    "palestine": "PS",
    "sanaa": "YE",
    "rio": "BR",
    "rio de janeiro": "BR",
}
"""What people write for a country, or for a city on its largest one's clock, and no table of names has; as `_plain`."""

_EXACT = 1
"""The last rank of `_rank` at which a name is whole."""

_PART = 4
"""So many letters at least a part of a name has: shorter ones stand in the middle of many."""

_SIGNS = str.maketrans(dict.fromkeys("'’‘ʼʻʹ`´.", "") | dict.fromkeys("-‐‑–—_", " "))
"""People leave out apostrophes and dots, and write a blank for a hyphen."""


def _plain(name: str) -> str:
    return " ".join(fold(name.translate(_SIGNS)).split())


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, str], ...]:
    """Return (zone, country): of each country its largest place first, then the others as the zone data have them."""
    rows = [(zone, country) for country, _coordinates, zone in zone_table()]
    first = {country: zone for zone, country in reversed(rows)} | _LARGEST
    return tuple(sorted(rows, key=lambda row: first[row[1]] != row[0]))


@lru_cache(maxsize=16)
def _names(language: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return (zone, names of its city, name of its country) in a language, plain."""
    territories = locale_of(language).territories
    return tuple(
        (
            zone,
            tuple(_plain(name) for name in (words.place(zone, language), words.seat(zone, language)) if name),
            _plain(str(territories.get(country, country))),
        )
        for zone, country in _zones()
    )


@lru_cache(maxsize=16)
def _continents(language: str) -> frozenset[str]:
    """Return the names of continents and their parts in a language, and those that IANA zones begin with; plain."""
    named = [str(name) for code, name in locale_of(language).territories.items() if code.isdigit()]
    return frozenset(map(_plain, [*named, *(zone.split("/")[0] for zone, _country in _zones())]))


def zone_named(text: str, languages: Collection[str]) -> str | None:
    """Return the zone of a place that is written in one of these languages, or by its IANA name: a city of just that
    name, a country of just that name (which the old IANA names for countries mean too), then what begins so, then what
    holds the words. A code that is an IANA name and one of a country ("EST") is the former. None where nothing is
    meant, or where what begins so, or holds the words, lies in several countries ("Korea"), is very short ("EU") or
    may as well be a continent ("America", "South")."""
    wanted = _plain(text)
    country = "" if text in known_zones() else _country_called(wanted)
    found: list[tuple[int, int, str]] = []
    for language in languages:
        for place, (zone, cities, of_country) in enumerate(_names(language)):
            if (rank := _rank(wanted, cities, of_country)) is not None:
                found.append((rank, place, zone))
    found += [(_EXACT, place, zone) for place, (zone, code) in enumerate(_zones()) if code == country]
    nearest = min(found) if wanted and found else None
    if nearest is not None and nearest[0] <= _EXACT:
        return nearest[2]
    if text in known_zones():
        return text
    is_part = len(wanted) >= _PART and not _begins_a_continent(wanted, languages)
    return nearest[2] if nearest is not None and is_part and _is_one_country(found, nearest[0]) else None


def _begins_a_continent(wanted: str, languages: Collection[str]) -> bool:
    return any(name.startswith(wanted) for language in languages for name in _continents(language))


def _is_one_country(found: Collection[tuple[int, int, str]], rank: int) -> bool:
    """Whether all places that come equally near lie in the same country."""
    country_of = dict(_zones())
    return len({country_of[zone] for at, _place, zone in found if at == rank}) == 1


def _country_called(wanted: str) -> str:
    """Return the code of a country that is written by a short name or by three letters; "" for all else."""
    aliases: list[str] = get_global("territory_aliases").get(wanted.upper(), [])
    return _SHORT.get(wanted, aliases[0] if len(aliases) == 1 else "")


def _rank(wanted: str, cities: Collection[str], country: str) -> int | None:
    """Return how near a place comes to what was written, 0 the nearest; None where it does not."""
    tests = (
        wanted in cities,
        wanted == country,
        any(city.startswith(wanted) for city in cities),
        country.startswith(wanted),
        any(wanted in city for city in cities) or wanted in country,
    )
    return next((rank for rank, is_so in enumerate(tests) if is_so), None)
