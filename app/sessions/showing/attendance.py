"""The attendance sheet as its three views show it: all, those not marked, by region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.names import names_of
from app.moments import words
from app.moments.local import local_day
from app.sessions.models import Gathering
from app.sessions.queries import SheetRow
from app.sessions.showing.head import head_of

ALL, OPEN, REGION = "all", "open", "region"
VIEWS = (ALL, OPEN, REGION)


def sheet_head(gathering: Gathering) -> dict[str, Any]:
    """Return what stands above every page about who came: whose gathering it is, its name and its day."""
    return {**head_of(gathering), "day": words.day(local_day(gathering.moment), page_language())}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; "" where there is none."""

    heading: str
    rows: list[SheetRow]


def groups_of(rows: Sequence[SheetRow], view: str) -> list[Group]:
    """Return the lines of a view."""
    if view == OPEN:
        return [Group("", [row for row in rows if not row.is_here])]
    if view != REGION:
        return [Group("", list(rows))]
    ids = {row.region_id for row in rows if row.region_id is not None}
    names = names_of("region", ids, page_language())
    ordered = sorted(ids, key=lambda region_id: names[region_id].text)
    groups = [
        Group(names[region_id].text, [row for row in rows if row.region_id == region_id]) for region_id in ordered
    ]
    rest = [row for row in rows if row.region_id is None]
    # I18N: heading over people whose region is not known
    return [*groups, *([Group(_("Region not known"), rest)] if rest else [])]
