"""What status an organisation has with which body, from when to when, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.advocacy.access import holds_on
from app.advocacy.models import OrganisationAccess
from app.advocacy.queries.access import list_access_of
from app.advocacy.words import STANDINGS
from app.core.context import page_language
from app.moments.words import date_of, days
from app.people.models import Organisation


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One status; `days` says from when to when, "" where nobody knows; `is_now`: it counts today."""

    row: OrganisationAccess
    standing: Any
    days: str
    is_now: bool


def days_words(row: OrganisationAccess) -> str:
    """Return from when to when a status counts."""
    language = page_language()
    if row.from_on and row.until_on:
        return days(row.from_on, row.until_on, language)
    if row.from_on:
        # I18N: a status counts from this day on
        return str(_("since %(day)s", day=date_of(row.from_on, language)))
    # I18N: a status counts until this day
    return str(_("until %(day)s", day=date_of(row.until_on, language))) if row.until_on else ""


def lines_of_access(organisation: Organisation, today: date) -> list[AccessLine]:
    """Return every status an organisation has or had, as its page shows them."""
    return [
        AccessLine(row, STANDINGS[row.standing], days_words(row), holds_on(row, today))
        for row in list_access_of(organisation)
    ]
