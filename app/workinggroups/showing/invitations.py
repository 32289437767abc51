"""Invitations as their pages show them: who was asked, when, and what became of it; a day on the reader's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.moments import words
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.people.policy import appears_to
from app.workinggroups.models import GroupInvitation, InvitationState, Standing


def day_of(instant: datetime) -> str:
    """Return the day of an instant, on the reader's clock."""
    return words.date_of(in_zone(instant, reader_zone() or "UTC").date(), page_language())


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked into a group: by name as far as they appear to the reader, and since when."""

    invitation: GroupInvitation
    name: Any
    since: str
    is_guest: bool


def asked_lines(actor: Actor, rows: Sequence[GroupInvitation]) -> list[Asked]:
    """Return invitations as lines. Whoever asked somebody by name reads the name, and so does everybody who runs the
    group once they are in it; the others appear as they have agreed to."""
    ids: set[UUID] = {row.organisation_id for row in rows if row.organisation_id is not None}
    organisations = names_of("organisation", ids, page_language())
    return [
        Asked(
            row,
            organisations[row.organisation_id] if row.organisation_id is not None else _name(actor, row),
            _since(row),
            row.standing is Standing.GUEST,
        )
        for row in rows
    ]


def _name(actor: Actor, row: GroupInvitation) -> Any:
    is_known = row.invited_by == actor.person_id or row.state is InvitationState.ACCEPTED
    person = row.person
    if person is not None and person.name and appears_to(actor, person, is_mate=is_known):
        return person.name
    # I18N: stands for somebody who was asked into a working group and does not appear by name
    return _("Somebody who took part in the track") if row.group.origins else _("Somebody")


def _since(row: GroupInvitation) -> str:
    day = day_of(row.answered_at or row.invited_at)
    if row.state is InvitationState.ACCEPTED:
        # I18N: of an invitation
        return str(_("accepted on %(day)s", day=day))
    if row.state is InvitationState.DECLINED:
        # I18N: of an invitation
        return str(_("declined on %(day)s", day=day))
    if row.state is InvitationState.WITHDRAWN:
        # I18N: of an invitation
        return str(_("taken back on %(day)s", day=day))
    # I18N: of an invitation that is not answered yet
    return str(_("invited on %(day)s", day=day))
