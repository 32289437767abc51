"""The topics of a group: the list, a new one, and the page of one, with the form to reply below it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm
from app.core.permissions import can, require
from app.core.web import current_actor
from app.discussions import queries, services, showing
from app.discussions.forms import PostForm, TopicForm
from app.discussions.models import Topic
from app.discussions.routes import blueprint
from app.discussions.routes.composing import composing, offer_own, send, typed
from app.discussions.routes.loading import head_of_group, head_of_topic
from app.originals.pages import keeps_words
from app.workinggroups.queries import get_inside_group


@blueprint.get("/groups/<slug>/topics")
def list_topics(slug: str) -> str:
    """Pinned topics, then those in which somebody wrote last."""
    actor = current_actor()
    group = get_inside_group(actor, slug)
    after = request.args.get("after", "")
    page = queries.page_of_topics(actor, group, cursor=after)
    pinned = [] if after else queries.list_pinned(actor, group)
    lines = showing.lines_of(actor, [*pinned, *page.rows])
    return render_template(
        "discussions/list.html",
        **head_of_group(group),
        group=group,
        pinned=lines[: len(pinned)],
        lines=lines[len(pinned) :],
        next_cursor=page.next_cursor,
    )


@blueprint.route("/groups/<slug>/topics/new", methods=["GET", "POST"])
@keeps_words
def open_topic(slug: str) -> Any:
    """A new topic with its first words."""
    actor, now = current_actor(), clock.now()
    group = get_inside_group(actor, slug)
    require(actor, "discussions.write", group)
    form = TopicForm()
    offer_own(form, actor)
    answer = send(
        form,
        lambda: services.open_topic(actor, group, title=form.title.data or "", **typed(form), now=now),
        lambda _post: _("Your topic is open. Everybody in the group reads it, and answers in their own language."),
    )
    return answer or (
        render_template("discussions/open.html", **head_of_group(group), **composing(form, actor)),
        form.status,
    )


@blueprint.route("/groups/<slug>/topics/<uuid:topic_id>", methods=["GET", "POST"])
@keeps_words
def show_topic(slug: str, topic_id: UUID) -> Any:
    """What was said, the oldest first, each beside its translation for the reader; below it the form to reply."""
    actor, now = current_actor(), clock.now()
    topic = queries.get_visible_topic(actor, slug, topic_id)
    if request.method == "POST":
        require(actor, "discussions.reply", topic)
    if not can(actor, "discussions.reply", topic):
        return _page(topic)
    form = PostForm()
    offer_own(form, actor)
    answer = send(
        form,
        lambda: services.reply(actor, topic, **typed(form), now=now),
        lambda _post: _("Your words stand in the topic. You can change or withdraw them at any time."),
    )
    return answer or (_page(topic, **composing(form, actor)), form.status)


def _page(topic: Topic, **values: Any) -> str:
    actor, now = current_actor(), clock.now()
    after = request.args.get("after", "")
    page, opening = queries.page_of_posts(actor, topic, cursor=after), queries.find_opening(actor, topic)
    first = [opening] if opening is not None and not after else []
    posts = showing.posts_shown(actor, topic, [*first, *page.rows], now)
    return render_template(
        "discussions/topic.html",
        **head_of_topic(actor, topic, opening),
        **values,
        opening=posts[0] if first else None,
        posts=posts[len(first) :],
        is_first=not after,
        next_cursor=page.next_cursor,
        action=ActionForm(formdata=None),
    )
