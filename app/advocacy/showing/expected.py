"""How an expected date of a step is said: by one day where its rule is narrow, else from when to when.

A rule without a usual offset is reckoned by the earliest day of its range, the safe side. Where the range is wide that
one day would be a guess that looks exact: "about Tuesday 7 July" for any day of half a year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.advocacy.estimating import Span
from app.advocacy.models import Step
from app.advocacy.services.anchoring import is_estimate
from app.moments.models import Certainty, Precision
from app.moments.shown import Shown, shown
from app.moments.timing import Timing

WIDE = 14
"""Days from which on "about" one of them says too much."""


def spread(step: Step) -> int:
    """Return over how many days after its expected one a step may still fall; 0 where one day says it."""
    rule = step.rule
    if rule is None or not is_estimate(step) or step.has_own_days or rule.typical is not None:
        return 0
    width = (rule.offset_max or 0) - (rule.offset_min or 0)
    return width if width > WIDE else 0


def span_of(step: Step) -> Span | None:
    """Return the first and the last day on which a step may fall; None where one day says it, or its moment says
    the span itself."""
    first, days = _one_day(Timing.of(step.moment)), spread(step)
    return (first, first + timedelta(days=days)) if first is not None and days else None


def when_expected(step: Step) -> Shown:
    """Return the date of a step for the reader of this request."""
    return widened(shown(step.moment), spread(step))


def widened(said: Shown, days: int) -> Shown:
    """Return an expected day as the span it stands for; everything else stays as it is."""
    first = _one_day(said.timing)
    if not days or first is None or said.certainty is not Certainty.ESTIMATED:
        return said
    return replace(said, timing=Timing.window(first, first + timedelta(days=days), said.timing.zone))


def _one_day(timing: Timing) -> date | None:
    is_one = timing.precision is Precision.DAY and timing.wall_start == timing.wall_end
    return timing.wall_start.date() if is_one and timing.wall_start is not None else None
