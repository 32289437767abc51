"""Comments as a kind of original: what `app.originals` asks of whatever people write."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from app.core.actors import Actor
from app.drafting import telling
from app.drafting.models import Comment
from app.drafting.queries import get_visible_comment
from app.drafting.services import erase_what_goes_along
from app.originals import kinds
from app.originals.kinds import OriginalKind
from app.originals.models import Original
from app.workinggroups.keys import mates_of, of_own_groups

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
    """The same as a condition."""
    return of_own_groups(actor, Original.audience)


def is_the_groups(_comment: Comment) -> bool:
    """What somebody thinks of a paragraph is their own, said for nobody else: it goes with them, and so do the words of
    its answer. The version the group wrote on it stays, and the verdict."""
    return False


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
            outlives_author=is_the_groups,
            on_erased=erase_what_goes_along,
        )
    )
