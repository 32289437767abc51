"""What the pages that take words for a topic share: whose languages come first, see it first, where it stands then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.core.actors import Actor
from app.core.forms import carry_out
from app.core.markdown import to_html
from app.core.web import current_actor, page_language
from app.discussions import queries
from app.discussions.forms import PostForm
from app.discussions.models import Post
from app.extensions import db
from app.originals import showing as originals
from app.originals.passages import check_passages, mark
from app.originals.words import as_written
from app.people.models import Person


def me(actor: Actor) -> Person:
    """Return the person who writes."""
    return db.session.get_one(Person, actor.person_id)


def offer_own(form: PostForm, actor: Actor, *first: str) -> None:
    """Offer the person's own languages before the others."""
    form.offer_languages(first=[*first, *(row.language for row in me(actor).languages)])


def typed(form: PostForm) -> dict[str, Any]:
    """Return what words are made of, as the services take them."""
    return {"body": form.body.data or "", "language": form.tag(), "passages": form.named()}


def send(form: PostForm, work: Callable[[], Post], said: Callable[[Post], Any]) -> Response | None:
    """Carry out a sent form, unless its author asked to see the words first."""
    return None if form.preview.data else carry_out(form, work, place_of, said)


def place_of(post: Post) -> str:
    """Return where a post stands in its topic."""
    after = queries.cursor_to(current_actor(), post) or None
    slug, topic_id = post.topic.slug, post.topic_id
    return url_for("discussions.show_topic", slug=slug, topic_id=topic_id, after=after, _anchor=f"post-{post.id}")


def previewed(form: PostForm) -> dict[str, Any] | None:
    """What words would look like, if it was asked for and nothing is wrong with them. Nothing is stored."""
    if not form.preview.data or not form.validate():
        return None
    body, language = as_written(form.body.data or ""), form.tag()
    passages = check_passages(form.named(), body=body, language=language)
    form.add_rows()
    return {
        "text": mark(to_html(body), passages),
        "language": language,
        "mixed": originals.languages_in(passages),
    }


def composing(form: PostForm, actor: Actor) -> dict[str, Any]:
    """What a page with such a form prints around its fields."""
    return {
        "form": form,
        "preview": previewed(form),
        "signature": originals.own_signature(me(actor), form.spoken or page_language()),
    }
