"""Plans of reminders of their own: a track that says it earlier and later, a group in which everybody looks at its
decisions again, a body whose texts want an early start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.advocacy.models import Occurrence
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Person
from app.reminders.kinds import DAY, HOUR, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.services import Chosen, choose_plan
from app.sessions.models import Track
from app.workinggroups.models import WorkingGroup


def choose_plans(track: Track, group: WorkingGroup, cast: Mapping[str, Person], *, now: datetime) -> None:
    """Let whoever leads each of the three choose; the house decides for all else."""
    example = sa.select(Occurrence).where(Occurrence.is_example).order_by(Occurrence.id).limit(1)
    space = db.session.scalars(example).unique().one().space
    chosen = (
        ("amina", Place(Scope.TRACK, track), Kind.SESSION, (-14 * DAY, -2 * DAY, -3 * HOUR), {Whom.PARTICIPANTS}),
        ("nour", Place(Scope.GROUP, group), Kind.REVIEW, (-30 * DAY, -7 * DAY, 0), {Whom.COORDINATORS, Whom.GROUP}),
        (
            "nour",
            Place(Scope.SPACE, space),
            Kind.TEXT,
            (-60 * DAY, -30 * DAY, -14 * DAY, -2 * DAY),
            {Whom.RESPONSIBLE, Whom.FOLLOWERS, Whom.COORDINATORS},
        ),
    )
    at = now - timedelta(days=18)
    for key, place, kind, minutes, to_whom in chosen:
        choose_plan(actor_at(cast[key].id, now), place, kind, Chosen(frozenset(minutes), frozenset(to_whom)), now=at)
