"""What groups hold about a person: for export, for merging two rows of one person, for erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.workinggroups.models import (
    GroupCoordinator,
    GroupExport,
    GroupInvitation,
    GroupMembership,
    HandoverNote,
    InvitationState,
    ObserverRequest,
    ObserverRequestState,
    Standing,
    WorkingGroup,
)
from app.workinggroups.queries.handing_on import list_naming
from app.workinggroups.services.exports import drop_exports

HOLDINGS = {
    "places": Holding(_l("Working groups joined or left"), stays=True),
    "coordination": Holding(_l("Working groups coordinated, now or before"), stays=True),
    "invitations": Holding(_l("Invitations into working groups, with the answers")),
    "observer_requests": Holding(_l("Requests to observe a working group")),
    "handover_notes": Holding(_l("Notes for whoever takes over a working group"), stays=True),
    "exports": Holding(_l("Whole working groups taken out as a file")),
}
"""What stays is counted, and tells of nobody any more."""


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the person's places, appointments, invitations and requests, oldest first."""
    return {
        "places": _rows(
            GroupMembership, person_id, "standing", "organisation_id", "joined_at", "left_at", "acknowledged_at"
        ),
        "coordination": _rows(GroupCoordinator, person_id, "appointed_at", "ended_at"),
        "invitations": _rows(GroupInvitation, person_id, "state", "standing", "words", "invited_at", "answered_at"),
        "observer_requests": _rows(ObserverRequest, person_id, "state", "words", "reason", "asked_at", "decided_at"),
        "handover_notes": _rows(
            HandoverNote, person_id, "version", "language", "body", "written_at", whose=HandoverNote.written_by
        ),
        "exports": _rows(GroupExport, person_id, "asked_at", "ready_at", whose=GroupExport.asked_by),
    }


def _rows(table: Any, person_id: UUID, *columns: str, whose: Any = None) -> list[dict[str, str | None]]:
    wanted = (
        sa.select(WorkingGroup.slug, *(getattr(table, column) for column in columns))
        .join(WorkingGroup, WorkingGroup.id == table.group_id)
        .where((table.person_id if whose is None else whose) == person_id)
        .order_by(table.id)
    )
    return [
        {name: None if value is None else str(value) for name, value in zip(("group", *columns), row, strict=True)}
        for row in db.session.execute(wanted)
    ]


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Move everything to the person who is kept; where both hold the same, the kept one's stays. Of two places in one
    group the one of a member stays, and of two answers to one invitation a refusal: it is remembered (R-06)."""
    _drop_weaker(
        GroupMembership,
        GroupMembership.left_at.is_(None),
        GroupMembership.standing == Standing.MEMBER,
        kept_id,
        gone_id,
    )
    _drop_weaker(GroupInvitation, sa.true(), GroupInvitation.state == InvitationState.DECLINED, kept_id, gone_id)
    _drop_doubled(GroupMembership, GroupMembership.left_at.is_(None), kept_id, gone_id)
    _drop_doubled(GroupCoordinator, GroupCoordinator.ended_at.is_(None), kept_id, gone_id)
    _drop_doubled(GroupInvitation, sa.true(), kept_id, gone_id)
    _drop_doubled(ObserverRequest, ObserverRequest.state == ObserverRequestState.ASKED, kept_id, gone_id)
    _drop_doubled_exports(kept_id, gone_id)
    for column in (
        GroupMembership.person_id,
        GroupMembership.admitted_by,
        GroupCoordinator.person_id,
        GroupCoordinator.appointed_by,
        GroupInvitation.person_id,
        GroupInvitation.invited_by,
        GroupInvitation.answered_by,
        ObserverRequest.person_id,
        ObserverRequest.decided_by,
        WorkingGroup.created_by,
        HandoverNote.written_by,
        GroupExport.asked_by,
    ):
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def _drop_weaker(
    table: Any, stands: sa.ColumnElement[bool], is_strong: sa.ColumnElement[bool], kept_id: UUID, gone_id: UUID
) -> None:
    """Where the person who goes holds the strong one of two, take the other one away: it is theirs that moves."""
    held = sa.select(table.group_id).where(table.person_id == gone_id, stands, is_strong)
    _run(sa.delete(table).where(table.person_id == kept_id, stands, sa.not_(is_strong), table.group_id.in_(held)))


def _drop_doubled(table: Any, stands: sa.ColumnElement[bool], kept_id: UUID, gone_id: UUID) -> None:
    held = sa.select(table.group_id).where(table.person_id == kept_id, stands)
    _run(sa.delete(table).where(table.person_id == gone_id, stands, table.group_id.in_(held)))


def _drop_doubled_exports(kept_id: UUID, gone_id: UUID) -> None:
    """Two that wait for one group are asked for again by nobody: the kept person's is made."""
    waiting = sa.and_(GroupExport.ready_at.is_(None), GroupExport.failed_at.is_(None))
    asked = sa.select(GroupExport.group_id).where(GroupExport.asked_by == kept_id, waiting)
    _run(sa.delete(GroupExport).where(GroupExport.asked_by == gone_id, waiting, GroupExport.group_id.in_(asked)))


def erase_person(person_id: UUID, now: datetime) -> None:
    """End what is open and take the words away. Past places stay, tied to a person who has no name any more; so do
    notes for whoever takes over, which are the group's. Files in which the person may be named go."""
    drop_exports(list_naming(person_id), now=now)
    _run(sa.update(HandoverNote).where(HandoverNote.written_by == person_id).values(written_by=None))
    for table, column in ((GroupMembership, GroupMembership.left_at), (GroupCoordinator, GroupCoordinator.ended_at)):
        ending = sa.update(table).where(table.person_id == person_id, column.is_(None))
        _run(ending.values({column.key: now}))
    _run(sa.update(GroupInvitation).where(GroupInvitation.person_id == person_id).values(words="", language=""))
    open_ones = sa.update(GroupInvitation).where(
        GroupInvitation.person_id == person_id, GroupInvitation.state == InvitationState.OPEN
    )
    _run(open_ones.values(state=InvitationState.WITHDRAWN, answered_at=now))
    _run(sa.update(ObserverRequest).where(ObserverRequest.person_id == person_id).values(words="", reason=""))
    asked = sa.update(ObserverRequest).where(
        ObserverRequest.person_id == person_id, ObserverRequest.state == ObserverRequestState.ASKED
    )
    _run(asked.values(state=ObserverRequestState.WITHDRAWN, decided_at=now))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
