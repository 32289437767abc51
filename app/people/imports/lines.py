"""One line understood: from cells to what will be said of a person, or the first reason why not.

Words are read as people write them, in the languages of the pages: countries by name or code, languages by name,
Member and Membre alike. What could mean two things is refused, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from babel import Locale

from app.core.errors import RuleBroken
from app.core.languages import find_tag, fold, one_line
from app.moments.zones import check_zone
from app.people.addresses import Address, read_address
from app.people.imports.refusals import LineRefused
from app.people.imports.table import REPLACED, Line
from app.people.models import AffiliationKind, Gender
from app.people.written_names import check_name

Value = TypeVar("Value")

LENGTHS = {"name": 160, "family_name": 160, "name_latin": 160, "email": 254, "place": 120, "organisation": 400}
LONGEST = 400

GENDERS = {
    Gender.WOMAN: "woman female f w femme feminin mujer femenino mulher feminino امراة انثى",
    Gender.MAN: "man male m h homme masculin hombre masculino homem رجل ذكر",
    Gender.OTHER: "other o x autre otro otra outro outra non-binary nonbinary non-binaire اخر",
    Gender.UNDISCLOSED: "undisclosed",
}
KINDS = {
    AffiliationKind.MEMBER: "member membre adherent adherente adherent·e adherent-e adherent(e) miembro membro عضو",
    AffiliationKind.FRIEND: "friend ami amie ami·e ami-e ami(e) amigo amiga amigo/a amiga/o amiga-o صديق صديقة",
    AffiliationKind.ALLY: "ally allie alliee allie·e allie-e allie(e) aliado aliada aliado/a aliada/o aliada-o "
    "حليف حليفة",
}
_SPACED_LANGUAGES = re.compile(r"[,;/|،\n]+")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2}))?")
_EUROPEAN_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one line says of a person. `organisation` and `region` are still names; `kind` is None where no affiliation
    is meant."""

    number: int
    name: str
    name_latin: str = ""
    address: Address | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    region: str = ""
    place: str = ""
    zone: str = ""
    gender: Gender | None = None
    organisation: str = ""
    kind: AffiliationKind | None = None
    since: date | None = None


def understand(line: Line, columns: dict[str, int], *, headings: int) -> Said:
    """Return what a line says. Raises `LineRefused` with the first thing that is wrong, from left to right."""
    if line.is_broken:
        raise LineRefused("quote")
    if any(line.cells[headings:]):
        raise LineRefused("more_cells")
    cells = {field: _cell(line, field, place) for field, place in columns.items()}
    name = one_line(f"{cells.get('name', '')} {cells.get('family_name', '')}")
    if not name:
        raise LineRefused("missing", "name")
    organisation = cells.get("organisation", "")
    kind = _read(cells, "kind", lambda text: _coded(KINDS, text, "kind"))
    return Said(
        number=line.number,
        name=_read({"name": name}, "name", _name) or "",
        name_latin=_read(cells, "name_latin", _name) or "",
        address=_read(cells, "email", _address),
        languages=_read(cells, "languages", _languages) or (),
        country=_read(cells, "country", _country),
        region=cells.get("region", ""),
        place=_read(cells, "place", _name) or "",
        zone=_read(cells, "zone", check_zone) or "",
        gender=_read(cells, "gender", lambda text: _coded(GENDERS, text, "gender")),
        organisation=_read(cells, "organisation", _name) or "",
        kind=kind or (AffiliationKind.FRIEND if organisation else None),
        since=_read(cells, "since", _day),
    )


def _cell(line: Line, field: str, place: int) -> str:
    text = one_line(line.cells[place]) if place < len(line.cells) else ""
    if REPLACED in text:
        raise LineRefused("unreadable", field)
    if len(text) > LENGTHS.get(field, LONGEST):
        raise LineRefused("too_long", field)
    return text


def _read(cells: dict[str, str], field: str, reader: Callable[[str], Value]) -> Value | None:
    """Read one cell; an empty one says nothing. What the reader refuses is a reason of the same name."""
    text = cells.get(field, "")
    if not text:
        return None
    try:
        return reader(text)
    except (RuleBroken, ValueError):
        code = {"name_latin": "name", "place": "name", "organisation": "name", "languages": "language"}.get(field)
        raise LineRefused(code or field, field) from None


def _name(text: str) -> str:
    check_name(text)
    if len(text) > 400:
        raise ValueError(text)
    return text


def _address(text: str) -> Address:
    return read_address(text.removeprefix("mailto:"))


def _languages(text: str) -> tuple[str, ...]:
    tags = [find_tag(part) for part in _SPACED_LANGUAGES.split(text) if part.strip()]
    if None in tags or len(tags) > 20:
        raise ValueError(text)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in ("en", "fr", "es", "pt", "ar"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                known.setdefault(fold(name), code)
                known.setdefault(code.casefold(), code)
    return known


def _country(text: str) -> str:
    code = _countries().get(fold(text))
    if code is None:
        raise ValueError(text)
    return code


def _coded(codes: dict[Value, str], text: str, field: str) -> Value:
    wanted = fold(text)
    for code, words in codes.items():
        if wanted in words.split():
            return code
    raise ValueError(field)


def _day(text: str) -> date:
    """2024-03-31, 2024, 31.03.2024 or 31/3/2024; a day that could be a month as well is refused."""
    if (found := _DAY.fullmatch(text)) is not None:
        return _sensible(date(int(found[1]), int(found[2] or 1), int(found[3] or 1)))
    if (found := _EUROPEAN_DAY.fullmatch(text)) is None:
        raise ValueError(text)
    day, month = int(found[1]), int(found[3])
    if found[2] != "." and day <= 12 and day != month:
        raise ValueError(text)
    return _sensible(date(int(found[4]), month, day))


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2100:
        raise ValueError(day)
    return day
