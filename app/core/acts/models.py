"""Which links were used: one row each, written in the transaction of the act itself. Two devices, a double click, a
line that was lost and a form that is sent again: the second finds the row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.acts.links import ActLink
from app.core.errors import MalocaError
from app.core.types import UTCDateTime
from app.extensions import Model, db


class SpentAct(Model):
    """A link that did what it is for. `nonce` is the link's own number; what was said by it stands with the thing."""

    __tablename__ = "spent_act"

    nonce: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    choice: Mapped[str] = mapped_column(sa.String(30))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class SpentAlready(MalocaError):
    """This very link was used before."""


def spend(link: ActLink, *, now: datetime) -> None:
    """Use a link up in this transaction; waits for a twin under way. Raises `SpentAlready`."""
    row = SpentAct(nonce=link.nonce, person_id=link.person_id, kind=link.kind, choice=link.choice, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise SpentAlready from None


def find_spent(link: ActLink) -> SpentAct | None:
    return db.session.get(SpentAct, link.nonce)
