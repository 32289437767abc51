"""Gatherings: edited, confirmed, moved, cancelled and reopened by those who lead them; sessions of a track are planned.

One at a time; several of a series are in `services.series`. Another kind is planned by its own package, with
`add_gathering`.
"""

from app.sessions.services.scheduling.changing import change_session
from app.sessions.services.scheduling.moving import (
    NoHourYet,
    ReasonMissing,
    SameTime,
    WasHeld,
    call_off,
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
from app.sessions.services.scheduling.planning import NotNow, Plan, add_gathering, plan_session

__all__ = [
    "AgendaLine",
    "BadAgenda",
    "BadLink",
    "Languages",
    "NoHourYet",
    "NotNow",
    "Plan",
    "ReasonMissing",
    "SameTime",
    "WasHeld",
    "add_gathering",
    "call_off",
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
