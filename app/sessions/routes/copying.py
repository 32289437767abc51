"""Copies: of a session by those who lead it, of tracks and phases by those who run the programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import all_names, names_of
from app.core.web import current_actor
from app.moments import words
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms.copying import CopyPhaseForm, CopySessionForm, CopyTrackForm, copy_form
from app.sessions.models import LearningSession, Phase, Track
from app.sessions.routes.leading import render_led, session_address
from app.sessions.services.copying import Piece, first_day_of
from app.sessions.showing.copies import names_for_years, names_of_copy, remark_on_weekday


def _words(kind: str, thing_id: UUID) -> dict[str, str]:
    return {language: row.text for language, row in all_names(kind, thing_id).items()}


def _first_day(tracks: list[Track]) -> str:
    """Return the day of the first session of these tracks in words; "" where there is none."""
    day = first_day_of(current_actor(), tracks)
    return words.day(day, page_language()) if day is not None else ""


def _load_session(session_id: UUID) -> LearningSession:
    """Return a session of a track that the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    session = queries.get_visible_session(current_actor(), session_id)
    permissions.require(current_actor(), "sessions.lead_session", session)
    return session


def _tracks_led(session: LearningSession) -> list[Track]:
    """Return the session's own track first, then the others that the actor leads."""
    actor = current_actor()
    visible = queries.list_visible_tracks(actor)
    others = [track for track in visible if policy.can_lead_track(actor, track) and track.id != session.track_id]
    return [session.track, *others]


@blueprint.route("/sessions/<uuid:session_id>/copy", methods=["GET", "POST"])
def copy_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load_session(session_id)
    form = copy_form(CopySessionForm, _l("Title"))
    form.now = clock.now()
    tracks = {track.id: track for track in _tracks_led(session)}
    names = names_of("track", tracks, page_language())
    form.track.choices = [SelectChoice(track_id, names[track_id].text) for track_id in tracks]
    done = carry_out(
        form,
        lambda: services.copy_session(
            actor,
            session,
            track=tracks[form.track.data],
            names=form.names(),
            timing=form.timing(),
            chosen=form.pieces.data or [],
            now=clock.now(),
        ),
        session_address,
        lambda copy: (
            _("The session is copied and planned.")
            if copy.track.published_at is None or policy.is_over(copy, clock.now())
            else _("The session is copied and planned. Everybody who joined the track is told.")
        ),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_words(_words("session", session.id))
        form.fill_from(session.moment)
        form.day.data = None
        form.track.data = session.track_id
    return render_led("sessions/copy_session.html", session, form)


def _said_of_copy(said: Any, form: CopyTrackForm | CopyPhaseForm, tracks: list[Track]) -> str:
    """Say that it is copied, and that its sessions go to another day of the week if they do."""
    has_sessions = Piece.SESSIONS.value in (form.pieces.data or [])
    was = first_day_of(current_actor(), tracks) if has_sessions else None
    return " ".join(filter(None, (str(said), remark_on_weekday(was, form.first_day.data))))


def _show_copy(
    kind: str, thing: Track | Phase, form: CopyTrackForm | CopyPhaseForm, tracks: list[Track]
) -> tuple[str, int]:
    """Show the form that copies a track or a phase; `tracks` are those it holds."""
    page = render_template(
        f"sessions/copy_{kind}.html",
        **{kind: thing},
        name=names_of(kind, [thing.id], page_language())[thing.id],
        form=form,
        first_day=_first_day(tracks),
    )
    return page, form.status


@blueprint.route("/tracks/<slug>/copy", methods=["GET", "POST"])
def copy_track(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.run_programme", track)
    form = copy_form(CopyTrackForm, _l("Name"))
    phases = {phase.id: phase for phase in queries.list_phases()}
    phase_names = names_of("phase", phases, page_language())
    form.phase.choices = [SelectChoice(phase_id, phase_names[phase_id].text) for phase_id in phases]
    done = carry_out(
        form,
        lambda: services.copy_track(
            actor,
            track,
            phase=phases[form.phase.data],
            names=form.names(),
            chosen=form.pieces.data or [],
            first_day=form.first_day.data,
            now=clock.now(),
        ),
        lambda copy: url_for("sessions.show_track", slug=copy.slug),
        lambda _copy: _said_of_copy(
            _("The track is copied. It is a draft: look through it, then publish it."), form, [track]
        ),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_words(names_of_copy(_words("track", track.id)))
        form.phase.data = track.phase_id
    return _show_copy("track", track, form, [track])


@blueprint.route("/phases/<slug>/copy", methods=["GET", "POST"])
def copy_phase(slug: str) -> Any:
    actor, phase = current_actor(), queries.get_phase(slug)
    permissions.require(actor, "sessions.run_programme", phase)
    form = copy_form(CopyPhaseForm, _l("Name"))
    tracks = queries.list_visible_tracks(actor, phase_id=phase.id)
    done = carry_out(
        form,
        lambda: services.copy_phase(
            actor,
            phase,
            names=form.names(),
            year_from=form.year_from.data,
            year_to=form.year_to.data,
            chosen=form.pieces.data or [],
            first_day=form.first_day.data,
            now=clock.now(),
        ),
        lambda copy: url_for("sessions.show_phase", slug=copy.slug),
        lambda _copy: _said_of_copy(
            _("The phase is copied. Its tracks are drafts: look through them, then publish them."), form, tracks
        ),
    )
    if done:
        return done
    if not form.is_submitted():
        old = phase.year_from, phase.year_to
        form.year_from.data, form.year_to.data = new = old[1] + 1, old[1] + 1 + old[1] - old[0]
        form.fill_words(names_for_years(_words("phase", phase.id), old, new))
    return _show_copy("phase", phase, form, tracks)
