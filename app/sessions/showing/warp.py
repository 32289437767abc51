"""The warp of a track: its sessions on a line, each with its state, the reader's hour, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.moments.local import in_zone
from app.moments.models import NOT_TAKING_PLACE, Certainty, Precision, Status
from app.moments.shown import HourDiffers, Shown, hours_of, shown
from app.moments.zones import reader_zone
from app.sessions import policy, queries
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.shares import SMALLEST
from app.sessions.showing.kindness import Beads
from app.sessions.showing.strip import beads_of_sessions


@dataclass(frozen=True, slots=True)
class WarpLine:
    """One session on the warp. `number` is its place in time among those that take place, None for the others;
    `state` is the class of its shape: held, next, confirmed, expected, postponed, cancelled; `is_this_year`: its day is
    understood without the year."""

    session: LearningSession
    name: Name
    number: int | None
    state: str
    takes_place: bool
    is_over: bool
    time: Shown
    is_this_year: bool
    facts: list[str]
    differs: HourDiffers | None
    beads: Beads | None


def is_certain(session: LearningSession) -> bool:
    """Whether the time is fixed: a knot; everything else is a loop."""
    moment = session.moment
    return moment.status in (Status.CONFIRMED, Status.HELD) and moment.certainty is Certainty.VERIFIED


def _has_hour(session: LearningSession) -> bool:
    return session.moment.precision is Precision.MINUTE


def state_on_warp(session: LearningSession, now: datetime, *, is_next: bool) -> str:
    if session.moment.status is Status.CANCELLED:
        return "cancelled"
    if session.moment.status is Status.POSTPONED:
        return "postponed"
    if policy.is_held(session, now):
        return "held"
    if is_next and _has_hour(session):
        return "next"
    return "confirmed" if is_certain(session) and _has_hour(session) else "expected"


def places_in_time(siblings: Iterable[Gathering]) -> dict[UUID, int]:
    """Return the place of each gathering of one owner that takes place: 1 for the first; `siblings` come in the order
    of their time. This is the number people read; the stored one tells them apart and is shown to nobody."""
    taking_place = [row.id for row in siblings if policy.takes_place(row)]
    return {session_id: place for place, session_id in enumerate(taking_place, start=1)}


def warp_of(actor: Actor, track: Track, sessions: Sequence[LearningSession], now: datetime) -> list[WarpLine]:
    """Return the lines of a track's warp. The note that the reader's hour differs from the session before stands at
    sessions that are not over, and for nobody whose hour stays (A1)."""
    names = names_of("session", [session.id for session in sessions], page_language())
    counts = queries.count_attendance(session.id for session in sessions)
    differs = hours_of(session.moment for session in sessions if session.moment.status not in NOT_TAKING_PLACE)
    next_id = next_session_id(sessions, now)
    is_exact = policy.can_lead_track(actor, track)
    places = places_in_time(sessions)
    beads = beads_of_sessions(track, sessions)
    return [
        WarpLine(
            session=session,
            name=names[session.id],
            number=places.get(session.id),
            takes_place=session.id in places,
            is_over=policy.is_over(session, now),
            state=state_on_warp(session, now, is_next=session.id == next_id),
            time=shown(session.moment),
            is_this_year=_is_this_year(session, now),
            facts=_facts(
                session, now, counts.get(session.id, (0, 0)), is_next=session.id == next_id, is_exact=is_exact
            ),
            differs=None if policy.is_over(session, now) else differs.get(session.moment_id),
            beads=beads.get(session.id),
        )
        for session in sessions
    ]


def _is_this_year(session: LearningSession, now: datetime) -> bool:
    zone = reader_zone() or session.moment.zone
    return in_zone(session.moment.starts_at, zone).year == in_zone(now, zone).year


def next_session_id(siblings: Sequence[Gathering], now: datetime) -> UUID | None:
    """Return the first that is not over and takes place."""
    return next((row.id for row in siblings if policy.takes_place(row) and not policy.is_over(row, now)), None)


def _facts(
    session: LearningSession, now: datetime, attended: tuple[int, int], *, is_next: bool, is_exact: bool
) -> list[str]:
    """Return what stands below the title, piece by piece."""
    status = session.moment.status
    if status is Status.CANCELLED:
        # I18N: state of a session
        return [_("Cancelled")]
    if status is Status.POSTPONED:
        # I18N: state of a session
        return [_("Postponed: a new day is not known yet")]
    if policy.is_over(session, now):
        # I18N: state of a session: it has taken place
        return [_("Held"), *attended_words(attended, is_exact=is_exact)]
    if not _has_hour(session):
        return [_("Expected: the facilitators are still choosing the hour")]
    # I18N: state of a session
    certain = pgettext("date", "Confirmed") if is_certain(session) else _("Expected: not confirmed yet")
    if not is_next:
        return [certain]
    # I18N: the next session of a track
    return [_("Next"), days_until(session, now), certain, _("link shown to participants 24 hours before")]


def attended_words(attended: tuple[int, int], *, is_exact: bool) -> list[str]:
    """Return "58 people from 31 organisations" as one piece of a line, none where it is not said: who does not lead
    reads no small numbers (R-31)."""
    persons, organisations = attended
    if not persons or (persons < SMALLEST and not is_exact):
        return []
    people = ngettext("%(num)s person", "%(num)s people", persons)
    if not organisations:
        return [people]
    # I18N: who attended a session: "58 people from 31 organisations"
    return [
        ngettext(
            "%(people)s from %(num)s organisation",
            "%(people)s from %(num)s organisations",
            organisations,
            people=people,
        )
    ]


def days_until(session: Gathering, now: datetime) -> str:
    """Return "in 16 days", counted in days on the reader's calendar."""
    zone = reader_zone() or session.moment.zone
    days = (in_zone(session.moment.starts_at, zone).date() - in_zone(now, zone).date()).days
    if session.moment.starts_at <= now:
        # I18N: of a session that has begun and is not over
        return str(_("under way"))
    if days == 0:
        return str(_("today"))
    if days == 1:
        return str(_("tomorrow"))
    # I18N: how far off a session is
    return str(ngettext("in %(num)s day", "in %(num)s days", days))
