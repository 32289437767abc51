"""Lines of the audit about joint texts: identifiers and codes, never anybody's words."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.drafting import events
from app.drafting.models import Comment, JointText


def record_text(actor: Actor, what: str, text: JointText, now: datetime, **facts: object) -> None:
    """Write what happened to a text, and tell it."""
    audit.record(actor, f"drafting.text.{what}", "joint_text", text.id, dict(facts), now=now)
    events.text_changed.send(text, actor=actor, now=now)


def record_comment(actor: Actor, what: str, comment: Comment, now: datetime, **facts: object) -> None:
    """Write what happened to a comment, and tell it."""
    audit.record(actor, f"drafting.comment.{what}", "comment", comment.id, dict(facts), now=now)
    events.comment_changed.send(comment, actor=actor, now=now)
