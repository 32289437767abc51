"""Words taken down for somebody: offered to their author, who alone makes a reflection of them (R-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import NotFound, RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.originals.passages import Tagged
from app.originals.words import LONGEST, as_written, check_body
from app.reflections.models import Draft, DraftOrigin, Reflection
from app.reflections.readers import Readers
from app.reflections.services.writing import edit_reflection, write_reflection
from app.reflections.telling import tell_draft
from app.sessions.keys import holders_of_track, track_key
from app.sessions.models import LearningSession

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """Words of a chat and the person who said them."""

    author_id: UUID
    words: str


def take_chat(actor: Actor, session: LearningSession, *, taken: Sequence[Taken], now: datetime) -> list[Draft]:
    """Offer words of a session's chat to those who said them, one draft per person. Only people of the track; the same
    words offered again while they wait are one draft. Nobody else reads a draft, not even who took it down.

    Raises `RuleBroken` at `chat`.
    """
    require(actor, "reflections.take_chat", session)
    if not taken:
        raise RuleBroken(_l("Choose the words you take, and say whose they are."))
    if len({one.author_id for one in taken}) > MOST_AT_ONCE:
        raise RuleBroken(_l("Take the words of at most %(most)s people at once.", most=MOST_AT_ONCE))
    people = holders_of_track(track_key(session.track_id), now)
    words: dict[UUID, list[str]] = {}
    for one in taken:
        if one.author_id not in people:
            raise RuleBroken(_l("Somebody left the track meanwhile. Choose again whose words these are."))
        words.setdefault(one.author_id, []).append(as_written(one.words))
    drafts = [
        draft
        for author_id, parts in words.items()
        if (draft := _offer(actor, session, author_id, "\n\n".join(parts)[:LONGEST], now)) is not None
    ]
    facts = {"drafts": [str(draft.id) for draft in drafts]}
    audit.record(actor, "reflections.chat.taken", "session", session.id, facts, now=now)
    return drafts


def _offer(actor: Actor, session: LearningSession, author_id: UUID, body: str, now: datetime) -> Draft | None:
    check_body(body)
    waiting = sa.select(Draft.body).where(Draft.author_id == author_id, Draft.session_id == session.id)
    if body in set(db.session.scalars(waiting)):
        return None
    draft = Draft(
        track_id=session.track_id,
        session_id=session.id,
        author_id=author_id,
        origin=DraftOrigin.CHAT,
        body=body,
        taken_by=actor.person_id,
        taken_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    tell_draft(draft, now=now)
    return draft


def confirm_draft(
    actor: Actor,
    draft: Draft,
    *,
    body: str,
    language: str,
    readers: Readers,
    pseudonym: str = "",
    passages: Sequence[Tagged] = (),
    now: datetime,
) -> Reflection:
    """Let the author publish words of a chat as a reflection, changed as they like (R-01). The draft is gone then.

    Raises what `write_reflection` raises, and `NotFound` when the draft was used or thrown away meanwhile.
    """
    require(actor, "reflections.use_draft", draft)
    _use_up(draft)
    return write_reflection(
        actor,
        draft.track,
        body=body,
        language=language,
        readers=readers,
        pseudonym=pseudonym,
        session_id=draft.session_id,
        passages=passages,
        now=now,
    )


def confirm_transcript(actor: Actor, draft: Draft, *, body: str, language: str, now: datetime) -> Reflection:
    """Let the author of a voice take an offered transcript as its text: a new version in the author's name (R-01)."""
    require(actor, "reflections.use_draft", draft)
    reflection = db.session.get(Reflection, draft.of_reflection_id)
    if reflection is None:
        raise NotFound
    _use_up(draft)
    return edit_reflection(actor, reflection, body=body, language=language, now=now)


def discard_draft(actor: Actor, draft: Draft, *, now: datetime) -> None:
    """Let the author throw a draft away; its words are kept nowhere."""
    require(actor, "reflections.use_draft", draft)
    audit.record(actor, "reflections.draft.discarded", "track", draft.track_id, {"draft": str(draft.id)}, now=now)
    _use_up(draft)


def _use_up(draft: Draft) -> None:
    """Delete a draft once: of two tabs, the second finds nothing."""
    using = sa.delete(Draft).where(Draft.id == draft.id).execution_options(synchronize_session=False)
    if change_rows(using) != 1:
        raise NotFound
