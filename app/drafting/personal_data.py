"""What joint texts hold about a person: handed out whole, moved to another row of the same person, taken away.

A text is its group's: versions stay when whoever wrote them leaves the house, without the name. Comments are moved and
erased with all originals.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.drafting.models import Comment, JointText, TextKeeper, TextVersion
from app.extensions import db
from app.originals.exporting import exported

HOLDINGS = {
    "comments": Holding(_l("What you said about texts of working groups")),
    "versions": Holding(_l("Versions of texts of working groups that you wrote"), stays=True),
    "answers": Holding(_l("Answers you gave to comments on texts"), stays=True),
    "kept": Holding(_l("Texts of working groups that you keep or kept")),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person said, wrote, answered and kept, oldest first."""
    said = sa.select(Comment).where(Comment.author_id == person_id).order_by(Comment.written_at, Comment.id)
    answered = sa.select(Comment).where(Comment.answered_by == person_id).order_by(Comment.answered_at, Comment.id)
    wrote = sa.select(TextVersion).where(TextVersion.written_by == person_id).order_by(TextVersion.written_at)
    keeps = sa.select(TextKeeper).where(TextKeeper.person_id == person_id).order_by(TextKeeper.named_at)
    return {
        "comments": [
            exported(row) | {"text": str(row.text_id), "about_version": row.about_version, "paragraph": row.paragraph}
            for row in db.session.scalars(said)
        ],
        "versions": [
            {"text": str(row.text_id), "number": row.number, "at": row.written_at.isoformat(), "body": row.body}
            for row in db.session.scalars(wrote)
        ],
        "answers": [
            {
                "comment": str(row.id),
                "verdict": row.verdict and row.verdict.value,
                "because": row.because,
                "at": row.answered_at and row.answered_at.isoformat(),
            }
            for row in db.session.scalars(answered)
        ],
        "kept": [
            {
                "text": str(row.text_id),
                "from": row.named_at.isoformat(),
                "until": row.ended_at and row.ended_at.isoformat(),
            }
            for row in db.session.scalars(keeps)
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Let the one person's hand be the other's; who keeps a text in both rows keeps it once."""
    twice = sa.select(TextKeeper.text_id).where(TextKeeper.person_id == kept_id, TextKeeper.ended_at.is_(None))
    _run(
        sa.update(TextKeeper)
        .where(TextKeeper.person_id == gone_id, TextKeeper.ended_at.is_(None), TextKeeper.text_id.in_(twice))
        .values(ended_at=now)
    )
    _run(sa.update(TextKeeper).where(TextKeeper.person_id == gone_id).values(person_id=kept_id))
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the name from what was written for the group; nobody keeps a text who is not there."""
    _run(sa.delete(TextKeeper).where(TextKeeper.person_id == person_id))
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (JointText.begun_by, TextKeeper.named_by, TextVersion.written_by, Comment.answered_by):
        _run(sa.update(column.class_).where(column == old_id).values({column.key: new_id}))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
