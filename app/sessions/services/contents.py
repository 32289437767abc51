"""What an edited session says, as one value: two who edit one session at once find out by it before either is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.core.names import all_names
from app.sessions.models import LearningSession

CHANGED_MEANWHILE = _l(
    "Somebody changed this session since you opened this page. Compare what is there now with what you wrote, "
    "then save."
)

SERIES_CHANGED_MEANWHILE = _l(
    "Somebody changed other sessions of this series since you opened this page. Compare what is there now with what "
    "you wrote, then save."
)


def contents_of(session: LearningSession) -> tuple[object, ...]:
    """Return link, languages and agenda: what lies in the session's own rows."""
    return (
        session.join_link,
        [(row.language, row.mode.value) for row in session.languages],
        [(row.minutes_after_start, row.title, row.who) for row in session.agenda],
    )


def digest_of(session: LearningSession) -> str:
    """Return a hash of everything the form of a session is filled from: names, languages, agenda, link, modality."""
    names = sorted((language, row.text) for language, row in all_names("session", session.id).items())
    modality = session.moment.modality.value if session.moment.modality else ""
    return hashlib.sha256(json.dumps([names, modality, *contents_of(session)]).encode()).hexdigest()


def shared_digests_of(sessions: Iterable[LearningSession]) -> str:
    """Return, by number, a short hash of what the sessions of a series may share: "3:1f2e…,4:…"."""
    return ",".join(f"{session.number}:{_shared_digest(session)}" for session in sessions)


def _shared_digest(session: LearningSession) -> str:
    modality = session.moment.modality.value if session.moment.modality else ""
    return hashlib.sha256(json.dumps([modality, *contents_of(session)]).encode()).hexdigest()[:16]


def changed_since(sessions: Iterable[LearningSession], digests: str) -> list[LearningSession]:
    """Return the sessions that say something else now than when `shared_digests_of` was written."""
    known = dict(part.split(":", 1) for part in digests.split(",") if ":" in part)
    return [
        session for session in sessions if known.get(str(session.number), digest := _shared_digest(session)) != digest
    ]


def time_digest_of(session: LearningSession) -> str:
    """Return a hash of the time of a session as it was typed: of two who move it, the second hears of the first."""
    moment = session.moment
    walls = [wall.isoformat() if wall else "" for wall in (moment.wall_start, moment.wall_end)]
    which = [moment.is_second_start, moment.is_second_end]
    said = [moment.precision.value, *walls, moment.zone, *which]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
