"""An instrument is offered and written on in versions, each whole; two who write at once find out about each other."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.core.word_count import count_words
from app.extensions import db
from app.instruments import events, queries
from app.instruments.models import INSTRUMENT, Instrument, InstrumentText
from app.instruments.services.checking import Tags, Words, checked_line, checked_words, refuse_withdrawn, set_tags
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

FIRST = 1


class WrittenMeanwhile(RuleBroken):
    """Somebody wrote a newer version; what was typed is kept in the form, and nothing was written over."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            _l(
                "Somebody wrote version %(number)s while you were writing. What you wrote here is not lost: take over "
                "what you want to keep of theirs, then send again.",
                number=newest,
            )
        )
        self.newest = newest


def offer(
    actor: Actor, owner: WorkingGroup | Organisation, words: Words, *, language: str, tags: Tags, now: datetime
) -> Instrument:
    """Offer a statement that others may use, in the name of a group or of an organisation.

    Raises `RuleBroken` at `title`, `purpose`, `body`, `language`, `goals` and `audience`.
    """
    require(actor, "instruments.offer", owner)
    instrument = Instrument(
        id=uuid4(), language=check_tag(language), offered_at=now, offered_by=actor.person_id, changed_at=now
    )
    if isinstance(owner, WorkingGroup):
        instrument.group = owner
    else:
        instrument.organisation = owner
    instrument.goals, instrument.claims = [], []
    set_tags(instrument, tags)
    kept = checked_words(words)
    db.session.add(instrument)
    db.session.flush()
    _write(actor, instrument, instrument.language, FIRST, kept, now=now)
    record(actor, "offered", instrument, now, language=instrument.language)
    return instrument


def write_version(
    actor: Actor,
    instrument: Instrument,
    words: Words,
    *,
    language: str,
    changes: str,
    based_on: int,
    of_version: int | None = None,
    now: datetime,
) -> InstrumentText:
    """Write the next version in a language, with a line that says what is new. `based_on` is the version the writer was
    looking at; `of_version` the version of the original that it follows now, None where that stays.

    Raises `WrittenMeanwhile` when there is a newer one, and `RuleBroken` at `title`, `purpose`, `body` (also for the
    same words once more) and `changes`, and for an instrument that was withdrawn.
    """
    require(actor, "instruments.keep", instrument)
    refuse_withdrawn(instrument)
    kept = checked_words(words)
    line = checked_line(
        changes, field="changes", missing=_l("Say in a line what is new: whoever uses an older version reads it.")
    )
    newest = _newest(instrument, language, based_on)
    if (newest.title, newest.purpose, newest.body) == (kept.title, kept.purpose, kept.body):
        raise RuleBroken(
            _l("These are the words of version %(number)s: there is nothing new in them yet.", number=newest.version),
            field="body",
        )
    follows = newest.of_version if of_version is None else of_version
    text = _write(actor, instrument, language, based_on + 1, kept, changes=line, of_version=follows, now=now)
    instrument.changed_at = now
    record(actor, "written", instrument, now, language=language, version=text.version)
    return text


def _newest(instrument: Instrument, language: str, based_on: int) -> InstrumentText:
    """Return the version the writer was looking at, while it is the newest; raises `WrittenMeanwhile`."""
    newest = queries.newest_texts([instrument.id])[instrument.id].get(language)
    if newest is None or newest.version != based_on:
        raise WrittenMeanwhile(newest.version if newest is not None else FIRST)
    return newest


def add_language(
    actor: Actor, instrument: Instrument, words: Words, *, language: str, of_version: int, now: datetime
) -> InstrumentText:
    """Write an instrument in another language. `of_version` is the version of the original that it follows.

    Raises `RuleBroken` at `title`, `purpose`, `body` and `language`, also for a language it has already.
    """
    require(actor, "instruments.keep", instrument)
    refuse_withdrawn(instrument)
    tag, kept = check_tag(language), checked_words(words)
    texts = queries.newest_texts([instrument.id])[instrument.id]
    if tag in texts:
        raise _already_there()
    followed = min(max(of_version, FIRST), texts[instrument.language].version)
    try:
        text = _write(actor, instrument, tag, FIRST, kept, of_version=followed, now=now)
    except WrittenMeanwhile:
        raise _already_there() from None
    instrument.changed_at = now
    record(actor, "language_added", instrument, now, language=tag)
    return text


def _already_there() -> RuleBroken:
    return RuleBroken(
        _l("There is a text in this language already. Choose another language, or write its next version."),
        field="language",
    )


def _write(
    actor: Actor,
    instrument: Instrument,
    language: str,
    number: int,
    words: Words,
    *,
    changes: str = "",
    of_version: int | None = None,
    now: datetime,
) -> InstrumentText:
    """Add a version; two who write the same one at once meet in its key, and the second hears of it."""
    values = {
        "title": words.title,
        "purpose": words.purpose,
        "body": words.body,
        "words": count_words(words.body),
        "changes": changes,
        "of_version": of_version if language != instrument.language else None,
        "written_at": now,
        "written_by": actor.person_id,
    }
    key = {"instrument_id": instrument.id, "language": language, "version": number}
    try:
        with db.session.begin_nested():
            db.session.execute(sa.insert(InstrumentText).values(**key, **values))
    except IntegrityError:
        raise WrittenMeanwhile(number) from None
    return db.session.get_one(InstrumentText, tuple(key.values()))


def record(actor: Actor, what: str, instrument: Instrument, now: datetime, **facts: object) -> None:
    """Write what happened to an instrument into the audit, and tell it."""
    db.session.flush()
    audit.record(actor, f"instruments.instrument.{what}", INSTRUMENT, instrument.id, dict(facts), now=now)
    events.instrument_changed.send(instrument, actor=actor, now=now)
