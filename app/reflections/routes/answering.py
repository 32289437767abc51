"""Answering: a text beneath a text, in any language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.permissions import require
from app.core.web import current_actor
from app.originals import showing as originals
from app.originals.pages import keeps_words
from app.reflections import queries, services
from app.reflections.forms import AnswerForm
from app.reflections.readers import readers_of
from app.reflections.routes import blueprint
from app.reflections.routes.composing import me, offer_own, send, typed, values_of
from app.reflections.routes.reading import page_values


@blueprint.route("/reflections/<uuid:reflection_id>/answers/new", methods=["GET", "POST"])
@keeps_words
def answer(reflection_id: UUID) -> Any:
    """An answer; the original stands above the field."""
    actor, now = current_actor(), clock.now()
    answered = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.answer", answered)
    form = AnswerForm()
    offer_own(form, me(actor))
    form.offer_readers(readers_of(answered.audience))
    sent = send(
        form,
        lambda: services.answer_reflection(
            actor,
            answered,
            **typed(form),
            now=now,
        ),
        lambda _row: _("Your answer stands beneath the reflection. You can change or withdraw it at any time."),
    )
    return sent or (
        render_template(
            "reflections/answer.html",
            **page_values(answered),
            **values_of(form, actor, answered.track_id, now),
            original=originals.whole_text(answered.versions[-1]),
        ),
        form.status,
    )
