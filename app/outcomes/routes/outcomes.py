"""What a session agreed on: the list of a track, noting, editing, one click to close, removing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.outcomes import queries, services, showing
from app.outcomes.forms import FilterForm, OutcomeForm, RemoveForm, StateForm
from app.outcomes.models import Outcome, OutcomeState
from app.outcomes.policy import can_hand_over
from app.outcomes.routes import blueprint
from app.outcomes.words import KIND_NOTES
from app.people.queries import own_languages
from app.sessions.models import LearningSession, Track
from app.sessions.queries import get_visible_session, get_visible_track

SAID = {
    OutcomeState.OPEN: lambda: _("It is open again."),
    OutcomeState.DONE: lambda: _("Marked as done."),
    OutcomeState.DROPPED: lambda: _("Marked as dropped."),
}


@blueprint.get("/tracks/<slug>/outcomes")
def list_outcomes(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    form = FilterForm()
    page = queries.page_of_outcomes(
        actor, track, kind=form.chosen_kind(), state=form.chosen_state(), cursor=request.args.get("after", "")
    )
    return render_template(
        "outcomes/list.html",
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        form=form,
        lines=showing.outcomes_shown(page.rows, now, with_session=True),
        counts=queries.count_by_state(actor, track),
        next_cursor=page.next_cursor,
        leads=can_hand_over(actor, track),
        is_filtered=bool(form.kind.data) or form.chosen_state() is not OutcomeState.OPEN,
    )


def _values(session: LearningSession) -> dict[str, Any]:
    names = names_of("session", [session.id], page_language())
    return {"session": session, "track": session.track, "session_name": names[session.id]}


def _address(outcome: Outcome) -> str:
    return url_for("sessions.show_session", session_id=outcome.session_id, _anchor=f"outcome-{outcome.id}")


def _load(outcome_id: UUID) -> Outcome:
    """Return an outcome the actor reads and may change: 404 for the unseen, 403 for what others lead."""
    outcome = queries.get_visible_outcome(current_actor(), outcome_id)
    require(current_actor(), "outcomes.change", outcome)
    return outcome


@blueprint.route("/sessions/<uuid:session_id>/outcomes/new", methods=["GET", "POST"])
def note_outcome(session_id: UUID) -> Any:
    """A new outcome; "save and note another" comes back here, with the language already chosen."""
    actor = current_actor()
    session = get_visible_session(actor, session_id)
    require(actor, "outcomes.note", session)
    form = OutcomeForm(kind=request.args.get("kind", ""), language=request.args.get("language", ""))
    form.offer([*own_languages(actor), page_language()])

    def leads_to(outcome: Outcome) -> str:
        if not form.another.data:
            return _address(outcome)
        return url_for(
            "outcomes.note_outcome", session_id=session.id, language=outcome.language, kind=outcome.kind.value
        )

    done = carry_out(
        form,
        lambda: services.note_outcome(actor, session, form.agreed(), now=clock.now()),
        leads_to,
        lambda _outcome: _("Noted. The people of this track read it."),
    )
    if done:
        return done
    page = render_template("outcomes/outcome_form.html", form=form, notes=_notes(), **_values(session))
    return page, form.status


def _notes() -> dict[str, Any]:
    return {kind.value: note for kind, note in KIND_NOTES.items()}


@blueprint.route("/outcomes/<uuid:outcome_id>/edit", methods=["GET", "POST"])
def change_outcome(outcome_id: UUID) -> Any:
    actor, outcome = current_actor(), _load(outcome_id)
    form = OutcomeForm()
    if not form.is_submitted():
        form.fill_from(outcome)
    form.offer([outcome.language, *own_languages(current_actor()), page_language()])
    done = carry_out(
        form,
        lambda: services.change_outcome(
            actor, outcome, form.agreed(), filled_from=str(form.filled_from.data or ""), now=clock.now()
        ),
        _address,
        lambda _outcome: _("It is changed."),
    )
    if done:
        return done
    there = None
    if form.general_errors and outcome.removed_at is None and form.filled_from.data != services.digest_of(outcome):
        form.filled_from.data = services.digest_of(outcome)
        there = showing.outcomes_shown([outcome], clock.now())[0]
    page = render_template(
        "outcomes/outcome_form.html",
        form=form,
        notes=_notes(),
        outcome=outcome,
        there=there,
        **_values(outcome.session),
    )
    return page, form.status


@blueprint.post("/outcomes/<uuid:outcome_id>/state")
def set_state(outcome_id: UUID) -> Any:
    """One click. What cannot be read leads back to the outcome."""
    actor, outcome = current_actor(), _load(outcome_id)
    form = StateForm()
    track = outcome.session.track
    back = _list_address(track) if form.back.data == "track" else _address(outcome)
    done = carry_out(
        form,
        lambda: services.set_state(actor, outcome, state=form.chosen(), now=clock.now()),
        lambda _outcome: back,
        lambda row: SAID[row.state](),
    )
    if done:
        return done
    page = render_template(
        "outcomes/state.html",
        form=form,
        line=showing.outcomes_shown([outcome], clock.now())[0],
        **_values(outcome.session),
    )
    return page, 422


def _list_address(track: Track) -> str:
    return url_for("outcomes.list_outcomes", slug=track.slug)


@blueprint.route("/outcomes/<uuid:outcome_id>/remove", methods=["GET", "POST"])
def remove_outcome(outcome_id: UUID) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, outcome = current_actor(), _load(outcome_id)
    session_id = outcome.session_id
    form = RemoveForm()
    done = carry_out(
        form,
        lambda: services.remove_outcome(actor, outcome, now=clock.now()),
        lambda _outcome: url_for("sessions.show_session", session_id=session_id),
        lambda _outcome: _("It is removed."),
    )
    if done:
        return done
    line = showing.outcomes_shown([outcome], clock.now())[0]
    page = render_template("outcomes/outcome_remove.html", form=form, line=line, **_values(outcome.session))
    return page, form.status
