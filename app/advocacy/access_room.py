"""The room on the page of an organisation: what status it has with which body, from when to when, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.advocacy.access import holds_on
from app.advocacy.models import OrganisationAccess
from app.advocacy.queries.access import list_access_of
from app.advocacy.words import STANDINGS
from app.core import clock, slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.permissions import can
from app.core.slots import rendered
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


def access_of_organisation(actor: Actor, *, organisation: Organisation, **_more: Any) -> Markup:
    """What it has been granted; for whoever keeps it, the way to note more."""
    keeps, today = can(actor, "advocacy.keep_access", organisation), clock.now().date()
    rows = list_access_of(organisation)
    if not rows and not keeps:
        return Markup("")
    lines = [AccessLine(row, STANDINGS[row.standing], days_words(row), holds_on(row, today)) for row in rows]
    now, other = [line for line in lines if line.is_now], [line for line in lines if not line.is_now]
    return rendered("advocacy/access_room.html", organisation=organisation, lines=now, others=other, keeps=keeps)


def fill() -> None:
    slots.fill("people.organisation", "advocacy", access_of_organisation, order=20)
