"""What people say of themselves: "I was there". A figure of its own; only who leads makes a mark of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions import policy
from app.sessions.hosts import words_of
from app.sessions.models import AttendanceClaim, Gathering
from app.sessions.queries.attendance import list_claim_organisations
from app.sessions.services.attendance.marking import (
    Marks,
    NotTakingPlace,
    announce,
    check_open,
    day_of,
    mark,
    unmarked_among,
)


class OutsideTheWindow(RuleBroken):
    """Too early, or too long after it."""


class NotTheirOrganisation(RuleBroken):
    """For an organisation the person does not belong to."""


def _check_window(gathering: Gathering, now: datetime) -> None:
    if not policy.takes_place(gathering):
        raise NotTakingPlace(words_of(gathering).off_when_claimed)
    opens, closes = policy.claim_window(gathering)
    if now < opens:
        raise OutsideTheWindow(words_of(gathering).claim_too_early, rule="R-31")
    if now > closes:
        raise OutsideTheWindow(words_of(gathering).claim_too_late, rule="R-31")


def claim_attendance(
    actor: Actor, gathering: Gathering, *, organisation_id: UUID | None, now: datetime
) -> AttendanceClaim:
    """Keep that the actor says they were there, for one of their organisations or for none. Saying it twice, also at
    the same instant, is one row; it never becomes a mark by itself.

    Raises `OutsideTheWindow`, `NotTakingPlace`, `NotTheirOrganisation`.
    """
    require(actor, "sessions.claim_attendance", gathering)
    _check_window(gathering, now)
    if organisation_id is not None and organisation_id not in list_claim_organisations(actor, gathering):
        raise NotTheirOrganisation(_l("Choose one of your own organisations, or say that you came for yourself."))
    values: dict[str, Any] = {
        "for_organisation_id": organisation_id,
        "claimed_on": day_of(gathering),
        "claimed_at": now,
    }
    if not _say_again(gathering, actor.own_id, values):
        row = AttendanceClaim(gathering_id=gathering.id, person_id=actor.own_id, **values)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            return _claim(gathering, actor.own_id)
    audit.record(
        actor, "sessions.attendance.claimed", gathering.kind, gathering.id, {"person": str(actor.own_id)}, now=now
    )
    return _claim(gathering, actor.own_id)


def _say_again(gathering: Gathering, person_id: UUID, values: dict[str, Any]) -> bool:
    """Bring back what was taken back, or say it for another organisation; False where nothing was said before."""
    again = sa.update(AttendanceClaim).where(
        AttendanceClaim.gathering_id == gathering.id, AttendanceClaim.person_id == person_id
    )
    return change_rows(again.values(**values, withdrawn_at=None)) == 1


def _claim(gathering: Gathering, person_id: UUID) -> AttendanceClaim:
    return db.session.get_one(AttendanceClaim, (gathering.id, person_id), populate_existing=True)


def take_back_claim(actor: Actor, gathering: Gathering, *, now: datetime) -> bool:
    """Take back what the actor said of themselves, at any time: it is their word. A mark stays."""
    require(actor, "sessions.take_back_claim", gathering)
    standing = sa.update(AttendanceClaim).where(
        AttendanceClaim.gathering_id == gathering.id,
        AttendanceClaim.person_id == actor.person_id,
        AttendanceClaim.withdrawn_at.is_(None),
    )
    if change_rows(standing.values(withdrawn_at=now)) != 1:
        return False
    audit.record(
        actor,
        "sessions.attendance.claim_taken_back",
        gathering.kind,
        gathering.id,
        {"person": str(actor.person_id)},
        now=now,
    )
    return True


def mark_claimants(actor: Actor, gathering: Gathering, *, shown: Iterable[UUID], now: datetime) -> Marks:
    """Mark those of the people `shown` who still say that they were there and are not marked; nobody else.

    Raises `NotBegun`, `NotTakingPlace`.
    """
    require(actor, "sessions.mark_attendance", gathering)
    check_open(gathering, now)
    saying = set(
        db.session.scalars(
            sa.select(AttendanceClaim.person_id).where(
                AttendanceClaim.gathering_id == gathering.id,
                AttendanceClaim.person_id.in_(set(shown)),
                AttendanceClaim.withdrawn_at.is_(None),
            )
        )
    )
    to_mark = unmarked_among(gathering, saying)
    marks = Marks(frozenset(mark(actor, gathering, to_mark, now=now)) if to_mark else frozenset(), frozenset())
    announce(actor, gathering, marks, now)
    return marks
