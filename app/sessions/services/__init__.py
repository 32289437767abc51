"""What can be done with the programme: one function per use case, by topic. Actor first, the instant passed in."""

from app.sessions.services.attendance import Marks, add_walk_in, save_attendance
from app.sessions.services.contents import digest_of
from app.sessions.services.facilitation import appoint_facilitator, end_facilitator
from app.sessions.services.membership import join_track, leave_track
from app.sessions.services.phases import change_phase, create_phase
from app.sessions.services.scheduling import (
    AgendaLine,
    cancel_session,
    change_session,
    confirm_session,
    move_session,
    plan_session,
    reopen_session,
)
from app.sessions.services.tracks import change_track, create_track, publish_track, unpublish_track

__all__ = [
    "AgendaLine",
    "Marks",
    "add_walk_in",
    "appoint_facilitator",
    "cancel_session",
    "change_phase",
    "change_session",
    "change_track",
    "confirm_session",
    "create_phase",
    "create_track",
    "digest_of",
    "end_facilitator",
    "join_track",
    "leave_track",
    "move_session",
    "plan_session",
    "publish_track",
    "reopen_session",
    "save_attendance",
    "unpublish_track",
]
