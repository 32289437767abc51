"""What polls hold about a person: for export, for merging two rows of one person, for erasure.

An answer is handed to whoever gave it, and to nobody else. Once a poll that shows counts alone is closed, the house
itself does not know any more whose an answer was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.moments.models import Moment
from app.polls.models import Poll, PollAnswer, PollWording
from app.polls.services.answering import forget_answers
from app.polls.wordings import option_in, original_of

HOLDINGS = {
    "polls": Holding(_l("Polls you started or laid down"), stays=True),
    "wordings": Holding(_l("Polls in your words, in one language or another"), stays=True),
    "answers": Holding(_l("Your answers to polls, as long as the house knows whose they are")),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person asked and answered, oldest first."""
    led = sa.select(Poll).where(sa.or_(Poll.started_by == person_id, Poll.laid_down_by == person_id))
    written = sa.select(PollWording).where(PollWording.written_by == person_id).order_by(PollWording.written_at)
    given = (
        sa.select(PollAnswer, Poll)
        .join(Poll, Poll.id == PollAnswer.poll_id)
        .where(PollAnswer.person_id == person_id)
        .order_by(PollAnswer.answered_at)
    )
    return {
        "polls": [_poll(row, person_id) for row in db.session.scalars(led.order_by(Poll.started_at))],
        "wordings": [_wording(row) for row in db.session.scalars(written)],
        "answers": [_answer(row, poll) for row, poll in db.session.execute(given).unique()],
    }


def _poll(row: Poll, person_id: UUID) -> dict[str, Any]:
    return {
        "poll": str(row.id),
        "question": original_of(row).question,
        "started_at": row.started_at.isoformat() if row.started_by == person_id else None,
        "laid_down_because": row.laid_down_because if row.laid_down_by == person_id else "",
    }


def _wording(row: PollWording) -> dict[str, Any]:
    return {
        "poll": str(row.poll_id),
        "language": row.language,
        "question": row.question,
        "explanation": row.explanation,
        "options": row.options,
        "written_at": row.written_at.isoformat(),
    }


def _answer(row: PollAnswer, poll: Poll) -> dict[str, Any]:
    chosen, asked = {choice.option_id for choice in row.choices}, original_of(poll)
    return {
        "poll": str(poll.id),
        "question": asked.question,
        "chosen": [option_in(asked, option) for option in poll.options if option.id in chosen],
        "because": row.because,
        "language": row.language,
        "answered_at": row.answered_at.isoformat(),
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Two rows of one person have one voice: where both answered, the kept one's stands."""
    both = sa.select(PollAnswer.poll_id).where(PollAnswer.person_id == kept_id)
    forget_answers(gone_id, sa.select(Poll.id).where(Poll.id.in_(list(db.session.scalars(both)))))
    _run(sa.update(PollAnswer).where(PollAnswer.person_id == gone_id).values(person_id=kept_id))
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, now: datetime) -> None:
    """Take answers to open polls away. In closed ones the choice stays in the figures, without name and words."""
    still_open = sa.select(Poll.id).join(Moment, Moment.id == Poll.moment_id).where(Moment.until > now)
    forget_answers(person_id, still_open)
    nameless = sa.update(PollAnswer).where(PollAnswer.person_id == person_id)
    _run(nameless.values(person_id=None, because="", language=""))
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (Poll.started_by, Poll.laid_down_by, PollWording.written_by):
        _run(sa.update(column.class_).where(column == old_id).values({column.key: new_id}))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
