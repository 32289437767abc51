"""What reminders know of a dated thing, whatever it is: its moment, its kind, whose plan holds for it, who is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.registries import actor_at
from app.moments.models import Moment
from app.reminders.kinds import Kind, Whom

People = Callable[[Collection[Whom], datetime], set[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One dated thing. `scope_id` is the track, group or space whose plan holds; `is_quiet`: nobody need be reminded,
    for it is done, dropped, not announced. `seat` is the zone of the body where the moment names none.

    `people` returns who is told now, by the codes of `Whom`. `concerns` says whether it still concerns one of them,
    where that can be said without asking for everybody. `row` is the thing itself, for the mails.
    """

    moment: Moment
    kind: Kind
    scope_id: UUID
    row: Any
    people: People
    is_quiet: bool = False
    seat: str | None = None
    concerns: Callable[[Actor], bool] | None = None

    def still_concerns(self, person_id: UUID, to_whom: Collection[Whom], now: datetime) -> bool:
        """Whether somebody who was told would be told again: asked at the last moment before a mail leaves."""
        if self.concerns is not None:
            return self.concerns(actor_at(person_id, now))
        return person_id in self.people(to_whom, now)
