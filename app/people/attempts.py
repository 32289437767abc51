"""Guessing passwords is slowed down, for every process at once: each attempt is counted before the password is looked
at, in a short transaction of its own.

Five guesses are free; then each next one has to wait, at most a quarter of an hour. What comes too early is answered
like a wrong password and is not counted, so nobody can keep the owner out for ever; a reset link clears the count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.database import writing_briefly
from app.extensions import db
from app.people.models import Account

FREE_GUESSES = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chance:
    """One attempt to sign in: whose password is to be compared. All None where there is nothing to compare."""

    person_id: UUID | None = None
    password_hash: str | None = None


def wait_after(failures: int) -> timedelta:
    """Return how long after the last counted attempt the next one is heard."""
    if failures < FREE_GUESSES:
        return timedelta(0)
    doublings = min(failures - FREE_GUESSES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def take_chance(email_norm: str, now: datetime) -> Chance:
    """Count an attempt on the account under this address and return what to compare.

    Ends the transaction of the request and commits its own: the count must stay when the sign-in is refused.
    """
    with writing_briefly():
        account = db.session.scalar(
            sa.select(Account).where(Account.email_norm == email_norm).with_for_update(of=Account)
        )
        if account is None or not _is_heard(account, now):
            return Chance()
        is_fresh = account.failed_at is not None and account.failed_at > now - FORGOTTEN_AFTER
        account.failures = (account.failures if is_fresh else 0) + 1
        account.failed_at = now
        return Chance(account.person_id, account.password_hash)


def _is_heard(account: Account, now: datetime) -> bool:
    return account.failed_at is None or account.failed_at + wait_after(account.failures) <= now
