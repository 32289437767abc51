"""Rows of notes and outcomes for tests."""

from __future__ import annotations

from typing import Any

from app.core.actors import job
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState, SessionNotes
from app.sessions.keys import track_key
from app.sessions.models import LearningSession
from tests.conftest import START

NOTES = "# Qui paie ?\n\nNous avons parlé des loyers.\n\n- Dakar mesure la chaleur\n- Aden compte les maisons"


def make_notes(session: LearningSession, language: str = "fr", **overrides: Any) -> SessionNotes:
    values = {"body": NOTES, "edition": 1, "changed_at": START} | overrides
    notes = SessionNotes(gathering_id=session.id, language=language, **values)
    db.session.add(notes)
    db.session.flush()
    return notes


def make_outcome(session: LearningSession, words: str = "Measure the heat", **overrides: Any) -> Outcome:
    """An open commitment; `by` is a timing."""
    by: Timing | None = overrides.pop("by", None)
    values = {
        "kind": OutcomeKind.COMMITMENT,
        "state": OutcomeState.OPEN,
        "language": "en",
        "noted_at": START,
        "removed_at": None,
    } | overrides
    outcome = Outcome(session_id=session.id, words=words, **values)
    db.session.add(outcome)
    db.session.flush()
    if by is not None:
        outcome.moment = create_moment(
            job("test"),
            subject_kind="outcome",
            subject_id=outcome.id,
            audience=track_key(session.track_id),
            timing=by,
            status=Status.PLANNED,
            certainty=Certainty.VERIFIED,
            now=START,
        )
        db.session.flush()
    return outcome
