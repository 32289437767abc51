"""What this package holds about a person, for three acts of the whole house: hand it out, join two persons, erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.mailings.models import MailRhythm, MailStop
from app.mailings.queries import stops_of

HOLDINGS = {
    "rhythm": Holding(_l("How often and at which hours mails may come")),
    "stopped": Holding(_l("Topics of mails that were stopped")),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    row = db.session.get(MailRhythm, person_id)
    kept = ("pace", "hour", "weekday", "quiet_from", "quiet_until")
    return {
        "rhythm": {name: getattr(row, name) for name in kept} if row is not None else None,
        "stopped": sorted(stops_of([person_id])[person_id]),
    }


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """What either had stopped stays stopped; the rhythm is that of the one who is kept, where they chose one."""
    for topic in stops_of([gone_id])[gone_id] - stops_of([kept_id])[kept_id]:
        db.session.add(MailStop(person_id=kept_id, topic=topic, stopped_at=now))
    gone = db.session.get(MailRhythm, gone_id)
    if gone is not None and db.session.get(MailRhythm, kept_id) is None:
        chosen = {
            column.name: getattr(gone, column.name)
            for column in MailRhythm.__table__.columns
            if column.name != "person_id"
        }
        db.session.add(MailRhythm(person_id=kept_id, **chosen))
    db.session.flush()
    erase_person(gone_id, now)


def erase_person(person_id: UUID, _now: datetime) -> None:
    db.session.execute(sa.delete(MailRhythm).where(MailRhythm.person_id == person_id))
    db.session.execute(sa.delete(MailStop).where(MailStop.person_id == person_id))
