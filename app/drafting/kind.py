"""Comments as a kind of original: what `app.originals` asks of whatever people write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from flask import url_for

from app.core.actors import Actor
from app.core.registries import audience_holders
from app.drafting import telling
from app.drafting.models import Comment, JointText
from app.drafting.queries import get_visible_comment
from app.drafting.services import erase_what_goes_along
from app.originals import kinds
from app.originals.kinds import OriginalKind
from app.originals.models import Original
from app.workinggroups.keys import GROUP, group_key, groups_named_in

COMMENT = "comment"


def page_of(comment: Comment, beside: str | None = None) -> str:
    """Return the page of a comment, with the translation into a language laid beside it."""
    values: dict[str, Any] = {"with": beside}
    return url_for("drafting.show_comment", slug=comment.text.slug, comment_id=comment.id, **values)


def place_of(comment: Comment) -> dict[str, Any]:
    return {"slug": comment.text.slug}


def takes_part(actor: Actor, comment: Comment) -> bool:
    """Everybody inside the group translates, also who is not of the network."""
    return actor.holds(comment.audience)


def taking_part(actor: Actor) -> sa.ColumnElement[bool]:
    """The same as a condition. The table is named alone: what stands in `original` is asked by whoever asks this."""
    table = cast("sa.Table", Comment.__table__)
    own = sa.select(JointText.id).where(JointText.group_id.in_(sorted(groups_named_in(actor, GROUP))))
    return Original.id.in_(sa.select(table.c.id).where(table.c.text_id.in_(own)))


def mates_of(actor: Actor, person_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Return which of these persons share a group with the actor."""
    inside = {
        person for group_id in groups_named_in(actor, GROUP) for person in audience_holders(group_key(group_id), now)
    }
    return inside & set(person_ids)


def register() -> None:
    kinds.register(
        OriginalKind(
            code=COMMENT,
            model=Comment,
            blueprint="drafting",
            page=page_of,
            place=place_of,
            get_visible=get_visible_comment,
            takes_part=takes_part,
            taking_part=taking_part,
            mates=mates_of,
            on_translated=telling.tell_translated,
            on_erased=erase_what_goes_along,
        )
    )
