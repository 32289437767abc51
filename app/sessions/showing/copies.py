"""What the form of a copy proposes, and what is said of one that was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.context import page_language
from app.core.languages import locale_of


def names_of_copy(names: Mapping[str, str]) -> dict[str, str]:
    """Return names that tell a copy from its original, each marked in its own language."""
    return {language: _marked(text, language) for language, text in names.items()}


def _marked(text: str, language: str) -> str:
    with force_locale(language):
        # I18N: name proposed for the copy of a track or a phase: "Climate justice (copy)"
        return str(_("%(name)s (copy)", name=text))


def names_for_years(names: Mapping[str, str], old: tuple[int, int], new: tuple[int, int]) -> dict[str, str]:
    """Return the names with the new years in the place of the old ones ("2024–2026", "2024/26"); a name without years
    is marked as that of a copy."""
    years = {str(was): str(is_now) for was, is_now in zip(old, new, strict=True)}
    short = rf"{old[0]}(?P<between>\s?[-–/]\s?){old[1] % 100:02d}"
    pattern = re.compile(rf"(?<!\d)(?:{short}|{'|'.join(years)})(?!\d)")

    def renewed(found: re.Match[str]) -> str:
        between = found.group("between")
        return f"{new[0]}{between}{new[1] % 100:02d}" if between else years[found.group()]

    changed = {language: pattern.sub(renewed, text) for language, text in names.items()}
    return {
        language: text if text != names[language] else _marked(text, language) for language, text in changed.items()
    }


def remark_on_weekday(was: date | None, first_day: date | None) -> str:
    """Return a sentence where the sessions of a copy fall on another day of the week than those of the original."""
    if was is None or first_day is None or was.weekday() == first_day.weekday():
        return ""
    days = [str(format_date(day, "cccc", locale=locale_of(page_language()))) for day in (first_day, was)]
    # I18N: said after a copy was made; the two are days of the week
    return str(
        _("Mind the day of the week: the first session is on %(day)s, not on %(was)s.", day=days[0], was=days[1])
    )
