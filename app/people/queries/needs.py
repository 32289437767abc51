"""What persons need to take part, for those who may know: themselves and the facilitators of their tracks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Need, PersonNeed


def needs_of(person_ids: Iterable[UUID]) -> dict[UUID, list[Need]]:
    """Return the needs of many persons, in the order in which they are asked; who said none is missing."""
    found: dict[UUID, set[Need]] = defaultdict(set)
    for row in db.session.scalars(sa.select(PersonNeed).where(PersonNeed.person_id.in_(list(person_ids)))):
        found[row.person_id].add(row.need)
    return {person_id: [need for need in Need if need in needs] for person_id, needs in found.items()}
