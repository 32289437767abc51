"""Who may do what with calendars of others. Pure answers from the actor's keys and the row in hand."""

from __future__ import annotations

from app.calendars.models import CalendarFeed
from app.core import permissions
from app.core.actors import Actor
from app.people.keys import mandate_key
from app.people.models import Organisation
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_run

Owner = WorkingGroup | Organisation


def can_bring(actor: Actor, owner: Owner) -> bool:
    """Whoever runs the group or speaks for the organisation, and the secretariat."""
    if isinstance(owner, WorkingGroup):
        return owner.state is not GroupState.CLOSED and can_run(actor, owner)
    return actor.is_secretariat or (actor.is_person and actor.holds(mandate_key(owner.id)))


def can_keep(actor: Actor, feed: CalendarFeed) -> bool:
    """The same people, also once the group is closed: a calendar can always be paused and removed."""
    if actor.is_secretariat:
        return True
    if feed.group is not None:
        return can_run(actor, feed.group)
    return feed.organisation_id is not None and actor.is_person and actor.holds(mandate_key(feed.organisation_id))


def register() -> None:
    for code, policy, sentence in (
        ("calendars.bring", can_bring, "Bring a calendar of others in, for a group or an organisation"),
        ("calendars.keep", can_keep, "See from where a calendar is read; take it in, pause and remove it"),
    ):
        permissions.register(code, policy, sentence)
