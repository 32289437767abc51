"""One date poll, one hand at a time: answers, the choice and the closing are written under the lock of its row."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.datepolls.models import DatePoll
from app.datepolls.policy import Owner, meets, writes
from app.extensions import db
from app.moments.endings import lazy_end


class MeetsNoMore(RuleBroken):
    """A group that is closed or suspended looks for no hour."""


class Closed(RuleBroken):
    """The closing has passed."""


class AlreadyChosen(RuleBroken):
    """One of the hours was taken."""


class LaidDown(RuleBroken):
    """The date poll was given up."""


def lock(poll: DatePoll) -> None:
    """Wait for others who change this poll, then read anew where it is."""
    db.session.flush()
    db.session.refresh(
        poll, ["chosen_at", "chosen_place", "gathering_id", "laid_down_at"], with_for_update={"of": DatePoll}
    )
    db.session.refresh(poll.moment)


def check_meets(owner: Owner) -> None:
    """Raise `MeetsNoMore`."""
    if not meets(owner) or not writes(owner):
        raise MeetsNoMore(_l("This group is closed or suspended: no meeting is planned in it."))


def check_undecided(poll: DatePoll) -> None:
    """Raise `MeetsNoMore`, `LaidDown`, `AlreadyChosen`."""
    check_meets(poll.owner)
    if poll.is_laid_down:
        raise LaidDown(_l("This date poll was laid down."))
    if poll.is_chosen:
        raise AlreadyChosen(_l("An hour was chosen already. What came of it stands on the page of the date poll."))


def check_open(poll: DatePoll, now: datetime) -> None:
    """Raise `Closed` with the moment at which it closed, and as `check_undecided`."""
    check_undecided(poll)
    if not poll.is_open(now):
        raise Closed(
            _l("This date poll closed on %(end)s. What was sent after that does not count.", end=lazy_end(poll.moment))
        )
