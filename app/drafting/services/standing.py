"""What a text is called and for, whether it takes comments, and when the group adopted it. Each twice is once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.drafting.models import JointText, TextState
from app.drafting.services.audit_lines import record_text
from app.drafting.services.checking import check_line, check_title, refuse_adopted
from app.extensions import db


def describe(actor: Actor, text: JointText, *, title: str, purpose: str, now: datetime) -> JointText:
    """Give a text another title, or say anew what it is for. Raises `RuleBroken` at `title` and `purpose`, and when the
    group adopted it."""
    require(actor, "drafting.keep", text)
    refuse_adopted(text)
    text.title, text.purpose = check_title(title), check_line(purpose, field="purpose")
    if db.session.is_modified(text):
        text.changed_at = now
        db.session.flush()
        record_text(actor, "described", text, now)
    return text


def close_comments(actor: Actor, text: JointText, *, now: datetime) -> JointText:
    """Take no more comments: those who keep the text finish it."""
    require(actor, "drafting.keep", text)
    refuse_adopted(text)
    return _move(actor, text, TextState.OPEN, TextState.CLOSED, now)


def open_comments(actor: Actor, text: JointText, *, now: datetime) -> JointText:
    """Take comments again. What was adopted is opened by whoever runs the group."""
    if text.state is TextState.ADOPTED:
        require(actor, "drafting.adopt", text)
        return _move(actor, text, TextState.ADOPTED, TextState.OPEN, now)
    require(actor, "drafting.keep", text)
    return _move(actor, text, TextState.CLOSED, TextState.OPEN, now)


def adopt(actor: Actor, text: JointText, *, version: int, on: date, now: datetime) -> JointText:
    """Write down that the group adopted the newest version of a text, and on which day. Where and how it was decided is
    the group's affair; this only keeps the words from changing.

    `version` is the one that was looked at. Raises `RuleBroken` when there is a newer one by now, and at `on` for a day
    to come.
    """
    require(actor, "drafting.adopt", text)
    if on > (now + timedelta(days=1)).date():  # somewhere it is tomorrow already
        raise RuleBroken(_l("This day is still to come. Write down the day on which it was adopted."), field="on")
    is_this = sa.update(JointText).where(
        JointText.id == text.id, JointText.version == version, JointText.adopted_on.is_(None)
    )
    moved = change_rows(is_this.values(state=TextState.ADOPTED, adopted_on=on, changed_at=now))
    db.session.refresh(text)
    if moved == 1:
        record_text(actor, "adopted", text, now, version=version, on=on.isoformat())
    elif text.state is not TextState.ADOPTED:
        raise RuleBroken(
            _l(
                "Version %(number)s was written meanwhile. Look at it first, then say which was adopted.",
                number=text.version,
            )
        )
    return text


def _move(actor: Actor, text: JointText, before: TextState, after: TextState, now: datetime) -> JointText:
    moving = sa.update(JointText).where(JointText.id == text.id, JointText.state == before)
    moved = change_rows(moving.values(state=after, adopted_on=None, changed_at=now))
    db.session.refresh(text)
    if moved == 1:
        record_text(actor, after.value, text, now)
    return text
