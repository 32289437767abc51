"""One poll, one hand at a time: answers and the closing are written under the lock of the poll's row, so that an answer
is either in time and counted, or refused."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.extensions import db
from app.moments.endings import lazy_end
from app.polls.models import Poll
from app.polls.policy import writes
from app.workinggroups.models import WorkingGroup


class GroupClosed(RuleBroken):
    """Nothing is written in a closed group."""


class PollOver(RuleBroken):
    """The closing has passed."""


class LaidDown(RuleBroken):
    """The poll was given up."""


def lock(poll: Poll) -> None:
    """Wait for others who change this poll, then read anew where it is."""
    db.session.flush()
    db.session.refresh(poll, ["closed_at", "laid_down_at", "could"], with_for_update={"of": Poll})
    db.session.refresh(poll.moment)


def check_group(group: WorkingGroup) -> None:
    """Raise `GroupClosed`."""
    if not writes(group):
        raise GroupClosed(
            _l("This group is closed: nothing new is written in it. Whoever runs it can open it again first.")
        )


def check_open(poll: Poll, now: datetime) -> None:
    """Raise `GroupClosed`, `LaidDown`, or `PollOver` with the moment at which it closed."""
    check_group(poll.group)
    if poll.is_laid_down:
        raise LaidDown(_l("This poll was laid down. Whoever takes part can start another one."))
    if not poll.is_open(now):
        raise PollOver(
            _l("This poll closed on %(end)s. What was sent after that does not count.", end=lazy_end(poll.moment))
        )
