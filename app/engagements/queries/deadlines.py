"""Which deadline an engagement works towards, where nobody says it, and the day on which what it asks has to hold."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from app.advocacy.models import DEADLINES, ModeCode, Occurrence, ParticipationMode, Step, StepCode
from app.engagements.lateness import closes_on
from app.engagements.models import Engagement
from app.extensions import db
from app.moments.models import Moment, Status

STEP_OF_MODE = {
    ModeCode.ORAL_STATEMENT: StepCode.ORAL_STATEMENT_REQUEST,
    ModeCode.SIDE_EVENT: StepCode.SIDE_EVENT_APPLICATION,
    ModeCode.PARALLEL_EVENT: StepCode.PARALLEL_EVENT_APPLICATION,
    ModeCode.ATTENDANCE: StepCode.REGISTRATION,
    ModeCode.ACCREDITATION: StepCode.ADMISSION_APPLICATION,
    ModeCode.EXPERT_REVIEW: StepCode.REVIEWER_REGISTRATION,
} | {ModeCode(code.value): code for code in DEADLINES if code.value in set(ModeCode)}
"""What closes for a mode, where a step does not name its mode."""


def list_deadlines(occurrence: Occurrence) -> list[Step]:
    """Return what closes at an occurrence, the first first; what was called off is left out."""
    wanted = (
        sa.select(Step)
        .join(Moment, Moment.id == Step.moment_id)
        .where(Step.occurrence_id == occurrence.id, Step.code.in_(DEADLINES), Moment.status != Status.CANCELLED)
        .order_by(Moment.starts_at, Step.id)
    )
    return list(db.session.scalars(wanted))


def deadline_of(occurrence: Occurrence | None, mode: ParticipationMode | None) -> Step | None:
    """Return the deadline of a mode at an occurrence: the step that names the mode, else the first of its kind."""
    if occurrence is None or mode is None:
        return None
    steps = list_deadlines(occurrence)
    named = [step for step in steps if step.mode_id == mode.id]
    of_kind = [step for step in steps if step.mode_id is None and step.code == STEP_OF_MODE.get(mode.code)]
    return next(iter(named or of_kind), None)


def day_that_counts(engagement: Engagement, today: date) -> date:
    """Return the day on which a status has to hold (R-11) and by which a word limit is chosen (R-12): that of handing
    in, else the last of the deadline, else today; a deadline that was put off is no day to reckon with."""
    return engagement.submitted_on or closes_on(engagement) or today
