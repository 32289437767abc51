"""The shelf of a group: laid out by those who take part in its work, for its people or for whoever knows of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import searching, slots
from app.core.actors import NETWORK, PUBLIC, Actor
from app.extensions import db
from app.materials import shelves
from app.materials.pages import mount, room
from app.materials.queries import list_materials
from app.materials.shelves import Choice, Reach, ShelfKind, Words
from app.workinggroups import events
from app.workinggroups.blueprint import blueprint
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupMaterial, WorkingGroup
from app.workinggroups.policy import is_inside
from app.workinggroups.queries import get_visible_group, is_known
from app.workinggroups.services import lock_group

MOST_IN_ROOM = 6
"""So many lines stand on the page of a group, which has many rooms; the rest is in the list."""


class GroupReaders(StrEnum):
    """Who reads material of a group. The safest first, as on the page."""

    GROUP = "group"
    KNOWN = "known"


def seen(actor: Actor) -> sa.ColumnElement[bool]:
    """Material is seen with its group: what is for everybody who knows of the group follows by itself when the group is
    shown to others than before."""
    return sa.exists().where(WorkingGroup.id == GroupMaterial.group_id, is_known(actor))


def reach(ids: list[UUID]) -> dict[UUID, Reach]:
    """Return what `seen` asks of many materials, as one key for each. Whoever is inside knows of the group."""
    rows = db.session.execute(
        sa.select(
            GroupMaterial.id, GroupMaterial.group_id, GroupMaterial.audience, WorkingGroup.audience.label("known")
        )
        .join(WorkingGroup, WorkingGroup.id == GroupMaterial.group_id)
        .where(GroupMaterial.id.in_(ids))
    )
    return {
        row.id: Reach(row.known if row.audience == PUBLIC else row.audience, ("group", row.group_id)) for row in rows
    }


def _who_knows(group: WorkingGroup) -> Any:
    if group.audience == PUBLIC:
        return _l("Today that is anybody on the web.")
    if group.audience == NETWORK:
        return _l("Today that is everybody of the network.")
    return _l("Today that is its own people and whoever is invited.")


SHELF = ShelfKind(
    model=GroupMaterial,
    owner=WorkingGroup,
    shelf_id=GroupMaterial.group_id,
    root="/groups",
    section="workinggroups",
    adding="workinggroups.contribute",
    editing="workinggroups.edit_material",
    readers=(
        Choice(
            GroupReaders.GROUP,
            group_key,
            _l("People of this group"),
            lambda _group: _l("Signed in, as long as they belong to it, observers too"),
        ),
        Choice(GroupReaders.KNOWN, lambda _group_id: PUBLIC, _l("Everybody who knows of the group"), _who_knows),
    ),
    words=Words(
        lead=_l("What the group gives to read, see and use."),
        whole=_l("What is here"),
        nothing=_l("Nothing to read for this group yet."),
        back=_l("Back to the group"),
    ),
    get_visible=get_visible_group,
    seen=seen,
    reach=reach,
    lock=lock_group,
)

mount(blueprint, SHELF)


def of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The room for those inside."""
    return room(actor, group, list_materials(actor, group), most=MOST_IN_ROOM)


def on_handover_sheet(actor: Actor, *, group: WorkingGroup) -> Markup:
    """What there is to know; an empty shelf is no news to whoever takes over."""
    found = list_materials(actor, group)
    return room(actor, group, found, most=MOST_IN_ROOM) if found else Markup("")


def of_group_from_outside(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The room for others who know of the group; those inside have the one above."""
    return Markup("") if is_inside(actor, group) else of_group(actor, group=group)


def _on_readers(group: WorkingGroup, **_more: Any) -> None:
    """A group that is shown to others than before takes along what is for everybody who knows of it."""
    of_group = sa.select(GroupMaterial.id).where(GroupMaterial.group_id == group.id)
    searching.changed("material", db.session.scalars(of_group))


def register() -> None:
    shelves.register(SHELF)
    slots.fill("workinggroups.group", "materials", of_group, order=60)
    slots.fill("workinggroups.handover", "materials", on_handover_sheet, order=60)
    slots.fill("workinggroups.group_public", "materials", of_group_from_outside, order=60)
    events.group_changed.connect(_on_readers)
