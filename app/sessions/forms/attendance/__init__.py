"""The attendance sheet, walk-ins, one's own word, counts behind screens, the list of a meeting."""

from app.sessions.forms.attendance.claims import ClaimForm, ComingForm
from app.sessions.forms.attendance.head_counts import HeadCountForm
from app.sessions.forms.attendance.meeting_lists import ListForm, WhoIsWhoForm
from app.sessions.forms.attendance.sheet import NEW, AttendanceForm, ClaimantsForm, WalkInForm

__all__ = [
    "NEW",
    "AttendanceForm",
    "ClaimForm",
    "ClaimantsForm",
    "ComingForm",
    "HeadCountForm",
    "ListForm",
    "WalkInForm",
    "WhoIsWhoForm",
]
