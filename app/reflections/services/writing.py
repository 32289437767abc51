"""What an author does with a reflection: write, edit, choose readers, withdraw, erase (R-01)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import SECRETARIAT, Actor
from app.core.errors import NotFound, RuleBroken
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.extensions import db
from app.reflections import events
from app.reflections.models import Reflection, ReflectionVersion
from app.reflections.originals import as_written, check_body
from app.reflections.readers import Readers, audience_of
from app.sessions.models import Track
from app.sessions.queries import get_visible_session

LONGEST_PSEUDONYM = 80


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
    now: datetime,
) -> Reflection:
    """Publish a reflection in a track, exactly as it was typed (R-01). `language` is a tag or a language's name.

    Members and facilitators of the track. Raises `RuleBroken` at `body` (no words, too long), `language` (unknown),
    `pseudonym` (too long) or `session` (of another track).
    """
    require(actor, "reflections.write", track)
    body, tag = as_written(body), check_tag(language)
    check_body(body)
    pseudonym = _check_pseudonym(pseudonym)
    if session_id is not None:
        _check_session(actor, track, session_id)
    reflection = Reflection(
        track_id=track.id,
        session_id=session_id,
        author_id=actor.person_id,
        pseudonym=pseudonym,
        language=tag,
        audience=audience_of(readers, track.id),
        version=1,
        written_at=now,
        changed_at=now,
        versions=[ReflectionVersion(number=1, body=body, written_at=now)],
    )
    db.session.add(reflection)
    db.session.flush()
    _record(actor, "written", reflection, now, language=tag, readers=readers.value)
    events.reflection_written.send(reflection, actor=actor, now=now)
    return reflection


def edit_reflection(
    actor: Actor, reflection: Reflection, *, body: str, language: str, based_on: int | None = None, now: datetime
) -> Reflection:
    """Write a new version; older versions stay as they were (R-01). The language may be corrected only so, together
    with a new version. `based_on` is the version the author was looking at: raises `ChangedMeanwhile` when there is a
    newer one. The same words in the same language change nothing. Raises `RuleBroken` at `body` and `language`.
    """
    require(actor, "reflections.edit", reflection)
    body, tag = as_written(body), check_tag(language)
    check_body(body)
    hold(reflection)
    if based_on not in (None, reflection.version):
        raise ChangedMeanwhile(reflection.version)
    if (body, tag) == (reflection.versions[-1].body, reflection.language):
        return reflection
    if any(translation.language == tag for translation in reflection.translations):
        raise RuleBroken(
            _l("There is a translation in this language. Remove it first: a text is no translation of itself."),
            field="language",
            rule="R-01",
        )
    reflection.version += 1
    reflection.versions.append(ReflectionVersion(number=reflection.version, body=body, written_at=now))
    reflection.language, reflection.changed_at = tag, now
    db.session.flush()
    _record(actor, "edited", reflection, now, version=reflection.version, language=tag)
    events.reflection_edited.send(reflection, actor=actor, now=now)
    return reflection


def change_readers(
    actor: Actor, reflection: Reflection, *, readers: Readers, pseudonym: str, now: datetime
) -> Reflection:
    """Let the author choose other readers or another name. Translations have no audience of their own and follow.

    Raises `RuleBroken` at `pseudonym` when it is too long.
    """
    require(actor, "reflections.change_readers", reflection)
    hold(reflection)
    wanted = (audience_of(readers, reflection.track_id), _check_pseudonym(pseudonym))
    if wanted == (reflection.audience, reflection.pseudonym):
        return reflection
    reflection.audience, reflection.pseudonym = wanted
    _record(actor, "readers_changed", reflection, now, readers=readers.value)
    events.reflection_readers_changed.send(reflection, actor=actor, now=now)
    return reflection


def withdraw(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Hide a reflection from everybody but its author, the secretariat included; counts stay (R-01). Twice is once."""
    require(actor, "reflections.withdraw", reflection)
    hold(reflection)
    if reflection.withdrawn_at is None:
        reflection.withdrawn_at = now
        _record(actor, "withdrawn", reflection, now)
        events.reflection_withdrawn.send(reflection, actor=actor, now=now)
    return reflection


def bring_back(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Show a withdrawn reflection again to the readers it had (R-01)."""
    require(actor, "reflections.withdraw", reflection)
    hold(reflection)
    if reflection.withdrawn_at is not None:
        reflection.withdrawn_at = None
        _record(actor, "brought_back", reflection, now)
        events.reflection_brought_back.send(reflection, actor=actor, now=now)
    return reflection


def erase_reflection(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Take the words, all versions and translations, the language and the name away for good; a shell with date and
    track stays, so that counts stay (R-01)."""
    require(actor, "reflections.erase", reflection)
    hold(reflection)
    empty_out(reflection, now=now)
    _record(actor, "erased", reflection, now)
    events.reflection_erased.send(reflection, actor=actor, now=now)
    return reflection


def empty_out(reflection: Reflection, *, now: datetime) -> None:
    """Make a reflection a shell: also what is left of it when its author is erased from the house."""
    reflection.versions.clear()
    reflection.translations.clear()
    reflection.author_id, reflection.pseudonym, reflection.language = None, "", ""
    reflection.audience = SECRETARIAT
    reflection.erased_at = reflection.changed_at = now
    db.session.flush()


def hold(reflection: Reflection) -> None:
    """Lock the row and read it anew, so that nothing is written beside words that are being erased.

    Raises `NotFound` when they are gone.
    """
    db.session.flush()  # refreshing would drop what is not written yet
    columns = ["version", "language", "audience", "author_id", "pseudonym", "withdrawn_at", "erased_at"]
    db.session.refresh(reflection, columns, with_for_update=True)
    db.session.expire(reflection, ["versions", "translations"])
    if reflection.erased_at is not None:
        raise NotFound


def _check_pseudonym(typed: str) -> str:
    name = one_line(as_written(typed))
    if len(name) > LONGEST_PSEUDONYM:
        raise RuleBroken(
            _l(
                "This name has %(count)s characters. Choose one of %(longest)s or fewer.",
                count=len(name),
                longest=LONGEST_PSEUDONYM,
            ),
            field="pseudonym",
        )
    return name


def _check_session(actor: Actor, track: Track, session_id: UUID) -> None:
    try:
        is_of_track = get_visible_session(actor, session_id).track_id == track.id
    except NotFound:
        is_of_track = False
    if not is_of_track:
        raise RuleBroken(_l("This session is not one of this track. Choose one of the list, or none."), field="session")


def _record(actor: Actor, what: str, reflection: Reflection, now: datetime, **facts: object) -> None:
    audit.record(actor, f"reflections.reflection.{what}", "reflection", reflection.id, dict(facts), now=now)
