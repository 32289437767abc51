"""Taking part in a track: asking for a place, leaving."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import JoinForm, join_form
from app.sessions.models import Application, ApplicationState, Track, TrackMembership
from app.sessions.routes.tracks import show
from app.sessions.services.membership import Left
from app.sessions.services.questions import answer_field
from app.sessions.showing.joining import fill_known, joining_of


def _address(track: Track) -> str:
    return url_for("sessions.show_track", slug=track.slug)


def _said(result: TrackMembership | Application) -> str:
    if isinstance(result, TrackMembership):
        return str(_("You take part in this track now. We tell you when a session is added or moves."))
    if result.state is ApplicationState.ASKED:
        return str(_("Your application is sent. The facilitators answer it, and we write to you then."))
    position = queries.position_of(result)
    return str(
        _(
            "Every place is taken. You are number %(position)s on the waiting list and move up by yourself: we write "
            "to you then.",
            position=position,
        )
    )


def _show_form(track: Track, form: JoinForm) -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    if not form.is_whole.data:
        fill_known(form, actor)
    page = render_template(
        "sessions/apply.html",
        track=track,
        name=names_of("track", [track.id], page_language())[track.id],
        joining=joining_of(actor, track, now=now, form=form),
        form=form,
        answer_field=answer_field,
    )
    return page, form.status


@blueprint.route("/tracks/<slug>/join", methods=["GET", "POST"])
def join_track(slug: str) -> Any:
    """The button of a track that asks nothing leads here as well as the whole page; each comes back where it was."""
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    form = join_form(queries.list_questions(track))
    done = carry_out(
        form,
        lambda: services.join_track(
            actor,
            track,
            organisation_id=form.organisation_id,
            alone=form.is_alone,
            answers=form.answers(),
            said=form.said(),
            now=now,
        ),
        lambda _result: _address(track),
        _said,
    )
    if done:
        return done
    asks_first = track.intake.needs_approval or form.questions
    if form.is_submitted() and not form.is_whole.data and not asks_first:
        return show(track, join_form=form)
    return _show_form(track, form)


@blueprint.route("/tracks/<slug>/leave", methods=["GET", "POST"])
def leave_track(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.join_track", track)
    form = ActionForm()
    # who leaves a draft sees it no more
    stays_visible = track.published_at is not None or policy.can_lead_track(actor, track)
    done = carry_out(
        form,
        lambda: services.leave_track(actor, track, now=now),
        lambda _left: _address(track) if stays_visible else url_for("sessions.list_tracks"),
        _said_on_leaving,
    )
    if done:
        return done
    membership = queries.find_membership(track, actor.person_id)
    page = render_template(
        "sessions/leave.html",
        track=track,
        name=names_of("track", [track.id], page_language())[track.id],
        membership=membership,
        application=None if membership else queries.find_open_application(track, actor.person_id),
        form=form,
    )
    return page, form.status


def _said_on_leaving(left: Left) -> str:
    if left is Left.PLACE:
        return str(_("You have left this track."))
    if left is Left.APPLICATION:
        return str(_("Your application is taken back."))
    return str(_("You were not in this track."))
