"""What other packages print of polls they do not know: question, address, whether it is over."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import DONE, DROPPED, Card
from app.polls.addresses import poll_path
from app.polls.models import Poll
from app.polls.queries import list_readable
from app.polls.wordings import question_of


def describe_polls(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Polls of groups the actor is inside of."""
    rows = list_readable(actor, ids)
    groups = names_of("group", {row.group_id for row in rows}, page_language())
    return {row.id: _card(row, groups[row.group_id].text) for row in rows}


def _card(poll: Poll, group: str) -> Card:
    question = question_of(poll)
    state = DROPPED if poll.is_laid_down else DONE if poll.closed_at is not None else ""
    return Card(question.text, poll_path(poll), question.language, state, group)
