"""What waits for somebody in polls: their own answer, as long as there is time."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.waiting import MOST, Kind, Line
from app.moments.endings import end_in_words
from app.polls.addresses import poll_path
from app.polls.models import Poll
from app.polls.queries import list_waiting
from app.polls.wordings import question_of


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Return the polls that the reader has not answered, those that close first at the head."""
    return [_line(poll) for poll in list_waiting(actor, now, limit=MOST)]


def _line(poll: Poll) -> Line:
    return Line(
        Kind.ANSWER,
        _("A poll waits for your answer until %(end)s.", end=end_in_words(poll.moment)),
        poll_path(poll),
        _("Answer the poll"),
        question_of(poll),
    )
