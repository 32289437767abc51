"""The notes of a gathering, one text per language. `edition` guards two who write at once: nobody overwrites unseen."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.outcomes import events
from app.outcomes.models import SessionNotes
from app.outcomes.queries import find_notes
from app.outcomes.words import LONGEST_NOTES, check_words
from app.sessions.models import Gathering

THERE_ALREADY = _l("Somebody has saved words in this language before you. Compare the two, then save.")


class NotesChangedMeanwhile(RuleBroken):
    """Somebody else saved or removed these notes; nothing was overwritten, and both texts are there to compare."""


def save_notes(
    actor: Actor, gathering: Gathering, *, language: str, body: str, edition: int | None, now: datetime
) -> SessionNotes:
    """Keep the notes of a gathering in one language. `edition` is the one the writer was looking at, None for none.

    Raises `NotesChangedMeanwhile` when there is another by now, `RuleBroken` at `body` (empty, too long) and
    `language` (unknown). The same words again change nothing.
    """
    require(actor, "outcomes.write_notes", gathering)
    tag = check_tag(language)
    body = check_words(
        body,
        field="body",
        longest=LONGEST_NOTES,
        missing=_l("There are no words here yet. Write down what was said, then save."),
    )
    notes = find_notes(gathering, tag)
    if notes is not None and (notes.body, notes.edition) == (body, edition):
        return notes
    if edition is None and notes is not None:
        raise NotesChangedMeanwhile(THERE_ALREADY)
    if edition is None:
        notes = _write_first(actor, gathering, (tag, body), now=now)
    else:
        notes = _write_over(actor, gathering, (tag, body), edition=edition, now=now)
    facts = {"language": tag, "edition": notes.edition}
    audit.record(actor, "outcomes.notes.saved", gathering.kind, gathering.id, facts, now=now)
    events.notes_saved.send(notes, actor=actor, now=now)
    return notes


def _write_first(actor: Actor, gathering: Gathering, said: tuple[str, str], *, now: datetime) -> SessionNotes:
    tag, body = said
    notes = SessionNotes(
        gathering_id=gathering.id, language=tag, body=body, edition=1, changed_at=now, changed_by=actor.person_id
    )
    try:
        with db.session.begin_nested():
            db.session.add(notes)
    except IntegrityError:
        raise NotesChangedMeanwhile(THERE_ALREADY) from None
    return notes


def _write_over(
    actor: Actor, gathering: Gathering, said: tuple[str, str], *, edition: int, now: datetime
) -> SessionNotes:
    tag, body = said
    written = change_rows(
        sa.update(SessionNotes)
        .where(SessionNotes.gathering_id == gathering.id, SessionNotes.language == tag, SessionNotes.edition == edition)
        .values(body=body, edition=edition + 1, changed_at=now, changed_by=actor.person_id)
    )
    notes = find_notes(gathering, tag)
    if written == 1 and notes is not None:
        return notes
    if notes is None:
        raise NotesChangedMeanwhile(
            _l("Somebody removed these words since you opened this page. Save again to write them anew.")
        )
    raise NotesChangedMeanwhile(
        _l("Somebody changed these words since you opened this page. Compare the two, then save.")
    )


def remove_notes(actor: Actor, gathering: Gathering, *, language: str, now: datetime) -> bool:
    """Take the notes of one language away, for good. Twice is once; returns whether there were any."""
    require(actor, "outcomes.write_notes", gathering)
    gone = change_rows(
        sa.delete(SessionNotes).where(SessionNotes.gathering_id == gathering.id, SessionNotes.language == language)
    )
    if gone:
        audit.record(actor, "outcomes.notes.removed", gathering.kind, gathering.id, {"language": language}, now=now)
    return gone > 0
