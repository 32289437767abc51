"""How many may register within an hour.

The address is typed by whoever registers and gets a mail: without a limit a machine writes to as many strangers as it
likes. Nobody is counted by where they write from: a training registers sixty people at once, from one network.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import take_turns
from app.core.errors import RuleBroken
from app.core.notices import Notice
from app.extensions import db
from app.people.models import Account

MOST_TOGETHER = 120
"""Addresses typed within an hour that nobody has confirmed since: more is a machine."""

PERIOD = timedelta(hours=1)
KNOWN_ALREADY = "people.already_registered"
"""The notice to who has an account when somebody registers their address."""


class TooManyNewcomers(RuleBroken):
    """One too many within an hour. The words stay in the form."""

    def __init__(self) -> None:
        super().__init__(_l("Very many people are registering right now. Register in an hour."))


def check_not_too_many(*, now: datetime) -> None:
    """Raise `TooManyNewcomers` where one more is one too many; two that come at once are counted one after the other.
    An address counts once, whether it had an account or got one now: the limit tells nobody which. Who was invited or
    has confirmed theirs counts for nothing."""
    take_turns("register")
    since = now - PERIOD
    new = sa.select(Account.person_id).where(
        Account.created_at > since, Account.verified_at.is_(None), Account.password_hash.is_not(None)
    )
    known = sa.select(Notice.person_id).where(Notice.created_at > since, Notice.kind == KNOWN_ALREADY)
    typed = new.union(known).subquery()
    if (db.session.scalar(sa.select(sa.func.count()).select_from(typed)) or 0) >= MOST_TOGETHER:
        raise TooManyNewcomers
