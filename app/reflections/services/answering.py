"""Answers: a reflection that answers one, in its own language, one level deep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core.actors import Actor
from app.core.permissions import require
from app.originals.passages import Tagged
from app.reflections import telling
from app.reflections.models import Reflection
from app.reflections.readers import Readers
from app.reflections.services.readership import check_width
from app.reflections.services.writing import compose, publish


def answer_reflection(
    actor: Actor,
    answered: Reflection,
    *,
    body: str,
    language: str,
    readers: Readers,
    pseudonym: str = "",
    passages: Sequence[Tagged] = (),
    now: datetime,
) -> Reflection:
    """Publish an answer beneath a reflection, in whatever language (R-01). It belongs to the same track and session,
    and has no more readers than what it answers. The author of that is told that there is an answer.

    Raises `RuleBroken` at `body`, `language`, `passages`, `pseudonym` and `audience`; `NotFound` when the answered
    words were erased meanwhile.
    """
    require(actor, "reflections.answer", answered)
    answer = compose(
        actor,
        track_id=answered.track_id,
        body=body,
        language=language,
        readers=readers,
        pseudonym=pseudonym,
        passages=passages,
        now=now,
    )
    answer.answered, answer.session_id = answered, answered.session_id
    check_width(answer, readers)
    require(actor, "reflections.answer", answered)  # withdrawn or withheld while this was written
    publish(actor, answer, now=now)
    telling.tell_author(actor, answered, telling.ANSWERED, answer.id, now=now)
    return answer
