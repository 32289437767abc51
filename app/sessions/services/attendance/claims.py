"""What people say of themselves: "I was there". A figure of its own; only a facilitator makes a mark of it."""

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
from app.sessions.models import AttendanceClaim, LearningSession
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
    """Too early, or too long after the session."""


class NotTheirOrganisation(RuleBroken):
    """For an organisation the person does not belong to."""


def _check_window(session: LearningSession, now: datetime) -> None:
    if not policy.takes_place(session):
        raise NotTakingPlace(_l("This session is called off: nobody was there. Ask the facilitators if it took place."))
    opens, closes = policy.claim_window(session)
    if now < opens:
        raise OutsideTheWindow(
            _l("You can say that you were there from 30 minutes before the session begins. Come back then."),
            rule="R-31",
        )
    if now > closes:
        raise OutsideTheWindow(
            _l(
                "You could say that you were there until 48 hours after the session. "
                "Ask a facilitator of the track to mark you."
            ),
            rule="R-31",
        )


def claim_attendance(
    actor: Actor, session: LearningSession, *, organisation_id: UUID | None, now: datetime
) -> AttendanceClaim:
    """Keep that the actor says they were there, for one of their organisations or for none. Saying it twice, also at
    the same instant, is one row; it never becomes a mark by itself.

    Raises `OutsideTheWindow`, `NotTakingPlace`, `NotTheirOrganisation`.
    """
    require(actor, "sessions.claim_attendance", session)
    assert actor.person_id is not None  # noqa: S101 - the policy has just said so
    _check_window(session, now)
    if organisation_id is not None and organisation_id not in list_claim_organisations(actor, session):
        raise NotTheirOrganisation(_l("Choose one of your own organisations, or say that you came for yourself."))
    values: dict[str, Any] = {"for_organisation_id": organisation_id, "claimed_on": day_of(session), "claimed_at": now}
    if not _say_again(session, actor.person_id, values):
        row = AttendanceClaim(session_id=session.id, person_id=actor.person_id, **values)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            return _claim(session, actor.person_id)
    audit.record(actor, "sessions.attendance.claimed", "session", session.id, {"person": str(actor.person_id)}, now=now)
    return _claim(session, actor.person_id)


def _say_again(session: LearningSession, person_id: UUID, values: dict[str, Any]) -> bool:
    """Bring back what was taken back, or say it for another organisation; False where nothing was said before."""
    again = sa.update(AttendanceClaim).where(
        AttendanceClaim.session_id == session.id, AttendanceClaim.person_id == person_id
    )
    return change_rows(again.values(**values, withdrawn_at=None)) == 1


def _claim(session: LearningSession, person_id: UUID) -> AttendanceClaim:
    return db.session.get_one(AttendanceClaim, (session.id, person_id), populate_existing=True)


def take_back_claim(actor: Actor, session: LearningSession, *, now: datetime) -> bool:
    """Take back what the actor said of themselves, at any time: it is their word. A facilitator's mark stays."""
    require(actor, "sessions.take_back_claim", session)
    standing = sa.update(AttendanceClaim).where(
        AttendanceClaim.session_id == session.id,
        AttendanceClaim.person_id == actor.person_id,
        AttendanceClaim.withdrawn_at.is_(None),
    )
    if change_rows(standing.values(withdrawn_at=now)) != 1:
        return False
    audit.record(
        actor, "sessions.attendance.claim_taken_back", "session", session.id, {"person": str(actor.person_id)}, now=now
    )
    return True


def mark_claimants(actor: Actor, session: LearningSession, *, shown: Iterable[UUID], now: datetime) -> Marks:
    """Mark those of the people `shown` who still say that they were there and are not marked; nobody else.

    Raises `NotBegun`, `NotTakingPlace`.
    """
    require(actor, "sessions.mark_attendance", session)
    check_open(session, now)
    saying = set(
        db.session.scalars(
            sa.select(AttendanceClaim.person_id).where(
                AttendanceClaim.session_id == session.id,
                AttendanceClaim.person_id.in_(set(shown)),
                AttendanceClaim.withdrawn_at.is_(None),
            )
        )
    )
    to_mark = unmarked_among(session, saying)
    marks = Marks(frozenset(mark(actor, session, to_mark, now=now)) if to_mark else frozenset(), frozenset())
    announce(actor, session, marks, now)
    return marks
