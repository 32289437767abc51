"""Sent twice, it acts once: the row a form's `submission_id` leaves behind, in the same transaction as its act.

The same form sent again (a double click, a lost line, the Back button) leads where the first one led. The same id
with other words in it is a new wish: it is refused with an invitation to send again, so that no words are lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import change_rows
from app.core.errors import MalocaError, RuleBroken
from app.core.types import UTCDateTime
from app.extensions import Model, db


class Submission(Model):
    __tablename__ = "submission"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None]
    endpoint: Mapped[str] = mapped_column(sa.String(80))
    digest: Mapped[str] = mapped_column(sa.String(64))
    leads_to: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class AlreadyDone(MalocaError):
    """This very form was sent before; `leads_to` is where it led."""

    def __init__(self, leads_to: str) -> None:
        super().__init__(leads_to)
        self.leads_to = leads_to


class SentWithOtherWords(RuleBroken):
    """The form was sent before with other words: it gets a fresh id and may be sent again."""


KEPT = timedelta(days=30)


def drop_old(now: datetime) -> int:
    """Forget the forms of a month ago: nobody sends them a second time. A job of core."""
    dropped = change_rows(sa.delete(Submission).where(Submission.at < now - KEPT))
    db.session.commit()
    return dropped


def claim(submission_id: UUID, *, person_id: UUID | None, endpoint: str, digest: str, now: datetime) -> Submission:
    """Take a submission id for this transaction; waits for a twin under way.

    Raises `AlreadyDone` or `SentWithOtherWords`.
    """
    row = Submission(id=submission_id, person_id=person_id, endpoint=endpoint, digest=digest, leads_to="", at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        first = db.session.get_one(Submission, submission_id)
        if (first.person_id, first.endpoint, first.digest) == (person_id, endpoint, digest):
            raise AlreadyDone(first.leads_to) from None
        raise SentWithOtherWords(
            _l("This form was sent once already. Your words are still here: send again if you want this as well.")
        ) from None
    return row
