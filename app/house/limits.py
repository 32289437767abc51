"""How many messages may come through the contact form.

The address is typed by whoever writes, so it proves nothing: a limit by address alone would stop nobody, and could shut
its owner out. Who is signed in is therefore counted as a person and meets no other limit; visitors are counted by
address and together. Every limit is over within an hour, and each refusal says what to do meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import take_turns
from app.core.errors import RuleBroken
from app.extensions import db
from app.house.models import ContactMessage

MOST_FROM_ONE = 5
"""Messages within an hour from one signed-in person, or from visitors who give one address."""

MOST_FROM_VISITORS = 60
"""Messages within an hour from all visitors together: more is a machine, and would drown those who answer."""

PERIOD = timedelta(hours=1)


class TooManyMessages(RuleBroken):
    """One message too many within an hour. The words stay in the form."""


def check_not_too_many(actor: Actor, email: str, *, now: datetime) -> None:
    """Raise `TooManyMessages` where one more message is one too many. Two that come at once are counted one after the
    other: the message belongs into the transaction that asked here."""
    take_turns("house.messages")
    if actor.person_id is not None:
        if _count(ContactMessage.person_id == actor.person_id, now=now) >= MOST_FROM_ONE:
            raise TooManyMessages(
                _l("You sent several messages within an hour. They have arrived; send this one in an hour.")
            )
        return
    by_visitors = ContactMessage.person_id.is_(None)
    if _count(by_visitors, ContactMessage.email == email, now=now) >= MOST_FROM_ONE:
        raise TooManyMessages(
            _l(
                "Several messages came from this address within an hour. Send this one in an hour, or sign in "
                "and send it now."
            )
        )
    if _count(by_visitors, now=now) >= MOST_FROM_VISITORS:
        raise TooManyMessages(
            _l("Very many messages are arriving right now. Send yours in an hour, or sign in and send it now.")
        )


def _count(*which: sa.ColumnElement[bool], now: datetime) -> int:
    recent: Any = sa.select(sa.func.count()).select_from(ContactMessage).where(ContactMessage.sent_at > now - PERIOD)
    return db.session.scalar(recent.where(*which)) or 0
