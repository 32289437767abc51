"""What other packages print of decisions they do not know: title, address, stage."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.decisions.addresses import decision_path
from app.decisions.queries import list_readable


def describe_decisions(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Decisions of groups the actor is inside of."""
    rows = list_readable(actor, ids)
    groups = names_of("group", {row.group_id for row in rows}, page_language())
    return {
        row.id: Card(row.title, decision_path(row), row.proposal.language, row.stage.value, groups[row.group_id].text)
        for row in rows
    }
