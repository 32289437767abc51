"""What can be done with the programme: one function per use case, by topic. Actor first, the instant passed in."""

from app.sessions.services.applications import accept_applications, refuse_applications
from app.sessions.services.attendance import (
    Marks,
    add_walk_in,
    change_head_count,
    claim_attendance,
    count_people,
    drop_list,
    mark_claimants,
    mark_from_list,
    remove_head_count,
    save_attendance,
    say_coming,
    stage_list,
    take_back_claim,
)
from app.sessions.services.contents import digest_of, shared_digests_of, time_digest_of
from app.sessions.services.copying import copy_phase, copy_session, copy_track
from app.sessions.services.facilitation import appoint_facilitator, end_facilitator
from app.sessions.services.intake import change_intake
from app.sessions.services.joining_for_organisation import join_for_organisation
from app.sessions.services.membership import join_track, leave_track
from app.sessions.services.phases import change_phase, create_phase
from app.sessions.services.questions import add_question, remove_question
from app.sessions.services.ramadan import keep_ramadan
from app.sessions.services.scheduling import (
    AgendaLine,
    Plan,
    add_gathering,
    call_off,
    cancel_session,
    change_session,
    confirm_session,
    move_session,
    plan_session,
    reopen_session,
)
from app.sessions.services.series import Scope, cancel_series, change_series, move_series, plan_series
from app.sessions.services.tracks import change_track, create_track, publish_track, unpublish_track
from app.sessions.telling.sessions import tell_planned

__all__ = [
    "AgendaLine",
    "Marks",
    "Plan",
    "Scope",
    "accept_applications",
    "add_gathering",
    "add_question",
    "add_walk_in",
    "appoint_facilitator",
    "call_off",
    "cancel_series",
    "cancel_session",
    "change_head_count",
    "change_intake",
    "change_phase",
    "change_series",
    "change_session",
    "change_track",
    "claim_attendance",
    "confirm_session",
    "copy_phase",
    "copy_session",
    "copy_track",
    "count_people",
    "create_phase",
    "create_track",
    "digest_of",
    "drop_list",
    "end_facilitator",
    "join_for_organisation",
    "join_track",
    "keep_ramadan",
    "leave_track",
    "mark_claimants",
    "mark_from_list",
    "move_series",
    "move_session",
    "plan_series",
    "plan_session",
    "publish_track",
    "refuse_applications",
    "remove_head_count",
    "remove_question",
    "reopen_session",
    "save_attendance",
    "say_coming",
    "shared_digests_of",
    "stage_list",
    "take_back_claim",
    "tell_planned",
    "time_digest_of",
    "unpublish_track",
]
