"""Example mails of a track: its sessions and places, what is told and written there."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import uuid4

from app.announcements.models import Announcement
from app.core.actors import NETWORK
from app.core.types import Facts
from app.examples.mails.ground import Ground, Kinds
from app.moments.models import MomentChange, Status
from app.originals.models import OriginalVersion
from app.reflections.models import Draft, DraftOrigin, Reflection
from app.sessions.models import (
    Application,
    ApplicationState,
    LanguageMode,
    LearningSession,
    Phase,
    SessionLanguage,
    Track,
    TrackMembership,
)

TRACK = {
    "en": "Land and housing (example)",
    "fr": "Terre et logement (exemple)",
    "es": "Tierra y vivienda (ejemplo)",
    "pt": "Terra e moradia (exemplo)",
    "ar": "الأرض والسكن (مثال)",
}
SESSION = {
    "en": "Who pays for the heat? (example)",
    "fr": "Qui paie la chaleur ? (exemple)",
    "es": "¿Quién paga el calor? (ejemplo)",
    "pt": "Quem paga o calor? (exemplo)",
    "ar": "من يدفع ثمن الحرّ؟ (مثال)",
}


class Tracks(Ground):
    @cached_property
    def track(self) -> Track:
        """The reader takes part in it."""
        phase = Phase(
            slug=f"example-{uuid4().hex}",
            owner_organisation_id=self.organisation.id,
            year_from=self.now.year,
            year_to=self.now.year,
            created_at=self.now,
        )
        row = Track(
            slug=f"example-{uuid4().hex[:8]}",
            phase_id=self.kept(phase).id,
            audience=NETWORK,
            published_at=self.now,
            is_open=True,
            created_at=self.now,
        )
        track = self.kept(row, TRACK, "track")
        self.kept(TrackMembership(track_id=track.id, person_id=self.reader.id, joined_at=self.now))
        return track

    def session(self, days: float = 7, hour: int = 17, **said: Any) -> LearningSession:
        session_id = uuid4()
        moment = self.moment("session", session_id, self.hours(days, hour))
        row = LearningSession(
            id=session_id,
            track_id=self.track.id,
            number=next(self.numbers),
            moment_id=moment.id,
            created_at=self.now,
            languages=[
                SessionLanguage(language=language, mode=mode, position=position)
                for position, (language, mode) in enumerate(
                    (("es", LanguageMode.SPOKEN), ("fr", LanguageMode.INTERPRETED), ("ar", LanguageMode.INTERPRETED))
                )
            ],
            **said,
        )
        return self.kept(row, SESSION, "session")

    @cached_property
    def next_session(self) -> LearningSession:
        return self.session()

    def told_of(self, row: LearningSession, change: MomentChange | None = None) -> Facts:
        return {"session": str(row.id), "fact": str(change.id if change is not None else row.id)}

    def moved(self, **to: Any) -> Facts:
        row = self.session()
        return self.told_of(row, self.changed(row.moment, **to))

    def confirmed(self) -> Facts:
        row = self.session()
        row.moment.status = Status.PLANNED
        return self.told_of(row, self.changed(row.moment, status=Status.CONFIRMED))

    def reopened(self) -> Facts:
        row = self.session()
        self.changed(row.moment, status=Status.CANCELLED)
        return self.told_of(row, self.changed(row.moment, status=Status.CONFIRMED))

    def hour_changed(self) -> Facts:
        """One before the clocks of the reader were changed, and one after."""
        before, after = self.session(hour=18), self.session(14)
        return {"session": str(after.id), "before": str(before.id)}

    def series(self, **to: Any) -> Facts:
        series_id = uuid4()
        rows = [self.session(7 * (at + 1), series_id=series_id) for at in range(3)]
        for at, row in enumerate(rows):
            if "status" in to:
                self.changed(row.moment, **to)
            elif to:
                self.changed(row.moment, timing=self.hours(7 * (at + 1) + 1), **to)
        return {"track": str(self.track.id), "series": str(series_id), "at": self.now.isoformat()}

    def application(self, state: ApplicationState) -> Facts:
        row = Application(
            track_id=self.track.id,
            person_id=self.person("Example Applicant").id,
            organisation_id=self.organisation.id,
            asked_by=self.writer.id,
            state=state,
            asked_at=self.now,
        )
        return {"track": str(self.track.id), "application": str(self.kept(row).id)}

    def announcement(self) -> Facts:
        row = Announcement(
            track_id=self.track.id,
            audience=NETWORK,
            subject="Traer una foto (ejemplo)",
            body="Para el sábado: cada quien trae una foto de su barrio.",
            language="es",
            author_id=self.writer.id,
            sent_at=self.now,
        )
        return {"announcement": str(self.kept(row).id)}

    def original(self) -> dict[str, Any]:
        """Return what all words of somebody have: their language, their readers, their first version."""
        return {
            "language": "es",
            "audience": NETWORK,
            "author_id": self.reader.id,
            "written_at": self.now,
            "changed_at": self.now,
            "versions": [OriginalVersion(number=1, body="(ejemplo)", written_at=self.now)],
        }

    @cached_property
    def reflection(self) -> Facts:
        row = self.kept(Reflection(track_id=self.track.id, **self.original()))
        return {"reflection": str(row.id), "fact": str(row.id)}

    def draft(self) -> Facts:
        row = Draft(
            track_id=self.track.id,
            author_id=self.reader.id,
            origin=DraftOrigin.CHAT,
            body="(ejemplo)",
            taken_at=self.now,
        )
        return {"draft": str(self.kept(row).id)}


def _reflection(tracks: Tracks) -> Facts:
    return tracks.reflection


KINDS: Kinds = {
    "sessions.session_planned": lambda tracks: tracks.told_of(tracks.next_session),
    "sessions.session_moved": lambda tracks: tracks.moved(timing=tracks.hours(9), reason="Corte de luz (ejemplo)"),
    "sessions.session_confirmed": Tracks.confirmed,
    "sessions.session_cancelled": lambda tracks: tracks.moved(status=Status.CANCELLED, reason="Inundación (ejemplo)"),
    "sessions.session_reopened": Tracks.reopened,
    "sessions.hour_changed": Tracks.hour_changed,
    "sessions.series_planned": lambda tracks: tracks.series(),
    "sessions.series_moved": lambda tracks: tracks.series(reason="Mercado (ejemplo)"),
    "sessions.series_cancelled": lambda tracks: tracks.series(status=Status.CANCELLED),
    "sessions.place_given": lambda tracks: tracks.application(ApplicationState.ACCEPTED),
    "sessions.place_moved_up": lambda tracks: tracks.application(ApplicationState.ACCEPTED),
    "sessions.place_waiting": lambda tracks: tracks.application(ApplicationState.WAITING),
    "sessions.application_refused": lambda tracks: tracks.application(ApplicationState.REFUSED),
    "sessions.place_named": lambda tracks: tracks.application(ApplicationState.ACCEPTED),
    "announcements.announced": Tracks.announcement,
    "reflections.draft_waits": Tracks.draft,
    **{
        f"reflections.{what}": _reflection
        for what in (
            "answered", "translated", "consent_asked", "consent_answered", "withheld", "released", "release_asked",
            "release_refused", "reported",
        )
    },
}  # fmt: skip
