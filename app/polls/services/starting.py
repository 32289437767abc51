"""Starting a poll: it opens at once, and what will be shown of the answers stands from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments.endings import Closing, timing_until
from app.moments.models import Certainty, Moment, Status
from app.moments.services import create_moment
from app.polls import events, telling
from app.polls.models import Poll, PollOption, PollWording, Shows
from app.polls.services.locking import check_group
from app.polls.services.wording import Wording, write_down
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup

SUBJECT = "poll"

REMINDED_BEFORE = timedelta(hours=24)
"""So long before the close those who have not answered are told; of a shorter poll they heard when it opened."""


class ClosesBeforeItOpens(RuleBroken):
    """A poll opens now, and closes later than that."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A poll as it is started. `most`: how many options one may choose."""

    wording: Wording
    closing: Closing
    shows: Shows
    most: int = 1


def start_poll(actor: Actor, group: WorkingGroup, plan: Plan, *, now: datetime) -> Poll:
    """Put a question to those who take part in a group; they are told.

    Raises `GroupClosed`, `ClosesBeforeItOpens`, `RuleBroken` at `most`, and as `Wording.cleaned`.
    """
    require(actor, "polls.start", group)
    check_group(group)
    wording = plan.wording.cleaned()
    if not 1 <= plan.most <= len(wording.options):
        raise RuleBroken(_l("Choose a number from 1 to the number of options."), field="most")
    check_order(plan.closing, now)
    poll = _row(actor, group, plan, wording, now)
    db.session.add(poll)
    db.session.flush()
    searching.changed(SUBJECT, [poll.id])
    facts = {"shows": poll.shows.value, "options": len(poll.options), "until": poll.moment.until.isoformat()}
    audit.record(actor, "polls.poll.started", SUBJECT, poll.id, facts, now=now)
    telling.tell_opened(actor, poll, now=now)
    events.poll_started.send(poll, actor=actor, now=now)
    return poll


def _row(actor: Actor, group: WorkingGroup, plan: Plan, wording: Wording, now: datetime) -> Poll:
    poll_id = uuid4()
    moment = create_moment(
        actor,
        subject_kind=SUBJECT,
        subject_id=poll_id,
        audience=group_key(group.id),
        timing=timing_until(plan.closing, now),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    return Poll(
        id=poll_id,
        group=group,
        moment=moment,
        language=wording.language,
        most=plan.most,
        shows=plan.shows,
        started_at=now,
        started_by=actor.person_id,
        remind_at=reminder_for(moment, now),
        options=[PollOption(id=uuid4(), place=place) for place in range(len(wording.options))],
        wordings=[write_down(actor, PollWording(language=wording.language), wording, now)],
    )


def check_order(closing: Closing, now: datetime) -> None:
    """Raise `ClosesBeforeItOpens`, and the errors of an hour that does not exist."""
    if closing.instant <= now:
        raise ClosesBeforeItOpens(
            _l("This would close before it opens. Choose a day and an hour that are still to come."), field="day"
        )


def reminder_for(moment: Moment, now: datetime) -> datetime | None:
    """Return when those who have not answered are told; None where they have just heard of it."""
    due = moment.until - REMINDED_BEFORE
    return due if due > now else None
