"""Date polls in a list: their title, until when, how many have answered, whether they wait for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.names import Name
from app.datepolls import policy, queries
from app.datepolls.models import DatePoll
from app.datepolls.showing.words import state_of
from app.moments.endings import Ending, ending_of


@dataclass(frozen=True, slots=True)
class Line:
    """A date poll in a list; `waits` for the reader's answer."""

    poll: DatePoll
    title: Name
    state: Any
    tone: str
    ending: Ending
    answered: int
    waits: bool

    @property
    def is_open(self) -> bool:
        return self.tone == "confirmed"


def lines_of(actor: Actor, polls: Iterable[DatePoll], now: datetime) -> list[Line]:
    """Return date polls as a list prints them, those that wait for the reader first. Three queries for any number."""
    rows = list(polls)
    titles, answered = queries.titles_of(rows), queries.answered_by(actor.person_id, rows)
    counted, lines = queries.count_answered(rows), []
    for row in rows:
        state, tone = state_of(row, now)
        may = tone == "confirmed" and policy.can_answer(actor, row) and policy.writes(row.owner)
        waits = may and row.id not in answered
        lines.append(Line(row, titles[row.id], state, tone, ending_of(row.moment), counted[row.id], waits))
    return sorted(lines, key=lambda line: (not line.waits, not line.is_open))
