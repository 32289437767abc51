"""Making and spending the single-use links of mails, and what a link mailed to an address proves."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, notices
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.types import Facts
from app.extensions import db
from app.people import devices, events
from app.people.models import Account, MailLink, MailPurpose
from app.people.passwords import mark_of
from app.people.queries.links import find_open_link

LASTS = {
    MailPurpose.VERIFY: timedelta(days=7),
    MailPurpose.RESET: timedelta(hours=3),
    MailPurpose.INVITE: timedelta(days=14),
    MailPurpose.SIGN_IN: timedelta(minutes=30),
}
AT_MOST_PER_HOUR = 3


class StaleLink(RuleBroken):
    """The link was used, is too old, or was never one of ours."""

    def __init__(self) -> None:
        super().__init__(_l("This link has been used or is too old. Ask for a new one."))


def send_link(
    account: Account,
    purpose: MailPurpose,
    *,
    invited_by: UUID | None = None,
    is_named: bool = False,
    replaces_older: bool = False,
    now: datetime,
) -> MailLink | None:
    """Make a link and leave the notice that mails it; None when this person got three of them lately, so that nobody's
    mailbox is filled by others. `replaces_older` uses up the links of this purpose that are still open, and with them
    mails that are still waiting. The mail says who invites, where that is `invited_by`, and greets by name where they
    said it (`is_named`). Locks the account: who sends at the same instant is counted."""
    db.session.execute(
        sa.select(Account.person_id).where(Account.person_id == account.person_id).with_for_update(of=Account)
    )
    lately = db.session.scalar(sa.select(sa.func.count()).where(*_counted(account.person_id, purpose, now)))
    if lately is not None and lately >= AT_MOST_PER_HOUR:
        return None
    if replaces_older:
        use_up(account.person_id, purpose, now=now)
    link = MailLink(
        person_id=account.person_id,
        purpose=purpose,
        email_norm=account.email_norm,
        created_at=now,
        expires_at=now + LASTS[purpose],
    )
    db.session.add(link)
    db.session.flush()
    notices.tell(
        account.person_id,
        f"people.{purpose}",
        str(link.id),
        _said(link, invited_by, is_named=is_named),
        now=now,
        expires_at=link.expires_at,
    )
    return link


def _said(link: MailLink, invited_by: UUID | None, *, is_named: bool) -> Facts:
    said: Facts = {"link": str(link.id)}
    if invited_by is not None:
        said |= {"invited_by": str(invited_by), "is_named": is_named}
    return said


def _counted(person_id: UUID, purpose: MailPurpose, now: datetime) -> list[sa.ColumnElement[bool]]:
    """Which links count against a new one: those of the last hour. Of links that sign in only those that still open:
    whoever asks for them in somebody else's name fills a mailbox with links that let its owner in, and never shuts
    the owner out."""
    counted = [MailLink.person_id == person_id, MailLink.purpose == purpose]
    if purpose is MailPurpose.SIGN_IN:
        return [*counted, MailLink.used_at.is_(None), MailLink.expires_at > now]
    return [*counted, MailLink.created_at > now - timedelta(hours=1)]


def spend_link(purpose: MailPurpose, link_id: UUID, *, now: datetime) -> Account:
    """Use up a link, and with it all others of its purpose, and return the account. Raises `StaleLink`."""
    link = find_open_link(purpose, link_id, now)
    if link is None:
        raise StaleLink
    person_id = link.person_id
    spent = sa.update(MailLink).where(MailLink.id == link_id, MailLink.used_at.is_(None)).values(used_at=now)
    if change_rows(spent) != 1:
        raise StaleLink
    use_up(person_id, purpose, now=now)
    return db.session.get_one(Account, person_id)


def use_up(person_id: UUID, purpose: MailPurpose, *, now: datetime) -> None:
    """Let the links of one purpose that are still open to a person open nothing any more."""
    open_ones = sa.update(MailLink).where(
        MailLink.person_id == person_id, MailLink.purpose == purpose, MailLink.used_at.is_(None)
    )
    change_rows(open_ones.values(used_at=now))


def confirm_address(account: Account, *, now: datetime) -> None:
    """Take an address for confirmed: the mails that ask for it are of no use any more."""
    account.verified_at = account.verified_at or now
    use_up(account.person_id, MailPurpose.VERIFY, now=now)


def take_unproven_password(actor: Actor, account: Account, *, mark: str = "", now: datetime) -> bool:
    """Let nobody in who set a password for this address without opening a link mailed to it: password, devices, open
    links and private addresses go, unless the `mark` of the browser at hand shows that the password was chosen there.
    Locks the account. Returns whether a password was taken away."""
    db.session.flush()
    db.session.refresh(account, with_for_update={"of": Account})
    if account.verified_at is not None or account.password_hash is None or mark == mark_of(account.password_hash):
        return False
    account.password_hash, account.failures, account.failed_at = None, 0, None
    devices.close_sessions(account.person_id, now=now)
    for purpose in MailPurpose:
        use_up(account.person_id, purpose, now=now)
    events.links_revoked.send(account.person, actor=actor, now=now)
    audit.record(actor, "people.account.password_taken_away", "person", account.person_id, now=now)
    return True
