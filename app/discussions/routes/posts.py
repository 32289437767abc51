"""The page of one post: whole, with every translation and all that stands beneath it; and the page to answer it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm
from app.core.permissions import require
from app.core.web import current_actor
from app.discussions import queries, services, showing
from app.discussions.forms import PostForm
from app.discussions.routes import blueprint
from app.discussions.routes.composing import composing, offer_own, place_of, send, typed
from app.discussions.routes.loading import head_of_post, load_post
from app.originals import showing as originals
from app.originals.pages import keeps_words
from app.originals.queries import get_version


@blueprint.get("/groups/<slug>/posts/<uuid:post_id>")
def show_post(slug: str, post_id: UUID) -> str:
    """The original, whole and first; a translation beside it; answers beneath."""
    actor, now = current_actor(), clock.now()
    post = queries.get_visible_post(actor, post_id, slug)
    return render_template(
        "discussions/post.html",
        **head_of_post(actor, post),
        reading=originals.reading_of(actor, post, request.args.get("with"), now),
        observes=bool(queries.list_observers(post.topic.group_id, [post.author_id] if post.author_id else [])),
        helper=originals.helper_names(actor, [post], now).get(post.id, ""),
        answers=showing.posts_shown(actor, post.topic, queries.list_answers(actor, post), now),
        in_topic=place_of(post),
        withholding=queries.find_withholding(post) if post.withheld_at else None,
        action=ActionForm(formdata=None),
    )


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/answer", methods=["GET", "POST"])
@keeps_words
def answer(slug: str, post_id: UUID) -> Any:
    """An answer beneath a post, or beneath the topic where it answers the words that opened it."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, "discussions.answer")
    form = PostForm()
    offer_own(form, actor)
    sent = send(
        form,
        lambda: services.answer_post(actor, post, **typed(form), now=now),
        lambda _post: _("Your words stand in the topic. You can change or withdraw them at any time."),
    )
    return sent or (
        render_template(
            "discussions/answer.html",
            **head_of_post(actor, post),
            **composing(form, actor),
            text=originals.whole_text(post.versions[-1]),
            mixed=originals.languages_in(post.versions[-1].passages),
        ),
        form.status,
    )


@blueprint.get("/groups/<slug>/posts/<uuid:post_id>/versions/<int:number>")
def show_version(slug: str, post_id: UUID, number: int) -> str:
    """An older version, for the author and the secretariat alone: an author may have taken a name out of the text."""
    actor = current_actor()
    post = queries.get_visible_post(actor, post_id, slug)
    require(actor, "discussions.read_versions", post)
    version = get_version(post, number)
    return render_template(
        "discussions/version.html",
        **head_of_post(actor, post),
        version=version,
        text=originals.whole_text(version),
    )
