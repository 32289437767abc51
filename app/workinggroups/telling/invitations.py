"""Who is told of an invitation: the person, and who helps them; for an organisation whoever speaks for it.

One mail per person and group, ever: the key holds nothing else. Answers go out as no mail: whoever runs the group finds
them together on the overview.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.registries import audience_holders
from app.extensions import db
from app.people.keys import mandate_key
from app.people.queries import helpers_of
from app.workinggroups.models import GroupInvitation, GroupState, InvitationState, WorkingGroup
from app.workinggroups.queries.invitations import find_invitation

INVITED = "workinggroups.invited"
KINDS = (INVITED,)


def tell_invited(group: WorkingGroup, invitations: Sequence[GroupInvitation], *, now: datetime) -> None:
    """Tell everybody who is asked into a group, in one statement; and one more for each who is helped by others, and
    for each organisation."""
    persons = [row.person_id for row in invitations if row.person_id is not None]
    about = {"group": str(group.id)}
    notices.tell_many(persons, INVITED, str(group.id), about, now=now)
    for person_id, helpers in helpers_of(persons).items():
        parameters = about | {"invited": str(person_id)}
        notices.tell_many(helpers, INVITED, f"{group.id}:{person_id}", parameters, now=now)
    for organisation_id in (row.organisation_id for row in invitations if row.organisation_id is not None):
        parameters = about | {"organisation": str(organisation_id)}
        key = f"{group.id}:{organisation_id}"
        notices.tell_many(_speakers(organisation_id, now), INVITED, key, parameters, now=now)


def _speakers(organisation_id: UUID, now: datetime) -> set[UUID]:
    return audience_holders(mandate_key(organisation_id), now)


def invitation_of(parameters: dict[str, Any]) -> GroupInvitation | None:
    """Return the invitation a notice is about."""
    group = db.session.get(WorkingGroup, UUID(parameters["group"]))
    if group is None:
        return None
    if "organisation" in parameters:
        return find_invitation(group, organisation_id=UUID(parameters["organisation"]))
    return find_invitation(group, person_id=UUID(parameters.get("invited") or parameters["person"]))


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the invitation waits for an answer in a group that goes on, and
    who speaks for an organisation still does."""
    row = invitation_of(notice.parameters)
    if row is None or row.state is not InvitationState.OPEN or row.group.state is GroupState.CLOSED:
        return False
    return row.organisation_id is None or notice.person_id in _speakers(row.organisation_id, now)
