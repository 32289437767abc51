"""Meetings of a group: planning them. Whatever happens to one afterwards is done by the services of gatherings."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.naming import Names
from app.core.permissions import require
from app.extensions import db
from app.moments.timing import Timing
from app.sessions import services as gatherings
from app.sessions.services import Plan
from app.workinggroups import queries, standing, telling
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.services.places import lock_group

CLOSED = _l("This group is closed.")
"""Why the meetings of a group that closes are called off, in the language of whoever closes it."""


class MeetsNoMore(RuleBroken):
    """A group that is closed or suspended plans no meeting."""


def plan_meeting(
    actor: Actor, group: WorkingGroup, *, names: Names, timing: Timing, plan: Plan, now: datetime
) -> GroupMeeting:
    """Plan a meeting of a group, for its people alone, and tell them. It gets the next number of the group.

    Raises `MeetsNoMore`, `NeedsName`, `BadLink`, `BadAgenda` and the errors of `moments.timing`.
    """
    require(actor, "workinggroups.plan_meeting", group)
    lock_group(group)
    if (why := standing.why_no_meeting(group)) is not None:
        raise MeetsNoMore(why)
    meeting = GroupMeeting(group_id=group.id)
    gatherings.add_gathering(
        actor,
        meeting,
        number_it=partial(_number, meeting),
        audience=group_key(group.id),
        names=names,
        timing=timing,
        plan=plan,
        now=now,
    )
    gatherings.tell_planned(actor, meeting, now=now)
    return meeting


def _number(meeting: GroupMeeting) -> None:
    last = sa.select(sa.func.max(GroupMeeting.number)).where(GroupMeeting.group_id == meeting.group_id)
    meeting.number = (db.session.scalar(last) or 0) + 1


def call_off_coming(actor: Actor, group: WorkingGroup, *, now: datetime) -> int:
    """Call off every meeting that has not begun, because the group closes, and tell its people once (R-10); what is
    called off already stays as it is. Returns how many. Whether the group may be closed is asked by the service that
    closes it."""
    coming = queries.list_to_call_off(group, now=now)
    for meeting in coming:
        gatherings.call_off(actor, meeting, reason=str(CLOSED), now=now)
    telling.meetings.tell_called_off(actor, group, coming, now=now)
    return len(coming)


def record_participation_export(actor: Actor, group: WorkingGroup, *, persons: int, now: datetime) -> None:
    """Write down that a list of who came how often left as a file, and how many people stand in it."""
    require(actor, "workinggroups.run", group)
    facts = {"format": "csv", "persons": persons}
    audit.record(actor, "workinggroups.participation.exported", "group", group.id, facts, now=now)
