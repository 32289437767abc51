"""Days, hours and places in words, by CLDR, in the language of a page. Pure: no reader, no moment, no zone data.

Western digits everywhere (Arabic too) and the 24-hour clock, so that an hour read aloud on the telephone is the same
for everybody. English is written as in most of the world: the day before the month.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, get_timezone_location, parse_pattern

from app.core.languages import direction, locale_of

_FRENCH_FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d])")
"""CLDR writes "1 décembre" where people write "1er décembre"."""

_CONTRACTED = {"à": "au", "À": "Au", "de": "du", "De": "Du"}
_ARTICLE_AFTER = re.compile(r"(?<!\w)([Àà]|[Dd]e) (<bdi[^>]*>)?Le(s?) (?=\w)")
"""French draws a preposition and the article of a city together: "à Le Caire" is said "au Caire"."""

_PORTUGUESE = {"em": "no", "Em": "No", "de": "do", "De": "Do"}
_CITY_WITH_ARTICLE = re.compile(r"(?<!\w)([Ee]m|[Dd]e) (<bdi[^>]*>)?(?=(Cairo|Panamá|Cidade do)\b)")
"""Portuguese says "no Cairo" and "na Cidade do México", though CLDR names these cities without their articles."""

_ENGLISH = {"EEEEdMMMMy": "EEEE d MMMM y", "EEEEdMMMM": "EEEE d MMMM"}


def _pattern(language: str, *names: str) -> str:
    skeletons = locale_of(language).datetime_skeletons
    return next(str(skeletons[name]) for name in names if name in skeletons)


@lru_cache(maxsize=16)
def months(language: str) -> dict[int, str]:
    """Return the names of the months by their number. Arabic has both its names, as United Nations documents write
    them: that of Beirut and Baghdad, then that of Cairo and Sana'a. Word joiners keep a line from ending at the bar."""
    names = dict(locale_of(language).months["stand-alone"]["wide"])
    if locale_of(language).language == "ar":
        beirut = Locale("ar", "LB").months["format"]["wide"]  # its stand-alone ones are those of Cairo
        return {number: f"{beirut[number]}\u2060/\u2060{name}" for number, name in names.items()}
    return names


def _written(day: date, pattern: str, locale: Locale) -> str:
    text = format_date(day, pattern, locale=locale)
    if locale.language == "ar":
        return text.replace(format_date(day, "MMMM", locale=locale), months("ar")[day.month])
    return _FRENCH_FIRST.sub("1er ", text) if locale.language == "fr" else text


def hour(wall: datetime) -> str:
    """Return hours and minutes: "07:30"."""
    return f"{wall:%H:%M}"


def hour_of_utc(hour: str, language: str) -> str:
    """Return an hour that the word UTC follows, in plain words: marked where a line runs from right to left, which
    would put the word before it."""
    return f"\u200e{hour}" if direction(language) == "rtl" else hour


def stamp(instant: datetime) -> str:
    """Return an instant for tables and files, which have no reader with a clock: "2027-02-13 14:00 UTC"."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def offset(local: datetime) -> str:
    """Return how far an aware local time is from UTC: "UTC+5:30"."""
    minutes = int((local.utcoffset() or local - local).total_seconds() // 60)
    sign, minutes = ("−" if minutes < 0 else "+"), abs(minutes)
    rest = f":{minutes % 60:02d}" if minutes % 60 else ""
    return f"UTC{sign}{minutes // 60}{rest}"


@lru_cache(maxsize=4096)
def day(day: date, language: str) -> str:
    """Return "Saturday 13 February 2027"."""
    locale = locale_of(language)
    pattern = _ENGLISH["EEEEdMMMMy"] if locale.language == "en" else "full"
    return _written(day, pattern, locale)


@lru_cache(maxsize=4096)
def day_of_year(day: date, language: str) -> str:
    """Return "Saturday 13 February": where the year is plain from what stands around."""
    locale = locale_of(language)
    if locale.language == "en":
        return _written(day, _ENGLISH["EEEEdMMMM"], locale)
    full = str(parse_pattern(locale.date_formats["full"]).pattern)
    for tail in (" 'de' y", " y", "، y", ", y"):
        if full.endswith(tail):
            full = full.removesuffix(tail)
            break
    return _written(day, full, locale)


def date_of(day: date, language: str) -> str:
    """Return "13 February 2027", without the weekday: for spans of days."""
    return _written(day, "long", locale_of(language))


def date_without_year(day: date, language: str) -> str:
    """Return "13 February"."""
    return _written(day, _pattern(language, "MMMMd", "MMMd"), locale_of(language))


def month(day: date, language: str) -> str:
    """Return "March 2027"."""
    return _written(day, _pattern(language, "yMMMM", "yMMM"), locale_of(language))


def days(first: date, last: date, language: str) -> str:
    """Return "9–20 November 2026", "27 February – 31 March 2023", or one day."""
    if first == last:
        return date_of(first, language)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    intervals = locale_of(language).interval_formats
    formats = intervals.get("yMMMMd") or intervals.get("yMMMd") or {}
    parts = formats.get("d" if same_month else "M" if same_year else "y")
    if not parts:
        return f"{date_of(first, language)} – {date_of(last, language)}"
    locale = locale_of(language)
    return "".join(
        _written(end, part.replace("MMMM", "MMM").replace("MMM", "MMMM"), locale)
        for end, part in zip((first, last), parts, strict=True)
    )


def short_days(first: date, last: date, language: str, year: int) -> str:
    """Return "6 Mar" or "10–14 May", for a picture of one year: years are said where one is another. Arabic keeps one
    name of each month here, which a picture has room for."""
    skeleton = "MMMd" if (first.year, last.year) == (year, year) else "yMMMd"
    locale = locale_of(language)
    if first != last:
        return format_interval(first, last, skeleton, locale=locale)
    text = format_date(first, _pattern(language, skeleton), locale=locale)
    return _FRENCH_FIRST.sub("1er ", text) if locale.language == "fr" else text


def months_of_year(language: str) -> list[tuple[str, str, str]]:
    """Return, for each month, its name, its short name and its initial: "March", "Mar" and "M". One name in Arabic."""
    named = locale_of(language).months["stand-alone"]
    names = ((named["wide"][month], named["abbreviated"][month], named["narrow"][month]) for month in range(1, 13))
    return [(str(wide), str(short), str(initial)) for wide, short, initial in names]


@lru_cache(maxsize=1)
def _former_names() -> dict[str, tuple[str, ...]]:
    former: dict[str, tuple[str, ...]] = {}
    for old, new in get_global("zone_aliases").items():
        former[new] = (*former.get(new, ()), old)
    return former


@lru_cache(maxsize=4096)
def place(zone: str, language: str) -> str:
    """Return the name of a zone's city in the language of a page: "Nairobi", "الدار البيضاء"."""
    locale = locale_of(language)
    cities = locale.time_zones
    for name in (zone, *_former_names().get(zone, ()), get_global("zone_aliases").get(zone, "")):
        if city := cities.get(name, {}).get("city"):
            return str(city)
    return get_timezone_location(zone, locale=locale, return_city=True).rsplit("/", 1)[-1]


SEATS: dict[str, dict[str, str]] = {
    "Europe/Berlin": {"en": "Bonn", "ar": "بون"},
    "Europe/Zurich": {"en": "Geneva", "fr": "Genève", "es": "Ginebra", "pt": "Genebra", "ar": "جنيف"},
}
"""Seats of international bodies whose clock is named for another city: zone → the seat in each language in which its
name is another one. CLDR names the cities of zones alone."""


def seat(zone: str, language: str) -> str:
    """Return the seat of international bodies that goes by a zone named for another city: Geneva for that of Zurich;
    "" where there is none."""
    names = SEATS.get(zone, {})
    return names.get(language.split("-", maxsplit=1)[0], names.get("en", ""))


def city(name: str, zone: str | None, language: str) -> str:
    """Return a city in the language of a page, where its name is known: the one its zone is named for, or the seat of
    international bodies; else as it was written."""
    if zone and name in (place(zone, "en"), zone.split("/")[-1]):
        return place(zone, language)
    return next((seat(key, language) for key, names in SEATS.items() if name in names.values()), name)


def finished(sentence: str, language: str) -> str:
    """Return a sentence that got its place outside the catalogue, as its language says it."""
    match locale_of(language).language:
        case "fr":
            return contracted(sentence)
        case "pt":
            return _CITY_WITH_ARTICLE.sub(_with_article, sentence)
    return sentence


def _with_article(found: re.Match[str]) -> str:
    preposition, opening, city = found.groups()
    word = _PORTUGUESE[preposition]
    return f"{word[0]}a {opening or ''}" if city.startswith("Cidade") else f"{word} {opening or ''}"


def contracted(sentence: str) -> str:
    """Return a finished French sentence with "au Caire" where its parts gave "à Le Caire", and "du" for "de Le"; the
    place may stand in a <bdi>. Every other sentence comes back as it is."""
    return _ARTICLE_AFTER.sub(_contract, sentence)


def _contract(found: re.Match[str]) -> str:
    preposition, opening, is_plural = found.groups()
    word = _CONTRACTED[preposition]
    if is_plural:
        word = {"au": "aux", "Au": "Aux", "du": "des", "Du": "Des"}[word]
    return f"{word} {opening or ''}"
