"""Links that somebody asks for with an address alone: to choose a new password, or to sign in without one.

Whether the address is known must not show, neither in the answer nor in the time it takes: the same statements are
run for everybody. A stand-in is written and taken back, and it is the stand-in that is written to where there is
nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.core import audit
from app.core.actors import Actor
from app.extensions import db
from app.people import devices
from app.people.addresses import read_address
from app.people.models import Account, AuthSession, MailPurpose, Person
from app.people.services.mail_links import confirm_address, send_link, spend_link, take_unproven_password


def ask_reset(actor: Actor, *, email: str, now: datetime) -> None:
    """Mail a link for a new password to a known address, an invitation where nobody ever signed in; nothing to
    others."""

    def purpose_for(account: Account) -> MailPurpose:
        has_come = account.password_hash is not None or account.verified_at is not None
        return MailPurpose.RESET if has_come else MailPurpose.INVITE

    _send_or_pretend(actor, email, purpose_for, "people.account.reset_asked", now=now)


def ask_sign_in_link(actor: Actor, *, email: str, now: datetime) -> None:
    """Mail a link that signs in to a known address, with a password or without; nothing to others."""
    _send_or_pretend(actor, email, lambda _account: MailPurpose.SIGN_IN, "people.account.link_asked", now=now)


def _send_or_pretend(
    actor: Actor, email: str, purpose_for: Callable[[Account], MailPurpose], code: str, *, now: datetime
) -> None:
    norm = read_address(email).norm
    account = db.session.scalar(sa.select(Account).options(lazyload(Account.person)).where(Account.email_norm == norm))
    is_sent = account is not None and _send(actor, account, purpose_for, code, now=now)
    with db.session.begin_nested() as undone:
        stand_in = _stand_in(now)
        if not is_sent:
            _send(actor, stand_in, purpose_for, code, now=now)
        undone.rollback()


def _send(
    actor: Actor, account: Account, purpose_for: Callable[[Account], MailPurpose], code: str, *, now: datetime
) -> bool:
    if send_link(account, purpose_for(account), now=now) is None:
        return False
    audit.record(actor, code, "person", account.person_id, now=now)
    db.session.flush()
    return True


def _stand_in(now: datetime) -> Account:
    name = str(uuid4())
    account = Account(email="", email_norm=name, created_at=now, person=Person(name="", name_fold="", created_at=now))
    db.session.add(account)
    db.session.flush()
    return account


def sign_in_by_link(
    actor: Actor, *, link_id: UUID, device: str, mark: str = "", replaces: UUID | None = None, now: datetime
) -> tuple[str, bool]:
    """Sign in on this device by a mailed link, which also confirms the address and forgets failed tries. `replaces` is
    the device this browser was.

    A password that was set before anybody confirmed the address may be a stranger's: it is taken away with its
    devices, unless `mark` shows that this browser registered the account. Returns the token of the device, and
    whether a password was taken away. Raises `StaleLink`."""
    account = spend_link(MailPurpose.SIGN_IN, link_id, now=now)
    took_away = take_unproven_password(actor, account, mark=mark, now=now)
    confirm_address(account, now=now)
    account.failures, account.failed_at = 0, None
    before = db.session.get(AuthSession, replaces) if replaces else None
    if before is not None:  # whoever was signed in on this browser
        devices.close_sessions(before.person_id, only=before.id, now=now)
    audit.record(actor, "people.device.signed_in", "person", account.person_id, {"by": "link"}, now=now)
    return devices.open_session(account.person_id, device=device, now=now), took_away
