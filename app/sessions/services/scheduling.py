"""Sessions of a track: planned, edited, confirmed, moved, cancelled and reopened by the track's facilitators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Modality, Moment, MomentChange, Precision, Status
from app.moments.timing import Timing, resolve
from app.sessions import events, policy, telling
from app.sessions.models import AgendaItem, Attendance, LanguageMode, LearningSession, SessionLanguage, Track
from app.sessions.services.contents import CHANGED_MEANWHILE, contents_of, digest_of
from app.sessions.services.naming import Names, check_names, write_names
from app.sessions.services.tracks import lock_track

LONGEST_LINK = 500
MOST_AT_ONCE = 20
MOST_MINUTES = 24 * 60
"""A day: no line of an agenda begins later, however long a session lasts."""


class BadLink(RuleBroken):
    """A join link that is no https address."""


class BadAgenda(RuleBroken):
    """An agenda line without words, or outside the session."""


class NoHourYet(RuleBroken):
    """What has no hour cannot be certain."""


class ReasonMissing(RuleBroken):
    """People who are told of a change are told why."""


class SameTime(RuleBroken):
    """A move to where the session already is."""


class WasHeld(RuleBroken):
    """People attended it: it has been."""


class NotNow(RuleBroken):
    """The state of the session does not allow this."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Minutes after the start, what, and who (free words)."""

    minutes: int
    title: str
    who: str = ""


Languages = Sequence[tuple[str, LanguageMode]]


def check_link(link: str) -> str:
    """Return a join link, trimmed; raises `BadLink` for what is no https address."""
    link = link.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        has_host = bool((parts.hostname or "").strip(".")) and parts.port != 0  # a port out of range: ValueError
        is_good = parts.scheme == "https" and has_host and "@" not in parts.netloc
    except ValueError:
        is_good = False
    if not is_good or len(link) > LONGEST_LINK or any(sign.isspace() or not sign.isprintable() for sign in link):
        raise BadLink(
            _l("The link must begin with https:// and name a place to meet. Copy it whole."), field="join_link"
        )
    return link


def check_minutes(minutes: int, lasts: int) -> None:
    """Raise `BadAgenda` for a line outside a session of so many minutes; 0: nobody knows how long it lasts."""
    if 0 <= minutes < min(lasts or MOST_MINUTES, MOST_MINUTES):
        return
    sentence = (
        _l("Each line of the agenda begins within the session, which lasts %(minutes)s minutes.", minutes=lasts)
        if 0 < lasts <= MOST_MINUTES
        else _l("Write how many minutes after the start this begins: 0, 15, 90, and less than 1,440.")
    )
    raise BadAgenda(sentence, field="agenda")


def check_fits(session: LearningSession, lasts: int) -> None:
    """Raise `BadAgenda` at the end when a line of the agenda would lie outside so many minutes; 0: not known."""
    for item in session.agenda:
        if lasts and item.minutes_after_start >= lasts:
            raise BadAgenda(
                _l(
                    "The agenda has “%(title)s” %(minutes)s minutes after the start, and the session would last "
                    "%(lasts)s. Choose a later end, or edit the agenda first.",
                    title=item.title,
                    minutes=item.minutes_after_start,
                    lasts=lasts,
                ),
                field="end",
            )


def _minutes_between(timing: Timing) -> int:
    starts_at, until = resolve(timing)
    return int((until - starts_at).total_seconds() // 60) if timing.precision is Precision.MINUTE else 0


def minutes_of(moment: Moment) -> int:
    """Return how many minutes a session lasts; 0 while its hour is open."""
    lasts = moment.until - moment.starts_at
    return int(lasts.total_seconds() // 60) if moment.precision is Precision.MINUTE else 0


def _check_agenda(agenda: Sequence[AgendaLine], moment: Moment) -> list[AgendaLine]:
    for line in agenda:
        if not line.title.strip():
            raise BadAgenda(_l("Write what happens in each line of the agenda, or empty the line."), field="agenda")
        check_minutes(line.minutes, minutes_of(moment))
    return sorted(agenda, key=lambda line: line.minutes)


def _write_agenda(session: LearningSession, agenda: Sequence[AgendaLine]) -> None:
    session.agenda.clear()
    db.session.flush()  # the old lines go first: positions are unique
    session.agenda.extend(
        AgendaItem(position=place, minutes_after_start=line.minutes, title=line.title.strip(), who=line.who.strip())
        for place, line in enumerate(agenda)
    )


def _write_languages(session: LearningSession, languages: Languages) -> None:
    """A language that is spoken needs no interpretation: said twice, the first counts, spoken before interpreted."""
    ordered = sorted(languages, key=lambda pair: pair[1] is not LanguageMode.SPOKEN)
    wanted: dict[str, LanguageMode] = {}
    for code, mode in ordered:
        wanted.setdefault(code, mode)
    session.languages.clear()
    db.session.flush()
    session.languages.extend(
        SessionLanguage(language=code, mode=mode, position=place) for place, (code, mode) in enumerate(wanted.items())
    )


def _last_number(track_id: UUID) -> int:
    last = sa.select(sa.func.max(LearningSession.number)).where(LearningSession.track_id == track_id)
    return db.session.scalar(last) or 0


def _add_with_next_number(session: LearningSession) -> None:
    """Give the next number of the track; two who plan at once get two numbers."""
    for _attempt in range(MOST_AT_ONCE):
        session.number = _last_number(session.track_id) + 1
        try:
            with db.session.begin_nested():
                db.session.add(session)
        except IntegrityError:
            continue  # somebody else has just taken this number
        return
    raise NotNow(_l("Many sessions are being planned at this moment. Wait a moment and send it again."))


def plan_session(
    actor: Actor,
    track: Track,
    *,
    names: Names,
    timing: Timing,
    languages: Languages = (),
    agenda: Sequence[AgendaLine] = (),
    join_link: str = "",
    modality: Modality | None = Modality.ONLINE,
    status: Status = Status.PLANNED,
    certainty: Certainty | None = None,
    series_id: UUID | None = None,
    now: datetime,
) -> LearningSession:
    """Plan a session of a track and tell its members. It gets the next number and the track's audience.

    A session without hour is expected (`estimated`) until it has one. Raises `NeedsName`, `BadLink`, `BadAgenda` and
    the errors of `moments.timing`.
    """
    require(actor, "sessions.plan_session", track)
    check_names(names)
    lock_track(track)
    has_hour = timing.precision is Precision.MINUTE
    session_id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind="session",
        subject_id=session_id,
        audience=track.audience,
        timing=timing,
        status=status,
        certainty=certainty or (Certainty.VERIFIED if has_hour else Certainty.ESTIMATED),
        modality=modality,
        now=now,
    )
    session = LearningSession(
        id=session_id,
        track_id=track.id,
        moment_id=moment.id,
        series_id=series_id,
        join_link=check_link(join_link),
        created_at=now,
    )
    _add_with_next_number(session)
    _write_languages(session, languages)
    _write_agenda(session, _check_agenda(agenda, moment))
    db.session.flush()
    write_names("session", session.id, names)
    audit.record(actor, "sessions.session.planned", "session", session.id, {"number": session.number}, now=now)
    telling.tell_planned(actor, session, now=now)
    events.session_planned.send(session, actor=actor, now=now)
    return session


def _lock_session(session: LearningSession, filled_from: str) -> None:
    """Let one writer at a time replace the rows below a session; what was changed since it was read is not lost."""
    read = contents_of(session)
    db.session.flush()
    db.session.refresh(session, ["join_link"], with_for_update=True)
    db.session.expire(session, ["languages", "agenda"])
    if contents_of(session) != read or (filled_from and filled_from != digest_of(session)):
        raise moments.ChangedMeanwhile(CHANGED_MEANWHILE)


def change_session(
    actor: Actor,
    session: LearningSession,
    *,
    names: Names,
    languages: Languages,
    agenda: Sequence[AgendaLine],
    join_link: str,
    modality: Modality | None = None,
    filled_from: str = "",
    now: datetime,
) -> LearningSession:
    """Change everything of a session but its time. Of two who save at once, the second hears of the first.

    `filled_from` is the `digest_of` the session that the writer was looking at; empty: it is not asked.
    Raises `NeedsName`, `BadLink`, `BadAgenda`, `ChangedMeanwhile`.
    """
    require(actor, "sessions.lead_session", session)
    check_names(names)
    _lock_session(session, filled_from)
    session.join_link = check_link(join_link)
    _write_languages(session, languages)
    _write_agenda(session, _check_agenda(agenda, session.moment))
    db.session.flush()
    write_names("session", session.id, names)
    if modality is not None:
        moments.change_moment(actor, session.moment, modality=modality, now=now)
    audit.record(actor, "sessions.session.changed", "session", session.id, now=now)
    events.session_changed.send(session, actor=actor, now=now)
    return session


def confirm_session(actor: Actor, session: LearningSession, *, now: datetime) -> LearningSession:
    """Say that a session is certain. It needs an hour, and must not be cancelled. Raises `NoHourYet`, `NotNow`."""
    require(actor, "sessions.lead_session", session)
    moment = session.moment
    if moment.precision is not Precision.MINUTE:
        raise NoHourYet(_l("This session has no hour yet. Choose its hour first, then confirm it."))
    if moment.status in policy.NOT_TAKING_PLACE:
        raise NotNow(_l("This session is called off. Reopen it first, then confirm it."))
    if moment.status is Status.HELD:
        return session
    change = moments.change_moment(actor, moment, status=Status.CONFIRMED, certainty=Certainty.VERIFIED, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.confirmed", "session", session.id, now=now)
        events.session_confirmed.send(session, actor=actor, now=now)
    return session


def _check_not_attended(session: LearningSession) -> None:
    attended = sa.select(sa.func.count()).where(Attendance.session_id == session.id, Attendance.unmarked_at.is_(None))
    if db.session.scalar(attended):
        raise WasHeld(
            _l("People are marked as present: this session has been held. Plan a new one, or undo the marks first.")
        )


def check_reason(reason: str) -> str:
    """Return the reason of a change on one line; raises `ReasonMissing`."""
    reason = one_line(reason)
    if not reason:
        raise ReasonMissing(_l("Write why: everybody who joined is told."), field="reason")
    return reason[:500]


def move_session(
    actor: Actor, session: LearningSession, *, timing: Timing, reason: str = "", now: datetime
) -> MomentChange:
    """Give a session another time, keep the old one in its history, and tell its members (R-10).

    An expected session that gets its hour needs no reason; any other move does. Raises `ReasonMissing`, `SameTime`,
    `NotNow`, `WasHeld`, `BadAgenda` (a line would lie after the end) and the errors of `moments.timing`.
    """
    require(actor, "sessions.lead_session", session)
    moment = session.moment
    if moment.status is Status.CANCELLED:
        raise NotNow(_l("This session is cancelled. Reopen it first, then choose its time."))
    _check_not_attended(session)
    had_hour, has_hour = moment.precision is Precision.MINUTE, timing.precision is Precision.MINUTE
    reason = check_reason(reason) if had_hour else one_line(reason)[:500]
    check_fits(session, _minutes_between(timing))
    is_certain = has_hour and moment.status is Status.CONFIRMED
    change = moments.change_moment(
        actor,
        moment,
        timing=timing,
        status=Status.CONFIRMED if is_certain else Status.PLANNED,
        certainty=Certainty.VERIFIED if has_hour else Certainty.ESTIMATED,
        reason=reason,
        now=now,
    )
    if change is None:
        raise SameTime(_l("This is the time the session already has. Choose another one."), field="day")
    audit.record(actor, "sessions.session.moved", "session", session.id, {"change": str(change.id)}, now=now)
    telling.tell_changed(actor, session, change, telling.MOVED, now=now)
    events.session_moved.send(session, actor=actor, change=change, now=now)
    return change


def cancel_session(actor: Actor, session: LearningSession, *, reason: str, now: datetime) -> LearningSession:
    """Call a session off, say why, and tell its members (R-10). Cancelling twice changes nothing.

    Raises `ReasonMissing`, `WasHeld`.
    """
    require(actor, "sessions.lead_session", session)
    if session.moment.status is Status.CANCELLED:
        return session
    _check_not_attended(session)
    change = moments.change_moment(actor, session.moment, status=Status.CANCELLED, reason=check_reason(reason), now=now)
    if change is not None:
        audit.record(actor, "sessions.session.cancelled", "session", session.id, {"change": str(change.id)}, now=now)
        telling.tell_changed(actor, session, change, telling.CANCELLED, now=now)
        events.session_cancelled.send(session, actor=actor, change=change, now=now)
    return session


def reopen_session(actor: Actor, session: LearningSession, *, now: datetime) -> LearningSession:
    """Plan a cancelled or postponed session again, at the time it had, and tell its members (R-10)."""
    require(actor, "sessions.lead_session", session)
    if session.moment.status not in policy.NOT_TAKING_PLACE:
        return session
    change = moments.change_moment(actor, session.moment, status=Status.PLANNED, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.reopened", "session", session.id, {"change": str(change.id)}, now=now)
        telling.tell_changed(actor, session, change, telling.REOPENED, now=now)
        events.session_reopened.send(session, actor=actor, change=change, now=now)
    return session
