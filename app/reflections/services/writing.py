"""What an author does with the words: write, edit, withdraw, bring back, erase (R-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.originals import services as originals
from app.originals.services import Change, Tagged
from app.reflections import events
from app.reflections.models import AbuseReport, ConsentRequest, Quote, Reflection, Withholding
from app.reflections.readers import Readers, audience_of, readers_of
from app.reflections.services.audit_lines import record
from app.reflections.services.naming import check_pseudonym
from app.reflections.services.quoting import Quoted, check_quote
from app.reflections.services.readership import let_question_lapse
from app.sessions.models import Track
from app.sessions.queries import is_session_of


def write_reflection(
    actor: Actor,
    track: Track,
    *,
    body: str,
    language: str,
    readers: Readers,
    pseudonym: str = "",
    session_id: UUID | None = None,
    passages: Sequence[Tagged] = (),
    quotes: Sequence[Quoted] = (),
    now: datetime,
) -> Reflection:
    """Publish a reflection in a track, exactly as it was typed (R-01). `language` is a tag or a language's name;
    `passages` are words of it in another language (R-02), `quotes` words of others' texts, kept as they were said.

    Members and facilitators of the track. Raises `RuleBroken` at `body` (no words, too long), `language` (unknown),
    `passages`, `quoted_words`, `pseudonym` (too long, somebody else's) or `session` (of another track).
    """
    require(actor, "reflections.write", track)
    check_session(actor, track, session_id)
    reflection = compose(
        actor, track_id=track.id, body=body, language=language, readers=readers, pseudonym=pseudonym,
        passages=passages, now=now,
    )  # fmt: skip
    reflection.session_id = session_id
    reflection.quotes = [check_quote(actor, quote, position) for position, quote in enumerate(quotes, 1)]
    publish(actor, reflection, now=now)
    return reflection


def compose(
    actor: Actor,
    *,
    track_id: UUID,
    body: str,
    language: str,
    readers: Readers,
    pseudonym: str,
    passages: Sequence[Tagged] = (),
    is_spoken: bool = False,
    now: datetime,
) -> Reflection:
    """Return a new reflection of the actor in its first version, checked and not yet stored. What `is_spoken` may have
    no words yet."""
    reflection = originals.begin(
        actor,
        Reflection(track_id=track_id),
        body=body,
        language=language,
        audience=audience_of(readers, track_id),
        passages=passages,
        may_be_empty=is_spoken,
        now=now,
    )
    reflection.pseudonym = check_pseudonym(actor, pseudonym, track_id)
    return reflection


def publish(actor: Actor, reflection: Reflection, *, now: datetime) -> None:
    """Store a new reflection and tell that it is there."""
    db.session.add(reflection)
    db.session.flush()
    readers = readers_of(reflection.audience).value
    record(actor, "written", reflection, now, language=reflection.language, readers=readers)
    events.reflection_written.send(reflection, actor=actor, now=now)


def edit_reflection(
    actor: Actor,
    reflection: Reflection,
    *,
    body: str,
    language: str,
    passages: Sequence[Tagged] | None = None,
    based_on: int | None = None,
    now: datetime,
) -> Reflection:
    """Write a new version, as `originals.write_version` has it (R-01, R-02). A question to the author about more
    readers was about the words before, and lapses. Raises `ChangedMeanwhile`, and `RuleBroken` at `body`, `language`
    and `passages`.
    """
    require(actor, "reflections.edit", reflection)
    change = originals.write_version(
        actor, reflection, body=body, language=language, passages=passages, based_on=based_on, now=now
    )
    if change is Change.WORDS:
        let_question_lapse(reflection, now=now)
        record(actor, "edited", reflection, now, version=reflection.version, language=reflection.language)
    elif change is Change.PASSAGES:
        named = len(reflection.versions[-1].passages)
        record(actor, "passages_named", reflection, now, version=reflection.version, passages=named)
    if change:
        events.reflection_edited.send(reflection, actor=actor, now=now)
    return reflection


def withdraw(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Hide a reflection from everybody but its author, the secretariat included; counts stay (R-01). Twice is once."""
    require(actor, "reflections.withdraw", reflection)
    if originals.withdraw(actor, reflection, now=now):
        record(actor, "withdrawn", reflection, now)
        events.reflection_withdrawn.send(reflection, actor=actor, now=now)
    return reflection


def bring_back(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Show a withdrawn reflection again to the readers it had (R-01)."""
    require(actor, "reflections.withdraw", reflection)
    if originals.bring_back(actor, reflection):
        record(actor, "brought_back", reflection, now)
        events.reflection_brought_back.send(reflection, actor=actor, now=now)
    return reflection


def erase_reflection(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Take the words, all versions and translations, the language and the name away for good, here and where others
    quote them; a shell with date and track stays, so that counts stay, and so do the answers of others (R-01)."""
    require(actor, "reflections.erase", reflection)
    originals.erase(actor, reflection, now=now)
    record(actor, "erased", reflection, now)
    return reflection


def erase_what_repeats(actor: Actor, reflection: Reflection, now: datetime) -> None:
    """Take away with the words of a reflection the other name, its quotes and where others quote it. What others said
    about it (reports, reasons, questions) may repeat its words, and goes with them."""
    reflection.quotes.clear()
    reflection.pseudonym = ""
    db.session.flush()
    db.session.execute(sa.update(Quote).where(Quote.quoted_id == reflection.id).values(words="", language=""))
    for table in (ConsentRequest, AbuseReport, Withholding):
        db.session.execute(sa.delete(table).where(table.reflection_id == reflection.id))
    events.reflection_erased.send(reflection, actor=actor, now=now)


def check_session(actor: Actor, track: Track, session_id: UUID | None) -> None:
    """Raise `RuleBroken` at `session` for one the actor does not see, or of another track."""
    if session_id is not None and not is_session_of(actor, track, session_id):
        raise RuleBroken(_l("This session is not one of this track. Choose one of the list, or none."), field="session")
