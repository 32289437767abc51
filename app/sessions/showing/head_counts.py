"""Counts of people behind screens as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.people import queries as people
from app.sessions import policy, queries
from app.sessions.models import Gathering, HeadCount


@dataclass(frozen=True, slots=True)
class CountShown:
    """One count with the name of who counted ("" where it is not known any more) and of the organisation."""

    row: HeadCount
    by: Any
    organisation: Any
    may_change: bool


def shown_counts(actor: Actor, gathering: Gathering) -> list[CountShown]:
    """Return the counts of a gathering. Whoever reads them takes part, as do those who counted: they know each other by
    name."""
    rows = queries.list_head_counts(gathering)
    hands = {row.counted_by for row in rows if row.counted_by is not None}
    by = people.names_shown(actor, hands, frozenset(hands))
    named = names_of("organisation", {row.organisation_id for row in rows if row.organisation_id}, page_language())
    return [
        CountShown(
            row,
            by.get(row.counted_by, "") if row.counted_by else "",
            named.get(row.organisation_id, "") if row.organisation_id else "",
            policy.can_change_head_count(actor, row),
        )
        for row in rows
    ]


def may_count_now(actor: Actor, gathering: Gathering, now: datetime) -> bool:
    """Whether a form is worth showing: the service says why where it is not."""
    opens, closes = policy.claim_window(gathering)
    return (
        policy.takes_place(gathering) and opens <= now and (now <= closes or policy.can_lead_session(actor, gathering))
    )
