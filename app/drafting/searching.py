"""What can be found of joint texts: the title and the newest version, by those inside the group; and comments, as any
original."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.drafting import events
from app.drafting.models import Comment, JointText, TextVersion
from app.drafting.paragraphs import plain
from app.extensions import db
from app.originals.documents import documents_of
from app.workinggroups.keys import group_key


def documents_of_texts(ids: list[UUID]) -> list[Document]:
    newest = sa.and_(TextVersion.text_id == JointText.id, TextVersion.number == JointText.version)
    wanted = sa.select(
        JointText.id,
        JointText.group_id,
        JointText.language,
        JointText.title,
        JointText.purpose,
        JointText.changed_at,
        TextVersion.body,
    ).join(TextVersion, newest)
    return [
        Document(
            kind="joint_text",
            object_id=row.id,
            language=row.language,
            audience=group_key(row.group_id),
            dated_at=row.changed_at,
            title=row.title,
            text="\n\n".join(part for part in (row.purpose, plain(row.body)) if part),
            part_of=("group", row.group_id),
        )
        for row in db.session.execute(wanted.where(JointText.id.in_(ids)))
    ]


def documents_of_comments(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(sa.select(Comment.id, Comment.text_id).where(Comment.id.in_(ids)))
    return documents_of("comment", {row.id: ("joint_text", row.text_id) for row in rows})


def _on_text(text: JointText, **_more: Any) -> None:
    searching.changed("joint_text", [text.id])


def _on_comment(comment: Comment, **_more: Any) -> None:
    searching.changed("comment", [comment.id])


def register() -> None:
    searching.register(
        Searchable(
            kind="joint_text",
            # I18N: kind of thing that a search finds, one: a text that a working group writes together
            one=_l("Text of a group"),
            many=_l("Texts of groups"),
            documents=documents_of_texts,
            list_ids=searching.pages_of(JointText.id),
            order=47,
        )
    )
    searching.register(
        Searchable(
            kind="comment",
            # I18N: kind of thing that a search finds, one: what somebody said about a text of a working group
            one=_l("Comment on a text"),
            many=_l("Comments on texts"),
            documents=documents_of_comments,
            list_ids=searching.pages_of(Comment.id),
            order=36,
            is_voice=True,
        )
    )
    events.text_changed.connect(_on_text)
    events.comment_changed.connect(_on_comment)
