"""Places to choose from and the reader's own: zones under the names of their cities, never as bare offsets.

The reader's zone is the account's for people, and for visitors the one they picked, kept in a cookie. Who is signed
in and picks another one on this device (on a journey, say) keeps it here without changing the account.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from babel.core import get_global
from flask import has_request_context, request

from app.core.context import page_language, signed_in
from app.core.languages import comma, fold, locale_of
from app.core.mails import reader
from app.core.views import bears
from app.moments import words
from app.moments.local import UnknownZone, known_zones, zone_info

__all__ = ["COOKIE", "UnknownZone", "check_zone", "cookie_value", "place_of", "reader_zone", "zone_choices"]

COOKIE = "maloca_zone"

AREAS = ("002", "019", "142", "150", "009", "AQ")
"""Africa, Americas, Asia, Europe, Oceania, Antarctica: codes by which CLDR knows their names."""

_AREA_OF_PREFIX = {
    "Africa": "002",
    "America": "019",
    "Asia": "142",
    "Europe": "150",
    "Arctic": "150",
    "Australia": "009",
    "Pacific": "009",
    "Antarctica": "AQ",
}

_AREA_OF_COUNTRY = {
    **dict.fromkeys(("CV", "SH", "KM", "MG", "MU", "RE", "SC", "YT", "TF"), "002"),
    **dict.fromkeys(("BM", "FK", "GS"), "019"),
    **dict.fromkeys(("MV", "IO"), "142"),
    **dict.fromkeys(("ES", "FO", "IS", "PT"), "150"),
    **dict.fromkeys(("CC", "CX"), "009"),
}
"""Islands of the Atlantic and of the Indian Ocean, whose zones are named for the ocean."""


@lru_cache(maxsize=1)
def zone_table() -> tuple[tuple[str, str, str], ...]:
    """Return (country, coordinates as in ISO 6709, zone) of every inhabited place of the pinned zone data."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((country, coordinates, zone) for country, coordinates, zone, *_comment in rows)


@lru_cache(maxsize=1)
def _inhabited() -> tuple[tuple[str, str, str], ...]:
    """Return (zone, country, area) of every place people may choose."""
    found = []
    for country, _coordinates, zone in zone_table():
        prefix = zone.split("/", maxsplit=1)[0]
        found.append((zone, country, _AREA_OF_PREFIX.get(prefix) or _AREA_OF_COUNTRY[country]))
    return tuple(found)


@lru_cache(maxsize=1)
def _country_by_zone() -> dict[str, str]:
    return {zone: country for zone, country, _area in _inhabited()}


def country_of(zone: str) -> str:
    """Return the country a zone lies in; "" for UTC and for old names."""
    return _country_by_zone().get(zone, "")


def zones_in(countries: Collection[str]) -> frozenset[str]:
    """Return the zones that lie in some countries, under their old names too."""
    new_names = get_global("zone_aliases")
    return frozenset(zone for zone in known_zones() if country_of(new_names.get(zone, zone)) in countries)


def zone_of_country(country: str) -> str:
    """Return the one zone of a country; "" for a country with several, and for none."""
    zones = [zone for zone, its_country in _country_by_zone().items() if its_country == country]
    return zones[0] if len(zones) == 1 else ""


def place_of(zone: str, language: str | None = None) -> str:
    """Return the name of a zone's city in a language (that of the page unless said)."""
    return words.place(zone, language or page_language())


_PLACE_ALONE = {"Asia/Jerusalem", "Europe/Simferopol"}
"""Places that stand without a country: the table files them under a state that many of the people who live there do
not call theirs. Whoever picks a clock is not asked to sign whose land it is; a search by country still finds them."""


def _label(zone: str, language: str, country: str) -> str:
    """Return "Nairobi (Kenya)"; the seat of international bodies that goes by the same clock stands beside its city."""
    city = words.place(zone, language)
    named = comma(language).join(filter(None, (city, words.seat(zone, language))))
    return named if zone in _PLACE_ALONE or fold(city) == fold(country) else f"{named} ({country})"


@lru_cache(maxsize=16)
def _choices(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    territories = locale_of(language).territories
    groups: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    for zone, country, area in _inhabited():
        groups[area].append((zone, _label(zone, language, str(territories.get(country, country)))))
    sorted_groups = [
        (str(territories[area]), tuple(sorted(groups[area], key=lambda choice: fold(choice[1])))) for area in AREAS
    ]
    return (*sorted_groups, ("UTC", (("UTC", "UTC"),)))


def zone_choices(language: str) -> dict[str, dict[str, str]]:
    """Return part of the world → {zone: "Nairobi (Kenya)"}, in the order of the language."""
    return {area: dict(places) for area, places in _choices(language)}


@lru_cache(maxsize=16)
def _search_texts(language: str) -> dict[str, str]:
    """Zone → what it is found by: its names in the language and in English, and its IANA name."""
    texts: dict[str, str] = {}
    for spoken in dict.fromkeys((language, "en")):
        territories = locale_of(spoken).territories
        for _area, places in _choices(spoken):
            for zone, label in places:
                country = territories.get(country_of(zone), "")
                texts[zone] = f"{texts.get(zone, zone.replace('_', ' '))} {label} {country}"
    return {zone: fold(text) for zone, text in texts.items()}


def search_zones(text: str, language: str) -> dict[str, dict[str, str]]:
    """Return the choices found by city or country, in the language or in English, or by IANA name; case and accents
    apart."""
    wanted, texts = fold(text.replace("_", " ")), _search_texts(language)
    found = {
        area: {zone: label for zone, label in places if wanted in texts[zone]} for area, places in _choices(language)
    }
    return {area: places for area, places in found.items() if places}


def check_zone(text: str) -> str:
    """Return the IANA name as the zone data write it; raises `UnknownZone` (at the field `zone`)."""
    text = text.strip()
    by_fold = {zone.casefold(): zone for zone in known_zones()} if text not in known_zones() else {}
    name = by_fold.get(text.casefold(), text)
    zone_info(name)
    return name


def cookie_value(zone: str, person_id: UUID | None) -> str:
    """Return what the cookie keeps: the zone, and for whom it was picked where somebody is signed in."""
    return f"{zone}:{person_id.hex}" if person_id else zone


def reader_zone() -> str | None:
    """Return the zone hours are shown in first: picked by this person on this device, the account's, the visitor's
    pick; None where nothing is known, and outside a request. Where no cookie is read, it is what the address says
    (`?zone=`). In a mail it is the zone of whom it goes to, and never that of a request."""
    contact = reader()
    if contact is not None:
        return contact.zone if contact.zone in known_zones() else None
    if not has_request_context():
        return None
    if bears("without_cookies"):
        return next((zone for zone in (request.args.get("zone", ""),) if zone in known_zones()), None)
    person = signed_in()
    picked, _, picked_by = request.cookies.get(COOKIE, "").partition(":")
    own = person is not None and picked_by == person.person_id.hex
    account = person.zone if person else ""
    candidates = (picked, account) if own else (account, "" if picked_by else picked)
    return next((zone for zone in candidates if zone in known_zones()), None)
