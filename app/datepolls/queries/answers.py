"""What people said of the hours. Whose word is whose is for those who `policy.can_see_names`; the pages ask it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.registries import audience_holders
from app.datepolls.circles import circle_of
from app.datepolls.models import DatePoll, DatePollAnswer, DatePollOption, Says
from app.extensions import db
from app.moments.models import Moment
from app.people.models import Person
from app.sessions.models import Track
from app.workinggroups.models import WorkingGroup


def said_of(poll: DatePoll) -> dict[UUID, dict[UUID, tuple[str, Says]]]:
    """Return by hour and person what was said, with the name of who said it: in one query, by name."""
    rows = (
        sa.select(DatePollAnswer.option_id, DatePollAnswer.person_id, Person.name, DatePollAnswer.says)
        .join(Person, Person.id == DatePollAnswer.person_id)
        .where(DatePollAnswer.option_id.in_([option.id for option in poll.options]))
        .order_by(Person.name, Person.id)
    )
    found: dict[UUID, dict[UUID, tuple[str, Says]]] = {option.id: {} for option in poll.options}
    for option_id, person_id, name, says in db.session.execute(rows):
        found[option_id][person_id] = (name, says)
    return found


def said_by(poll: DatePoll, person_id: UUID | None) -> dict[UUID, Says]:
    """Return by hour what one person said, for that person."""
    own = sa.select(DatePollAnswer.option_id, DatePollAnswer.says).where(
        DatePollAnswer.option_id.in_([option.id for option in poll.options]), DatePollAnswer.person_id == person_id
    )
    return dict(db.session.execute(own).all()) if person_id is not None else {}


def _answers_to(polls: Iterable[DatePoll], *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(DatePollAnswer)
        .join(DatePollOption, DatePollOption.id == DatePollAnswer.option_id)
        .where(DatePollOption.date_poll_id.in_([poll.id for poll in polls]))
    )


def answered_by(person_id: UUID | None, polls: Iterable[DatePoll]) -> set[UUID]:
    """Return which of many polls one person has answered."""
    own = _answers_to(polls, DatePollOption.date_poll_id).where(DatePollAnswer.person_id == person_id)
    return set(db.session.scalars(own)) if person_id is not None else set()


def count_answered(polls: Iterable[DatePoll]) -> dict[UUID, int]:
    """Return how many people have answered each of many polls."""
    counted = _answers_to(
        polls, DatePollOption.date_poll_id, sa.func.count(sa.distinct(DatePollAnswer.person_id))
    ).group_by(DatePollOption.date_poll_id)
    found: dict[UUID, int] = defaultdict(int)
    found.update(db.session.execute(counted).all())
    return found


def who_answered(poll: DatePoll) -> set[UUID]:
    """Return the persons who said something."""
    return set(db.session.scalars(_answers_to([poll], DatePollAnswer.person_id)))


def who_could(poll: DatePoll, now: datetime) -> set[UUID]:
    """Return who may answer today: whoever takes part in the track or group."""
    return audience_holders(circle_of(poll.owner).voices, now)


def open_options(owner_column: dict[str, UUID], now: datetime) -> sa.Select[UUID]:
    """Select the ids of the hours of all open polls of a track or a group."""
    return (
        sa.select(DatePollOption.id)
        .join(DatePoll, DatePoll.id == DatePollOption.date_poll_id)
        .join(Moment, Moment.id == DatePoll.moment_id)
        .where(DatePoll.chosen_at.is_(None), DatePoll.laid_down_at.is_(None), Moment.until > now)
        .where(*(getattr(DatePoll, name) == value for name, value in owner_column.items()))
    )


def count_open_answers(owner: Track | WorkingGroup, person_id: UUID, now: datetime) -> int:
    """Return in how many open polls of a track or group a person has answered."""
    mine = (
        sa.select(sa.func.count(sa.distinct(DatePollOption.date_poll_id)))
        .select_from(DatePollAnswer)
        .join(DatePollOption, DatePollOption.id == DatePollAnswer.option_id)
        .where(
            DatePollAnswer.person_id == person_id,
            DatePollAnswer.option_id.in_(open_options(circle_of(owner).column, now)),
        )
    )
    return db.session.scalar(mine) or 0
