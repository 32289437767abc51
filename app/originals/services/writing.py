"""The words of any original: begun, written anew, withdrawn, brought back, erased (R-01, R-02).

Building blocks: the services of each kind ask first whether the actor may write there, then call these, then write
their own line of the audit and tell their own event. That nobody but its author changes a text is kept here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from flask_babel import lazy_gettext as _l

from app.core.actors import SECRETARIAT, Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.originals.kinds import kind_of
from app.originals.models import Original, OriginalVersion, Passage
from app.originals.passages import Tagged, check_passages, occurs
from app.originals.services.locking import lock
from app.originals.words import as_written, check_body

Text = TypeVar("Text", bound=Original)


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


class Change(StrEnum):
    """What became of an original that was sent anew. Nothing is false."""

    NOTHING = ""
    PASSAGES = "passages"
    WORDS = "words"


def begin(
    actor: Actor,
    original: Text,
    *,
    body: str,
    language: str,
    audience: str,
    passages: Sequence[Tagged] = (),
    may_be_empty: bool = False,
    now: datetime,
) -> Text:
    """Fill a new text of the actor with its first version, checked and not yet stored, exactly as it was typed (R-01).
    `language` is a tag or a language's name; `passages` are words of it in another language (R-02). Who writes it down
    for an author without an account is kept with it.

    Raises `RuleBroken` at `body` (no words, unless it `may_be_empty`; too long), `language` and `passages`.
    """
    body, tag = as_written(body), check_tag(language)
    if body or not may_be_empty:
        check_body(body)
    first = OriginalVersion(number=1, body=body, written_at=now)
    first.passages = _as_rows(check_passages(passages, body=body, language=tag))
    original.author_id, original.written_down_by = actor.person_id, actor.helper_id
    original.language, original.audience = tag, audience
    original.version, original.versions = 1, [first]
    original.written_at = original.changed_at = now
    return original


def write_version(
    actor: Actor,
    original: Original,
    *,
    body: str,
    language: str,
    passages: Sequence[Tagged] | None = None,
    based_on: int | None = None,
    now: datetime,
) -> Change:
    """Write a new version; older versions stay as they were (R-01). The language may be corrected only so, together
    with a new version. `passages` are those of the new version (R-02; None keeps the ones that still stand in it); of
    the same words they may be named anew without a new version, for the words are the same. `based_on` is the version
    the author was looking at: raises `ChangedMeanwhile` when there is a newer one. Raises `RuleBroken` at `body`,
    `language` and `passages`.
    """
    require(actor, "originals.change", original)
    body, tag = as_written(body), check_tag(language)
    check_body(body)
    lock(original)
    if based_on not in (None, original.version):
        raise ChangedMeanwhile(original.version)
    if passages is None:
        passages = _still_standing(original.versions[-1].passages, body, tag)
    named = check_passages(passages, body=body, language=tag)
    if (body, tag) == (original.versions[-1].body, original.language):
        return _name_passages(original, named)
    if any(translation.language == tag for translation in original.translations):
        raise RuleBroken(
            _l("There is a translation in this language. Remove it first: a text is no translation of itself."),
            field="language",
            rule="R-01",
        )
    original.version += 1
    version = OriginalVersion(number=original.version, body=body, written_at=now)
    version.passages = _as_rows(named)
    original.versions.append(version)
    original.language, original.changed_at = tag, now
    db.session.flush()
    return Change.WORDS


def _as_rows(named: Sequence[Tagged]) -> list[Passage]:
    return [Passage(position=place, words=one.words, language=one.language) for place, one in enumerate(named, 1)]


def _still_standing(passages: Sequence[Passage], body: str, language: str) -> list[Tagged]:
    return [Tagged(row.words, row.language) for row in passages if row.language != language and occurs(row.words, body)]


def _name_passages(original: Original, named: Sequence[Tagged]) -> Change:
    """Say anew which words of the current version are in which language."""
    version = original.versions[-1]
    if [Tagged(row.words, row.language) for row in version.passages] == list(named):
        return Change.NOTHING
    version.passages.clear()
    db.session.flush()
    version.passages.extend(_as_rows(named))
    db.session.flush()
    return Change.PASSAGES


def withdraw(actor: Actor, original: Original, *, now: datetime) -> bool:
    """Hide a text from everybody but its author, the secretariat included; counts stay (R-01). False when it was."""
    require(actor, "originals.change", original)
    lock(original)
    if original.withdrawn_at is not None:
        return False
    original.withdrawn_at = now
    return True


def bring_back(actor: Actor, original: Original) -> bool:
    """Show a withdrawn text again to the readers it had (R-01). False when it was there."""
    require(actor, "originals.change", original)
    lock(original)
    if original.withdrawn_at is None:
        return False
    original.withdrawn_at = None
    return True


def erase(actor: Actor, original: Original, *, now: datetime) -> None:
    """Take the words, all versions and translations, the language and the name away for good; a shell with its date
    stays, so that counts stay, and so does what others wrote in answer (R-01)."""
    require(actor, "originals.change", original)
    lock(original)
    empty_out(actor, original, now=now)


def empty_out(actor: Actor, original: Original, *, now: datetime) -> None:
    """Make a text a shell: also what is left of it when its author is erased from the house. Its kind takes away what
    may repeat its words elsewhere."""
    original.versions.clear()
    original.translations.clear()
    original.author_id, original.written_down_by, original.language = None, None, ""
    original.audience, original.withheld_at = SECRETARIAT, None
    original.erased_at = original.changed_at = now
    db.session.flush()
    kind_of(original).on_erased(actor, original, now)
