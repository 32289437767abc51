"""Voices: a reflection that was spoken. Its recording stands beside the words, which its author writes, or confirms
when somebody else has listened and offers them (R-01)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, files
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.files import Incoming
from app.core.permissions import require
from app.extensions import db
from app.originals.services import lock
from app.originals.words import as_written, check_body
from app.reflections import events
from app.reflections.models import Draft, DraftOrigin, Reflection, Voice
from app.reflections.readers import Readers
from app.reflections.services.writing import check_session, compose, publish
from app.reflections.telling import tell_draft
from app.sessions.models import Track

MOST_OFFERS = 5
"""Transcripts of one voice that may wait for its author at the same time."""


def speak(
    actor: Actor,
    track: Track,
    *,
    incoming: Incoming,
    language: str,
    readers: Readers = Readers.TRACK,
    pseudonym: str = "",
    session_id: UUID | None = None,
    body: str = "",
    now: datetime,
) -> Reflection:
    """Publish a voice that the form has checked and written anew (`recordings.make_voice`). `body` is what it says;
    without it, the words are written later, as a new version.

    Members and facilitators of the track. Raises `files.KeptTwice`, and `RuleBroken` as `write_reflection` does.
    """
    require(actor, "reflections.write", track)
    check_session(actor, track, session_id)
    reflection = compose(
        actor, track_id=track.id, body=body, language=language, readers=readers, pseudonym=pseudonym,
        is_spoken=True, now=now,
    )  # fmt: skip
    reflection.session_id = session_id
    reflection.voice = Voice(file=files.keep(actor, incoming, now=now), seconds=incoming.seconds)
    publish(actor, reflection, now=now)
    return reflection


def offer_transcript(actor: Actor, reflection: Reflection, *, body: str, now: datetime) -> Draft:
    """Let a listener write down what a voice says, in its own language. It is a draft until the author confirms it, and
    nobody else reads it. The same words offered twice are one draft.

    Raises `RuleBroken` at `body` (no words, too long, enough offers waiting).
    """
    require(actor, "reflections.transcribe", reflection)
    body = as_written(body)
    check_body(body)
    lock(reflection)
    waiting = db.session.scalars(sa.select(Draft).where(Draft.of_reflection_id == reflection.id)).all()
    if same := next((draft for draft in waiting if draft.body == body), None):
        return same
    if len(waiting) >= MOST_OFFERS:
        raise RuleBroken(
            _l("Others have written down this voice already, and its author has not answered yet. Try again later."),
            field="body",
        )
    draft = Draft(
        track_id=reflection.track_id,
        session_id=reflection.session_id,
        author_id=reflection.author_id,
        origin=DraftOrigin.TRANSCRIPT,
        of_reflection_id=reflection.id,
        body=body,
        language=reflection.language,
        taken_by=actor.person_id,
        taken_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    audit.record(
        actor, "reflections.transcript.offered", "reflection", reflection.id, {"draft": str(draft.id)}, now=now
    )
    tell_draft(draft, now=now)
    return draft


def _on_erased(reflection: Reflection, *, now: datetime, **_: Any) -> None:
    """The voice goes with the words, and so do transcripts that waited for its author."""
    if reflection.voice is not None:
        stored = reflection.voice.file
        reflection.voice = None
        files.remove(stored, now=now)
    db.session.execute(sa.delete(Draft).where(Draft.of_reflection_id == reflection.id))
    db.session.flush()


def follow() -> None:
    events.reflection_erased.connect(_on_erased)
