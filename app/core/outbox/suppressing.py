"""Addresses that a mail server does not know: nothing is sent there, until somebody says that it works again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.core.outbox.models import SuppressedAddress
from app.extensions import db


def normal_form(address: str) -> str:
    """Return an address as it is compared: servers that tell capitals apart are of the past."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def suppress(address: str, reason: str, *, now: datetime) -> None:
    """Keep an address from being written to. `reason` holds codes only. Said again, the first day stays."""
    known = db.session.get(SuppressedAddress, normal_form(address))
    if known is None:
        db.session.add(SuppressedAddress(address=normal_form(address), reason=reason[:60], since=now))
    else:
        known.reason = reason[:60]
    db.session.flush()


def lift(address: str) -> bool:
    """Let an address be written to again; False when it was never kept from it. What was not sent meanwhile is not sent
    by this: its mails are failed, and sent again one by one. Whoever calls has asked whether the actor may."""
    row = db.session.get(SuppressedAddress, normal_form(address))
    if row is None:
        return False
    db.session.delete(row)
    db.session.flush()
    return True


def suppressed(addresses: Iterable[str]) -> dict[str, SuppressedAddress]:
    """Return those of some addresses that are not written to, by the address as it was given."""
    forms = {address: normal_form(address) for address in addresses}
    found = db.session.scalars(sa.select(SuppressedAddress).where(SuppressedAddress.address.in_(set(forms.values()))))
    by_form = {row.address: row for row in found}
    return {address: by_form[form] for address, form in forms.items() if form in by_form}
