"""What other packages print of groups they do not know: title, address, state."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.extensions import db
from app.workinggroups.addresses import group_path
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import is_known


def describe_groups(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Groups the actor knows of; the state is the group's."""
    rows = db.session.execute(
        sa.select(WorkingGroup.id, WorkingGroup.slug, WorkingGroup.state).where(
            WorkingGroup.id.in_(ids), is_known(actor)
        )
    ).all()
    names = names_of("group", [group_id for group_id, _slug, _state in rows], page_language())
    return {
        group_id: Card(names[group_id].text, group_path(slug), names[group_id].language, state.value)
        for group_id, slug, state in rows
    }
