"""The notes of a session: read, write, compare with what somebody else saved, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import carry_out
from app.core.languages import own_name
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.outcomes import queries, services, showing
from app.outcomes.forms import EditNotesForm, NotesForm, RemoveForm
from app.outcomes.models import SessionNotes
from app.outcomes.routes import blueprint
from app.sessions.models import LearningSession
from app.sessions.queries import get_visible_session


def _values(session: LearningSession) -> dict[str, Any]:
    names = names_of("session", [session.id], page_language())
    return {"session": session, "track": session.track, "session_name": names[session.id]}


def _address(session: LearningSession, language: str) -> str:
    return url_for("outcomes.show_notes", session_id=session.id, language=language)


def _load(session_id: UUID) -> LearningSession:
    """Return a session the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    session = get_visible_session(current_actor(), session_id)
    require(current_actor(), "outcomes.write_notes", session)
    return session


@blueprint.get("/sessions/<uuid:session_id>/notes/<language>")
def show_notes(session_id: UUID, language: str) -> Any:
    actor = current_actor()
    session = get_visible_session(actor, session_id)
    notes = queries.get_visible_notes(actor, session, language)
    others = [row.language for row in queries.list_notes(actor, session) if row.language != language]
    shown = showing.notes_shown(actor, session.track, notes)
    return render_template("outcomes/notes.html", shown=shown, others=others, **_values(session))


@blueprint.route("/sessions/<uuid:session_id>/notes/new", methods=["GET", "POST"])
def write_notes(session_id: UUID) -> Any:
    """Notes in a language that has none yet."""
    actor, session = current_actor(), _load(session_id)
    form = NotesForm()
    there = [row.language for row in queries.list_notes(actor, session)]
    # what was chosen stays in the list, also when somebody else has just saved notes in it
    form.offer_languages(first=[page_language()], left_out=[tag for tag in there if tag != form.language.data])
    return _save(session, form, None) or _render(session, form, _chosen(form), there)


def _chosen(form: NotesForm) -> str:
    """Return the language that was chosen, "" while none was or nobody knows it."""
    try:
        return form.tag() if form.language.data else ""
    except RuleBroken:
        return ""


@blueprint.route("/sessions/<uuid:session_id>/notes/<language>/edit", methods=["GET", "POST"])
def change_notes(session_id: UUID, language: str) -> Any:
    actor, session = current_actor(), _load(session_id)
    notes = queries.get_visible_notes(actor, session, language) if request.method == "GET" else None
    form = EditNotesForm(body=notes.body if notes else "", edition=str(notes.edition) if notes else "")
    return _save(session, form, language) or _render(session, form, language, [])


def _save(session: LearningSession, form: NotesForm, language: str | None) -> Any:
    """Carry out a sent form, unless its writer asked to see the text, or to put two texts into one, first."""
    if form.preview.data or form.join.data:
        return None
    return carry_out(
        form,
        lambda: services.save_notes(
            current_actor(),
            session,
            language=language or form.tag(),
            body=str(form.body.data or ""),
            edition=form.based_on(),
            now=clock.now(),
        ),
        lambda notes: _address(session, notes.language),
        lambda _notes: _("The notes are saved. The people of this track read them."),
    )


def _render(session: LearningSession, form: NotesForm, language: str, there: list[str]) -> tuple[str, int]:
    preview = to_html(form.body.data) if form.preview.data and form.validate() and form.body.data else None
    newest = _newest(session, form, language)
    page = render_template(
        "outcomes/notes_form.html",
        form=form,
        language=language,
        there=[(tag, own_name(tag)) for tag in there],
        preview=preview,
        newest=newest and showing.compared(current_actor(), session.track, newest, form.body.data or ""),
        **_values(session),
    )
    return page, form.status


def _newest(session: LearningSession, form: NotesForm, language: str) -> SessionNotes | None:
    """Return what somebody else has saved since the form was filled, to stand beside what was typed; sent again, it
    has been seen. Where the writer asked for it, both texts go into the field."""
    notes = queries.find_notes(session, language) if form.is_submitted() and language else None
    if notes is None:
        form.edition.data = "" if form.is_submitted() else form.edition.data
        return None
    is_newer = notes.edition != form.based_on()
    if not is_newer and not form.join.data:
        return None
    form.edition.data = str(notes.edition)
    if form.join.data:
        form.body.data = showing.joined(notes.body, form.body.data or "")
        return None
    return notes if form.general_errors else None


@blueprint.route("/sessions/<uuid:session_id>/notes/<language>/remove", methods=["GET", "POST"])
def remove_notes(session_id: UUID, language: str) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, session = current_actor(), _load(session_id)
    notes = queries.get_visible_notes(actor, session, language)
    form = RemoveForm()
    done = carry_out(
        form,
        lambda: services.remove_notes(actor, session, language=language, now=clock.now()),
        lambda _gone: url_for("sessions.show_session", session_id=session.id),
        lambda _gone: _("The notes are removed."),
    )
    if done:
        return done
    return render_template("outcomes/notes_remove.html", form=form, notes=notes, **_values(session)), form.status
