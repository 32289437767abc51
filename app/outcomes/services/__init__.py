"""The use cases that write: notes of a session, and what it agreed on."""

from app.outcomes.services.agreeing import (
    Agreed,
    OutcomeChangedMeanwhile,
    change_outcome,
    digest_of,
    note_outcome,
    remove_outcome,
    set_state,
)
from app.outcomes.services.noting import NotesChangedMeanwhile, remove_notes, save_notes

__all__ = [
    "Agreed",
    "NotesChangedMeanwhile",
    "OutcomeChangedMeanwhile",
    "change_outcome",
    "digest_of",
    "note_outcome",
    "remove_notes",
    "remove_outcome",
    "save_notes",
    "set_state",
]
