"""Who was there, in three figures that are never mixed: marked by a facilitator, self-declared, counted behind a
screen; and the list of a meeting programme, from which many are marked at once."""

from app.sessions.services.attendance.claims import claim_attendance, mark_claimants, take_back_claim
from app.sessions.services.attendance.head_counts import change_head_count, count_people, remove_head_count
from app.sessions.services.attendance.intentions import BegunAlready, say_coming
from app.sessions.services.attendance.marking import Marks, NotBegun, NotTakingPlace, save_attendance
from app.sessions.services.attendance.meeting_lists import drop_list, mark_from_list, stage_list
from app.sessions.services.attendance.walk_ins import MightBeKnown, NameMissing, add_walk_in

__all__ = [
    "BegunAlready",
    "Marks",
    "MightBeKnown",
    "NameMissing",
    "NotBegun",
    "NotTakingPlace",
    "add_walk_in",
    "change_head_count",
    "claim_attendance",
    "count_people",
    "drop_list",
    "mark_claimants",
    "mark_from_list",
    "remove_head_count",
    "save_attendance",
    "say_coming",
    "stage_list",
    "take_back_claim",
]
