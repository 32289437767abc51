"""Changing what the sessions of a series share, and calling several off, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.naming import Names
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Modality, Status
from app.sessions import events, telling
from app.sessions.hosts import host_of, words_of
from app.sessions.models import Gathering
from app.sessions.queries.series import series_of
from app.sessions.services.contents import SERIES_CHANGED_MEANWHILE, changed_since
from app.sessions.services.scheduling.changing import change_session, lock_session
from app.sessions.services.scheduling.moving import call_off, check_reason
from app.sessions.services.scheduling.parts import (
    AgendaLine,
    BadAgenda,
    Languages,
    check_agenda,
    check_link,
    minutes_of,
    write_agenda,
    write_languages,
)
from app.sessions.services.scheduling.planning import NotNow
from app.sessions.services.series.scope import Scope, of_series, sessions_in


@dataclass(frozen=True, slots=True)
class _Shared:
    """The parts of one session that a change passes on to others; None: it stays as it is."""

    languages: Languages | None
    agenda: Sequence[AgendaLine] | None
    join_link: str | None
    modality: Modality | None

    @property
    def is_nothing(self) -> bool:
        return self.languages is None and self.agenda is None and self.join_link is None and self.modality is None


def _parts(session: Gathering) -> tuple[object, object, str, Modality | None]:
    return (
        [(row.language, row.mode) for row in session.languages],
        [(item.minutes_after_start, item.title, item.who) for item in session.agenda],
        session.join_link,
        session.moment.modality,
    )


def change_series(
    actor: Actor,
    session: Gathering,
    *,
    scope: Scope,
    names: Names,
    languages: Languages,
    agenda: Sequence[AgendaLine],
    join_link: str,
    modality: Modality | None = None,
    filled_from: str = "",
    series_from: str = "",
    now: datetime,
) -> list[Gathering]:
    """Change a session as `change_session` does, and carry what became different of its languages, agenda, way of
    meeting and link to the others in reach; what was not touched stays as each of them has it, and titles always do.

    `series_from` is the `shared_digests_of` the sessions the writer was looking at. Returns the sessions that changed.
    Raises as `change_session`; `BadAgenda` names the session into which the agenda does not fit.
    """
    require(actor, "sessions.lead_session", session)
    others = [other for other in sessions_in(session, scope, now) if other is not session]
    before = _parts(session)
    change_session(
        actor,
        session,
        names=names,
        languages=languages,
        agenda=agenda,
        join_link=join_link,
        modality=modality,
        filled_from=filled_from,
        now=now,
    )
    shared = _what_changed(before, session)
    if shared.is_nothing or not others:
        return [session]
    _carry_to(actor, others, shared, series_from, now)
    return [session, *others]


def _what_changed(before: tuple[object, ...], session: Gathering) -> _Shared:
    had = _parts(session)
    return _Shared(
        languages=[(row.language, row.mode) for row in session.languages] if had[0] != before[0] else None,
        agenda=[AgendaLine(item.minutes_after_start, item.title, item.who) for item in session.agenda]
        if had[1] != before[1]
        else None,
        join_link=session.join_link if had[2] != before[2] else None,
        modality=session.moment.modality if had[3] != before[3] else None,
    )


def _carry_to(actor: Actor, sessions: Sequence[Gathering], shared: _Shared, series_from: str, now: datetime) -> None:
    """Pass a change on. Raises `ChangedMeanwhile` where one of them is not as the writer saw it."""
    for session in sessions:
        lock_session(session)
    if changed_since(sessions, series_from):
        raise moments.ChangedMeanwhile(SERIES_CHANGED_MEANWHILE)
    for session in sessions:
        _carry(actor, session, shared, now)


def _carry(actor: Actor, session: Gathering, shared: _Shared, now: datetime) -> None:
    if shared.languages is not None:
        write_languages(session, shared.languages)
    if shared.agenda is not None:
        write_agenda(session, _fitting(shared.agenda, session))
    if shared.join_link is not None:
        session.join_link = check_link(shared.join_link)
    db.session.flush()
    if shared.modality is not None:
        moments.change_moment(actor, session.moment, modality=shared.modality, now=now)
    audit.record(actor, "sessions.session.changed", session.kind, session.id, now=now)
    events.session_changed.send(session, actor=actor, now=now)


def _fitting(agenda: Sequence[AgendaLine], session: Gathering) -> list[AgendaLine]:
    try:
        return check_agenda(agenda, session.moment)
    except BadAgenda:
        raise BadAgenda(
            _l(
                "The agenda does not fit session %(number)s of the track, which lasts %(minutes)s minutes. Shorten the "
                "agenda, or change this session only.",
                number=host_of(session).number(session),
                minutes=minutes_of(session.moment),
            ),
            field="agenda",
        ) from None


def cancel_series(actor: Actor, session: Gathering, *, scope: Scope, reason: str, now: datetime) -> Sequence[Gathering]:
    """Call off the sessions of a series in reach, with one reason, and tell people once (R-10).

    Raises `ReasonMissing`, `WasHeld`, `NotNow` (it is cancelled already).
    """
    require(actor, "sessions.lead_session", session)
    if session.moment.status is Status.CANCELLED:
        raise NotNow(words_of(session).cancelled_already)
    reason = check_reason(reason)
    found = [(other, call_off(actor, other, reason=reason, now=now)) for other in sessions_in(session, scope, now)]
    changes = [(other, change) for other, change in found if change is not None]
    cancelled = [other for other, _change in changes]
    if len(changes) == 1:
        telling.sessions.tell_changed(actor, changes[0][0], changes[0][1], telling.sessions.CANCELLED, now=now)
        return cancelled
    facts = {"series": str(series_of(session)), "sessions": len(cancelled), "scope": scope.value}
    audit.record(actor, "sessions.series.cancelled", *host_of(session).part_of(session), facts, now=now)
    telling.series.tell_changed(actor, of_series(cancelled), telling.series.CANCELLED, now=now)
    return cancelled
