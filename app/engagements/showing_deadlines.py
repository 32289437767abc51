"""What closes where something is planned, said before the plan is kept: nobody plans towards a deadline that is over
without having read so."""

from __future__ import annotations

from datetime import datetime

from app.advocacy.models import AdvocacySpace, Occurrence
from app.advocacy.queries.calendar import Wanted, list_deadlines_over, list_next_deadlines
from app.advocacy.showing.dates import DeadlineLine, deadline_lines
from app.engagements.queries.deadlines import list_deadlines

MOST_LINES = 6
"""So many deadlines stand in the form while no session is chosen, over and still to come each."""


def closing_lines(space: AdvocacySpace, occurrence: Occurrence | None, now: datetime) -> list[DeadlineLine]:
    """Return what closes at a session; without one, at the sessions of the space that are still to come: what is over
    already, then what closes next."""
    if occurrence is not None:
        return deadline_lines(list_deadlines(occurrence), now)
    over = list_deadlines_over(space.id, now=now, most=MOST_LINES)
    ahead = list_next_deadlines(Wanted(space_ids=frozenset({space.id})), now=now, size=MOST_LINES)
    return deadline_lines([*over, *ahead], now)
