"""How often one person may do what others receive, or what is fetched from far away for them: so many times within an
hour, so that neither a slip of a program nor a borrowed account fills mailboxes. Everybody else goes on meanwhile.

Counted are the rows that sent forms leave (`core.submissions`): a view says how many with `@at_most_hourly(10)`, and
`core.forms.carry_out` asks. What happens before a form is carried out is counted by `count_try`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import take_turns, writing_briefly
from app.core.errors import RuleBroken
from app.core.submissions import Submission
from app.extensions import db

PERIOD = timedelta(hours=1)


class TooOften(RuleBroken):
    """One time too many within an hour. The words stay in the form."""


def check_often(person_id: UUID, what: str, most: int, *, now: datetime) -> None:
    """Raise `TooOften` where the row that this transaction wrote is one too many. Two at once are counted one after
    the other. `what` is the endpoint of a view, or the name of what is tried."""
    take_turns(f"often:{person_id}")
    lately = sa.select(sa.func.count()).where(
        Submission.at > now - PERIOD, Submission.person_id == person_id, Submission.endpoint == what
    )
    if (db.session.scalar(lately) or 0) > most:
        raise TooOften(_l("You have done this many times within an hour. Wait a while, then send it again."))


def count_try(person_id: UUID, what: str, most: int, *, now: datetime) -> None:
    """Count one try in a short transaction of its own, before somebody far away is asked: it counts whatever comes of
    it. One too many is not counted, so that the hour ends. Raises `TooOften`."""
    with writing_briefly():
        db.session.add(Submission(id=uuid4(), person_id=person_id, endpoint=what, digest="", at=now))
        db.session.flush()
        check_often(person_id, what, most, now=now)
