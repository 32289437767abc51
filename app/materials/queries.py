"""Reading material. It is seen by whoever holds its audience and sees the shelf it stands on: each kind of shelf says
what that asks (`ShelfKind.seen`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.materials.models import Material, TrackMaterial
from app.materials.shelves import ShelfKind, kind_of_shelf, kinds
from app.materials.tracks import TRACKS


def _visible(actor: Actor, kind: ShelfKind) -> sa.Select[Any]:
    return sa.select(kind.model).where(visible_to(actor, kind.model.audience), kind.seen(actor))


def get_visible_material(actor: Actor, material_id: UUID) -> Material:
    """Return material the actor sees; raises `NotFound`."""
    found = list_visible(actor, [material_id])
    if not found:
        raise NotFound
    return found[0]


def list_visible(actor: Actor, material_ids: Sequence[UUID]) -> list[Material]:
    """Return those of many materials, of any kind, that the actor sees."""
    return [
        material
        for kind in kinds()
        for material in db.session.scalars(_visible(actor, kind).where(kind.model.id.in_(material_ids))).unique()
    ]


def list_materials(actor: Actor, shelf: Any) -> Sequence[Any]:
    """Return the material of a shelf and of all its parts, each part in its order."""
    kind = kind_of_shelf(shelf)
    return _listed(_visible(actor, kind).where(kind.shelf_id == shelf.id))


def list_of_session(actor: Actor, session_id: UUID) -> Sequence[TrackMaterial]:
    """Return the material of one session of a track, in its order."""
    return _listed(_visible(actor, TRACKS).where(TrackMaterial.session_id == session_id))


def _listed(statement: sa.Select[Any]) -> Sequence[Any]:
    return db.session.scalars(statement.order_by(Material.position, Material.added_at, Material.id)).unique().all()
