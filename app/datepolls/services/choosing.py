"""Choosing an hour: it becomes a session of the track or a meeting of the group, once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.naming import Names
from app.core.permissions import require
from app.datepolls.hours import still_there
from app.datepolls.models import DatePoll, DatePollOption
from app.datepolls.services.asking import SUBJECT
from app.datepolls.services.locking import AlreadyChosen, check_undecided, lock
from app.extensions import db
from app.moments.models import Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.sessions import services as sessions
from app.sessions.models import Gathering
from app.sessions.services import Plan
from app.workinggroups.models import WorkingGroup
from app.workinggroups.services import plan_meeting


class HourIsPast(RuleBroken):
    """An hour that has begun cannot be planned."""


def choose(
    actor: Actor, poll: DatePoll, option: DatePollOption, *, names: Names, plan: Plan, now: datetime
) -> Gathering:
    """Take one of the hours, before or after the close: a session or meeting is planned at it, and whoever takes part
    is told of that as always. Answers are no longer taken.

    Raises `AlreadyChosen`, `LaidDown`, `MeetsNoMore`, `HourIsPast`, `HourDoesNotExist` where new zone data took the
    hour away, and what planning raises (`NeedsName`, `BadLink`, `BadAgenda`).
    """
    require(actor, "datepolls.lead", poll)
    lock(poll)
    check_undecided(poll)
    hour = still_there(poll, option)
    if hour.starts_at <= now:
        raise HourIsPast(_l("This hour has begun. Choose one that is still to come."))
    _take(actor, poll, option, now)
    gathering = _plan(actor, poll, names=names, timing=hour.timing, plan=plan, now=now)
    poll.gathering_id = gathering.id
    change_moment(actor, poll.moment, status=Status.HELD, now=now)
    facts = {"gathering": str(gathering.id), "place": option.place}
    audit.record(actor, "datepolls.date_poll.chosen", SUBJECT, poll.id, facts, now=now)
    db.session.flush()
    return gathering


def _take(actor: Actor, poll: DatePoll, option: DatePollOption, now: datetime) -> None:
    """Of two who choose at once, the second one hears of the first."""
    free = sa.update(DatePoll).where(
        DatePoll.id == poll.id, DatePoll.chosen_at.is_(None), DatePoll.laid_down_at.is_(None)
    )
    values = {"chosen_at": now, "chosen_by": actor.person_id, "chosen_place": option.place, "remind_at": None}
    if change_rows(free.values(**values)) != 1:
        raise AlreadyChosen(_l("Somebody has just chosen an hour. Look at the page of the date poll."))


def _plan(actor: Actor, poll: DatePoll, *, names: Names, timing: Timing, plan: Plan, now: datetime) -> Gathering:
    owner = poll.owner
    if isinstance(owner, WorkingGroup):
        return plan_meeting(actor, owner, names=names, timing=timing, plan=plan, now=now)
    return sessions.plan_session(
        actor,
        owner,
        names=names,
        timing=timing,
        languages=plan.languages,
        agenda=plan.agenda,
        join_link=plan.join_link,
        modality=plan.modality,
        status=plan.status,
        now=now,
    )
