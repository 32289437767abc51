"""What other packages print of date polls they do not know: title, address, whether it is over."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import DONE, DROPPED, Card
from app.datepolls.addresses import date_poll_path
from app.datepolls.models import DatePoll
from app.datepolls.queries import list_readable, titles_of


def describe_date_polls(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Date polls of tracks and groups the actor is inside of."""
    rows = list_readable(actor, ids)
    titles = titles_of(rows)
    return {
        row.id: Card(titles[row.id].text, date_poll_path(row), titles[row.id].language, _state(row)) for row in rows
    }


def _state(poll: DatePoll) -> str:
    return DROPPED if poll.is_laid_down else DONE if poll.is_chosen else ""
