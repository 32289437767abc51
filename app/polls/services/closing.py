"""The end of a poll: moved before it comes, kept by the house when it has come, or given up before."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor, job
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.extensions import db
from app.moments.endings import Closing, timing_until
from app.moments.models import Status
from app.moments.services import change_moment
from app.polls import events, telling
from app.polls.models import Poll, PollAnswer, PollChoice, PollReason, Shows
from app.polls.queries import count_could
from app.polls.queries.results import answers_of, figures_of, in_no_order
from app.polls.services.locking import check_open, lock
from app.polls.services.starting import SUBJECT, check_order, reminder_for

LONGEST_REASON = 1000


def move_closing(actor: Actor, poll: Poll, closing: Closing, *, now: datetime) -> Poll:
    """Let a poll close later or earlier, as long as it is open; its page says what was told before, and who has not
    answered hears of it.

    Raises `PollOver`, `LaidDown`, `GroupClosed`, `ClosesBeforeItOpens`.
    """
    require(actor, "polls.change", poll)
    lock(poll)
    check_open(poll, now)
    check_order(closing, now)
    old_end = poll.moment.until
    change = change_moment(actor, poll.moment, timing=timing_until(closing, poll.moment.starts_at), now=now)
    if change is None:
        return poll
    poll.remind_at = reminder_for(poll.moment, now)
    db.session.flush()
    facts = {"from": old_end.isoformat(), "to": poll.moment.until.isoformat()}
    audit.record(actor, "polls.poll.moved", SUBJECT, poll.id, facts, now=now)
    telling.tell_closing_moved(actor, poll, change, now=now)
    return poll


def lay_down(actor: Actor, poll: Poll, because: str, language: str, *, now: datetime) -> Poll:
    """Give a poll up before its close, with a reason. What was answered is thrown away: nobody ever sees it.

    Raises `PollOver`, `LaidDown`, `GroupClosed`, `RuleBroken` at `because` and `language`.
    """
    require(actor, "polls.change", poll)
    lock(poll)
    check_open(poll, now)
    because = because.strip()
    if is_blank(because):
        raise RuleBroken(_l("Write why it is laid down."), field="because")
    if len(because) > LONGEST_REASON:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_REASON), field="because")
    tag = check_tag(language)
    poll.laid_down_at, poll.laid_down_by, poll.remind_at = now, actor.person_id, None
    poll.laid_down_because, poll.laid_down_language = because, tag
    change_moment(actor, poll.moment, status=Status.CANCELLED, now=now)
    _throw_away(poll)
    audit.record(actor, "polls.poll.laid_down", SUBJECT, poll.id, {}, now=now)
    telling.tell_ended(poll, now=now, but=actor.person_id)
    events.poll_laid_down.send(poll, actor=actor, now=now)
    return poll


def close_poll(poll: Poll, *, now: datetime) -> bool:
    """Close a poll whose time is over: the house does it, once; returns whether it did. Where only counts are shown the
    figures are kept and the answers thrown away, so that nobody can tell any more who chose what."""
    lock(poll)
    if poll.closed_at is not None or not poll.is_over(now):
        return False
    poll.could = count_could(poll, now)
    poll.closed_at, poll.remind_at = now, None
    if poll.shows is Shows.COUNTS:
        _cut(poll)
    db.session.flush()
    actor = job("polls")
    audit.record(actor, "polls.poll.closed", SUBJECT, poll.id, {}, now=now)
    telling.tell_ended(poll, now=now)
    events.poll_closed.send(poll, actor=actor, now=now)
    return True


def _cut(poll: Poll) -> None:
    """Keep the figures and the reasons, and nothing that leads from them to a person."""
    answers = answers_of(poll)
    total, figures = figures_of(poll, answers)
    poll.persons, poll.organisations, poll.regions = total.persons, total.organisations, total.regions
    for option in poll.options:
        figure = figures[option.id]
        option.persons, option.organisations, option.regions = figure.persons, figure.organisations, figure.regions
    reasons = in_no_order((row.because, row.language) for row in answers)
    db.session.add_all(PollReason(poll_id=poll.id, because=because, language=tag) for because, tag in reasons)
    _throw_away(poll)


def _throw_away(poll: Poll) -> None:
    answers = sa.select(PollAnswer.id).where(PollAnswer.poll_id == poll.id)
    change_rows(sa.delete(PollChoice).where(PollChoice.answer_id.in_(answers)))
    change_rows(sa.delete(PollAnswer).where(PollAnswer.poll_id == poll.id))
