"""Reading material. It is seen by whoever holds its audience and sees the track, and the session, it belongs to: public
material of a draft is not seen, and follows by itself when the track is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, lazyload

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.materials.models import Material
from app.moments.models import Moment
from app.sessions.models import LearningSession, Track


def _visible(actor: Actor) -> sa.Select[Any]:
    sees_session = sa.or_(Material.session_id.is_(None), visible_to(actor, Moment.audience))
    return (
        sa.select(Material)
        .join(Track, Track.id == Material.track_id)
        .outerjoin(LearningSession, LearningSession.id == Material.session_id)
        .outerjoin(Moment, Moment.id == LearningSession.moment_id)
        .options(contains_eager(Material.track).lazyload(Track.phase), lazyload(Material.session))
        .where(visible_to(actor, Material.audience), visible_to(actor, Track.audience), sees_session)
    )


def get_visible_material(actor: Actor, material_id: UUID) -> Material:
    """Return material the actor sees; raises `NotFound`."""
    material: Material | None = db.session.scalar(_visible(actor).where(Material.id == material_id))
    if material is None:
        raise NotFound
    return material


def list_visible(actor: Actor, material_ids: Iterable[UUID]) -> Sequence[Material]:
    """Return those of many materials that the actor sees."""
    return db.session.scalars(_visible(actor).where(Material.id.in_(list(material_ids)))).unique().all()


def list_materials(actor: Actor, track_id: UUID) -> Sequence[Material]:
    """Return the material of a track and of all its sessions, each group in its order."""
    return _listed(_visible(actor).where(Material.track_id == track_id))


def list_of_session(actor: Actor, session_id: UUID) -> Sequence[Material]:
    """Return the material of one session, in its order."""
    return _listed(_visible(actor).where(Material.session_id == session_id))


def _listed(statement: sa.Select[Any]) -> Sequence[Material]:
    return db.session.scalars(statement.order_by(Material.position, Material.added_at, Material.id)).unique().all()
