"""What those who run a group do with its topics: pin, close, open again. Each twice is once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.permissions import require
from app.discussions.models import Topic
from app.discussions.services.audit_lines import record_topic
from app.discussions.services.reasons import check_reason
from app.extensions import db


def pin_topic(actor: Actor, topic: Topic, *, is_pinned: bool, now: datetime) -> Topic:
    """Let a topic stand at the head of the list, or among the others again."""
    require(actor, "discussions.run", topic)
    differs = sa.update(Topic).where(Topic.id == topic.id, Topic.is_pinned.is_(not is_pinned))
    if change_rows(differs.values(is_pinned=is_pinned)) == 1:
        record_topic(actor, "pinned" if is_pinned else "unpinned", topic, now)
    db.session.refresh(topic)
    return topic


def close_topic(actor: Actor, topic: Topic, *, reason: str, now: datetime) -> Topic:
    """End a topic: it is read, and takes no more replies. The reason stands on its page.

    Raises `RuleBroken` at `reason`.
    """
    require(actor, "discussions.run", topic)
    reason = check_reason(reason, field="reason")
    still_open = sa.update(Topic).where(Topic.id == topic.id, Topic.closed_at.is_(None))
    if change_rows(still_open.values(closed_at=now, closed_by=actor.person_id, closed_because=reason)) == 1:
        record_topic(actor, "closed", topic, now)
    db.session.refresh(topic)
    return topic


def open_again(actor: Actor, topic: Topic, *, now: datetime) -> Topic:
    """Let people write in a closed topic again."""
    require(actor, "discussions.run", topic)
    is_closed = sa.update(Topic).where(Topic.id == topic.id, Topic.closed_at.is_not(None))
    if change_rows(is_closed.values(closed_at=None, closed_by=None, closed_because="")) == 1:
        record_topic(actor, "opened_again", topic, now)
    db.session.refresh(topic)
    return topic
