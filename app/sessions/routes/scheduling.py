"""What facilitators do with the sessions of their track: plan, edit, confirm, move, cancel, reopen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.moments.models import Precision, Status
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import CancelForm, MoveForm, change_form, differences, form_of, plan_form
from app.sessions.forms.differences import Difference
from app.sessions.models import LearningSession
from app.sessions.routes.sessions import show
from app.sessions.services.contents import CHANGED_MEANWHILE


def _address(session: LearningSession) -> str:
    return url_for("sessions.show_session", session_id=session.id)


def _load(session_id: UUID) -> LearningSession:
    """Return a session the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    session = queries.get_visible_session(current_actor(), session_id)
    permissions.require(current_actor(), "sessions.lead_session", session)
    return session


def _render(template: str, session: LearningSession, form: Any, **more: Any) -> tuple[str, int]:
    language = page_language()
    page = render_template(
        template,
        session=session,
        track=session.track,
        name=names_of("session", [session.id], language)[session.id],
        track_name=names_of("track", [session.track_id], language)[session.track_id],
        form=form,
        **more,
    )
    return page, form.status


def _written(form: Any) -> dict[str, Any]:
    return {
        "names": form.names(),
        "languages": form.languages_said(),
        "agenda": form.agenda_lines(),
        "join_link": form.join_link.data or "",
        "modality": form.chosen_modality(),
        "now": clock.now(),
    }


def _planned(session: LearningSession) -> Any:
    if policy.is_over(session, clock.now()):
        return _("The session is planned. It is already over: nobody is told.")
    if session.track.published_at is None:
        return _("The session is planned. Nobody is told while the track is a draft.")
    return _("The session is planned. Everybody who joined the track is told.")


@blueprint.route("/tracks/<slug>/sessions/new", methods=["GET", "POST"])
def plan_session(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.plan_session", track)
    form = plan_form()
    done = carry_out(
        form,
        lambda: services.plan_session(
            actor,
            track,
            timing=form.timing(),
            status=Status.CONFIRMED if form.is_confirmed.data and not form.is_hour_open.data else Status.PLANNED,
            **_written(form),
        ),
        _address,
        _planned,
    )
    if done:
        return done
    name = names_of("track", [track.id], page_language())[track.id]
    return render_template("sessions/plan.html", track=track, track_name=name, form=form), form.status


def _changed_meanwhile(form: Any, session: LearningSession) -> list[Difference]:
    """Say what somebody else has saved since the form was filled; sent again, it has been seen."""
    if form.filled_from.data in (None, "", digest := services.digest_of(session)):
        return []
    form.filled_from.data = digest
    if CHANGED_MEANWHILE not in form.general_errors:
        form.general_errors.append(CHANGED_MEANWHILE)
    return differences(form, form_of(session))


@blueprint.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
def change_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load(session_id)
    form = change_form(session.moment)
    done = carry_out(
        form,
        lambda: services.change_session(actor, session, filled_from=str(form.filled_from.data or ""), **_written(form)),
        _address,
        lambda _session: _("The session is changed."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_from_session(session)
    return _render("sessions/change.html", session, form, differences=_changed_meanwhile(form, session))


@blueprint.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
def move_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load(session_id)
    form = MoveForm()
    form.session = session
    form.needs_reason = session.moment.precision is Precision.MINUTE
    done = carry_out(
        form,
        lambda: services.move_session(
            actor, session, timing=form.timing(), reason=str(form.reason.data or ""), now=clock.now()
        ),
        lambda _change: _address(session),
        lambda _change: (
            _("The session has another time. It is already over: nobody is told.")
            if policy.is_over(session, clock.now())
            else _("The session has another time. Everybody who joined the track is told.")
        ),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_from(session.moment)
    return _render("sessions/move.html", session, form)


@blueprint.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
def cancel_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load(session_id)
    form = CancelForm()
    done = carry_out(
        form,
        lambda: services.cancel_session(actor, session, reason=str(form.reason.data or ""), now=clock.now()),
        _address,
        lambda _session: (
            _("The session is cancelled. It is already over: nobody is told.")
            if policy.is_over(session, clock.now())
            else _("The session is cancelled. Everybody who joined the track is told.")
        ),
    )
    return done or _render("sessions/cancel.html", session, form)


def _act(session: LearningSession, work: Callable[[], LearningSession], said: str) -> Any:
    form = ActionForm()
    return carry_out(form, work, _address, lambda _session: said) or show(session, form=form)


@blueprint.post("/sessions/<uuid:session_id>/confirm")
def confirm_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load(session_id)
    return _act(
        session,
        lambda: services.confirm_session(actor, session, now=clock.now()),
        _("The session is confirmed."),
    )


@blueprint.post("/sessions/<uuid:session_id>/reopen")
def reopen_session(session_id: UUID) -> Any:
    actor, session = current_actor(), _load(session_id)
    return _act(
        session,
        lambda: services.reopen_session(actor, session, now=clock.now()),
        _("The session is planned again. It is already over: nobody is told.")
        if policy.is_over(session, clock.now())
        else _("The session is planned again. Everybody who joined the track is told."),
    )
