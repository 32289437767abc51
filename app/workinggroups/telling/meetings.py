"""Who is told that the meetings of a group are called off because it closes: whoever is inside, once for all of them;
who has no e-mail through who helps them.
What becomes of a single meeting is told by the gatherings (`app.sessions.telling`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.core.registries import actor_at, audience_holders
from app.core.types import Facts
from app.people.helping import still_helps, told_for, with_helpers
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.queries.meetings import list_off

CALLED_OFF = "workinggroups.meetings_called_off"
KINDS = (CALLED_OFF,)


def tell_called_off(actor: Actor, group: WorkingGroup, meetings: Sequence[GroupMeeting], *, now: datetime) -> None:
    """Tell everybody inside but who closed the group, where a meeting was called off at all (R-10)."""
    if not meetings:
        return
    audience = group_key(group.id)
    concerned, fact = audience_holders(audience, now), f"{group.id}@{now.isoformat()}"
    said: Facts = {"group": str(group.id), "meetings": [str(meeting.id) for meeting in meetings]}
    for told, key, parameters in with_helpers(concerned, fact, said, but=actor.person_id):
        notices.tell_many(
            told,
            CALLED_OFF,
            key,
            parameters,
            now=now,
            audience=audience,
            expires_at=max(meeting.moment.until for meeting in meetings),
            happens_at=min(meeting.moment.starts_at for meeting in meetings),
        )


def told_of(parameters: dict[str, Any]) -> list[GroupMeeting]:
    """Return the meetings a notice is about that are still called off, the next first."""
    return list_off([UUID(meeting_id) for meeting_id in parameters["meetings"]])


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person is still inside, whoever helps them still does, and a
    meeting to come is still off."""
    person = actor_at(told_for(notice.parameters), now)
    concerns = person.holds(group_key(UUID(notice.parameters["group"]))) and still_helps(notice.parameters)
    return concerns and any(meeting.moment.until >= now for meeting in told_of(notice.parameters))
