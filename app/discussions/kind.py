"""Posts as a kind of original: what `app.originals` asks of whatever people write."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.slots import rendered
from app.discussions import showing, telling
from app.discussions.models import Post
from app.discussions.queries import get_visible_post
from app.discussions.services import erase_what_goes_along
from app.originals import kinds
from app.originals.kinds import Frame, OriginalKind
from app.originals.models import Original
from app.originals.showing import shown_name
from app.workinggroups.keys import mates_of, of_own_groups


def page_of(post: Post, beside: str | None = None) -> str:
    """Return the page of a post, with the translation into a language laid beside it."""
    values: dict[str, Any] = {"with": beside}
    return url_for("discussions.show_post", slug=post.topic.slug, post_id=post.id, **values)


def place_of(post: Post) -> dict[str, Any]:
    return {"slug": post.topic.slug}


def frame_of(_actor: Actor, post: Post) -> Frame:
    """Return what stands around a post where it is translated."""
    name = shown_name(post)
    back = rendered("discussions/back.html", post=post, name=name)
    return Frame(name, back, _("Translate words of %(name)s", name=name), post.topic.slug)


def takes_part(actor: Actor, post: Post) -> bool:
    """Everybody inside the group, observers and guests too."""
    return actor.holds(post.audience)


def taking_part(actor: Actor) -> sa.ColumnElement[bool]:
    """The same as a condition."""
    return of_own_groups(actor, Original.audience)


def register() -> None:
    kinds.register(
        OriginalKind(
            code="post",
            model=Post,
            blueprint="discussions",
            page=page_of,
            place=place_of,
            frame=frame_of,
            get_visible=get_visible_post,
            takes_part=takes_part,
            taking_part=taking_part,
            mates=mates_of,
            on_translated=telling.tell_translated,
            on_erased=erase_what_goes_along,
            cards=showing.cards,
        )
    )
