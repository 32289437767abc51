"""What date polls hold about a person: for export, for merging two rows of one person, for erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.names import all_names
from app.core.registries import Holding
from app.datepolls.models import DatePoll, DatePollAnswer, DatePollOption
from app.extensions import db

HOLDINGS = {
    "date_polls": Holding(_l("Date polls you asked, chose an hour of, or laid down"), stays=True),
    "answers": Holding(_l("What you said of hours that were asked about")),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person asked and answered, oldest first."""
    led = sa.select(DatePoll).where(
        sa.or_(DatePoll.started_by == person_id, DatePoll.chosen_by == person_id, DatePoll.laid_down_by == person_id)
    )
    given = (
        sa.select(DatePollAnswer, DatePollOption)
        .join(DatePollOption, DatePollOption.id == DatePollAnswer.option_id)
        .where(DatePollAnswer.person_id == person_id)
        .order_by(DatePollAnswer.answered_at, DatePollOption.place)
    )
    return {
        "date_polls": [_poll(row, person_id) for row in db.session.scalars(led.order_by(DatePoll.started_at))],
        "answers": [_answer(row, option) for row, option in db.session.execute(given)],
    }


def _poll(row: DatePoll, person_id: UUID) -> dict[str, Any]:
    return {
        "date_poll": str(row.id),
        "titles": {language: name.text for language, name in all_names("date_poll", row.id).items()},
        "started_at": row.started_at.isoformat() if row.started_by == person_id else None,
        "chosen_at": row.chosen_at.isoformat() if row.chosen_at and row.chosen_by == person_id else None,
        "laid_down_because": row.laid_down_because if row.laid_down_by == person_id else "",
    }


def _answer(row: DatePollAnswer, option: DatePollOption) -> dict[str, Any]:
    return {
        "date_poll": str(option.date_poll_id),
        "hour": option.wall_start.isoformat(),
        "zone": option.poll.zone,
        "says": row.says.value,
        "answered_at": row.answered_at.isoformat(),
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Two rows of one person have one voice: where both answered, the kept one's stands."""
    both = list(db.session.scalars(sa.select(DatePollAnswer.option_id).where(DatePollAnswer.person_id == kept_id)))
    own = sa.and_(DatePollAnswer.person_id == gone_id, DatePollAnswer.option_id.in_(both))
    _run(sa.delete(DatePollAnswer).where(own))
    _run(sa.update(DatePollAnswer).where(DatePollAnswer.person_id == gone_id).values(person_id=kept_id))
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """What somebody said of hours goes with them, from closed polls too: nothing is decided by the figures."""
    _run(sa.delete(DatePollAnswer).where(DatePollAnswer.person_id == person_id))
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (DatePoll.started_by, DatePoll.chosen_by, DatePoll.laid_down_by):
        _run(sa.update(DatePoll).where(column == old_id).values({column.key: new_id}))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
