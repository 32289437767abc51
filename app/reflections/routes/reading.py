"""Reading: the list, one reflection with a translation beside it, an older version."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from app.core import clock
from app.core.actors import Actor
from app.core.audiences import sees
from app.core.names import names_of
from app.core.permissions import can, require
from app.core.web import current_actor, page_language, public
from app.originals import showing as originals
from app.originals.queries import get_version
from app.reflections import queries, showing
from app.reflections.forms import FilterForm
from app.reflections.models import Reflection
from app.reflections.readers import readers_of
from app.reflections.routes import blueprint


@blueprint.get("/reflections/")
@public
def list_reflections() -> str:
    """What the reader may read, newest first; by language and track on request."""
    actor, language = current_actor(), page_language()
    form = FilterForm()
    tracks = queries.tracks_seen(actor)
    names = names_of("track", [track_id for track_id, _slug in tracks], language)
    form.offer(queries.languages_seen(actor), [(slug, str(names[track_id])) for track_id, slug in tracks])
    page = queries.list_reflections(
        actor,
        track_slug=form.track.data or "",
        language=form.language.data or "",
        cursor=request.args.get("after", ""),
    )
    return render_template(
        "reflections/list.html",
        form=form,
        voices=showing.voices(actor, page.rows),
        track_names=names,
        next_cursor=page.next_cursor,
        is_filtered=bool(form.track.data or form.language.data),
        is_first="after" not in request.args,
    )


@blueprint.get("/reflections/<uuid:reflection_id>")
@public
def show(reflection_id: UUID) -> str:
    """The original, whole and first; a translation beside it; answers beneath; who may read it."""
    actor = current_actor()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    return render_template(
        "reflections/show.html",
        **page_values(reflection),
        reading=originals.reading_of(actor, reflection, request.args.get("with"), clock.now()),
        readers=readers_of(reflection.audience).value,
        quotes=quotes_in(actor, reflection),
        answers=showing.voices(actor, queries.list_answers(actor, reflection)),
        **_around(actor, reflection),
    )


def quotes_in(actor: Actor, reflection: Reflection) -> list[showing.QuoteShown]:
    """Return the quotes in one text, as they are printed above it."""
    return showing.quotes(queries.quotes_of(actor, [reflection]).get(reflection.id, []))


def _around(actor: Actor, reflection: Reflection) -> dict[str, object]:
    """What it answers, who wrote it down, and what waits: for its author, and for those who look after the track."""
    answered = queries.list_readable(actor, [reflection.answers_id]) if reflection.answers_id else []
    is_mine = reflection.author_id is not None and reflection.author_id == actor.person_id
    looks_after = can(actor, "reflections.look_after", reflection)
    waiting = queries.waiting_of([reflection])[reflection.id] if is_mine or looks_after else queries.Waiting()
    report = None if is_mine else queries.find_own_report(actor, reflection)
    return {
        "answered": answered[0] if answered else None,
        "answered_name": originals.shown_name(answered[0]) if answered else "",
        "helper": originals.helper_names(actor, [reflection], clock.now()).get(reflection.id, ""),
        "waiting": waiting,
        "looks_after": looks_after,
        "was_withheld": is_mine and queries.was_withheld(reflection),
        "own_report": report,
        "may_report": report is None or queries.is_about_older_words(report, reflection),
    }


@blueprint.get("/reflections/<uuid:reflection_id>/versions/<int:number>")
def show_version(reflection_id: UUID, number: int) -> str:
    """An older version, for the author and the secretariat alone: an author may have taken a name out of the text."""
    actor = current_actor()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.read_versions", reflection)
    version = get_version(reflection, number)
    return render_template(
        "reflections/version.html",
        **page_values(reflection),
        version=version,
        text=originals.whole_text(version),
    )


def page_values(reflection: Reflection) -> dict[str, object]:
    """What every page about one reflection prints at its head."""
    actor, language = current_actor(), page_language()
    track, session = reflection.track, reflection.session
    signer = None if reflection.pseudonym else reflection.author
    return {
        "reflection": reflection,
        "name": originals.shown_name(reflection),
        "standing": originals.standing(originals.organisation_of(signer, reflection.written_at), signer.place)
        if signer
        else "",
        "track": track if sees(actor, track.audience) else None,
        "track_name": names_of("track", [track.id], language)[track.id],
        "session": session if session and sees(actor, session.moment.audience) else None,
        "session_name": names_of("session", [session.id], language)[session.id] if session else None,
        "is_mine": actor.person_id is not None and actor.person_id == reflection.author_id,
        "mixed": originals.languages_in(reflection.versions[-1].passages),
    }
