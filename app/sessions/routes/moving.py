"""Giving sessions another time: one, this and the following, or a whole series; and other clocks to go by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.moments.models import MomentChange, Precision
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import MoveForm
from app.sessions.forms.differences import Difference, differences_of_time
from app.sessions.forms.sessions import ClockForm
from app.sessions.models import LearningSession
from app.sessions.routes.leading import load_led, render_led, session_address
from app.sessions.services import Scope
from app.sessions.services.contents import CHANGED_MEANWHILE
from app.sessions.showing.dates import DatesShown, dates_shown


def _dates(form: Any, session: LearningSession) -> DatesShown | None:
    if form.dates is None:
        return None
    names = names_of("session", [date.session_id for date in form.dates], page_language())
    return dates_shown(session.track, form.dates, [names[date.session_id].text for date in form.dates])


def _move(form: Any, session: LearningSession) -> list[MomentChange]:
    actor, reason, now = current_actor(), str(form.reason.data or ""), clock.now()
    if form.chosen_scope is Scope.ONE:
        filled_from = str(form.filled_from.data or "")
        return [
            services.move_session(actor, session, timing=form.timing(), reason=reason, filled_from=filled_from, now=now)
        ]
    return services.move_series(
        actor, session, scope=form.chosen_scope, timings=form.timings_by_session(), reason=reason, now=now
    )


def _moved(session: LearningSession, number: int) -> Any:
    if number > 1:
        return ngettext(
            "%(num)s session has another time. Everybody who joined the track is told, once.",
            "%(num)s sessions have another time. Everybody who joined the track is told, once for all of them.",
            number,
        )
    if policy.is_over(session, clock.now()):
        return _("The session has another time. It is already over: nobody is told.")
    return _("The session has another time. Everybody who joined the track is told.")


def _moved_meanwhile(form: Any, session: LearningSession) -> list[Difference]:
    """Say which time somebody else has given it since the form was filled; sent again, it has been seen."""
    if form.filled_from.data in (None, "", digest := services.time_digest_of(session)):
        return []
    form.filled_from.data = digest
    if CHANGED_MEANWHILE not in form.general_errors:
        form.general_errors.append(CHANGED_MEANWHILE)
    there = MoveForm(formdata=None)
    there.fill_from(session.moment)
    return differences_of_time(form, there)


@blueprint.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
def move_session(session_id: UUID) -> Any:
    session = load_led(session_id)
    form = MoveForm()
    form.session, form.now = session, clock.now()
    form.needs_reason = session.moment.precision is Precision.MINUTE
    form.offer(queries.reach_of(session, form.now))
    done = carry_out(
        form,
        lambda: _move(form, session),
        lambda _changes: session_address(session),
        lambda changes: _moved(session, len(changes)),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_from_session(session)
    found = _moved_meanwhile(form, session)
    return render_led("sessions/move.html", session, form, differences=found, dates=_dates(form, session))


def _on_other_clocks(form: Any, session: LearningSession, number: int) -> Any:
    if not form.keeps_instants:
        return _moved(session, number)
    return ngettext(
        "%(num)s session goes by other clocks. It stays at the moment that was announced: nobody is told.",
        "%(num)s sessions go by other clocks. They stay at the moments that were announced: nobody is told.",
        number,
    )


@blueprint.route("/sessions/<uuid:session_id>/clock", methods=["GET", "POST"])
def change_clock(session_id: UUID) -> Any:
    actor, session = current_actor(), load_led(session_id)
    form, reach = ClockForm(), queries.reach_of(session, clock.now())
    form.offer(reach)
    done = carry_out(
        form,
        lambda: services.move_series(
            actor,
            session,
            scope=form.chosen_scope,
            timings=form.timings_by_session(),
            reason=str(form.reason.data or ""),
            now=clock.now(),
        ),
        lambda _changes: session_address(session),
        lambda changes: _on_other_clocks(form, session, len(changes)),
    )
    if done:
        return done
    if not form.is_submitted():
        form.zone.data = session.moment.zone
        form.scope.data = Scope.ALL.value if reach.is_several else Scope.ONE.value
    return render_led("sessions/clock.html", session, form, dates=_dates(form, session))
