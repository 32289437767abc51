"""Several sessions at once: planned as a series, changed, moved, cancelled one by one in one act.

A series is rows with one `series_id`; no rule of repetition is stored. Each session keeps its own moment and its own
history; people get one notice for the whole act. What is held, has begun or is called off is never touched.
"""

from app.sessions.services.series.changing import cancel_series, change_series
from app.sessions.services.series.moving import elsewhere, move_series, moved_alike
from app.sessions.services.series.planning import (
    LEAST,
    MOST,
    SeriesLength,
    check_length,
    numbered,
    numbered_from,
    plan_series,
)
from app.sessions.services.series.scope import Scope, sessions_in

__all__ = [
    "LEAST",
    "MOST",
    "Scope",
    "SeriesLength",
    "cancel_series",
    "change_series",
    "check_length",
    "elsewhere",
    "move_series",
    "moved_alike",
    "numbered",
    "numbered_from",
    "plan_series",
    "sessions_in",
]
