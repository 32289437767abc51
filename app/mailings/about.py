"""What lines of the log are about: the session, the decision, the task, by the titles their packages give them.

Who may not see a thing does not read its title here either.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core import registries
from app.core.actors import Actor
from app.core.registries import Card
from app.core.types import Facts
from app.extensions import db
from app.moments.models import Moment

Thing = tuple[str, UUID]
"""A kind of thing, as `registries.cards` knows it, and its identifier."""

NAMED = (
    "session",
    "task",
    "decision",
    "poll",
    "date_poll",
    "text",
    "announcement",
    "topic",
    "occurrence",
    "track",
    "group",
    "organisation",
)
"""Parameters of notices that name a thing, what says most first: a session says more than its track."""
KINDS = {"text": "joint_text"}
"""Kinds of cards, where they are called otherwise than the parameter."""
MOMENT = "moment"


def cards_of(told: Iterable[Facts], actor: Actor) -> list[Card | None]:
    """Return what each of some notices is about, of their parameters; None for what names nothing, or nothing that the
    actor sees. A question for each kind of thing, however many there are."""
    things = [_thing_of(parameters) for parameters in told]
    dated = _subjects({thing[1] for thing in things if thing is not None and thing[0] == MOMENT})
    things = [dated.get(thing[1]) if thing is not None and thing[0] == MOMENT else thing for thing in things]
    cards = registries.cards({thing for thing in things if thing is not None}, actor)
    return [cards.get(thing[1]) if thing is not None else None for thing in things]


def _thing_of(parameters: Facts) -> Thing | None:
    for name in (MOMENT, *NAMED):
        if isinstance(said := parameters.get(name), str):
            with contextlib.suppress(ValueError):
                return KINDS.get(name, name), UUID(said)
    return None


def _subjects(moment_ids: set[UUID]) -> dict[UUID, Thing]:
    if not moment_ids:
        return {}
    rows = db.session.execute(
        sa.select(Moment.id, Moment.subject_kind, Moment.subject_id).where(Moment.id.in_(moment_ids))
    )
    return {moment_id: (kind, subject_id) for moment_id, kind, subject_id in rows}
