"""Publish with consent: facilitators ask, the author answers, and without a yes nothing changes."""

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
from app.reflections.models import ConsentRequest, Reflection
from app.reflections.readers import Readers, audience_of, is_wider, readers_of
from app.reflections.services.audit_lines import record
from app.reflections.services.readership import check_width, set_readers

LONGEST_WORDS = 500
"""Characters of what is said beside the question."""


def ask_consent(
    actor: Actor, reflection: Reflection, *, readers: Readers, words: str = "", now: datetime
) -> ConsentRequest:
    """Ask the author whether more people may read the version at hand. One question at a time.

    Raises `RuleBroken` at `audience` (not more readers than now, or more than the answered text has) and `words`.
    """
    require(actor, "reflections.look_after", reflection)
    check_width(reflection, readers)
    lock(reflection)
    require(actor, "reflections.look_after", reflection)
    if reflection.withheld_at is not None:
        raise RuleBroken(_l("This reflection is kept from its readers. Release it first, then ask."))
    if not is_wider(readers, than=readers_of(reflection.audience)):
        raise RuleBroken(
            _l("These people read it already. Choose more readers, or leave it as it is."), field="audience"
        )
    words = as_written(words).strip()
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_WORDS), field="words")
    request = ConsentRequest(
        reflection_id=reflection.id,
        audience=audience_of(readers, reflection.track_id),
        of_version=reflection.version,
        words=words,
        asked_by=actor.person_id,
        asked_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        raise RuleBroken(
            _l("The author was asked already, and has not answered yet. Wait for the answer, or write an answer to it.")
        ) from None
    record(actor, "consent_asked", reflection, now, readers=readers.value, version=reflection.version)
    telling.tell_author(actor, reflection, telling.CONSENT_ASKED, request.id, now=now)
    return request


def answer_consent(actor: Actor, request: ConsentRequest, *, is_granted: bool, now: datetime) -> Reflection:
    """Let the author say yes or no. A yes changes the readers of the version that was asked about and of no other: a
    text edited since has to be asked about anew. Who asked is told that there is an answer.

    Raises `RuleBroken` when the question is not open any more.
    """
    reflection = request.reflection
    require(actor, "reflections.change_readers", reflection)
    readers = readers_of(request.audience)
    if is_granted:
        check_width(reflection, readers)
    lock(reflection)
    if not _close(request, reflection.version, is_granted=is_granted, now=now):
        raise RuleBroken(
            _l("This question was answered, or you changed your text since. Who asked may ask anew; nothing changed.")
        )
    if is_granted and is_wider(readers, than=readers_of(reflection.audience)):
        set_readers(reflection, readers)
        db.session.flush()
        events.reflection_readers_changed.send(reflection, actor=actor, now=now)
    answer = "consent_given" if is_granted else "consent_refused"
    record(actor, answer, reflection, now, readers=readers.value, version=request.of_version)
    telling.tell_person(request.asked_by, reflection, telling.CONSENT_ANSWERED, request.id, now=now)
    return reflection


def _close(request: ConsentRequest, version: int, *, is_granted: bool, now: datetime) -> bool:
    """Answer exactly this question about exactly this version; False when somebody was faster."""
    statement = sa.update(ConsentRequest).where(
        ConsentRequest.id == request.id, ConsentRequest.answered_at.is_(None), ConsentRequest.of_version == version
    )
    is_mine = change_rows(statement.values(answered_at=now, is_granted=is_granted)) == 1
    db.session.refresh(request)
    return is_mine
