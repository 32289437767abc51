"""A person of this house stands by a row of the catalogue: from then on no file changes it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.advocacy.models import Fact
from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.core.types import Facts
from app.moments.models import Certainty

LONGEST_SOURCE = 500
LONGEST_REASON = 500


class SourceMissing(RuleBroken):
    """What is said to be sure names where it was read."""


class ReasonMissing(RuleBroken):
    """Others plan by this date: they are told why it changed."""


def stand_by(actor: Actor, fact: Fact, *, certainty: Certainty | None = None, source: str = "", now: datetime) -> None:
    """Let the row be this person's word, looked at today; it is as sure as before unless said."""
    fact.certainty = certainty or fact.certainty
    fact.source = source or fact.source
    fact.confirmed_at, fact.confirmed_by = now, actor.person_id
    look_at(actor, fact, now)


def look_at(actor: Actor, fact: Fact, now: datetime) -> None:
    """Note who compared the row with its source, and on which day."""
    fact.checked_on, fact.checked_by = now.date(), actor.person_id


def clip_source(source: str) -> str:
    """Return where something was read, on one line; "" where nobody said it, or nobody would see anything of it."""
    return _seen(source, LONGEST_SOURCE)


def _seen(words: str, longest: int) -> str:
    line = one_line(words)[:longest]
    return "" if is_blank(line) else line


def check_source(source: str) -> str:
    """Return where a date was read, on one line. Raises `SourceMissing`."""
    source = clip_source(source)
    if not source:
        raise SourceMissing(
            _l("Say where this date stands: the address of the page, or the letter and its day."),
            field="source",
            rule="R-09",
        )
    return source


def check_reason(reason: str) -> str:
    """Return why a date changes, on one line. Raises `ReasonMissing`."""
    reason = _seen(reason, LONGEST_REASON)
    if not reason:
        raise ReasonMissing(_l("Write why: groups plan by this date, and read it here."), field="reason")
    return reason


def record(actor: Actor, code: str, kind: str, thing: object, facts: Facts | None = None, *, now: datetime) -> None:
    """Write one line of the audit about a thing of the catalogue."""
    audit.record(actor, f"advocacy.{code}", kind, thing.id, facts, now=now)  # type: ignore[attr-defined]  # rows have one
