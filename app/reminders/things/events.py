"""What others organise and somebody wrote down for a group: its people are reminded of it as of the group's meetings.

What came with a calendar of others reminds nobody: one calendar holds more than anybody wants mails about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core.registries import audience_holders
from app.events.models import EVENT, Event
from app.extensions import db
from app.moments.models import Moment
from app.reminders.kinds import Kind, Whom
from app.reminders.things.shape import Thing
from app.workinggroups.keys import coordinators_key, group_key
from app.workinggroups.models import GroupState


def read_events(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield events of groups by their moments; those that are not shown, or came with a calendar, are quiet."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind == EVENT}
    if not by_subject:
        return
    wanted = sa.select(Event).where(Event.id.in_(by_subject), Event.group_id.is_not(None))
    for event in db.session.scalars(wanted).unique():
        assert event.group is not None  # noqa: S101 - asked for
        yield Thing(
            moment=by_subject[event.id],
            kind=Kind.MEETING,
            scope_id=event.group.id,
            row=event,
            people=partial(_of_group, event.group.id),
            is_quiet=event.is_imported or not event.is_shown or event.group.state is GroupState.CLOSED,
        )


def _of_group(group_id: UUID, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Everybody in the group, or whoever runs it."""
    key = group_key if Whom.GROUP in to_whom else coordinators_key
    return audience_holders(key(group_id), now)
