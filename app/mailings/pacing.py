"""The rhythm of the house's mails, asked by the outbox: when each notice leaves, and which are stopped.

What is not optional (passwords, invitations) leaves at once, day or night. The rest follows its reader's choices.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.outbox import OutboxMail
from app.core.registries import Slot
from app.core.topics import topic_of
from app.extensions import db
from app.mailings.queries import rhythms_of, stops_of
from app.mailings.rhythm import Rhythm, departure, wakes_at

OPTED_OUT = "opted_out"
RECENT = timedelta(days=4)
"""A mail of today or of a later day was made within these: the mail of a day is made when it comes, somewhere on Earth,
and its reader may have moved to the other side since."""


def pace(notices: list[Any], now: datetime) -> dict[UUID, Slot]:
    """Return the slot of each notice of an optional topic; for the others the outbox knows: at once."""
    optional = [notice for notice in notices if _is_optional(notice)]
    if not optional:
        return {}
    people = {notice.person_id for notice in optional}
    rhythms, stopped, used = rhythms_of(people), unwanted(optional), _days_used(people, now)
    return {
        notice.id: Slot(now, suppressed=stopped[notice.id])
        if notice.id in stopped
        else _slot(notice, rhythms[notice.person_id], used[notice.person_id], now)
        for notice in optional
    }


def quiet(notices: list[Any], now: datetime) -> dict[UUID, datetime]:
    """Return the notices whose reader's quiet hours hold now and end in time, with that end."""
    optional = [notice for notice in notices if _is_optional(notice)]
    rhythms = rhythms_of({notice.person_id for notice in optional}) if optional else {}
    ends = {
        notice.id: wakes_at(rhythms[notice.person_id], now, notice.happens_at, notice.expires_at) for notice in optional
    }
    return {notice_id: end for notice_id, end in ends.items() if end is not None}


def unwanted(notices: list[Any]) -> dict[UUID, str]:
    """Return the notices whose topic their reader has stopped."""
    optional = [notice for notice in notices if _is_optional(notice)]
    stops = stops_of({notice.person_id for notice in optional}) if optional else {}
    return {
        notice.id: OPTED_OUT
        for notice in optional
        if (topic := topic_of(notice.kind)) and topic.code in stops.get(notice.person_id, ())
    }


def digest_key(person_id: UUID, day: date) -> str:
    """Return the key of the one mail a day that a person gets of what can wait."""
    return f"digest:{person_id}:{day.isoformat()}"


def _is_optional(notice: Any) -> bool:
    topic = topic_of(notice.kind)
    return topic is not None and topic.is_optional


def _slot(notice: Any, rhythm: Rhythm, used: frozenset[date], now: datetime) -> Slot:
    topic = topic_of(notice.kind)
    leaves = departure(
        rhythm,
        now,
        not_before=notice.not_before,
        is_urgent=notice.is_urgent or (topic is not None and notice.kind in topic.urgent_kinds),
        happens_at=notice.happens_at,
        expires_at=notice.expires_at,
        used=used,
    )
    return Slot(leaves.at, together=digest_key(notice.person_id, leaves.day) if leaves.day is not None else "")


def _days_used(person_ids: set[UUID], now: datetime) -> dict[UUID, frozenset[date]]:
    """Return the days whose digest has left already, of the last few for each person."""
    mails = sa.select(OutboxMail.person_id, OutboxMail.dedupe_key).where(
        OutboxMail.person_id.in_(person_ids),
        OutboxMail.created_at >= now - RECENT,
        OutboxMail.dedupe_key.like("digest:%"),
    )
    found: dict[UUID, set[date]] = defaultdict(set)
    for person_id, key in db.session.execute(mails):
        if person_id is not None:
            found[person_id].add(date.fromisoformat(key.rsplit(":", 1)[1]))
    return defaultdict(frozenset, {person_id: frozenset(days) for person_id, days in found.items()})
