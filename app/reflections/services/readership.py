"""Who reads a text: its author's choice, bounded for answers by the text they answer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.originals.models import Original
from app.originals.services import lock
from app.reflections import events
from app.reflections.models import ConsentRequest, Reflection
from app.reflections.readers import Readers, audience_of, is_wider, readers_of
from app.reflections.services.audit_lines import record
from app.reflections.services.naming import check_pseudonym


def let_question_lapse(reflection: Reflection, *, now: datetime) -> None:
    """Close an open question to the author about more readers, without a yes: it was about something else."""
    db.session.execute(
        sa.update(ConsentRequest)
        .where(ConsentRequest.reflection_id == reflection.id, ConsentRequest.answered_at.is_(None))
        .values(answered_at=now)
    )


def change_readers(
    actor: Actor, reflection: Reflection, *, readers: Readers, pseudonym: str, now: datetime
) -> Reflection:
    """Let the author choose other readers or another name. Translations have no audience of their own and follow;
    answers are never read by more people than the text they answer, unless everybody reads that.

    Raises `RuleBroken` at `pseudonym` (too long, somebody else's) and `audience` (wider than the answered text's).
    """
    require(actor, "reflections.change_readers", reflection)
    check_width(reflection, readers)
    lock(reflection)
    wanted = (audience_of(readers, reflection.track_id), _kept_or_checked(actor, reflection, pseudonym))
    if wanted == (reflection.audience, reflection.pseudonym):
        return reflection
    has_other_readers = wanted[0] != reflection.audience
    reflection.pseudonym = wanted[1]
    if has_other_readers:
        let_question_lapse(reflection, now=now)
        set_readers(reflection, readers)
    db.session.flush()
    record(actor, "readers_changed", reflection, now, readers=readers.value)
    events.reflection_readers_changed.send(reflection, actor=actor, now=now)
    return reflection


def _kept_or_checked(actor: Actor, reflection: Reflection, typed: str) -> str:
    """A name that stands already may stay, also when somebody of that name joined the track later."""
    return typed if typed == reflection.pseudonym else check_pseudonym(actor, typed, reflection.track_id)


def check_width(answer: Reflection, readers: Readers) -> None:
    """Refuse more readers for an answer than the text has that it answers; holds that text, so call it first."""
    if (answered := answer.answered) is None or answered.erased_at is not None:
        return
    lock(answered)
    if is_wider(readers, than=readers_of(answered.audience)):
        raise RuleBroken(
            _l("More people would read your answer than the text it answers. Choose fewer readers."),
            field="audience",
        )


def set_readers(reflection: Reflection, readers: Readers) -> None:
    """Write the readers of a text that is held; answers with more readers than it get its own ones."""
    reflection.audience = audience_of(readers, reflection.track_id)
    wider = [audience_of(one, reflection.track_id) for one in Readers if is_wider(one, than=readers)]
    answers = sa.select(Reflection.__table__.c.id).where(Reflection.answers_id == reflection.id)
    db.session.execute(
        sa.update(Original)
        .where(Original.id.in_(answers), Original.audience.in_(wider))
        .values(audience=reflection.audience)
        .execution_options(synchronize_session="fetch")
    )
