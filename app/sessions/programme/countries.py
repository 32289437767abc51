"""From a country's English name in the programme file to its ISO code, by CLDR."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from app.core.languages import fold

_OTHER_NAMES = {"usa": "US", "uk": "GB"}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    territories = Locale("en").territories
    return {fold(name): code for code, name in territories.items() if len(code) == 2} | _OTHER_NAMES


def countries_in(written: str) -> tuple[str, ...] | None:
    """Return the codes of the countries named, several where they stand with a stroke; None when one is unknown."""
    found = [_codes().get(fold(part)) for part in written.split("/")]
    return None if None in found else tuple(code for code in found if code is not None)


def country_code(written: str) -> str | None:
    """Return the code of exactly one country; None where the file names several or none known."""
    found = countries_in(written)
    return found[0] if found is not None and len(found) == 1 else None
