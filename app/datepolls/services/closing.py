"""The end of a date poll without an hour: moved before or after it has come, or laid down."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.datepolls import telling
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll, DatePollAnswer
from app.datepolls.services.asking import SUBJECT, check_closing, reminder_for
from app.datepolls.services.locking import check_undecided, lock
from app.extensions import db
from app.moments.endings import Closing, timing_until
from app.moments.models import Status
from app.moments.services import change_moment

LONGEST_REASON = 1000


def move_closing(actor: Actor, poll: DatePoll, closing: Closing, *, now: datetime) -> DatePoll:
    """Let a date poll close later or earlier, or open it again after its close, as long as one of its hours is still to
    come then. Who has not answered is told.

    Raises `AlreadyChosen`, `LaidDown`, `MeetsNoMore`, `ClosesTooLate`.
    """
    require(actor, "datepolls.lead", poll)
    lock(poll)
    check_undecided(poll)
    check_closing(closing, max(hour.starts_at for hour in hours_of(poll).values()), now)
    old_end = poll.moment.until
    change = change_moment(actor, poll.moment, timing=timing_until(closing, poll.moment.starts_at), now=now)
    if change is None:
        return poll
    poll.remind_at = reminder_for(poll.moment, now)
    db.session.flush()
    facts = {"from": old_end.isoformat(), "to": poll.moment.until.isoformat()}
    audit.record(actor, "datepolls.date_poll.moved", SUBJECT, poll.id, facts, now=now)
    telling.tell_closing_moved(actor, poll, change, now=now)
    return poll


def lay_down(actor: Actor, poll: DatePoll, because: str, language: str, *, now: datetime) -> DatePoll:
    """Give a date poll up, before or after its close, with a reason. What was answered serves nothing any more and is
    thrown away; whoever takes part is told.

    Raises `AlreadyChosen`, `LaidDown`, `MeetsNoMore`, `RuleBroken` at `because` and `language`.
    """
    require(actor, "datepolls.lead", poll)
    lock(poll)
    check_undecided(poll)
    because = because.strip()
    if is_blank(because):
        raise RuleBroken(_l("Write why it is laid down."), field="because")
    if len(because) > LONGEST_REASON:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_REASON), field="because")
    tag = check_tag(language)
    poll.laid_down_at, poll.laid_down_by, poll.remind_at = now, actor.person_id, None
    poll.laid_down_because, poll.laid_down_language = because, tag
    change_moment(actor, poll.moment, status=Status.CANCELLED, now=now)
    ids = [option.id for option in poll.options]
    change_rows(sa.delete(DatePollAnswer).where(DatePollAnswer.option_id.in_(ids)))
    audit.record(actor, "datepolls.date_poll.laid_down", SUBJECT, poll.id, {}, now=now)
    telling.tell_laid_down(actor, poll, now=now)
    return poll
