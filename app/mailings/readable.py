"""Which mails may be read on pages: those of a house to try things in, to addresses behind which nobody real stands.

Such a house has example people and no way out for mails (`MAIL_URL`). An address is invented if its domain is reserved
for examples (RFC 2606, RFC 6761): no mail ever arrives there. Whoever invites `nueva@example.org` reads what she would
get. As soon as a real address is in the house, nothing written from then on is shown: it may speak of somebody real.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.outbox import OutboxMail
from app.extensions import db
from app.people.models import Account, Person

RESERVED = (
    "%@example.org",
    "%@example.com",
    "%@example.net",
    "%.example",
    "%.invalid",
    "%.test",
)
"""Ends of addresses at which nobody can have a mailbox, as patterns of SQL."""


def is_place_to_read(mail_url: str) -> bool:
    """Whether this house has pages on which mails are read."""
    return not mail_url and bool(db.session.scalar(sa.select(sa.exists().where(Person.is_example))))


def real_since() -> datetime | None:
    """Return when the first account of somebody real was made; None where everybody is invented, or their address."""
    real = sa.select(sa.func.min(Account.created_at)).join(Person, Person.id == Account.person_id)
    return db.session.scalar(
        real.where(~Person.is_example, ~_is_invented(Account.email_norm), Account.email_norm != "")
    )


def readable(actor: Actor) -> sa.Select[OutboxMail]:
    """Return the mails the actor may read here: one's own; the secretariat all but what it may not know of."""
    mails = sa.select(OutboxMail).where(OutboxMail.rendered.is_not(None), _is_invented(OutboxMail.recipient))
    if (since := real_since()) is not None:
        mails = mails.where(OutboxMail.created_at < since)
    if actor.is_secretariat:
        return mails.where(visible_to(actor, OutboxMail.audience))
    return mails.where(OutboxMail.person_id == actor.own_id)


def _is_invented(address: Any) -> sa.ColumnElement[bool]:
    return sa.or_(*(sa.func.lower(address).like(end) for end in RESERVED))
