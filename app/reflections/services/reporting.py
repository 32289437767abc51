"""Reports of abuse: any reader says what is wrong, those who lead decide; nobody learns who reported."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import actors
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.originals.services import lock
from app.reflections import telling
from app.reflections.models import AbuseReport, Ground, Reflection
from app.reflections.queries import find_own_report, find_withholding, is_about_older_words
from app.reflections.services.audit_lines import record
from app.reflections.services.withholding import check_words, end_withholding, withhold


def report_reflection(actor: Actor, reflection: Reflection, *, words: str, now: datetime) -> AbuseReport:
    """Say what is wrong with a text, in any language; once per person and text, and anew when the text has
    changed since somebody decided. The audit names no reporter.

    Raises `RuleBroken` at `words`, and for a second report of the same words.
    """
    require(actor, "reflections.report", reflection)
    words = check_words(words, field="words")
    lock(reflection)
    report = find_own_report(actor, reflection)
    if report is None:
        report = _first_report(actor, reflection, words, now)
    elif is_about_older_words(report, reflection):
        report.words, report.reported_at, report.decided_at, report.decided_by = words, now, None, None
        db.session.flush()
    else:
        raise RuleBroken(_already(report))
    record(actors.job("reflections.report"), "reported", reflection, now)
    telling.tell_reported(actor, report, now=now)
    return report


def _first_report(actor: Actor, reflection: Reflection, words: str, now: datetime) -> AbuseReport:
    report = AbuseReport(reflection_id=reflection.id, reporter_id=actor.person_id, words=words, reported_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError:
        raise RuleBroken(_already(report)) from None
    return report


def _already(report: AbuseReport) -> LazyString:
    if report.decided_at is not None:
        return _l("You have reported this reflection already, and those who lead the track have decided.")
    return _l("You have reported this reflection already. Those who lead the track look at it.")


def leave_reported(actor: Actor, reflection: Reflection, *, now: datetime) -> Reflection:
    """Decide that a reported text stays. Raises `RuleBroken` when somebody else decided meanwhile."""
    require(actor, "reflections.look_after", reflection)
    lock(reflection)
    _decide(actor, reflection, now)
    record(actor, "left", reflection, now)
    return reflection


def hide_reported(actor: Actor, reflection: Reflection, *, reason: str, now: datetime) -> Reflection:
    """Hide a reported text everywhere, with a reason its author reads and may appeal. A text that is held becomes one
    that is hidden. Raises `RuleBroken` at `reason`, and when somebody else decided meanwhile."""
    require(actor, "reflections.look_after", reflection)
    reason = check_words(reason, field="reason")
    lock(reflection)
    require(actor, "reflections.look_after", reflection)
    _decide(actor, reflection, now)
    held = find_withholding(reflection)
    if held is not None and held.ground is Ground.CARE:
        end_withholding(actor, held, now=now)
    withhold(actor, reflection, ground=Ground.ABUSE, reason=reason, now=now)
    return reflection


def _decide(actor: Actor, reflection: Reflection, now: datetime) -> None:
    waiting = sa.update(AbuseReport).where(AbuseReport.reflection_id == reflection.id, AbuseReport.decided_at.is_(None))
    if change_rows(waiting.values(decided_at=now, decided_by=actor.person_id)) == 0:
        raise RuleBroken(_l("Somebody else decided meanwhile: no report waits any more."))
