"""What the house does by itself for groups: it makes the exports that were asked for, and takes old ones away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import structlog
from flask_babel import force_locale

from app.core import files
from app.core.archives import ARCHIVE_TYPE
from app.core.database import only_reading
from app.core.permissions import can
from app.core.registries import actor_at
from app.extensions import db
from app.workinggroups import services
from app.workinggroups.exporting.contents import Contents
from app.workinggroups.exporting.writing import write_archive
from app.workinggroups.models import GroupExport
from app.workinggroups.queries.handing_on import list_ended_before
from app.workinggroups.services.exports import KEPT_FOR, Claimed

AT_ONCE = 5
"""So many are made in one round, so that other jobs of the worker have their turn."""


def make_exports(now: datetime) -> int:
    """Make the exports that wait, each in transactions of its own: one takes it, one reads the group, one keeps the
    file. A worker that dies in between leaves neither half a file nor a lost wish."""
    tried = 0
    while tried < AT_ONCE and (claimed := _claim(now)) is not None:
        tried += 1
        try:
            _make(claimed, now)
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception("export.failed", row=str(claimed.export_id), kind=type(error).__name__)
            services.release_export(claimed, now=now)
        db.session.commit()
    return tried


def _claim(now: datetime) -> Claimed | None:
    claimed = services.claim_export(now=now)
    db.session.commit()
    return claimed


def _make(claimed: Claimed, now: datetime) -> None:
    """Write what whoever asked may read now; one who does not run the group any more gets nothing."""
    contents = Contents()
    with only_reading():
        export = db.session.get(GroupExport, claimed.export_id)
        if export is None:
            return
        actor = actor_at(export.asked_by, now)
        is_allowed = can(actor, "workinggroups.export", export.group)
        incoming = _written(export, actor, contents, now) if is_allowed else None
        db.session.rollback()
    if incoming is None:
        services.drop_exports([db.session.get_one(GroupExport, claimed.export_id)], now=now)
        return
    services.keep_export(actor, claimed, incoming, documents=contents.documents, now=now)


def _written(export: GroupExport, actor: Any, contents: Contents, now: datetime) -> files.Incoming:
    name = f"{export.group.slug}-{now:%Y-%m-%d}.zip"
    write = partial(write_archive, actor=actor, group=export.group, by=export.person.name, now=now, contents=contents)
    with force_locale(export.language):
        return files.lay_down_written(write, name=name, media_type=ARCHIVE_TYPE)


def drop_old_exports(now: datetime) -> int:
    """Take exports away some days after they were made; their files follow."""
    dropped = services.drop_exports(list_ended_before(now - KEPT_FOR), now=now)
    db.session.commit()
    return dropped
