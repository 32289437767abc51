"""Example mails about dates of a track: what is near or over, whose clocks changed, what an answer by mail did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.core.types import Facts
from app.examples.mails.ground import ZONE, Kinds
from app.examples.mails.tracks import Tracks
from app.moments.local import in_zone
from app.moments.models import Moment
from app.outcomes.models import Outcome, OutcomeKind
from app.sessions.models import AttendanceIntention, LearningSession


class Reminded(Tracks):
    def came(self) -> Facts:
        """The reader said by a link that they come."""
        row = self.session()
        said = AttendanceIntention(
            gathering_id=row.id,
            person_id=self.reader.id,
            comes=True,
            for_start=row.moment.starts_at,
            said_at=self.now,
        )
        self.kept(said)
        about = row.moment.starts_at.isoformat()
        done = {"kind": "sessions.coming", "choice": "yes", "subject": str(row.id), "for": str(self.reader.id)}
        return done | {"about": about, "at": self.now.isoformat()}

    def near(self, row: LearningSession) -> Facts:
        return self.of_moment(row.moment) | {"minutes": -1440, "to": ["participants"]}

    def of_moment(self, moment: Moment) -> Facts:
        return {"moment": str(moment.id)}

    def held(self) -> Facts:
        return self.of_moment(self.session(-1).moment)

    def joining(self) -> Facts:
        return self.of_moment(self.moment("intake", self.track.id, self.day(5)))

    def agreed(self) -> Facts:
        row = Outcome(
            session_id=self.next_session.id,
            kind=OutcomeKind.COMMITMENT,
            words="Medir el calor en tres casas (ejemplo)",
            language="es",
            noted_at=self.now,
        )
        row = self.kept(row)
        row.moment = self.moment("outcome", row.id, self.day(7))
        return self.of_moment(row.moment)

    def clocks(self) -> Facts:
        """A session whose place put its clocks one hour back: new rules of clocks, and no person, moved it."""
        row = self.session()
        old, moment = row.moment.starts_at - timedelta(hours=1), row.moment
        change = self.changed(moment, timing=self.hours(8))
        earlier = {"starts_at": old.isoformat(), "until": (old + timedelta(hours=2)).isoformat()}
        wall = {"wall_start": _wall(old), "wall_end": _wall(old + timedelta(hours=2))}
        change.old, change.new = change.new | earlier | wall, change.new | {"zone_data": "example"}
        self.kept(change)
        return {"at": self.now.isoformat()}


def _wall(instant: datetime) -> str:
    return in_zone(instant.astimezone(UTC), ZONE).replace(tzinfo=None).isoformat()


KINDS: Kinds = {
    "core.act_done": Reminded.came,
    "reminders.gathering": lambda there: there.near(there.next_session),
    "reminders.held": Reminded.held,
    "reminders.joining": Reminded.joining,
    "reminders.agreed": Reminded.agreed,
    "reminders.clocks_changed": Reminded.clocks,
}
