"""What an edited session says, as one value: two who edit one session at once find out by it before either is lost."""

from __future__ import annotations

import hashlib
import json

from flask_babel import lazy_gettext as _l

from app.core.names import all_names
from app.sessions.models import LearningSession

CHANGED_MEANWHILE = _l(
    "Somebody changed this session since you opened this page. Compare what is there now with what you wrote, "
    "then save."
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


def time_digest_of(session: LearningSession) -> str:
    """Return a hash of the time of a session as it was typed: of two who move it, the second hears of the first."""
    moment = session.moment
    walls = [wall.isoformat() if wall else "" for wall in (moment.wall_start, moment.wall_end)]
    which = [moment.is_second_start, moment.is_second_end]
    said = [moment.precision.value, *walls, moment.zone, *which]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
