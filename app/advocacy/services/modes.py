"""Ways to take part in a space, and how long a text may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy.models import (
    MODE,
    Access,
    AdvocacySpace,
    ModeCode,
    ParticipationMode,
    Standing,
    WordLimit,
)
from app.advocacy.services.spaces import Sure, keep_doubts
from app.advocacy.services.standing_by import record, stand_by
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag, one_line
from app.core.naming import slug_of
from app.core.permissions import require
from app.extensions import db

LONGEST_KEY = 60
MOST_WORDS = 100_000


class ModeIsThere(RuleBroken):
    """Two ways of a space with the same key cannot be told apart."""


class BadLimit(RuleBroken):
    """A limit counts words, and its cover page is a part of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeFacts:
    """What somebody writes about a way to take part. `labels`: what the space calls it, by language."""

    code: ModeCode
    access: Access
    sure: Sure
    labels: Mapping[str, str]
    languages: Sequence[str] = ()
    is_closed: bool = False
    is_once_per_organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """How many words a text may have; `cover_words` of them go to the cover page (R-12). `status` as in the model."""

    words: int
    cover_words: int
    sure: Sure
    status: str = ""
    is_joint: bool | None = None


def add_mode(actor: Actor, space: AdvocacySpace, facts: ModeFacts, *, now: datetime) -> ParticipationMode:
    """Add a way to take part, behind the others. Raises `ModeIsThere`, `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", space)
    last = db.session.scalar(
        sa.select(sa.func.max(ParticipationMode.position)).where(ParticipationMode.space_id == space.id)
    )
    sure = facts.sure.checked()
    mode = ParticipationMode(space_id=space.id, position=(last or 0) + 1, key=_key(facts), certainty=sure.certainty)
    _write(actor, mode, facts, now)
    try:
        with db.session.begin_nested():
            db.session.add(mode)
    except IntegrityError:
        raise ModeIsThere(
            _l(
                "This space already has such a way to take part. Change the one that is there, or say below what the "
                "space calls this one, so that the two can be told apart."
            ),
            field="code",
        ) from None
    record(actor, "mode.added", MODE, mode, {"space": str(space.id)}, now=now)
    return mode


def change_mode(actor: Actor, mode: ParticipationMode, facts: ModeFacts, *, now: datetime) -> ParticipationMode:
    """Write a way to take part anew; its key stays, so that engagements and files find it. Raises `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", mode)
    _write(actor, mode, facts, now)
    record(actor, "mode.changed", MODE, mode, now=now)
    return mode


def _key(facts: ModeFacts) -> str:
    """Return by what a way is found again within its space: its code, and what the space calls it."""
    labels = {language: text for language, text in facts.labels.items() if text.strip()}
    label = slug_of(labels, "") if labels else ""
    return "-".join(part for part in (facts.code.value, label) if part)[:LONGEST_KEY].rstrip("-")


def _write(actor: Actor, mode: ParticipationMode, facts: ModeFacts, now: datetime) -> None:
    sure = facts.sure.checked()
    values = {
        "code": facts.code,
        "access": facts.access,
        "labels": {language: one_line(text) for language, text in facts.labels.items() if text.strip()},
        "languages": [check_tag(tag, field="texts_in") for tag in facts.languages],
        "is_closed": facts.is_closed,
        "is_once_per_organisation": facts.is_once_per_organisation,
    }
    keep_doubts(mode, {name for name, value in values.items() if getattr(mode, name) != value})
    for name, value in values.items():
        setattr(mode, name, value)
    stand_by(actor, mode, certainty=sure.certainty, source=sure.source, now=now)


def add_limit(actor: Actor, mode: ParticipationMode, facts: LimitFacts, *, now: datetime) -> WordLimit:
    """Add a word limit of a way to take part. Raises `BadLimit`, `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", mode)
    limit = WordLimit(mode_id=mode.id, words=1, position=len(mode.limits) + 1, certainty=facts.sure.certainty)
    _write_limit(actor, limit, mode, facts, now)
    mode.limits.append(limit)
    db.session.flush()
    record(actor, "mode.limited", MODE, mode, {"words": facts.words}, now=now)
    return limit


def change_limit(actor: Actor, limit: WordLimit, mode: ParticipationMode, facts: LimitFacts, *, now: datetime) -> None:
    """Write a word limit anew. Raises `BadLimit`, `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", mode)
    _write_limit(actor, limit, mode, facts, now)
    record(actor, "mode.limited", MODE, mode, {"words": facts.words}, now=now)


def remove_limit(actor: Actor, limit: WordLimit, mode: ParticipationMode, *, now: datetime) -> None:
    """Take a word limit away: texts are as long as people like, or another limit holds."""
    require(actor, "advocacy.keep_catalogue", mode)
    mode.limits.remove(limit)
    db.session.flush()
    record(actor, "mode.unlimited", MODE, mode, {"words": limit.words}, now=now)


def _write_limit(actor: Actor, limit: WordLimit, mode: ParticipationMode, facts: LimitFacts, now: datetime) -> None:
    sure = facts.sure.checked()
    if not 1 <= facts.words <= MOST_WORDS:
        raise BadLimit(_l("Write a number of words from 1 to 100,000."), field="words", rule="R-12")
    if not 0 <= facts.cover_words < facts.words:
        raise BadLimit(
            _l("The cover page is a part of the text: it has fewer words than the whole."),
            field="cover_words",
            rule="R-12",
        )
    if facts.status and facts.status not in {standing.value for standing in Standing}:
        raise BadLimit(_l("Choose for whom the limit holds."), field="standing")
    same = (
        one for one in mode.limits if one is not limit and (one.status, one.is_joint) == (facts.status, facts.is_joint)
    )
    if next(same, None) is not None:
        raise BadLimit(_l("There is a limit for these texts already. Change that one."), field="standing", rule="R-12")
    limit.words, limit.cover_words = facts.words, facts.cover_words
    limit.status, limit.is_joint = facts.status, facts.is_joint
    stand_by(actor, limit, certainty=sure.certainty, source=sure.source, now=now)
