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
from app.reflections import events, telling
from app.reflections.models import Reflection, Translation
from app.reflections.originals import LONGEST_TRANSLATION, as_written, check_body
from app.reflections.services.locking import lock


class AlreadyTranslated(RuleBroken):
    """There is one translation per language."""


def translate(
    actor: Actor,
    reflection: Reflection,
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
    and is theirs then; no machine writes over a person's. The author is told that a translation waits for review.

    Raises `RuleBroken` at `language` (unknown, the original's own, taken: `AlreadyTranslated`) or `body`.
    """
    require(actor, "reflections.translate", reflection)
    lock(reflection)
    body, tag = as_written(body), check_tag(language)
    if tag == reflection.language:
        raise RuleBroken(
            _l("The original is in this language. Choose the language you translate into."),
            field="language",
            rule="R-01",
        )
    check_body(body, longest=LONGEST_TRANSLATION)
    translation = _left_behind(reflection, tag, machine) or Translation(reflection_id=reflection.id, language=tag)
    translation.body, translation.machine = body, machine
    translation.translator_id = None if machine else actor.person_id
    translation.of_version = _check_version(reflection, of_version)
    translation.written_at, translation.reviewed_at = now, None
    try:
        with db.session.begin_nested():
            db.session.add(translation)
    except IntegrityError:
        raise AlreadyTranslated(
            _l("There is a translation in this language already. Read it, or choose another language."),
            field="language",
            rule="R-01",
        ) from None
    db.session.expire(reflection, ["translations"])
    _record(actor, "written", translation, now)
    _tell(actor, translation, now)
    return translation


def _left_behind(reflection: Reflection, language: str, machine: str) -> Translation | None:
    """The translation into this language that follows an older version, if it may be written anew."""
    for row in reflection.translations:
        if row.language == language and row.is_stale and (row.machine or not machine):
            return row
    return None


def _tell(actor: Actor, translation: Translation, now: datetime) -> None:
    reflection = translation.reflection
    events.translation_written.send(reflection, actor=actor, now=now, translation=translation)
    telling.tell_author(
        actor, reflection, telling.TRANSLATED, translation.id, now=now, again=translation.written_at.isoformat()
    )


def edit_translation(
    actor: Actor, translation: Translation, *, body: str, of_version: int | None = None, now: datetime
) -> Translation:
    """Let the translator write it anew, of the version at hand; it has to be reviewed again (R-01).

    Raises `RuleBroken` at `body`.
    """
    require(actor, "reflections.edit_translation", translation)
    _hold(translation)
    body = as_written(body)
    check_body(body, longest=LONGEST_TRANSLATION)
    translation.body = body
    translation.of_version = _check_version(translation.reflection, of_version)
    translation.written_at, translation.reviewed_at = now, None
    db.session.flush()
    _record(actor, "edited", translation, now)
    _tell(actor, translation, now)
    return translation


def review_translation(actor: Actor, translation: Translation, *, now: datetime) -> Translation:
    """Let the author of the original say that the translation says what they said. Twice is once."""
    require(actor, "reflections.review_translation", translation)
    _hold(translation)
    if translation.reviewed_at is None:
        translation.reviewed_at = now
        _record(actor, "reviewed", translation, now)
    return translation


def remove_translation(actor: Actor, translation: Translation, *, now: datetime) -> Reflection:
    """Take a translation away and return its original, which stays as it is (R-01)."""
    require(actor, "reflections.remove_translation", translation)
    _hold(translation)
    reflection, language = translation.reflection, translation.language
    _record(actor, "removed", translation, now)
    reflection.translations.remove(translation)
    db.session.flush()
    events.translation_removed.send(reflection, actor=actor, now=now, language=language)
    return reflection


def _hold(translation: Translation) -> None:
    """Lock the original; raises `NotFound` when it or the translation is gone meanwhile."""
    lock(translation.reflection)
    if translation not in translation.reflection.translations:
        raise NotFound


def _check_version(reflection: Reflection, of_version: int | None) -> int:
    """The version that was translated; a number that never was is an address tampered with, and counts as the first."""
    if of_version is None:
        return reflection.version
    return min(max(of_version, 1), reflection.version)


def _record(actor: Actor, what: str, translation: Translation, now: datetime) -> None:
    facts = {"translation": str(translation.id), "language": translation.language, "of_version": translation.of_version}
    audit.record(actor, f"reflections.translation.{what}", "reflection", translation.reflection_id, facts, now=now)
