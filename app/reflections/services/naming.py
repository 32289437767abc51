"""The name that stands beside a text: the author's own, or another one that is nobody else's."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import fold, one_line
from app.extensions import db
from app.originals.words import as_written
from app.people.models import Person
from app.sessions.models import TrackFacilitator, TrackMembership

LONGEST_PSEUDONYM = 80


def check_pseudonym(actor: Actor, typed: str, track_id: UUID) -> str:
    """Return the other name as it is kept; raises `RuleBroken` at `pseudonym` when it is too long or the name of
    another person of the track, who would be taken for the author."""
    name = one_line(as_written(typed))
    if len(name) > LONGEST_PSEUDONYM:
        raise RuleBroken(
            _l(
                "This name has %(count)s characters. Choose one of %(longest)s or fewer.",
                count=len(name),
                longest=LONGEST_PSEUDONYM,
            ),
            field="pseudonym",
        )
    if name and _is_somebody_else(actor, name, track_id):
        raise RuleBroken(
            _l("Somebody else of this track has this name, and your words would be taken for theirs. Choose another."),
            field="pseudonym",
        )
    return name


def _is_somebody_else(actor: Actor, name: str, track_id: UUID) -> bool:
    """Whether another participant or facilitator has this very name, case and accents apart."""
    wanted = fold(name)
    members = sa.select(TrackMembership.person_id).where(
        TrackMembership.track_id == track_id, TrackMembership.left_at.is_(None)
    )
    team = sa.select(TrackFacilitator.person_id).where(
        TrackFacilitator.track_id == track_id, TrackFacilitator.ended_at.is_(None)
    )
    alike = db.session.execute(
        sa.select(Person.name, Person.name_latin).where(
            sa.or_(Person.id.in_(members), Person.id.in_(team)),
            Person.id != actor.person_id,
            Person.name_fold.contains(wanted, autoescape=True),
        )
    )
    return bool(wanted) and any(wanted in (fold(own), fold(latin)) for own, latin in alike)
