"""Which days are the weekend, by country, from CLDR: Friday and Saturday in Egypt, Saturday and Sunday in Peru."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from app.core.languages import locale_of
from app.moments.zones import country_of

SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=512)
def weekend_of(country: str) -> frozenset[int]:
    """Return the days of the weekend (0 is Monday) in a country; those of most where CLDR is silent."""
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return frozenset({SATURDAY, SUNDAY})
    first, last = int(locale.weekend_start), int(locale.weekend_end)
    return frozenset((first + place) % 7 for place in range((last - first) % 7 + 1))


def is_weekend(day: date, zone: str) -> bool:
    """Whether a day is one of the weekend where a zone is; never in UTC, where nobody lives."""
    country = country_of(zone)
    return bool(country) and day.weekday() in weekend_of(country)


def first_weekday(zone: str | None, language: str) -> int:
    """Return with which day a week begins (0 is Monday) where a zone is; as the language has it where none is known."""
    country = country_of(zone) if zone else ""
    try:
        locale = Locale.parse(f"und_{country}") if country else locale_of(language)
    except (UnknownLocaleError, ValueError):
        locale = locale_of(language)
    return int(locale.first_week_day)


def weekday(day: date, language: str) -> str:
    """Return the name of a day of the week, as a sentence begins: "Saturday"."""
    name = str(format_date(day, "cccc", locale=locale_of(language)))
    return name[:1].upper() + name[1:]
