"""Keeping a text from its readers: held to be looked at, or hidden for abuse; and the way back.

The words stay as they are (R-01). The author reads the reason and asks for release: of a text that is held as often as
there is something new to say, of one that was hidden for abuse once. About that, somebody else decides than who hid it.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.originals.services import lock
from app.originals.words import as_written
from app.reflections import events, telling
from app.reflections.models import Ground, Reflection, Withholding
from app.reflections.services.audit_lines import record

LONGEST_REASON = 2_000
"""Characters of a reason, an appeal, an answer to it."""


def check_words(typed: str, *, field: str) -> str:
    """Return a reason as it is kept; raises `RuleBroken` at the field when it is missing or too long."""
    words = as_written(typed).strip()
    if not words:
        raise RuleBroken(_l("Say why, in your own words: somebody will read it."), field=field)
    if len(words) > LONGEST_REASON:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_REASON), field=field)
    return words


def hold_back(actor: Actor, reflection: Reflection, *, reason: str, now: datetime) -> Withholding:
    """Keep a text from its readers until somebody has looked at it with its author, who reads the reason.

    Raises `RuleBroken` at `reason`, and when the text is kept from its readers already.
    """
    require(actor, "reflections.look_after", reflection)
    reason = check_words(reason, field="reason")
    lock(reflection)
    require(actor, "reflections.look_after", reflection)
    return withhold(actor, reflection, ground=Ground.CARE, reason=reason, now=now)


def withhold(actor: Actor, reflection: Reflection, *, ground: Ground, reason: str, now: datetime) -> Withholding:
    """Withhold a text that is held in the database, and tell its author."""
    withholding = Withholding(reflection_id=reflection.id, ground=ground, reason=reason, by_id=actor.person_id, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(withholding)
    except IntegrityError:
        raise RuleBroken(_l("This reflection is kept from its readers already.")) from None
    reflection.withheld_at = now
    db.session.flush()
    record(actor, "withheld", reflection, now, ground=ground.value)
    events.reflection_withheld.send(reflection, actor=actor, now=now)
    telling.tell_author(actor, reflection, telling.WITHHELD, withholding.id, now=now)
    return withholding


def ask_release(actor: Actor, withholding: Withholding, *, words: str, now: datetime) -> Withholding:
    """Let the author ask that the text be shown again. Raises `RuleBroken` at `words`, and where there is nothing left
    to ask: an answer is awaited, or an appeal was answered."""
    require(actor, "reflections.appeal", withholding.reflection)
    words = check_words(words, field="words")
    may_ask: sa.ColumnElement[bool] = Withholding.appealed_at.is_(None)
    if withholding.ground is Ground.CARE:
        may_ask = sa.or_(may_ask, Withholding.appeal_answered_at.is_not(None))
    asked = sa.update(Withholding).where(Withholding.id == withholding.id, Withholding.lifted_at.is_(None), may_ask)
    values = {"appeal": words, "appealed_at": now, "appeal_answer": "", "appeal_answered_at": None}
    if change_rows(asked.values(**values, appeal_answered_by=None)) != 1:
        raise RuleBroken(_l("You have asked already. The answer will stand on this page."))
    db.session.refresh(withholding)
    record(actor, "release_asked", withholding.reflection, now, ground=withholding.ground.value)
    telling.tell_release_asked(withholding, now=now)
    return withholding


def answer_appeal(actor: Actor, withholding: Withholding, *, lifts: bool, answer: str, now: datetime) -> Reflection:
    """Answer an author who asks for release, and lift or not. Never by the person who hid a text for abuse.

    Raises `RuleBroken` at `answer`, and when somebody else answered meanwhile.
    """
    require(actor, "reflections.answer_appeal", withholding)
    answer = check_words(answer, field="answer")
    lock(withholding.reflection)
    waiting = sa.update(Withholding).where(
        Withholding.id == withholding.id,
        Withholding.lifted_at.is_(None),
        Withholding.appealed_at.is_not(None),
        Withholding.appeal_answered_at.is_(None),
    )
    values = {"appeal_answer": answer, "appeal_answered_at": now, "appeal_answered_by": actor.person_id}
    if change_rows(waiting.values(**values)) != 1:
        raise RuleBroken(_l("Somebody else answered meanwhile. Read their answer on this page."))
    db.session.refresh(withholding)
    if lifts:
        return _lift(actor, withholding, now=now)
    reflection = withholding.reflection
    record(actor, "release_refused", reflection, now, ground=withholding.ground.value)
    telling.tell_author(actor, reflection, telling.RELEASE_REFUSED, withholding.id, now=now, again=now.isoformat())
    return reflection


def release(actor: Actor, withholding: Withholding, *, now: datetime) -> Reflection:
    """Show a text again to the readers it had, and tell its author. Raises `RuleBroken` when that was done already."""
    require(actor, "reflections.release", withholding)
    lock(withholding.reflection)
    return _lift(actor, withholding, now=now)


def _lift(actor: Actor, withholding: Withholding, *, now: datetime) -> Reflection:
    reflection = withholding.reflection
    if not end_withholding(actor, withholding, now=now):
        raise RuleBroken(_l("This reflection is shown again already."))
    reflection.withheld_at = None
    db.session.flush()
    record(actor, "released", reflection, now, ground=withholding.ground.value)
    events.reflection_released.send(reflection, actor=actor, now=now)
    telling.tell_author(actor, reflection, telling.RELEASED, withholding.id, now=now)
    return reflection


def end_withholding(actor: Actor, withholding: Withholding, *, now: datetime) -> bool:
    """Close one withholding; False when it was closed already."""
    open_one = sa.update(Withholding).where(Withholding.id == withholding.id, Withholding.lifted_at.is_(None))
    has_ended = change_rows(open_one.values(lifted_at=now, lifted_by=actor.person_id)) == 1
    db.session.refresh(withholding)
    return has_ended
