"""Attendance: who will come, the sheet, its three figures, what people say of themselves, counts behind screens,
waiting lists."""

from app.sessions.queries.attendance.claims import find_claim, is_marked, list_claim_organisations
from app.sessions.queries.attendance.figures import ThreeFigures, count_attendance, figures_of
from app.sessions.queries.attendance.head_counts import get_head_count, list_head_counts
from app.sessions.queries.attendance.intentions import Intentions, count_intentions, find_intention, who_cannot
from app.sessions.queries.attendance.meeting_lists import find_waiting_list, get_list, lines_of, list_known
from app.sessions.queries.attendance.sheet import SheetRow, claimants, list_sheet, may_be_marked

__all__ = [
    "Intentions",
    "SheetRow",
    "ThreeFigures",
    "claimants",
    "count_attendance",
    "count_intentions",
    "figures_of",
    "find_claim",
    "find_intention",
    "find_waiting_list",
    "get_head_count",
    "get_list",
    "is_marked",
    "lines_of",
    "list_claim_organisations",
    "list_head_counts",
    "list_known",
    "list_sheet",
    "may_be_marked",
    "who_cannot",
]
