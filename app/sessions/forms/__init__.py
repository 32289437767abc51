"""Shapes and single-field checks of what people send; services decide."""

from app.sessions.forms.attendance import AttendanceForm, WalkInForm
from app.sessions.forms.differences import differences
from app.sessions.forms.programme import AppointForm, JoinForm, phase_form, track_form
from app.sessions.forms.sessions import CancelForm, MoveForm, change_form, form_of, plan_form

__all__ = [
    "AppointForm",
    "AttendanceForm",
    "CancelForm",
    "JoinForm",
    "MoveForm",
    "WalkInForm",
    "change_form",
    "differences",
    "form_of",
    "phase_form",
    "plan_form",
    "track_form",
]
