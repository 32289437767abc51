"""The notes of a gathering: read, write, compare with what somebody else saved, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from app.core import clock
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import carry_out
from app.core.languages import own_name
from app.core.markdown import to_html
from app.core.permissions import require
from app.core.web import current_actor
from app.outcomes import queries, services, showing
from app.outcomes.forms import EditNotesForm, NotesForm, RemoveForm
from app.outcomes.models import SessionNotes
from app.outcomes.routes import blueprint
from app.sessions.hosts import words_of
from app.sessions.models import Gathering
from app.sessions.queries import get_visible_gathering
from app.sessions.showing.head import head_of


def _address(gathering: Gathering, language: str) -> str:
    return url_for("outcomes.show_notes", session_id=gathering.id, language=language)


def _load(session_id: UUID) -> Gathering:
    """Return a gathering the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    gathering = get_visible_gathering(current_actor(), session_id)
    require(current_actor(), "outcomes.write_notes", gathering)
    return gathering


@blueprint.get("/sessions/<uuid:session_id>/notes/<language>")
def show_notes(session_id: UUID, language: str) -> Any:
    actor = current_actor()
    gathering = get_visible_gathering(actor, session_id)
    notes = queries.get_visible_notes(actor, gathering, language)
    others = [row.language for row in queries.list_notes(actor, gathering) if row.language != language]
    shown = showing.notes_shown(actor, gathering, notes)
    return render_template("outcomes/notes.html", shown=shown, others=others, **head_of(gathering))


@blueprint.route("/sessions/<uuid:session_id>/notes/new", methods=["GET", "POST"])
def write_notes(session_id: UUID) -> Any:
    """Notes in a language that has none yet."""
    actor, gathering = current_actor(), _load(session_id)
    form = NotesForm()
    there = [row.language for row in queries.list_notes(actor, gathering)]
    # what was chosen stays in the list, also when somebody else has just saved notes in it
    form.offer_languages(first=[page_language()], left_out=[tag for tag in there if tag != form.language.data])
    return _save(gathering, form, None) or _render(gathering, form, _chosen(form), there)


def _chosen(form: NotesForm) -> str:
    """Return the language that was chosen, "" while none was or nobody knows it."""
    try:
        return form.tag() if form.language.data else ""
    except RuleBroken:
        return ""


@blueprint.route("/sessions/<uuid:session_id>/notes/<language>/edit", methods=["GET", "POST"])
def change_notes(session_id: UUID, language: str) -> Any:
    actor, gathering = current_actor(), _load(session_id)
    notes = queries.get_visible_notes(actor, gathering, language) if request.method == "GET" else None
    form = EditNotesForm(body=notes.body if notes else "", edition=str(notes.edition) if notes else "")
    return _save(gathering, form, language) or _render(gathering, form, language, [])


def _save(gathering: Gathering, form: NotesForm, language: str | None) -> Any:
    """Carry out a sent form, unless its writer asked to see the text, or to put two texts into one, first."""
    if form.preview.data or form.join.data:
        return None
    return carry_out(
        form,
        lambda: services.save_notes(
            current_actor(),
            gathering,
            language=language or form.tag(),
            body=str(form.body.data or ""),
            edition=form.based_on(),
            now=clock.now(),
        ),
        lambda notes: _address(gathering, notes.language),
        lambda _notes: words_of(gathering).notes_saved,
    )


def _render(gathering: Gathering, form: NotesForm, language: str, there: list[str]) -> tuple[str, int]:
    preview = to_html(form.body.data) if form.preview.data and form.validate() and form.body.data else None
    newest = _newest(gathering, form, language)
    page = render_template(
        "outcomes/notes_form.html",
        form=form,
        language=language,
        there=[(tag, own_name(tag)) for tag in there],
        preview=preview,
        newest=newest and showing.compared(current_actor(), gathering, newest, form.body.data or ""),
        **head_of(gathering),
    )
    return page, form.status


def _newest(gathering: Gathering, form: NotesForm, language: str) -> SessionNotes | None:
    """Return what somebody else has saved since the form was filled, to stand beside what was typed; sent again, it
    has been seen. Where the writer asked for it, both texts go into the field."""
    notes = queries.find_notes(gathering, language) if form.is_submitted() and language else None
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
    actor, gathering = current_actor(), _load(session_id)
    notes = queries.get_visible_notes(actor, gathering, language)
    form = RemoveForm()
    done = carry_out(
        form,
        lambda: services.remove_notes(actor, gathering, language=language, now=clock.now()),
        lambda _gone: url_for("sessions.show_session", session_id=gathering.id),
        lambda _gone: words_of(gathering).notes_removed,
    )
    if done:
        return done
    return render_template("outcomes/notes_remove.html", form=form, notes=notes, **head_of(gathering)), form.status
