"""Taking people and whole groups out of the house as files. Each is written down: a list of people as a named exception
to "GET does not write", a whole group when it is asked for; the worker makes it, and it goes after some days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import audit, files
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.permissions import require
from app.extensions import db
from app.workinggroups.models import GroupExport, WorkingGroup
from app.workinggroups.queries.handing_on import find_waiting_export

KEPT_FOR = timedelta(days=3)
"""So long lies a whole group in one file, with the names of its people."""

LEASE = timedelta(minutes=30)
"""So long may a worker take; after that it is taken for dead, and another one begins anew."""

AGAIN_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 3


def record_people_export(actor: Actor, group: WorkingGroup, *, persons: int, now: datetime) -> None:
    """Write the audit line of one list of people that left as a file: how many people."""
    require(actor, "workinggroups.run", group)
    facts = {"format": "csv", "persons": persons}
    audit.record(actor, "workinggroups.people.exported", "group", group.id, facts, now=now)


def ask_export(actor: Actor, group: WorkingGroup, *, language: str, now: datetime) -> GroupExport:
    """Ask for a whole group as one file, with the README in a language. Who asks again while the first one is being
    made has asked once."""
    require(actor, "workinggroups.export", group)
    waiting = find_waiting_export(actor, group)
    if waiting is not None:
        return waiting
    row = GroupExport(group_id=group.id, asked_by=actor.person_id, asked_at=now, language=language)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        waiting = find_waiting_export(actor, group)
        if waiting is None:
            raise
        return waiting
    audit.record(actor, "workinggroups.export.asked", "group", group.id, {"export": str(row.id)}, now=now)
    return row


@dataclass(frozen=True, slots=True)
class Claimed:
    """An export that one worker makes now; the end of the lease tells it from one that another took over."""

    export_id: UUID
    lease_until: datetime


def claim_export(*, now: datetime) -> Claimed | None:
    """Take the export that has waited longest, for this worker alone; None where none waits. One that ended its worker
    each time is given up, so that it does not end the next one too."""
    unmade = sa.and_(GroupExport.ready_at.is_(None), GroupExport.failed_at.is_(None))
    deadly = sa.and_(unmade, GroupExport.attempts >= MOST_ATTEMPTS, GroupExport.lease_until < now)
    change_rows(sa.update(GroupExport).where(deadly).values(failed_at=now, lease_until=None))
    due = sa.and_(
        unmade,
        sa.or_(GroupExport.lease_until.is_(None), GroupExport.lease_until < now),
    )
    oldest = sa.select(GroupExport.id).where(due).order_by(GroupExport.asked_at, GroupExport.id).limit(1)
    export_id = db.session.scalar(oldest.with_for_update(skip_locked=True, of=GroupExport))
    if export_id is None:
        return None
    claimed = Claimed(export_id, now + LEASE)
    taking = sa.update(GroupExport).where(GroupExport.id == export_id, due)
    values = {"lease_until": claimed.lease_until, "attempts": GroupExport.attempts + 1}
    return claimed if change_rows(taking.values(**values)) == 1 else None


def _held(claimed: Claimed) -> sa.ColumnElement[bool]:
    return sa.and_(GroupExport.id == claimed.export_id, GroupExport.lease_until == claimed.lease_until)


def keep_export(actor: Actor, claimed: Claimed, incoming: files.Incoming, *, documents: int, now: datetime) -> bool:
    """Keep what was made, if this worker still holds it; returns whether it did. Written down: how much left."""
    stored = files.keep(actor, incoming, now=now)
    values = {"file_id": stored.id, "ready_at": now, "lease_until": None}
    if change_rows(sa.update(GroupExport).where(_held(claimed)).values(**values)) != 1:
        files.remove(stored, now=now)
        return False
    export = db.session.get_one(GroupExport, claimed.export_id)
    facts = {"export": str(export.id), "bytes": incoming.size, "documents": documents}
    audit.record(actor, "workinggroups.export.made", "group", export.group_id, facts, now=now)
    return True


def release_export(claimed: Claimed, *, now: datetime) -> None:
    """Let an export that could not be made be tried again a little later, and given up after some times."""
    change_rows(sa.update(GroupExport).where(_held(claimed)).values(lease_until=now + AGAIN_AFTER))
    tried = sa.and_(GroupExport.id == claimed.export_id, GroupExport.attempts >= MOST_ATTEMPTS)
    change_rows(sa.update(GroupExport).where(tried, GroupExport.ready_at.is_(None)).values(failed_at=now))


def drop_exports(exports: Iterable[GroupExport], *, now: datetime) -> int:
    """Take exports away with their files; what a worker is making now finds nothing to keep. Returns how many. Whether
    it is time is known by those who call: the job, and whoever erases a person."""
    dropped = 0
    for export in exports:
        stored = export.file
        db.session.delete(export)
        db.session.flush()
        if stored is not None:
            files.remove(stored, now=now)
        dropped += 1
    return dropped
