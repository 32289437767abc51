"""What waits for somebody in date polls: their own answer, and for those who asked the choice of an hour."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.names import Name
from app.core.waiting import MOST, Kind, Line
from app.datepolls.addresses import date_poll_path
from app.datepolls.models import DatePoll
from app.datepolls.queries import list_to_choose, list_waiting, titles_of
from app.moments.endings import end_in_words


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Return the date polls the reader has not answered, and those of which they have not chosen an hour."""
    asked, closed = list_waiting(actor, now, limit=MOST), list_to_choose(actor, now, limit=MOST)
    titles = titles_of([*asked, *closed])
    return [_answer(poll, titles[poll.id]) for poll in asked] + [_choose(poll, titles[poll.id]) for poll in closed]


def _answer(poll: DatePoll, title: Name) -> Line:
    return Line(
        Kind.ANSWER,
        _("You are asked which hours suit you, until %(end)s.", end=end_in_words(poll.moment)),
        date_poll_path(poll),
        _("Say which hours suit you"),
        title,
    )


def _choose(poll: DatePoll, title: Name) -> Line:
    return Line(
        Kind.CARE,
        _("A date poll is closed, and no hour is chosen yet."),
        date_poll_path(poll),
        _("Choose an hour"),
        title,
    )
