"""Accounts: registering, signing in and out, confirming an address, new passwords.

Nothing here tells whether an address is known: an unknown one gets the same answer, and the owner of a known one gets
a mail. Hashes come in ready made (`app.people.passwords`), because making them takes long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, notices
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people import devices, events
from app.people.addresses import read_address
from app.people.limits import KNOWN_ALREADY, check_not_too_many
from app.people.models import Account, AffiliationKind, MailPurpose, Person
from app.people.passwords import mark_of
from app.people.queries.persons import find_account
from app.people.services.affiliations import Belonging, write_request
from app.people.services.mail_links import StaleLink, confirm_address, send_link, spend_link
from app.people.services.profile import Profile, fold_of, write_profile


class WrongSignIn(RuleBroken):
    """Unknown address, wrong password, no password yet, or too many tries: one sentence for all of them."""

    def __init__(self) -> None:
        super().__init__(
            _l("E-mail and password do not fit together. Check both, or choose a new password."),
        )


class WrongPassword(RuleBroken):
    """The present password was asked for and another one was given."""

    def __init__(self) -> None:
        super().__init__(
            _l("This is not your present password. If you have forgotten it, sign out and choose a new one."),
            field="present",
        )


class HasPassword(RuleBroken):
    """There is a password already: it is changed by whoever knows it."""

    def __init__(self) -> None:
        super().__init__(_l("This account has a password already. Change it on your account page."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How pages look to a person: language and zone; "" follows the browser."""

    page_language: str = ""
    zone: str = ""


def register(
    actor: Actor,
    *,
    email: str,
    password_hash: str,
    profile: Profile,
    reading: Reading,
    belonging: Belonging,
    kind: AffiliationKind,
    now: datetime,
) -> Person | None:
    """Make a person with an account and a *pending* affiliation, which gives no keys, and mail the link that confirms
    the address. Returns None for an address that has an account: its owner is told by mail, at most once an hour.
    Raises `TooManyNewcomers`."""
    address = read_address(email)
    check_not_too_many(now=now)
    person = Person(name="", name_fold="", page_language=reading.page_language, zone=reading.zone, created_at=now)
    write_profile(person, profile, now=now)
    account = Account(
        email=address.email, email_norm=address.norm, password_hash=password_hash, created_at=now, person=person
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        known = find_account(address.norm)
        if known is not None:
            notices.tell(known.person_id, KNOWN_ALREADY, f"{now:%Y-%m-%dT%H}", {}, now=now)
        return None
    send_link(account, MailPurpose.VERIFY, now=now)
    audit.record(actor, "people.person.registered", "person", person.id, now=now)
    write_request(actor, person, belonging, kind, now=now)
    return person


def sign_in(
    actor: Actor,
    *,
    person_id: UUID | None,
    device: str,
    fresh_hash: str | None = None,
    replaces: UUID | None = None,
    now: datetime,
) -> str:
    """Open a device for the person whose password was right and return its token. `fresh_hash` is the same password
    hashed with today's parameters; `replaces` is the device this browser was. Raises `WrongSignIn`."""
    account = db.session.get(Account, person_id) if person_id else None
    if account is None or account.password_hash is None:
        raise WrongSignIn
    account.failures, account.failed_at = 0, None
    if fresh_hash is not None:
        account.password_hash = fresh_hash
    if replaces is not None:
        devices.close_sessions(account.person_id, only=replaces, now=now)
    audit.record(actor, "people.device.signed_in", "person", account.person_id, now=now)
    return devices.open_session(account.person_id, device=device, now=now)


def sign_out(actor: Actor, person: Person, *, auth_session_id: UUID, now: datetime) -> int:
    """End one device of a person. Returns how many ended: 0 when it had ended before."""
    require(actor, "people.edit_own", person)
    ended = devices.close_sessions(person.id, only=auth_session_id, now=now)
    audit.record(actor, "people.device.signed_out", "person", person.id, {"devices": ended}, now=now)
    return ended


def sign_out_everywhere(actor: Actor, person: Person, *, now: datetime) -> int:
    """End all devices of a person, this one too. Returns how many ended."""
    require(actor, "people.edit_own", person)
    ended = devices.close_sessions(person.id, now=now)
    audit.record(actor, "people.device.signed_out", "person", person.id, {"devices": ended}, now=now)
    return ended


def send_verification(actor: Actor, person: Person, *, now: datetime) -> None:
    """Mail the link that confirms the person's own address, unless it is confirmed already."""
    require(actor, "people.edit_own", person)
    account = db.session.get_one(Account, person.id)
    if account.verified_at is None:
        send_link(account, MailPurpose.VERIFY, now=now)


def verify_email(
    actor: Actor, *, link_id: UUID, password_hash: str | None = None, mark: str = "", device: str = "", now: datetime
) -> str:
    """Confirm an address by its link: on a device that is signed in to the account nothing else changes, "" is
    returned. On the browser that registered it, which its `mark` shows, the password stays and this device is signed
    in. Elsewhere the holder of the mailbox chooses a password, because a stranger may have registered the address: all
    devices are signed out, private addresses end, this one is signed in. Returns its token. Raises `StaleLink`."""
    account = spend_link(MailPurpose.VERIFY, link_id, now=now)
    confirm_address(account, now=now)
    audit.record(actor, "people.account.verified", "person", account.person_id, now=now)
    if password_hash is not None:
        events.links_revoked.send(account.person, actor=actor, now=now)
        return _set_password(account, password_hash, device=device, now=now)
    if not mark:
        return ""
    if account.password_hash is None or mark != mark_of(account.password_hash):  # another one was set meanwhile
        raise StaleLink
    return devices.open_session(account.person_id, device=device, now=now)


def _set_password(account: Account, password_hash: str, *, device: str, now: datetime) -> str:
    """Let one password hold alone: failed tries are forgotten, all devices end, one begins. Returns its token."""
    account.password_hash, account.failures, account.failed_at = password_hash, 0, None
    devices.close_sessions(account.person_id, now=now)
    return devices.open_session(account.person_id, device=device, now=now)


def reset_password(
    actor: Actor, *, link_id: UUID, password_hash: str, revokes_links: bool = False, device: str, now: datetime
) -> str:
    """Set a new password by a mailed link: signs out everywhere, forgets failed tries, confirms the address, signs in
    on this device, and ends private addresses too where `revokes_links`, or where nobody had confirmed the address: a
    stranger may have made them. Returns its token. Raises `StaleLink`."""
    account = spend_link(MailPurpose.RESET, link_id, now=now)
    revokes_links = revokes_links or account.verified_at is None
    confirm_address(account, now=now)
    audit.record(actor, "people.account.password_reset", "person", account.person_id, now=now)
    if revokes_links:
        events.links_revoked.send(account.person, actor=actor, now=now)
    return _set_password(account, password_hash, device=device, now=now)


def accept_invitation(
    actor: Actor, *, link_id: UUID, name: str, password_hash: str, reading: Reading, device: str, now: datetime
) -> str:
    """Let an invited person take their account: name, password, language, zone. Returns the token of their device.
    Raises `StaleLink`."""
    account = spend_link(MailPurpose.INVITE, link_id, now=now)
    person = account.person
    person.name, person.name_fold = name, fold_of(name, person.name_latin)
    person.page_language, person.zone = reading.page_language, reading.zone
    confirm_address(account, now=now)
    audit.record(actor, "people.account.invitation_accepted", "person", person.id, now=now)
    return _set_password(account, password_hash, device=device, now=now)


def change_password(
    actor: Actor,
    person: Person,
    *,
    is_present_right: bool,
    password_hash: str,
    revokes_links: bool = False,
    keep: UUID,
    now: datetime,
) -> None:
    """Change one's own password; all devices but `keep` are signed out, and where `revokes_links` private addresses
    end too. Raises `WrongPassword`."""
    require(actor, "people.edit_own", person)
    if not is_present_right:
        raise WrongPassword
    account = db.session.get_one(Account, person.id)
    account.password_hash, account.failures, account.failed_at = password_hash, 0, None
    devices.close_sessions(person.id, but=keep, now=now)
    audit.record(actor, "people.account.password_changed", "person", person.id, now=now)
    if revokes_links:
        events.links_revoked.send(person, actor=actor, now=now)


def choose_password(actor: Actor, person: Person, *, password_hash: str, keep: UUID, now: datetime) -> None:
    """Choose a password where there is none, just after a mailed link signed this device in; all devices but `keep`
    are signed out. Raises `HasPassword`."""
    require(actor, "people.edit_own", person)
    chosen = sa.update(Account).where(Account.person_id == person.id, Account.password_hash.is_(None))
    if change_rows(chosen.values(password_hash=password_hash, failures=0, failed_at=None)) != 1:
        raise HasPassword
    devices.close_sessions(person.id, but=keep, now=now)
    audit.record(actor, "people.account.password_changed", "person", person.id, now=now)
