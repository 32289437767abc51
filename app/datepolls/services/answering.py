"""Answering: for each hour that is still to come yes, if need be or no, changed as often as one likes until the close.
No line of the audit says who answered: those who may read it read it on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.core.registries import audience_holders
from app.datepolls.circles import circle_of
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll, DatePollAnswer, Says
from app.datepolls.policy import Owner
from app.datepolls.queries import said_by
from app.datepolls.queries.answers import open_options
from app.datepolls.services.locking import check_open, lock
from app.extensions import db


class SaysNothing(RuleBroken):
    """An answer says something of every hour that is still to come."""


def answer(actor: Actor, poll: DatePoll, said: Mapping[UUID, Says], *, now: datetime) -> DatePoll:
    """Keep what somebody says of each hour; the last word counts, one row per person and hour. What was said of hours
    that have begun meanwhile stays.

    Raises `Closed`, `AlreadyChosen`, `LaidDown`, `MeetsNoMore`, `SaysNothing`.
    """
    require(actor, "datepolls.answer", poll)
    lock(poll)
    check_open(poll, now)
    coming = {option.id for option, hour in hours_of(poll).items() if hour.starts_at > now}
    if not coming or not coming <= said.keys():
        raise SaysNothing(_l("Say something of each hour."))
    before = said_by(poll, actor.own_id)  # the lock lets nobody else write between the look and the rows
    for option_id in coming - before.keys():
        row = DatePollAnswer(option_id=option_id, person_id=actor.own_id, says=said[option_id], answered_at=now)
        db.session.add(row)
    db.session.flush()
    for option_id in coming & before.keys():
        _change(option_id, actor.own_id, said[option_id], now)
    return poll


def _change(option_id: UUID, person_id: UUID, says: Says, now: datetime) -> None:
    own = sa.update(DatePollAnswer).where(
        DatePollAnswer.option_id == option_id, DatePollAnswer.person_id == person_id, DatePollAnswer.says != says
    )
    change_rows(own.values(says=says, answered_at=now))


def drop_answers(owner: Owner, person_id: UUID, *, now: datetime) -> int:
    """Forget the answers to open polls of somebody who takes part no longer; returns how many. Those to closed ones
    stay: they say how the hour was chosen."""
    circle = circle_of(owner)
    if person_id in audience_holders(circle.voices, now):
        return 0
    return change_rows(
        sa.delete(DatePollAnswer).where(
            DatePollAnswer.person_id == person_id, DatePollAnswer.option_id.in_(open_options(circle.column, now))
        )
    )
