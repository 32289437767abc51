"""Who sees which post. As every original, with one more door: whoever runs the group reads what was taken out of sight,
for somebody has to read it to decide."""

from __future__ import annotations

import sqlalchemy as sa

from app.core.actors import Actor
from app.originals.models import Original
from app.originals.queries import there, unless_mine
from app.workinggroups.keys import COORDINATORS, group_key, groups_named_in


def run_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Of a group that the actor runs: the same rule as `policy.runs`."""
    if actor.is_secretariat:
        return sa.true()
    return Original.audience.in_(sorted(group_key(one) for one in groups_named_in(actor, COORDINATORS)))


def openable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor reads in a topic: the condition stands on `Original`, and holds in a statement about posts."""
    return sa.and_(there(actor), sa.or_(unless_mine(actor, Original.withheld_at), run_by(actor)))
