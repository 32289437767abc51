"""The use cases that write: occurrences and their dates, steps that follow them, looking at what is known."""

from app.advocacy.services.anchoring import Followed
from app.advocacy.services.checking import check
from app.advocacy.services.dates import (
    Dated,
    DayUnknown,
    NotNow,
    SameDate,
    cancel_occurrence,
    confirm_occurrence,
    mark_held,
    move_occurrence,
    plan_again,
    postpone_occurrence,
)
from app.advocacy.services.occurrences import NumberTaken, Written, add_occurrence, change_occurrence
from app.advocacy.services.standing_by import ReasonMissing, SourceMissing
from app.advocacy.services.steps import (
    DateInThePast,
    IsConfirmed,
    NotExact,
    NothingToReckonFrom,
    NotTakingPlace,
    WrittenStep,
    add_step,
    confirm_step,
    drop_step,
    mark_step_done,
    plan_steps,
    reopen_step,
    set_own_days,
    unconfirm_step,
)

__all__ = [
    "DateInThePast",
    "Dated",
    "DayUnknown",
    "Followed",
    "IsConfirmed",
    "NotExact",
    "NotNow",
    "NotTakingPlace",
    "NothingToReckonFrom",
    "NumberTaken",
    "ReasonMissing",
    "SameDate",
    "SourceMissing",
    "Written",
    "WrittenStep",
    "add_occurrence",
    "add_step",
    "cancel_occurrence",
    "change_occurrence",
    "check",
    "confirm_occurrence",
    "confirm_step",
    "drop_step",
    "mark_held",
    "mark_step_done",
    "move_occurrence",
    "plan_again",
    "plan_steps",
    "postpone_occurrence",
    "reopen_step",
    "set_own_days",
    "unconfirm_step",
]
