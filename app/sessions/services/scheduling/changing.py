"""Changing what a session says, its time apart. Of two who save at once, the second hears of the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.core.naming import Names, check_names, write_names
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Modality
from app.sessions import events
from app.sessions.models import LearningSession
from app.sessions.services.contents import CHANGED_MEANWHILE, contents_of, digest_of
from app.sessions.services.scheduling.parts import (
    AgendaLine,
    Languages,
    check_agenda,
    check_link,
    write_agenda,
    write_languages,
)


def lock_session(session: LearningSession, filled_from: str = "") -> None:
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
    lock_session(session, filled_from)
    session.join_link = check_link(join_link)
    write_languages(session, languages)
    write_agenda(session, check_agenda(agenda, session.moment))
    db.session.flush()
    write_names("session", session.id, names)
    if modality is not None:
        moments.change_moment(actor, session.moment, modality=modality, now=now)
    audit.record(actor, "sessions.session.changed", "session", session.id, now=now)
    events.session_changed.send(session, actor=actor, now=now)
    return session
