"""Each comment gets an answer from whoever keeps the text: taken, partly or not, because …"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.drafting import telling
from app.drafting.models import Comment, Verdict
from app.drafting.services.audit_lines import record_comment
from app.drafting.services.checking import refuse_adopted
from app.extensions import db
from app.originals import services as originals
from app.originals.words import as_written

LONGEST_REASON = 2_000
"""Characters."""


def answer_comment(
    actor: Actor,
    comment: Comment,
    *,
    verdict: Verdict,
    because: str,
    language: str,
    seen: int,
    now: datetime,
) -> Comment:
    """Answer a comment, or answer it anew. A reason is asked for `partly` and `not`. A comment on an older version is
    settled in the newest one; on the newest, in the one that comes next. Its author is told.

    `seen` is how many answers were there when this one was begun. Raises `RuleBroken` at `because` and `language`, and
    when somebody answered meanwhile.
    """
    require(actor, "drafting.answer", comment)
    refuse_adopted(comment.text)
    words, tag = _check_reason(verdict, because), check_tag(language)
    originals.lock(comment)
    require(actor, "drafting.answer", comment)  # withdrawn while this was written
    unchanged = sa.update(Comment).where(Comment.id == comment.id, Comment.answers == seen)
    answered = change_rows(
        unchanged.values(
            verdict=verdict,
            because=words,
            because_language=tag if words else "",
            answers=seen + 1,
            answered_at=now,
            answered_by=actor.person_id,
            settled_in=comment.text.version if comment.about_version < comment.text.version else None,
        )
    )
    if answered != 1:
        raise RuleBroken(_l("Somebody else answered meanwhile. Read their answer; yours is still here."))
    db.session.refresh(comment)
    record_comment(actor, "answered", comment, now, verdict=verdict.value)
    telling.tell_answered(actor, comment, now=now)
    return comment


def _check_reason(verdict: Verdict, typed: str) -> str:
    words = as_written(typed).strip()
    if is_blank(words) and verdict is not Verdict.TAKEN:
        raise RuleBroken(_l("Say why: whoever wrote the comment reads it, and so do the others."), field="because")
    if len(words) > LONGEST_REASON:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_REASON), field="because")
    return words
