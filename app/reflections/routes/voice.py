"""Voices: speak a reflection, hear one, write down what one says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.errors import NotFound
from app.core.files.answers import send
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language, public, takes_files, uses_microphone
from app.originals.pages import keeps_words
from app.reflections import queries, showing
from app.reflections.forms.voice import OfferTranscriptForm, SpeakForm
from app.reflections.recordings import LONGEST
from app.reflections.routes import blueprint
from app.reflections.routes.composing import address_of, me, offer_begun, offer_own, own_note
from app.reflections.routes.reading import page_values
from app.reflections.services import voice as services
from app.sessions.queries import get_visible_track


@blueprint.route("/tracks/<slug>/reflections/speak", methods=["GET", "POST"])
@takes_files
@uses_microphone
def speak(slug: str) -> Any:
    """A reflection that is spoken: recorded on the page, or brought as a file."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "reflections.write", track)
    form = SpeakForm(session=request.args.get("session", ""))
    answer = carry_out(
        form,
        lambda: services.speak(
            actor,
            track,
            incoming=form.file.checked,
            language=form.tag(),
            readers=form.readers(),
            pseudonym=form.chosen_pseudonym(),
            session_id=form.session_id(),
            body=form.body.data or "",
            now=now,
        ),
        leads_to=address_of,
        said=lambda _row: _("Your voice is published. You can withdraw it at any time."),
    )
    if answer:
        return answer
    offer_begun(form, track, now)
    offer_own(form, me(actor))
    return render_template(
        "reflections/speak.html",
        form=form,
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        counts=showing.reader_counts(track.id, now),
        own_note=own_note(actor),
        longest=LONGEST,
    ), form.status


@blueprint.get("/reflections/<uuid:reflection_id>/voice")
@public
def hear(reflection_id: UUID) -> Response:
    """The recording, for whoever may read the reflection; in pieces, as players ask for it."""
    reflection = queries.get_visible_reflection(current_actor(), reflection_id)
    if reflection.voice is None:
        raise NotFound
    return send(reflection.voice.file, is_shown=True)


@blueprint.route("/reflections/<uuid:reflection_id>/transcript", methods=["GET", "POST"])
@keeps_words
def offer_transcript(reflection_id: UUID) -> Any:
    """A listener writes down what a voice says, for its author to confirm."""
    actor, now = current_actor(), clock.now()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    if reflection.voice is None:
        raise NotFound
    require(actor, "reflections.transcribe", reflection)
    form = OfferTranscriptForm()
    answer = carry_out(
        form,
        lambda: services.offer_transcript(actor, reflection, body=form.body.data or "", now=now),
        leads_to=lambda _draft: url_for("reflections.show", reflection_id=reflection_id),
        said=lambda _draft: _("Thank you. The author reads your words first, and decides."),
    )
    if answer:
        return answer
    return render_template("reflections/offer_transcript.html", **page_values(reflection), form=form), form.status
