"""What a report is about: the whole house, a phase, a track or one session, in a period or at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from app.sessions.models import LearningSession, Phase, Track

HOUSE_ID = UUID("5f0e2c56-6a51-5b2e-9c3d-0d7a1f1c6a01")
"""Stands for the whole house where an audit line needs the identifier of a thing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything given narrows: a phase and a track of another phase leave nothing. Both days are included."""

    phase: Phase | None = None
    track: Track | None = None
    session: LearningSession | None = None
    from_on: date | None = None
    to_on: date | None = None

    @property
    def track_id(self) -> UUID | None:
        """The one track that the whole report lies in; None where it may reach beyond one track."""
        if self.session is not None:
            return self.session.track_id
        return self.track.id if self.track is not None else None

    @property
    def subject(self) -> tuple[str, UUID]:
        """Kind and identifier of the thing that an audit line about this report names."""
        if self.session is not None:
            return "session", self.session.id
        if self.track is not None:
            return "track", self.track.id
        if self.phase is not None:
            return "phase", self.phase.id
        return "report", uuid5(HOUSE_ID, "participation")

    @property
    def filters(self) -> dict[str, str | None]:
        """The query that leads to this report again; None where nothing was asked."""
        return {
            "phase": self.phase.slug if self.phase is not None else None,
            "track": self.track.slug if self.track is not None else None,
            "session": str(self.session.id) if self.session is not None else None,
            "from": self.from_on.isoformat() if self.from_on is not None else None,
            "to": self.to_on.isoformat() if self.to_on is not None else None,
        }

    def between(self, from_on: date | None, to_on: date | None) -> Scope:
        return replace(self, from_on=from_on, to_on=to_on)
