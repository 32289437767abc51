"""Taking a post out of sight, and the page on which its author reads why, asks, and is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import can, require
from app.core.web import current_actor
from app.discussions import queries, services
from app.discussions.forms import AnswerForm, AskForm, ReasonForm
from app.discussions.models import Post, PostWithholding
from app.discussions.routes import blueprint
from app.discussions.routes.loading import head_of_post, load_post
from app.originals import showing as originals

LOOK_AFTER = "discussions.look_after"


def _page_of(post: Post) -> str:
    return url_for("discussions.show_post", slug=post.topic.slug, post_id=post.id)


def _withheld_page(withholding: PostWithholding) -> str:
    post = withholding.post
    return url_for("discussions.show_withheld", slug=post.topic.slug, post_id=post.id)


def _words(post: Post) -> dict[str, Any]:
    newest = post.versions[-1]
    return {"text": originals.whole_text(newest), "mixed": originals.languages_in(newest.passages)}


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/take-out-of-sight", methods=["GET", "POST"])
def withhold(slug: str, post_id: UUID) -> Any:
    """Asked on its own page, with a reason that the author reads."""
    actor, now = current_actor(), clock.now()
    post = load_post(actor, slug, post_id, LOOK_AFTER)
    form = ReasonForm()
    done = carry_out(
        form,
        lambda: services.take_out_of_sight(actor, post, reason=form.reason.data or "", now=now),
        _withheld_page,
        lambda _row: _("Out of sight. The author reads your reason, and may ask that the words be shown again."),
    )
    return done or (
        render_template("discussions/withhold.html", **head_of_post(actor, post), **_words(post), form=form),
        form.status,
    )


def _load_withheld(actor: Actor, slug: str, post_id: UUID) -> tuple[Post, PostWithholding]:
    """Return a post that is out of sight, for its author and whoever looks after it; raises `NotFound`."""
    post = queries.get_visible_post(actor, post_id, slug)
    withholding = queries.find_withholding(post)
    if withholding is None:
        raise NotFound
    if not can(actor, "discussions.ask_to_show", post):
        require(actor, LOOK_AFTER, post)
    return post, withholding


@blueprint.route("/groups/<slug>/posts/<uuid:post_id>/out-of-sight", methods=["GET", "POST"])
def show_withheld(slug: str, post_id: UUID) -> Any:
    """Why it is out of sight. The author asks here, whoever runs the group answers here."""
    actor, now = current_actor(), clock.now()
    post, withholding = _load_withheld(actor, slug, post_id)
    form: Form
    if can(actor, "discussions.ask_to_show", post):
        form = asks = AskForm()
        done = carry_out(
            form,
            lambda: services.ask_to_show(actor, withholding, words=asks.words.data or "", now=now),
            _withheld_page,
            lambda _row: _("Sent. The answer will stand on this page, and we write to you."),
        )
    else:
        form = answers = AnswerForm()
        done = carry_out(
            form,
            lambda: services.keep_out_of_sight(actor, withholding, answer=answers.answer.data or "", now=now),
            _withheld_page,
            lambda _row: _("Answered. The words stay out of sight."),
        )
    return done or _withheld(actor, post, withholding, form)


def _withheld(actor: Actor, post: Post, withholding: PostWithholding, form: Form) -> Any:
    page = render_template(
        "discussions/withheld.html",
        **head_of_post(actor, post),
        **_words(post),
        withholding=withholding,
        form=form,
        action=ActionForm(formdata=None),
    )
    return page, form.status


@blueprint.post("/groups/<slug>/posts/<uuid:post_id>/show-again")
def show_again(slug: str, post_id: UUID) -> Any:
    """Shown to the people of the group again."""
    actor, now = current_actor(), clock.now()
    post, withholding = _load_withheld(actor, slug, post_id)
    require(actor, LOOK_AFTER, post)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.show_again(actor, withholding, now=now),
        _page_of,
        lambda _post: _("The words are shown again."),
    )
    if done:
        return done
    page, _status = _withheld(actor, post, withholding, AnswerForm(formdata=None))
    return page, form.status
