"""The use cases that write: founding and changing groups, coming in and leaving, observing, inviting."""

from app.workinggroups.services.changing import change_group, close_group, reopen_group
from app.workinggroups.services.coordination import appoint_coordinator, end_coordinator, let_run
from app.workinggroups.services.exports import ask_export, claim_export, drop_exports, keep_export, release_export
from app.workinggroups.services.following_on import follow_on
from app.workinggroups.services.founding import create_group, found_group
from app.workinggroups.services.handover import hand_over, write_note
from app.workinggroups.services.invitations import invite_organisation, invite_person, withdraw_invitation
from app.workinggroups.services.invitations_answers import accept_invitation, decline_invitation
from app.workinggroups.services.joining import acknowledge_objectives, join_group
from app.workinggroups.services.leaving import end_somebodys_place, leave_group
from app.workinggroups.services.meetings import plan_meeting, record_participation_export
from app.workinggroups.services.observing import accept_observer, ask_to_observe, refuse_observer, withdraw_request
from app.workinggroups.services.places import admit, end_place, lock_group, set_state

__all__ = [
    "accept_invitation",
    "accept_observer",
    "acknowledge_objectives",
    "admit",
    "appoint_coordinator",
    "ask_export",
    "ask_to_observe",
    "change_group",
    "claim_export",
    "close_group",
    "create_group",
    "decline_invitation",
    "drop_exports",
    "end_coordinator",
    "end_place",
    "end_somebodys_place",
    "follow_on",
    "found_group",
    "hand_over",
    "invite_organisation",
    "invite_person",
    "join_group",
    "keep_export",
    "leave_group",
    "let_run",
    "lock_group",
    "plan_meeting",
    "record_participation_export",
    "refuse_observer",
    "release_export",
    "reopen_group",
    "set_state",
    "withdraw_invitation",
    "withdraw_request",
    "write_note",
]
