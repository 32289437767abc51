"""Sessions of a track: planned, edited, confirmed, moved, cancelled and reopened by the track's facilitators.

One session at a time; several of a series are in `services.series`.
"""

from app.sessions.services.scheduling.changing import change_session
from app.sessions.services.scheduling.moving import (
    NoHourYet,
    ReasonMissing,
    SameTime,
    WasHeld,
    cancel_session,
    check_reason,
    confirm_session,
    move_session,
    reopen_session,
)
from app.sessions.services.scheduling.parts import (
    AgendaLine,
    BadAgenda,
    BadLink,
    Languages,
    check_fits,
    check_link,
    check_minutes,
    minutes_of,
)
from app.sessions.services.scheduling.planning import NotNow, plan_session

__all__ = [
    "AgendaLine",
    "BadAgenda",
    "BadLink",
    "Languages",
    "NoHourYet",
    "NotNow",
    "ReasonMissing",
    "SameTime",
    "WasHeld",
    "cancel_session",
    "change_session",
    "check_fits",
    "check_link",
    "check_minutes",
    "check_reason",
    "confirm_session",
    "minutes_of",
    "move_session",
    "plan_session",
    "reopen_session",
]
