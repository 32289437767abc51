"""Who sees a row: one key on the row decides, and this module holds the one filter that every list uses.

A row is seen when the actor holds its audience, or is the secretariat (everything but `case:*`: a rule, not a
list of keys), or wrote it ("own words": people keep seeing what they wrote after leaving).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, Actor
from app.core.database import has_key

CASE_PREFIX = "case:"

__all__ = ["NETWORK", "PUBLIC", "SECRETARIAT", "sees", "visible_to"]


def visible_to(actor: Actor, audience: Any, author: Any | None = None) -> sa.ColumnElement[bool]:
    """Return the SQL filter for rows with these `audience` and (where rows have one) `author` columns."""
    seen = has_key(audience, actor.keys)
    if actor.is_secretariat:
        seen = sa.or_(seen, sa.not_(audience.startswith(CASE_PREFIX, autoescape=True)))
    if author is not None and actor.person_id is not None:
        seen = sa.or_(seen, author == actor.person_id)
    return seen


def sees(actor: Actor, audience: str, author_id: UUID | None = None) -> bool:
    """The same rule for one row in hand; a test holds it against `visible_to`."""
    if author_id is not None and author_id == actor.person_id:
        return True
    return actor.holds(audience) or (actor.is_secretariat and not audience.startswith(CASE_PREFIX))
