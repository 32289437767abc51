"""Shapes and single-field checks of what people send; services decide."""

from app.sessions.forms.about import SessionField
from app.sessions.forms.attendance import (
    AttendanceForm,
    ClaimantsForm,
    ClaimForm,
    ComingForm,
    HeadCountForm,
    ListForm,
    WalkInForm,
    WhoIsWhoForm,
)
from app.sessions.forms.differences import differences
from app.sessions.forms.hours import ConfirmForm
from app.sessions.forms.intake import DecideForm, IntakeForm, question_form
from app.sessions.forms.joining import JoinForm, NamePeopleForm, PeopleSearch, join_form
from app.sessions.forms.programme import AppointForm, phase_form, track_form
from app.sessions.forms.sessions import CancelForm, MoveForm, change_form, form_of, plan_form, plan_one_form

__all__ = [
    "AppointForm",
    "AttendanceForm",
    "CancelForm",
    "ClaimForm",
    "ClaimantsForm",
    "ComingForm",
    "ConfirmForm",
    "DecideForm",
    "HeadCountForm",
    "IntakeForm",
    "JoinForm",
    "ListForm",
    "MoveForm",
    "NamePeopleForm",
    "PeopleSearch",
    "SessionField",
    "WalkInForm",
    "WhoIsWhoForm",
    "change_form",
    "differences",
    "form_of",
    "join_form",
    "phase_form",
    "plan_form",
    "plan_one_form",
    "question_form",
    "track_form",
]
