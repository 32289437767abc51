"""What reminders know of a dated thing, whatever it is: its moment, its kind, whose plan holds for it, who is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.registries import actor_at
from app.moments.models import Moment
from app.reminders.defaults import Rule
from app.reminders.kinds import OFFERED, Kind, Whom
from app.reminders.reckoning import Due, reckon

People = Callable[[Collection[Whom], datetime], set[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One dated thing. `scope_id` is the track, group or space whose plan holds; `is_quiet`: nobody need be reminded,
    for it is done, dropped, not announced. `seat` is the zone of the body where the moment names none. `known_since`:
    when it was written down, which counts for dates that are only expected.

    `people` returns who is told now, by the codes of `Whom`; `after` who is told once it is over, where that is told in
    words of its own: those alone for whom there is something left to do. `concerns` says whether it still concerns one
    person, where that can be said without asking for everybody. `row` is the thing itself, for the mails.
    """

    moment: Moment
    kind: Kind
    scope_id: UUID
    row: Any
    people: People
    is_quiet: bool = False
    seat: str | None = None
    known_since: datetime | None = None
    after: People | None = None
    concerns: Callable[[Actor, Collection[Whom]], bool] | None = None

    def dues(self, rules: Iterable[Rule]) -> dict[int, Due]:
        """Return when each reminder of a plan is due, by its minutes."""
        return reckon(self.kind, self.moment, rules, self.seat, known_since=self.known_since)

    def is_told_after(self, minutes: int) -> bool:
        """Whether a reminder so many minutes from the date is told in words of its own."""
        return self.after is not None and OFFERED[self.kind].is_after(minutes)

    def told(self, minutes: int, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
        """Return who is told by a rule now."""
        if OFFERED[self.kind].is_after(minutes):
            return self.after(to_whom, now) if self.after is not None else set()
        return self.people(to_whom, now)

    def still_concerns(self, person_id: UUID, minutes: int, to_whom: Collection[Whom], now: datetime) -> bool:
        """Whether somebody who was told would be told again: asked at the last moment before a mail leaves."""
        if self.concerns is not None and not OFFERED[self.kind].is_after(minutes):
            return self.concerns(actor_at(person_id, now), to_whom)
        return person_id in self.told(minutes, to_whom, now)
