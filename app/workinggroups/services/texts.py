"""The descriptive texts of a group, one per block and language."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import searching
from app.extensions import db
from app.workinggroups.models import GroupBlock, GroupText, WorkingGroup

Texts = Mapping[GroupBlock, Mapping[str, str]]


def write_texts(group: WorkingGroup, texts: Texts) -> bool:
    """Set the given texts; an empty one takes the text of that block and language away. Returns whether objectives that
    stood there changed: what members have acknowledged is then an older edition (R-04). A language more is none."""
    known = {
        (row.block, row.language): row
        for row in db.session.scalars(sa.select(GroupText).where(GroupText.group_id == group.id))
    }
    changed = {
        (block, language)
        for block, bodies in texts.items()
        for language, body in bodies.items()
        if _write_text(group, (block, language), body.strip(), known.get((block, language)))
    }
    db.session.flush()
    searching.changed("group", [group.id])
    return any(block is GroupBlock.OBJECTIVES for block, language in changed if (block, language) in known)


def _write_text(group: WorkingGroup, where: tuple[GroupBlock, str], body: str, row: GroupText | None) -> bool:
    if (row.body if row is not None else "") == body:
        return False
    if row is None:
        _add_text(group, where, body)
    elif body:
        row.body = body
    else:
        db.session.delete(row)
    return True


def _add_text(group: WorkingGroup, where: tuple[GroupBlock, str], body: str) -> None:
    """Add a text, or write it over the one that somebody else has just added."""
    block, language = where
    try:
        with db.session.begin_nested():
            db.session.add(GroupText(group_id=group.id, block=block, language=language, body=body))
    except IntegrityError:
        db.session.get_one(GroupText, (group.id, block, language)).body = body
