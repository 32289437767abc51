"""What the agenda is narrowed down to. Each clause comes from the package that knows it; here they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.queries import countries_of
from app.advocacy.queries import dates as advocacy
from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, Actor
from app.core.audiences import visible_to
from app.core.database import has_key
from app.events import queries as events
from app.events.models import EVENT
from app.moments.models import Moment
from app.outcomes import queries as outcomes
from app.people.models import Region
from app.sessions.models import Track
from app.sessions.queries import dates as sessions
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import dates as groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; what is not said is left open. `subjects` are kinds of moments, `space_ids` a space and
    the spaces within it. `mine`: what the reader takes part in. `of_others`: events of others alone, or all but
    those."""

    subjects: tuple[str, ...] = ()
    region: Region | None = None
    language: str = ""
    track: Track | None = None
    group: WorkingGroup | None = None
    space_ids: frozenset[UUID] | None = None
    mine: bool = False
    of_others: bool | None = None

    def clauses(self, actor: Actor) -> list[sa.ColumnElement[bool]]:
        """Return what holds for a moment that is wanted and that the actor sees."""
        found = [visible_to(actor, Moment.audience)]
        if self.subjects:
            found.append(Moment.subject_kind.in_(self.subjects))
        if self.region is not None:
            found.append(_is_of_region(self.region))
        if self.language:
            found.append(sa.or_(sessions.is_in_language(self.language), events.is_in_language(self.language)))
        if self.track is not None:
            found.append(sa.or_(sessions.is_of_track(self.track.id), outcomes.is_of_track(self.track.id)))
        if self.group is not None:
            found.append(sa.or_(groups.is_of_group(self.group), events.is_kept_by(self.group)))
        if self.space_ids is not None:
            found.append(advocacy.is_of_spaces(self.space_ids))
        if self.of_others is not None:
            found.append(is_of_others(self.of_others))
        if self.mine:
            found.append(is_mine(actor))
        return found


def _is_of_region(region: Region) -> sa.ColumnElement[bool]:
    return sa.or_(
        sessions.is_of_region(region.id),
        advocacy.is_about_region(region.code),
        events.is_of_region(region, countries_of(region.code)),
    )


def is_of_others(they_are: bool) -> sa.ColumnElement[bool]:
    """Say which moments are those of events of others, or all but those."""
    return Moment.subject_kind == EVENT if they_are else Moment.subject_kind != EVENT


FOR_MANY = frozenset({PUBLIC, NETWORK, SECRETARIAT})
"""Keys that say nothing about what somebody takes part in."""


def is_mine(actor: Actor) -> sa.ColumnElement[bool]:
    """Say which moments are the actor's own: of their tracks, what is meant for a group or a track of theirs, and the
    dates of the spaces that their groups follow."""
    if actor.person_id is None:
        return sa.false()
    own = [has_key(Moment.audience, actor.keys - FOR_MANY), sessions.is_of_tracks_of(actor.person_id)]
    if inside := groups_named_in(actor, GROUP):
        own.append(advocacy.is_followed_by(inside))
    return sa.or_(*own)
