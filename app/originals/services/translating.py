"""Translations: rows beside the original, by a person or a machine, of one version of it (R-01)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import NotFound, RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.originals import events
from app.originals.kinds import kind_of
from app.originals.models import Original, Translation
from app.originals.services.locking import lock
from app.originals.words import LONGEST_TRANSLATION, as_written, check_body


class AlreadyTranslated(RuleBroken):
    """There is one translation per language."""

    def __init__(self) -> None:
        super().__init__(
            _l("There is a translation in this language already. Read it, or choose another language."),
            field="language",
            rule="R-01",
        )


def translate(
    actor: Actor,
    original: Original,
    *,
    language: str,
    body: str,
    of_version: int | None = None,
    machine: str = "",
    now: datetime,
) -> Translation:
    """Write a translation beside the original, which is not touched (R-01). It is labelled with the translator, or
    with `machine`, the name of the program that made it. `of_version` is the version that was translated (default:
    the current one). A translation that the original has left behind may be written anew by anybody who may translate,
    and is theirs then; no machine writes over a person's. Its kind tells the author that it waits for review.

    Raises `RuleBroken` at `language` (unknown, the original's own, taken: `AlreadyTranslated`) or `body`.
    """
    require(actor, "originals.translate", original)
    lock(original)
    body, tag = as_written(body), check_tag(language)
    if tag == original.language:
        raise RuleBroken(
            _l("The original is in this language. Choose the language you translate into."),
            field="language",
            rule="R-01",
        )
    check_body(body, longest=LONGEST_TRANSLATION)
    translation = _left_behind(original, tag, machine) or Translation(original_id=original.id, language=tag)
    translation.body, translation.machine = body, machine
    translation.translator_id = None if machine else actor.person_id
    translation.of_version = _check_version(original, of_version)
    translation.written_at, translation.reviewed_at = now, None
    try:
        with db.session.begin_nested():
            db.session.add(translation)
    except IntegrityError:
        raise AlreadyTranslated from None
    db.session.expire(original, ["translations"])
    _record(actor, "written", translation, now)
    _tell(actor, translation, now)
    return translation


def _left_behind(original: Original, language: str, machine: str) -> Translation | None:
    """The translation into this language that follows an older version, if it may be written anew."""
    for row in original.translations:
        if row.language == language and row.is_stale and (row.machine or not machine):
            return row
    return None


def _tell(actor: Actor, translation: Translation, now: datetime) -> None:
    original = translation.original
    events.translation_written.send(original, actor=actor, now=now, translation=translation)
    kind_of(original).on_translated(actor, translation, now)


def edit_translation(
    actor: Actor, translation: Translation, *, body: str, of_version: int | None = None, now: datetime
) -> Translation:
    """Let the translator write it anew, of the version at hand; it has to be reviewed again (R-01).

    Raises `RuleBroken` at `body`.
    """
    require(actor, "originals.edit_translation", translation)
    _hold(translation)
    body = as_written(body)
    check_body(body, longest=LONGEST_TRANSLATION)
    translation.body = body
    translation.of_version = _check_version(translation.original, of_version)
    translation.written_at, translation.reviewed_at = now, None
    db.session.flush()
    _record(actor, "edited", translation, now)
    _tell(actor, translation, now)
    return translation


def review_translation(actor: Actor, translation: Translation, *, now: datetime) -> Translation:
    """Let the author of the original say that the translation says what they said. Twice is once."""
    require(actor, "originals.review_translation", translation)
    _hold(translation)
    if translation.reviewed_at is None:
        translation.reviewed_at = now
        _record(actor, "reviewed", translation, now)
    return translation


def remove_translation(actor: Actor, translation: Translation, *, now: datetime) -> Original:
    """Take a translation away and return its original, which stays as it is (R-01)."""
    require(actor, "originals.remove_translation", translation)
    _hold(translation)
    original, language = translation.original, translation.language
    _record(actor, "removed", translation, now)
    original.translations.remove(translation)
    db.session.flush()
    events.translation_removed.send(original, actor=actor, now=now, language=language)
    return original


def _hold(translation: Translation) -> None:
    """Lock the original; raises `NotFound` when it or the translation is gone meanwhile."""
    lock(translation.original)
    if translation not in translation.original.translations:
        raise NotFound


def _check_version(original: Original, of_version: int | None) -> int:
    """The version that was translated; a number that never was is an address tampered with, and counts as the first."""
    if of_version is None:
        return original.version
    return min(max(of_version, 1), original.version)


def _record(actor: Actor, what: str, translation: Translation, now: datetime) -> None:
    facts = {"translation": str(translation.id), "language": translation.language, "of_version": translation.of_version}
    audit.record(
        actor, f"originals.translation.{what}", translation.original.kind, translation.original_id, facts, now=now
    )
