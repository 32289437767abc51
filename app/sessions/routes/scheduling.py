"""What facilitators do with the sessions of their track: plan one or a series, edit, cancel, confirm, reopen.

Moving them is in `moving`, copying them in `copying`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.moments.models import Status
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import CancelForm, ConfirmForm, change_form, differences, form_of, plan_form
from app.sessions.forms.differences import Difference, differences_in_series
from app.sessions.hosts import titles_of, words_of
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.queries.zones import clocks_of_track
from app.sessions.routes.leading import load_led, render_led, session_address
from app.sessions.routes.sessions import show
from app.sessions.services.contents import SERIES_CHANGED_MEANWHILE, changed_since
from app.sessions.services.series import numbered, numbered_from
from app.sessions.showing.dates import dates_shown
from app.sessions.showing.elsewhere import places_at_night
from app.sessions.showing.strip import night_in, with_night
from app.sessions.wording import SESSIONS


def _written(form: Any) -> dict[str, Any]:
    return {
        "names": form.names(),
        "languages": form.languages_said(),
        "agenda": form.agenda_lines(),
        "join_link": form.join_link.data or "",
        "modality": form.chosen_modality(),
        "now": clock.now(),
    }


def _plan_one(form: Any, track: Track) -> LearningSession:
    return services.plan_session(
        current_actor(), track, timing=form.timing(), status=form.plan().status, **_written(form)
    )


def _plan_many(form: Any, track: Track) -> list[LearningSession]:
    return services.plan_series(
        current_actor(), track, names=form.names(), timings=form.timings(), plan=form.plan(), now=clock.now()
    )


def _planned(session: LearningSession) -> Any:
    if policy.is_over(session, clock.now()):
        return _("The session is planned. It is already over: nobody is told.")
    if session.track.published_at is None:
        return with_night(_("The session is planned. Nobody is told while the track is a draft."), session)
    return with_night(_("The session is planned. Everybody who joined the track is told."), session)


def _planned_many(sessions: list[LearningSession], track: Track) -> Any:
    number = len(sessions)
    if policy.is_over(sessions[-1], clock.now()):
        return ngettext(
            "%(num)s session is planned. It is already over: nobody is told.",
            "%(num)s sessions are planned. They are already over: nobody is told.",
            number,
        )
    if track.published_at is None:
        return ngettext(
            "%(num)s session is planned. Nobody is told while the track is a draft.",
            "%(num)s sessions are planned. Nobody is told while the track is a draft.",
            number,
        )
    return ngettext(
        "%(num)s session is planned. Everybody who joined the track is told, once.",
        "%(num)s sessions are planned. Everybody who joined the track is told, once for all of them.",
        number,
    )


@blueprint.route("/tracks/<slug>/sessions/new", methods=["GET", "POST"])
def plan_session(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.plan_session", track)
    form = plan_form()
    form.now = clock.now()
    if form.is_submitted():
        form.followed_from = places_at_night(clocks_of_track(track))
    if form.repeats:
        done = carry_out(
            form,
            lambda: _plan_many(form, track),
            lambda _sessions: url_for("sessions.show_track", slug=track.slug),
            lambda sessions: _planned_many(sessions, track),
        )
    else:
        done = carry_out(form, lambda: _plan_one(form, track), session_address, _planned)
    if done:
        return done
    name = names_of("track", [track.id], page_language())[track.id]
    dates = _dates_of_series(form, track)
    page = render_template("sessions/plan.html", track=track, track_name=name, form=form, dates=dates, words=SESSIONS)
    return page, form.status


def _dates_of_series(form: Any, track: Track) -> Any:
    if form.dates is None:
        return None
    if not form.repeats:
        return dates_shown(clocks_of_track(track), form.dates, [next(iter(form.names().values()), "")])
    first, titles, number = numbered_from(track, form.names()), [], 0
    for date in form.dates:
        titles.append(next(iter(numbered(form.names(), first + number).values()), ""))
        number += date.answered is not None
    return dates_shown(clocks_of_track(track), form.dates, titles)


def _changed_meanwhile(form: Any, gathering: Gathering) -> list[Difference]:
    """Say what somebody else has saved since the form was filled; sent again, it has been seen."""
    found: list[Difference] = []
    if form.filled_from.data not in (None, "", digest := services.digest_of(gathering)):
        form.filled_from.data = digest
        _say_once(form, words_of(gathering).changed_meanwhile)
        found += differences(form, form_of(gathering))
    others = [other for other in form.reached if other is not gathering]
    if form.series_from.data and (changed := changed_since(others, form.series_from.data)):
        form.series_from.data = services.shared_digests_of(form.reach.all)
        _say_once(form, SERIES_CHANGED_MEANWHILE)
        found += differences_in_series(form, [(other, form_of(other)) for other in changed])
    return found


def _say_once(form: Any, sentence: Any) -> None:
    if sentence not in form.general_errors:
        form.general_errors.append(sentence)


def _changed(sessions: Sequence[Gathering]) -> Any:
    if len(sessions) == 1:
        return words_of(sessions[0]).changed
    return ngettext("%(num)s session is changed.", "%(num)s sessions are changed.", len(sessions))


@blueprint.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
def change_session(session_id: UUID) -> Any:
    actor, gathering = current_actor(), load_led(session_id)
    form = change_form(gathering.moment)
    form.offer(queries.reach_of(gathering, clock.now()))
    done = carry_out(
        form,
        lambda: services.change_series(
            actor,
            gathering,
            scope=form.chosen_scope,
            filled_from=str(form.filled_from.data or ""),
            series_from=str(form.series_from.data or ""),
            **_written(form),
        ),
        lambda _sessions: session_address(gathering),
        _changed,
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_from_session(gathering)
    found = _changed_meanwhile(form, gathering) if form.is_submitted() else []
    names = titles_of([part.session for part in found if part.session], page_language())
    return render_led("sessions/change.html", gathering, form, differences=found, other_names=names)


def _cancelled(sessions: Sequence[Gathering], gathering: Gathering) -> Any:
    if len(sessions) > 1:
        return ngettext(
            "%(num)s session is cancelled. Everybody who joined the track is told, once.",
            "%(num)s sessions are cancelled. Everybody who joined the track is told, once for all of them.",
            len(sessions),
        )
    if policy.is_over(gathering, clock.now()):
        return words_of(gathering).cancelled_when_over
    return words_of(gathering).cancelled


@blueprint.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
def cancel_session(session_id: UUID) -> Any:
    actor, gathering = current_actor(), load_led(session_id)
    form = CancelForm()
    form.offer(queries.reach_of(gathering, clock.now()))
    done = carry_out(
        form,
        lambda: services.cancel_series(
            actor, gathering, scope=form.chosen_scope, reason=str(form.reason.data or ""), now=clock.now()
        ),
        lambda _sessions: session_address(gathering),
        lambda sessions: _cancelled(sessions, gathering),
    )
    return done or render_led("sessions/cancel.html", gathering, form)


def _act(gathering: Gathering, work: Callable[[], Gathering], said: Callable[[Gathering], Any]) -> Any:
    form = ActionForm()
    return carry_out(form, work, session_address, said) or show(gathering, form=form)


@blueprint.post("/sessions/<uuid:session_id>/confirm")
def confirm_session(session_id: UUID) -> Any:
    """Where the hour is night for somebody, that is said before people are told: the second press confirms it. Of what
    is not planned any more the service says why."""
    actor, gathering, form, now = current_actor(), load_led(session_id), ConfirmForm(), clock.now()
    is_ahead = gathering.moment.status is Status.PLANNED and not policy.is_over(gathering, now)
    night = night_in(gathering) if is_ahead else ""
    if night and form.seen.data != (seen := services.time_digest_of(gathering)):
        form.seen.data, form.submission_id.data = seen, str(uuid4())  # another press than that of the page before
        return show(gathering, confirm=form, night=night)
    done = carry_out(
        form,
        lambda: services.confirm_session(actor, gathering, now=now),
        session_address,
        lambda confirmed: with_night(words_of(confirmed).confirmed, confirmed),
    )
    return done or show(gathering, form=form)


@blueprint.post("/sessions/<uuid:session_id>/reopen")
def reopen_session(session_id: UUID) -> Any:
    actor, gathering = current_actor(), load_led(session_id)
    words = words_of(gathering)
    said = words.reopened_when_over if policy.is_over(gathering, clock.now()) else words.reopened
    return _act(gathering, lambda: services.reopen_session(actor, gathering, now=clock.now()), lambda _session: said)
