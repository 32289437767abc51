"""The sheet handed to a group that follows on: what a track was, who carried it, what it leaves open.

Nobody is enrolled in anything by it (R-06): it names those who led the track and those who promised something in its
sessions, and shows the participants as numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.actors import VISITOR, Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.extensions import db
from app.outcomes import queries
from app.outcomes.models import OutcomeState
from app.outcomes.showing import OutcomeShown, outcomes_shown
from app.reflections.queries import list_newest
from app.reflections.showing import Voice, voices
from app.sessions.models import (
    LanguageMode,
    LearningSession,
    SessionLanguage,
    Track,
)
from app.sessions.policy import is_held, takes_place
from app.sessions.queries import figures_of, list_sessions
from app.sessions.queries.attendance import ThreeFigures

OFFERED = 30
"""So many of the newest public voices are offered to choose from."""

LONGEST_QUOTE = 700
"""Characters of a voice on the sheet; a longer one goes on at its own address."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session on the sheet: its name and figures, in which languages there are notes."""

    session: LearningSession
    name: Name
    is_held: bool
    figures: ThreeFigures
    notes: list[str]

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to say of who was there: it took place, or somebody was counted already."""
        return self.is_held or self.figures != ThreeFigures()


def session_lines(actor: Actor, track: Track, now: datetime) -> list[SessionLine]:
    """Return the sessions that took place or will, in the order of their time; a fixed number of queries."""
    sessions = [session for session in list_sessions(actor, track) if takes_place(session)]
    ids = [session.id for session in sessions]
    names, notes, figures = (
        names_of("session", ids, page_language()),
        queries.languages_of_notes(actor, track),
        figures_of(ids),
    )
    return [
        SessionLine(row, names[row.id], is_held(row, now), figures[row.id], notes.get(row.id, [])) for row in sessions
    ]


def languages_heard(track: Track) -> list[tuple[str, LanguageMode]]:
    """Return the languages of the track's sessions: spoken in one of them at least, else interpreted."""
    rows = db.session.execute(
        sa.select(SessionLanguage.language, SessionLanguage.mode)
        .join(LearningSession, LearningSession.id == SessionLanguage.gathering_id)
        .where(LearningSession.track_id == track.id)
        .distinct()
    )
    modes: dict[str, LanguageMode] = {}
    for language, mode in rows:
        if modes.get(language) is not LanguageMode.SPOKEN:
            modes[language] = mode
    return sorted(modes.items(), key=lambda pair: (pair[1] is not LanguageMode.SPOKEN, pair[0]))


def open_outcomes(actor: Actor, track: Track, now: datetime) -> list[OutcomeShown]:
    """Return what is still to be done, what is due first first."""
    return outcomes_shown(queries.list_outcomes(actor, track, state=OutcomeState.OPEN), now, with_session=True)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Public voices: those offered, and those chosen by hand, in the order of the list."""

    offered: list[Voice]
    chosen: list[Voice]


def quotes_of(track: Track, chosen_ids: Sequence[str]) -> Quotes:
    """Return the newest public voices, and which of them stand on the sheet. They are read as a visitor reads them:
    what is meant for a few readers, or held back from the others, never reaches a sheet that is passed on."""
    newest = list_newest(VISITOR, track_id=track.id, limit=OFFERED, only_public=True)
    offered = voices(VISITOR, newest, LONGEST_QUOTE)
    wanted = set(chosen_ids)
    return Quotes(offered, [voice for voice in offered if str(voice.original.id) in wanted])
