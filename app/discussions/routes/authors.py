"""What authors do with their own words: edit, withdraw, bring back, erase."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.discussions import services
from app.discussions.forms import EditForm, EditOpeningForm, EraseForm
from app.discussions.models import Post
from app.discussions.routes import blueprint
from app.discussions.routes.composing import composing, offer_own, typed
from app.discussions.routes.loading import head_of_post, load_post
from app.originals import showing as originals

CHANGE = "discussions.change"


def _address(post: Post) -> str:
    return url_for("discussions.show_post", slug=post.topic.slug, post_id=post.id)


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/edit", methods=["GET", "POST"])
def edit(slug: str, post_id: UUID) -> Any:
    """A new version of one's own words; those that open a topic have its title."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, CHANGE)
    form = _edit_form(post)
    offer_own(form, actor, post.language)
    if request.method != "POST":
        form.fill_passages(post.versions[-1].passages)
    title = form.title.data if isinstance(form, EditOpeningForm) else None
    sent = None
    if not form.preview.data:
        sent = carry_out(
            form,
            lambda: services.edit_post(actor, post, **typed(form), title=title, based_on=form.based_on(), now=now),
            _address,
            lambda _post: _("Kept. This is what people read now."),
        )
    if sent:
        return sent
    if form.general_errors:
        form.version.data = str(post.version)
    return render_template(
        "discussions/edit.html",
        **head_of_post(actor, post),
        **composing(form, actor),
        newest=originals.whole_text(post.versions[-1]) if form.general_errors else None,
    ), form.status


def _edit_form(post: Post) -> EditForm:
    values = {"body": post.versions[-1].body, "language": post.language, "version": str(post.version)}
    return EditOpeningForm(**values, title=post.title) if post.is_opening else EditForm(**values)


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/withdraw", methods=["GET", "POST"])
def withdraw(slug: str, post_id: UUID) -> Any:
    """Asked on its own page, then hidden from everybody but its author."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, CHANGE)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.withdraw(actor, post, now=now),
        _address,
        lambda _post: _("Withdrawn. Nobody but you sees these words. You can bring them back."),
    )
    return done or (render_template("discussions/withdraw.html", **head_of_post(actor, post), form=form), form.status)


@blueprint.post("/groups/<slug>/posts/<uuid:post_id>/bring-back")
def bring_back(slug: str, post_id: UUID) -> Any:
    """Shown again to the people of the group."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, CHANGE)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.bring_back(actor, post, now=now),
        _address,
        lambda _post: _("Your words are back, for the people of the group."),
    )
    return done or (render_template("discussions/withdraw.html", **head_of_post(actor, post), form=form), form.status)


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/erase", methods=["GET", "POST"])
def erase(slug: str, post_id: UUID) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, CHANGE)
    head = head_of_post(actor, post)
    form = EraseForm()
    topics = (
        url_for("discussions.list_topics", slug=slug) if head["is_inside"] else url_for("workinggroups.list_groups")
    )
    done = carry_out(
        form,
        lambda: services.erase_post(actor, post, now=now),
        lambda _post: topics,
        lambda _post: _("Your words are erased, with all their versions and translations."),
    )
    return done or (render_template("discussions/erase.html", **head, form=form), form.status)
