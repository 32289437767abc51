"""Who asked to observe a group, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.core.permissions import require
from app.extensions import db
from app.workinggroups.models import ObserverRequest, ObserverRequestState, WorkingGroup

ANSWERED = (ObserverRequestState.ACCEPTED, ObserverRequestState.REFUSED, ObserverRequestState.WITHDRAWN)


def find_last_request(group: WorkingGroup, person_id: UUID | None) -> ObserverRequest | None:
    """Return the latest wish of a person to observe a group, whatever became of it."""
    if person_id is None:
        return None
    return db.session.scalar(
        sa.select(ObserverRequest)
        .where(ObserverRequest.group_id == group.id, ObserverRequest.person_id == person_id)
        .order_by(ObserverRequest.asked_at.desc(), ObserverRequest.id.desc())
        .limit(1)
    )


def find_open_request(group: WorkingGroup, person_id: UUID | None) -> ObserverRequest | None:
    """Return the wish of a person that waits for an answer."""
    if person_id is None:
        return None
    return db.session.scalar(
        sa.select(ObserverRequest).where(
            ObserverRequest.group_id == group.id,
            ObserverRequest.person_id == person_id,
            ObserverRequest.state == ObserverRequestState.ASKED,
        )
    )


def groups_asked_by(person_id: UUID | None) -> set[UUID]:
    """Return the groups that a person asked to observe and that have not answered yet."""
    if person_id is None:
        return set()
    asked = sa.and_(ObserverRequest.person_id == person_id, ObserverRequest.state == ObserverRequestState.ASKED)
    return set(db.session.scalars(sa.select(ObserverRequest.group_id).where(asked)))


def count_asked(group_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many wait for an answer, by group; those without any are missing."""
    rows = db.session.execute(
        sa.select(ObserverRequest.group_id, sa.func.count())
        .where(ObserverRequest.group_id.in_(list(group_ids)), ObserverRequest.state == ObserverRequestState.ASKED)
        .group_by(ObserverRequest.group_id)
    )
    return {group_id: int(count) for group_id, count in rows}


def page_requests(actor: Actor, group: WorkingGroup, *, answered: bool, cursor: str = "") -> Page[ObserverRequest]:
    """Return those who wait, who asked first first; or those who were answered, the latest first."""
    require(actor, "workinggroups.run", group)
    states = ANSWERED if answered else (ObserverRequestState.ASKED,)
    wanted = sa.select(ObserverRequest).where(ObserverRequest.group_id == group.id, ObserverRequest.state.in_(states))
    return fetch_page(
        wanted,
        key=ObserverRequest.decided_at if answered else ObserverRequest.asked_at,
        row_id=ObserverRequest.id,
        cursor=cursor,
        newest_first=answered,
    )


def get_request(actor: Actor, group: WorkingGroup, request_id: UUID) -> ObserverRequest:
    """Return a wish to observe this group, answered or not, for those who run it; raises `NotFound`, `NotAllowed`."""
    require(actor, "workinggroups.run", group)
    row = db.session.scalar(
        sa.select(ObserverRequest).where(ObserverRequest.id == request_id, ObserverRequest.group_id == group.id)
    )
    if row is None:
        raise NotFound
    return row
