"""The shelf of an engagement: what proves that it was handed in, what it was written from, what was said about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import searching, slots
from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.errors import NotFound
from app.core.names import Name
from app.engagements import events
from app.engagements.addresses import LIST_PATH
from app.engagements.blueprint import blueprint
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement, EngagementMaterial
from app.engagements.queries.engagements import get_visible_engagement, is_readable
from app.engagements.services.holding import hold
from app.extensions import db
from app.materials import shelves
from app.materials.pages import mount, room
from app.materials.queries import list_materials
from app.materials.shelves import Choice, Reach, ShelfKind, Words

MOST_IN_ROOM = 6
"""So many lines stand on the page of an engagement; the rest is in the list."""


class ShelfReaders(StrEnum):
    """Who reads what lies there. The safest first, as on the page."""

    INSIDE = "inside"
    KNOWN = "known"


def seen(actor: Actor) -> sa.ColumnElement[bool]:
    """Material is seen with its engagement."""
    return sa.exists().where(Engagement.id == EngagementMaterial.engagement_id, is_readable(actor))


def reach(ids: list[UUID]) -> dict[UUID, Reach]:
    """Return what `seen` asks of many materials, as one key for each. Whoever is inside knows of the engagement."""
    rows = db.session.execute(
        sa.select(
            EngagementMaterial.id,
            EngagementMaterial.engagement_id,
            EngagementMaterial.audience,
            Engagement.audience.label("known"),
        )
        .join(Engagement, Engagement.id == EngagementMaterial.engagement_id)
        .where(EngagementMaterial.id.in_(ids))
    )
    return {
        row.id: Reach(
            row.known if row.audience == PUBLIC else row.audience,
            ("engagement", row.engagement_id),
        )
        for row in rows
    }


def get_visible(actor: Actor, slug: str) -> Engagement:
    """Return the engagement at an address; raises `NotFound`."""
    try:
        engagement_id = UUID(slug)
    except ValueError:
        raise NotFound from None
    return get_visible_engagement(actor, engagement_id)


def _lock(engagement: Engagement) -> None:
    hold(engagement)


def _name(engagement: Engagement, language: str) -> Name:
    return Name(engagement.title, engagement.language, is_fallback=engagement.language != language)


def _who_knows(engagement: Engagement) -> Any:
    if engagement.audience == NETWORK:
        return _l("Today that is everybody of the network.")
    return _l("Today that is those inside alone.")


SHELF = ShelfKind(
    model=EngagementMaterial,
    owner=Engagement,
    shelf_id=EngagementMaterial.engagement_id,
    root=LIST_PATH.rstrip("/"),
    section="engagements",
    adding="engagements.write",
    editing="engagements.edit_material",
    readers=(
        Choice(
            ShelfReaders.INSIDE,
            engagement_key,
            _l("Those inside this engagement"),
            lambda _engagement: _l("People of its groups, whoever speaks for its organisations, its delegation"),
        ),
        Choice(
            ShelfReaders.KNOWN, lambda _engagement_id: PUBLIC, _l("Everybody who reads this engagement"), _who_knows
        ),
    ),
    words=Words(
        lead=_l("What proves it was handed in, what it was written from, what was said about it."),
        whole=_l("What is here"),
        nothing=_l("No file and no link yet."),
        back=_l("Back to the engagement"),
    ),
    get_visible=get_visible,
    seen=seen,
    reach=reach,
    lock=_lock,
    named=_name,
)

mount(blueprint, SHELF)


def of_engagement(actor: Actor, *, engagement: Engagement, **_more: Any) -> Markup:
    """The room on the page of an engagement."""
    return room(actor, engagement, list_materials(actor, engagement), most=MOST_IN_ROOM)


def _on_readers(engagement: Engagement, **_more: Any) -> None:
    """What is for everybody who reads an engagement goes along when it is shown to others than before."""
    mine = sa.select(EngagementMaterial.id).where(EngagementMaterial.engagement_id == engagement.id)
    searching.changed("material", db.session.scalars(mine))


def register() -> None:
    shelves.register(SHELF)
    slots.fill("engagements.engagement", "engagements.shelf", of_engagement, order=65)
    events.engagement_changed.connect(_on_readers)
