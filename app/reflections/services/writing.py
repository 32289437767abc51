"""What an author does with the words: write, edit, withdraw, bring back, erase (R-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import SECRETARIAT, Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.reflections import events
from app.reflections.models import (
    AbuseReport,
    ConsentRequest,
    Passage,
    Quote,
    Reflection,
    ReflectionVersion,
    Withholding,
)
from app.reflections.originals import as_written, check_body
from app.reflections.passages import Tagged, check_passages, occurs
from app.reflections.readers import Readers, audience_of, readers_of
from app.reflections.services.audit_lines import record
from app.reflections.services.locking import lock
from app.reflections.services.naming import check_pseudonym
from app.reflections.services.quoting import Quoted, check_quote
from app.reflections.services.readership import let_question_lapse
from app.sessions.models import Track
from app.sessions.queries import is_session_of


class ChangedMeanwhile(RuleBroken):
    """The author wrote a newer version on another device; both texts are kept, nothing was overwritten."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            _l(
                "You changed this text elsewhere meanwhile: version %(number)s is the newest. What you wrote here is "
                "not lost. Compare the two, then send again.",
                number=newest,
            ),
            rule="R-01",
        )
        self.newest = newest


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
    """Return a new reflection of the actor in its first version, checked and not yet stored. Who writes it down for an
    author without an account is kept with it. What `is_spoken` may have no words yet."""
    body, tag = as_written(body), check_tag(language)
    if body or not is_spoken:
        check_body(body)
    first = ReflectionVersion(number=1, body=body, written_at=now)
    first.passages = _as_rows(check_passages(passages, body=body, language=tag))
    return Reflection(
        track_id=track_id,
        author_id=actor.person_id,
        written_down_by=actor.helper_id,
        pseudonym=check_pseudonym(actor, pseudonym, track_id),
        language=tag,
        audience=audience_of(readers, track_id),
        version=1,
        written_at=now,
        changed_at=now,
        versions=[first],
    )


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
    """Write a new version; older versions stay as they were (R-01). The language may be corrected only so, together
    with a new version. `passages` are those of the new version (R-02; None keeps the ones that still stand in it); of
    the same words they may be named anew without a new version, for the words are the same. `based_on` is the version
    the author was looking at: raises `ChangedMeanwhile` when there is a newer one. A question to the author about more
    readers was about the words before, and lapses. Raises `RuleBroken` at `body`, `language` and `passages`.
    """
    require(actor, "reflections.edit", reflection)
    body, tag = as_written(body), check_tag(language)
    check_body(body)
    lock(reflection)
    if based_on not in (None, reflection.version):
        raise ChangedMeanwhile(reflection.version)
    if passages is None:
        passages = _still_standing(reflection.versions[-1].passages, body, tag)
    named = check_passages(passages, body=body, language=tag)
    if (body, tag) == (reflection.versions[-1].body, reflection.language):
        _name_passages(actor, reflection, named, now=now)
        return reflection
    if any(translation.language == tag for translation in reflection.translations):
        raise RuleBroken(
            _l("There is a translation in this language. Remove it first: a text is no translation of itself."),
            field="language",
            rule="R-01",
        )
    reflection.version += 1
    version = ReflectionVersion(number=reflection.version, body=body, written_at=now)
    version.passages = _as_rows(named)
    reflection.versions.append(version)
    reflection.language, reflection.changed_at = tag, now
    let_question_lapse(reflection, now=now)
    db.session.flush()
    record(actor, "edited", reflection, now, version=reflection.version, language=tag)
    events.reflection_edited.send(reflection, actor=actor, now=now)
    return reflection


def _as_rows(named: Sequence[Tagged]) -> list[Passage]:
    return [Passage(position=place, words=one.words, language=one.language) for place, one in enumerate(named, 1)]


def _still_standing(passages: Sequence[Passage], body: str, language: str) -> list[Tagged]:
    return [Tagged(row.words, row.language) for row in passages if row.language != language and occurs(row.words, body)]


def _name_passages(actor: Actor, reflection: Reflection, named: Sequence[Tagged], *, now: datetime) -> None:
    """Say anew which words of the current version are in which language."""
    version = reflection.versions[-1]
    if [Tagged(row.words, row.language) for row in version.passages] == list(named):
        return
    version.passages.clear()
    db.session.flush()
    version.passages.extend(_as_rows(named))
    db.session.flush()
    record(actor, "passages_named", reflection, now, version=reflection.version, passages=len(named))
    events.reflection_edited.send(reflection, actor=actor, now=now)


def withdraw(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Hide a reflection from everybody but its author, the secretariat included; counts stay (R-01). Twice is once."""
    require(actor, "reflections.withdraw", reflection)
    lock(reflection)
    if reflection.withdrawn_at is None:
        reflection.withdrawn_at = now
        record(actor, "withdrawn", reflection, now)
        events.reflection_withdrawn.send(reflection, actor=actor, now=now)
    return reflection


def bring_back(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Show a withdrawn reflection again to the readers it had (R-01)."""
    require(actor, "reflections.withdraw", reflection)
    lock(reflection)
    if reflection.withdrawn_at is not None:
        reflection.withdrawn_at = None
        record(actor, "brought_back", reflection, now)
        events.reflection_brought_back.send(reflection, actor=actor, now=now)
    return reflection


def erase_reflection(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Take the words, all versions and translations, the language and the name away for good, here and where others
    quote them; a shell with date and track stays, so that counts stay, and so do the answers of others (R-01)."""
    require(actor, "reflections.erase", reflection)
    lock(reflection)
    empty_out(reflection, now=now)
    record(actor, "erased", reflection, now)
    events.reflection_erased.send(reflection, actor=actor, now=now)
    return reflection


def empty_out(reflection: Reflection, *, now: datetime) -> None:
    """Make a reflection a shell: also what is left of it when its author is erased from the house. What others said
    about it (reports, reasons, questions) may repeat its words, and goes with them."""
    reflection.versions.clear()
    reflection.translations.clear()
    reflection.quotes.clear()
    reflection.author_id, reflection.pseudonym, reflection.language = None, "", ""
    reflection.audience, reflection.written_down_by, reflection.withheld_at = SECRETARIAT, None, None
    reflection.erased_at = reflection.changed_at = now
    db.session.flush()
    db.session.execute(sa.update(Quote).where(Quote.quoted_id == reflection.id).values(words="", language=""))
    for table in (ConsentRequest, AbuseReport, Withholding):
        db.session.execute(sa.delete(table).where(table.reflection_id == reflection.id))


def check_session(actor: Actor, track: Track, session_id: UUID | None) -> None:
    """Raise `RuleBroken` at `session` for one the actor does not see, or of another track."""
    if session_id is not None and not is_session_of(actor, track, session_id):
        raise RuleBroken(_l("This session is not one of this track. Choose one of the list, or none."), field="session")
