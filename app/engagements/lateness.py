"""How many days after its deadline something goes out, and how sure that deadline is. Pure: a plan and a day in, an
answer out. A window counts by its last day; what was called off or put off closes on no day."""

from __future__ import annotations

from datetime import date

from app.advocacy.models import ModeCode
from app.engagements.models import Engagement
from app.moments.models import NOT_TAKING_PLACE, Certainty, Moment

TAKES_PLACE = frozenset(
    {
        ModeCode.ORAL_STATEMENT,
        ModeCode.SIDE_EVENT,
        ModeCode.PARALLEL_EVENT,
        ModeCode.ATTENDANCE,
        ModeCode.NATIONAL_DELEGATION,
        ModeCode.LOBBYING,
        ModeCode.NATIONAL_CONSULTATION,
        ModeCode.DIALOGUE,
        ModeCode.EXPERT_REVIEW,
        ModeCode.MOBILISATION,
    }
)
"""What takes place on a day and is not handed in by one: the deadline before it is that of asking for a place. The day
that is noted is the day it took place, which is never late."""


def closes_on(engagement: Engagement) -> date | None:
    """Return the last day of the deadline of an engagement, on the wall where it is set; None where it has none, or it
    or its session was called off or put off."""
    step = engagement.step
    if step is None or step.status_now in NOT_TAKING_PLACE:
        return None
    wall = step.moment.wall_end or step.moment.wall_start
    return wall.date() if wall is not None else None


def is_sure(moment: Moment) -> bool:
    """Whether somebody saw this date published; another one is a guess by which nobody is late for sure."""
    return moment.certainty is Certainty.VERIFIED


def days_late(engagement: Engagement, day: date) -> int:
    """Return by how many days a day is after the deadline of an engagement; 0 in time, without a deadline, or for what
    takes place."""
    if engagement.mode is not None and engagement.mode.code in TAKES_PLACE:
        return 0
    last = closes_on(engagement)
    return max((day - last).days, 0) if last is not None else 0
