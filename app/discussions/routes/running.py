"""What those who run a group do with its topics: pin, close, open again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.discussions import queries, services
from app.discussions.forms import ReasonForm
from app.discussions.models import Topic
from app.discussions.routes import blueprint
from app.discussions.routes.loading import head_of_topic


def _load(actor: Actor, slug: str, topic_id: UUID) -> Topic:
    topic = queries.get_visible_topic(actor, slug, topic_id)
    require(actor, "discussions.run", topic)
    return topic


def _address(topic: Topic) -> str:
    return url_for("discussions.show_topic", slug=topic.slug, topic_id=topic.id)


def _asked(actor: Actor, topic: Topic, form: ActionForm, work: str) -> Any:
    """A button that was refused, alone on a page."""
    return render_template("discussions/again.html", **head_of_topic(actor, topic), form=form, work=work), form.status


@blueprint.post("/groups/<slug>/topics/<uuid:topic_id>/pin")
def pin(slug: str, topic_id: UUID) -> Any:
    """At the head of the list."""
    actor, now = current_actor(), clock.now()
    topic, form = _load(actor, slug, topic_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.pin_topic(actor, topic, is_pinned=True, now=now),
        _address,
        lambda _topic: _("Pinned: this topic stands at the head of the list."),
    )
    return done or _asked(actor, topic, form, "pin")


@blueprint.post("/groups/<slug>/topics/<uuid:topic_id>/unpin")
def unpin(slug: str, topic_id: UUID) -> Any:
    """Among the others again."""
    actor, now = current_actor(), clock.now()
    topic, form = _load(actor, slug, topic_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.pin_topic(actor, topic, is_pinned=False, now=now),
        _address,
        lambda _topic: _("This topic stands among the others again."),
    )
    return done or _asked(actor, topic, form, "unpin")


@blueprint.route("/groups/<slug>/topics/<uuid:topic_id>/close", methods=["GET", "POST"])
def close(slug: str, topic_id: UUID) -> Any:
    """Asked on its own page, with a reason that everybody reads."""
    actor, now = current_actor(), clock.now()
    topic, form = _load(actor, slug, topic_id), ReasonForm()
    done = carry_out(
        form,
        lambda: services.close_topic(actor, topic, reason=form.reason.data or "", now=now),
        _address,
        lambda _topic: _("The topic is closed. It stays readable, and you can open it again."),
    )
    return done or (
        render_template("discussions/close.html", **head_of_topic(actor, topic), form=form),
        form.status,
    )


@blueprint.post("/groups/<slug>/topics/<uuid:topic_id>/open-again")
def open_again(slug: str, topic_id: UUID) -> Any:
    """People may write in it again."""
    actor, now = current_actor(), clock.now()
    topic, form = _load(actor, slug, topic_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.open_again(actor, topic, now=now),
        _address,
        lambda _topic: _("The topic is open again."),
    )
    return done or _asked(actor, topic, form, "open_again")
