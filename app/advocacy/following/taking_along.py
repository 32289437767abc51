"""The dates of followed spaces in the plan of a group's year, and what a group that is exported takes of them along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.advocacy.models import DEADLINES, FollowedSpace, Occurrence, Step
from app.advocacy.queries import space_names
from app.advocacy.queries.following import list_followed
from app.core.actors import Actor
from app.moments.models import Moment
from app.workinggroups import exports
from app.workinggroups.exports import ID, Part, Room, Table
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries.dates import also_dated


def in_the_year(group: WorkingGroup) -> sa.ColumnElement[bool]:
    """Return which moments the spaces of a group add to its plan of the year: sessions, and what closes."""
    followed = sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id == group.id)
    sessions = sa.select(Occurrence.moment_id).where(Occurrence.space_id.in_(followed))
    deadlines = (
        sa.select(Step.moment_id)
        .join(Occurrence, Step.occurrence_id == Occurrence.id)
        .where(Occurrence.space_id.in_(followed), Step.code.in_(DEADLINES))
    )
    return sa.or_(Moment.id.in_(sessions), Moment.id.in_(deadlines))


def parts_of(_actor: Actor, group: WorkingGroup, _now: datetime) -> Iterator[Part]:
    """Yield the table of spaces that a group follows."""
    rows = list_followed(group.id)
    names = space_names([row.space for row in rows])

    def lines() -> Iterator[Sequence[object]]:
        for row in rows:
            yield row.space.acronym, names[row.space_id].text, row.since, row.space.url, row.space_id

    columns = (
        ("acronym", _("Acronym")),
        ("space", _("Space")),
        # I18N: column of a table of advocacy spaces: since when a working group follows one
        ("since", _("Followed since")),
        ("address", _("Its own page")),
        ID,
    )
    yield Table(name="spaces", columns=columns, rows=lines())


def register() -> None:
    also_dated("advocacy", in_the_year)
    exports.register(
        Room(code="advocacy", holds=_l("Advocacy spaces: which ones the group follows."), parts=parts_of), order=60
    )
