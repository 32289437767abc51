"""What people say beforehand: "I come", "I cannot come". It tells those who lead how many to expect."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions import policy
from app.sessions.hosts import words_of
from app.sessions.models import AttendanceIntention, Gathering
from app.sessions.services.attendance.marking import NotTakingPlace


class BegunAlready(RuleBroken):
    """It is under way or over: who comes is seen now, and who was there can say so."""


def say_coming(actor: Actor, gathering: Gathering, *, comes: bool, now: datetime) -> AttendanceIntention:
    """Keep whether the actor will come, for the start that stands now. The last word counts; saying it twice, also at
    the same instant, is one row. Not audited: a plan is no fact.

    Raises `NotTakingPlace`, `BegunAlready`.
    """
    require(actor, "sessions.say_coming", gathering)
    if not policy.takes_place(gathering):
        raise NotTakingPlace(words_of(gathering).off_when_asked)
    if not policy.can_still_be_asked(gathering, now):
        raise BegunAlready(words_of(gathering).asked_too_late)
    values: dict[str, Any] = {"comes": comes, "for_start": gathering.moment.starts_at, "said_at": now}
    if not _say_again(gathering, actor, values):
        row = AttendanceIntention(gathering_id=gathering.id, person_id=actor.own_id, **values)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            _say_again(gathering, actor, values)
    return db.session.get_one(AttendanceIntention, (gathering.id, actor.own_id), populate_existing=True)


def _say_again(gathering: Gathering, actor: Actor, values: dict[str, Any]) -> bool:
    said = sa.update(AttendanceIntention).where(
        AttendanceIntention.gathering_id == gathering.id, AttendanceIntention.person_id == actor.own_id
    )
    return change_rows(said.values(**values)) == 1
