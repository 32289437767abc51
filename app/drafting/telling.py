"""Who is told what: one notice per person and fact, written in the transaction of the fact.

Whoever keeps a text learns of comments once a day at most. Who wrote a comment learns of the answer to it. Whoever left
the group learns nothing more of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices, registries
from app.core.actors import Actor
from app.drafting.models import Comment, JointText, TextKeeper
from app.extensions import db
from app.originals.models import Translation
from app.workinggroups.keys import contributors_key, coordinators_key, group_key

COMMENTED = "drafting.commented"
ANSWERED = "drafting.answered"
NAMED = "drafting.keeper_named"
TRANSLATED = "drafting.translated"


def tell_commented(actor: Actor, comment: Comment, *, now: datetime) -> None:
    """Tell whoever keeps the text; where nobody does, whoever runs the group. Per text and day."""
    text = comment.text
    keep = {keeper.person_id for keeper in text.keepers}
    keep &= registries.audience_holders(contributors_key(text.group_id), now)
    told = (keep or registries.audience_holders(coordinators_key(text.group_id), now)) - {actor.person_id}
    parameters = {"text": str(text.id), "fact": str(text.id)}
    key = f"{text.id}@{now.date().isoformat()}"
    notices.tell_many(sorted(told, key=str), COMMENTED, key, parameters, now=now)


def tell_answered(actor: Actor, comment: Comment, *, now: datetime) -> None:
    """Tell whoever wrote the comment, as long as they are inside the group."""
    inside = registries.audience_holders(group_key(comment.text.group_id), now)
    if comment.author_id not in inside - {actor.person_id}:
        return
    parameters = {"text": str(comment.text_id), "fact": str(comment.id)}
    notices.tell_many([comment.author_id], ANSWERED, f"{comment.id}@{comment.answers}", parameters, now=now)


def tell_named(actor: Actor, keeper: TextKeeper, *, now: datetime) -> None:
    """Tell somebody that they keep a text now, unless they said so themselves."""
    if keeper.person_id != actor.person_id:
        parameters = {"text": str(keeper.text_id), "fact": str(keeper.id)}
        notices.tell_many([keeper.person_id], NAMED, str(keeper.id), parameters, now=now)


def tell_translated(actor: Actor, translation: Translation, now: datetime) -> None:
    """Tell the author of a comment that a translation waits for review."""
    comment = translation.original
    if not isinstance(comment, Comment) or comment.author_id in (None, actor.person_id):
        return
    parameters = {"text": str(comment.text_id), "fact": str(translation.id)}
    key = f"{translation.id}@{translation.written_at.isoformat()}"
    notices.tell_many([comment.author_id], TRANSLATED, key, parameters, now=now)


def _fact(notice: Any) -> UUID:
    return UUID(notice.parameters["fact"])


def _comment_waits(notice: Any, _now: datetime) -> bool:
    """Whether somebody else's comment since then waits for an answer."""
    waits = sa.exists(
        sa.select(Comment.id).where(
            Comment.text_id == _fact(notice),
            Comment.written_at >= notice.created_at,
            Comment.author_id.is_distinct_from(notice.person_id),
            Comment.verdict.is_(None),
            Comment.withdrawn_at.is_(None),
            Comment.erased_at.is_(None),
        )
    )
    text = db.session.get(JointText, _fact(notice))
    is_inside = text is not None and notice.person_id in registries.audience_holders(group_key(text.group_id), _now)
    return is_inside and bool(db.session.scalar(sa.select(waits)))


def _answer_stands(notice: Any, _now: datetime) -> bool:
    comment = db.session.get(Comment, _fact(notice))
    return comment is not None and comment.verdict is not None and comment.withdrawn_at is None


def _still_keeps(notice: Any, _now: datetime) -> bool:
    keeper = db.session.get(TextKeeper, _fact(notice))
    return keeper is not None and keeper.ended_at is None


def _waits_for_review(notice: Any, _now: datetime) -> bool:
    translation = db.session.get(Translation, _fact(notice))
    return translation is not None and translation.reviewed_at is None


STILL_WANTED: dict[str, registries.StillWanted] = {
    COMMENTED: _comment_waits,
    ANSWERED: _answer_stands,
    NAMED: _still_keeps,
    TRANSLATED: _waits_for_review,
}
"""Asked at the last moment before a mail leaves: does the fact still hold?"""
