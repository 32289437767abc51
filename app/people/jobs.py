"""What people forget on their own: devices and mailed links that have been of no use to anybody for a month."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.people.models import AuthSession, MailLink

KEPT = timedelta(days=30)


def drop_old(now: datetime) -> int:
    """Delete devices that were signed out or ran out, and links that were used or ran out, more than `KEPT` ago.
    Returns how many rows went. A job of people."""
    last = now - KEPT
    devices = sa.delete(AuthSession).where(sa.or_(AuthSession.revoked_at < last, AuthSession.expires_at < last))
    links = sa.delete(MailLink).where(sa.or_(MailLink.used_at < last, MailLink.expires_at < last))
    dropped = change_rows(devices) + change_rows(links)
    db.session.commit()
    return dropped
