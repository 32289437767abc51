"""Giving sessions another time: one, this and the following, or a whole series; and other clocks to go by."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import ngettext

from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.web import current_actor
from app.moments import queries as moments
from app.moments.models import MomentChange, Precision
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import MoveForm
from app.sessions.forms.differences import Difference, differences_of_time
from app.sessions.forms.sessions import ClockForm
from app.sessions.hosts import titles_of, words_of
from app.sessions.models import Gathering
from app.sessions.queries.zones import clocks_of
from app.sessions.routes.leading import load_led, render_led, session_address
from app.sessions.services import Scope
from app.sessions.showing.dates import DatesShown, dates_shown
from app.sessions.showing.elsewhere import places_at_night
from app.sessions.showing.strip import with_night


def _dates(form: Any, gathering: Gathering) -> DatesShown | None:
    if form.dates is None:
        return None
    names = titles_of(form.reached, page_language())
    return dates_shown(clocks_of(gathering), form.dates, [names[date.session_id].text for date in form.dates])


def _move(form: Any, gathering: Gathering) -> list[MomentChange]:
    actor, reason, now = current_actor(), str(form.reason.data or ""), clock.now()
    if form.chosen_scope is Scope.ONE:
        filled_from = str(form.filled_from.data or "")
        return [
            services.move_session(
                actor, gathering, timing=form.timing(), reason=reason, filled_from=filled_from, now=now
            )
        ]
    return services.move_series(
        actor, gathering, scope=form.chosen_scope, timings=form.timings_by_session(), reason=reason, now=now
    )


def _moved(gathering: Gathering, number: int) -> Any:
    if number > 1:
        return ngettext(
            "%(num)s session has another time. Everybody who joined the track is told, once.",
            "%(num)s sessions have another time. Everybody who joined the track is told, once for all of them.",
            number,
        )
    now, words = clock.now(), words_of(gathering)
    if policy.is_over(gathering, now):
        return words.moved_to_what_is_over if _was_ahead(gathering, now) else words.moved_when_over
    return with_night(words.moved, gathering)


def _was_ahead(gathering: Gathering, now: datetime) -> bool:
    [last, *_before] = moments.list_changes(gathering.moment)
    return datetime.fromisoformat(last.old["until"]) >= now


def _moved_meanwhile(form: Any, gathering: Gathering) -> list[Difference]:
    """Say which time somebody else has given it since the form was filled; sent again, it has been seen."""
    if form.filled_from.data in (None, "", digest := services.time_digest_of(gathering)):
        return []
    form.filled_from.data = digest
    if (sentence := words_of(gathering).changed_meanwhile) not in form.general_errors:
        form.general_errors.append(sentence)
    there = MoveForm(formdata=None)
    there.fill_from(gathering.moment)
    return differences_of_time(form, there)


@blueprint.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
def move_session(session_id: UUID) -> Any:
    gathering = load_led(session_id)
    form = MoveForm()
    form.session, form.now = gathering, clock.now()
    if form.is_submitted():
        form.followed_from = places_at_night(clocks_of(gathering))
    form.needs_reason = gathering.moment.precision is Precision.MINUTE
    form.offer(queries.reach_of(gathering, form.now))
    done = carry_out(
        form,
        lambda: _move(form, gathering),
        lambda _changes: session_address(gathering),
        lambda changes: _moved(gathering, len(changes)),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_from_session(gathering)
    found = _moved_meanwhile(form, gathering)
    return render_led("sessions/move.html", gathering, form, differences=found, dates=_dates(form, gathering))


def _on_other_clocks(form: Any, gathering: Gathering, number: int) -> Any:
    if not form.keeps_instants:
        return _moved(gathering, number)
    return words_of(gathering).stays_on_other_clocks(number)


@blueprint.route("/sessions/<uuid:session_id>/clock", methods=["GET", "POST"])
def change_clock(session_id: UUID) -> Any:
    actor, gathering = current_actor(), load_led(session_id)
    form, reach = ClockForm(), queries.reach_of(gathering, clock.now())
    form.offer(reach)
    done = carry_out(
        form,
        lambda: services.move_series(
            actor,
            gathering,
            scope=form.chosen_scope,
            timings=form.timings_by_session(),
            reason=str(form.reason.data or ""),
            now=clock.now(),
        ),
        lambda _changes: session_address(gathering),
        lambda changes: _on_other_clocks(form, gathering, len(changes)),
    )
    if done:
        return done
    if not form.is_submitted():
        form.zone.data = gathering.moment.zone
        form.scope.data = Scope.ALL.value if reach.is_several else Scope.ONE.value
    return render_led("sessions/clock.html", gathering, form, dates=_dates(form, gathering))
