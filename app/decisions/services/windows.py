"""The windows of a decision: for questions, for reactions, for voices. Each opens now and closes at its instant, which
may be put off and never brought forward."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import aliased

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.decisions import events, telling
from app.decisions.models import Decision, GivenVoice, Stage, Statement, Window, WindowKind
from app.decisions.services.locking import check_group_goes_on, check_not_settled, lock, move
from app.decisions.services.roll import freeze_roll
from app.extensions import db
from app.moments.endings import Closing, lazy_end, timing_until
from app.moments.models import Certainty, Moment, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.workinggroups.keys import group_key

SUBJECT = "decision"

REMINDED_BEFORE = timedelta(hours=48)
"""So long before the end those who have not spoken are told; a shorter window was told of when it opened."""

LONGEST_OPEN = timedelta(days=366)
"""Longer than this a year was mistyped, and nobody's time is cut afterwards."""

NEXT: dict[Stage, WindowKind] = {
    Stage.DRAFTED: WindowKind.CLARIFICATION,
    Stage.CLARIFICATION: WindowKind.REACTIONS,
    Stage.REACTIONS: WindowKind.OBJECTIONS,
}
"""What is opened next."""


class ClosesBeforeItOpens(RuleBroken):
    """A window opens now, and closes later than that."""


class ClosesTooLate(RuleBroken):
    """A window that would outlast everybody's patience."""


class WindowStillOpen(RuleBroken):
    """People were told until when they have time."""


class NothingToOpen(RuleBroken):
    """The windows come in their order."""


class CannotShorten(RuleBroken):
    """A window is prolonged; it never closes earlier than people were told."""


def open_window(actor: Actor, decision: Decision, closing: Closing, *, now: datetime) -> Window:
    """Open the next window. The first one opens the decision: the roll is frozen, the quorum stands (R-23).

    Raises `ClosesBeforeItOpens`, `WindowStillOpen`, `NothingToOpen`, `MovedMeanwhile`, `GroupIsClosed`, and the errors
    of the roll.
    """
    require(actor, "decisions.lead", decision)
    lock(decision)
    check_not_settled(decision)
    check_group_goes_on(decision)
    before, kind = decision.stage, NEXT.get(decision.stage)
    if kind is None:
        raise NothingToOpen(_l("Voices have been asked for already. Close, prolong or amend."), rule="R-23")
    open_one = decision.window
    if open_one is not None and open_one.moment.until > now:
        raise WindowStillOpen(
            _l("People have time until %(end)s. Open what comes next after that.", end=lazy_end(open_one.moment)),
            rule="R-23",
        )
    if before is Stage.DRAFTED:
        freeze_roll(decision, now.date())
    opened_at = {"opened_at": now} if before is Stage.DRAFTED else {}
    move(decision, before, Stage(kind.value), **opened_at)
    window = start_window(actor, decision, kind, closing, now=now)
    telling.tell_opened(actor, window, now=now)
    return window


def start_window(actor: Actor, decision: Decision, kind: WindowKind, closing: Closing, *, now: datetime) -> Window:
    """Open a window for the current version, and end the one before. Whether the actor may, and whether it is time, is
    asked by the services that call this one; they tell people, each in its own words. Raises `ClosesBeforeItOpens`."""
    if decision.window is not None and decision.window.closed_at is None:
        decision.window.closed_at, decision.window.closed_by = now, actor.person_id
        db.session.flush()
    _check_order(closing, now)
    moment = create_moment(
        actor,
        subject_kind=SUBJECT,
        subject_id=decision.id,
        audience=group_key(decision.group_id),
        timing=timing_until(closing, now),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    window = Window(
        id=uuid4(),
        kind=kind,
        version=decision.version,
        moment=moment,
        opened_at=now,
        opened_by=actor.person_id,
        remind_at=_reminder(kind, moment, now),
    )
    decision.windows.append(window)
    db.session.flush()
    facts = {"kind": kind.value, "version": decision.version, "until": moment.until.isoformat()}
    audit.record(actor, "decisions.window.opened", SUBJECT, decision.id, facts, now=now)
    events.window_opened.send(window, actor=actor, now=now)
    return window


def _check_order(closing: Closing, now: datetime) -> None:
    if closing.instant <= now:
        raise ClosesBeforeItOpens(
            _l("This would close before it opens. Choose a day and an hour that are still to come."),
            field="day",
            rule="R-23",
        )
    if closing.instant - now > LONGEST_OPEN:
        raise ClosesTooLate(
            _l("This is more than a year from now, and an end is never brought forward. Look at the year again."),
            field="day",
        )


def _reminder(kind: WindowKind, moment: Moment, now: datetime) -> datetime | None:
    due = moment.until - REMINDED_BEFORE
    return due if kind is WindowKind.OBJECTIONS and due > now else None


def prolong_window(actor: Actor, decision: Decision, closing: Closing, *, now: datetime) -> Window:
    """Put the end of the window off; where too few organisations had spoken, open a further one for the same words. A
    voice that came too late counts then, unless its organisation had spoken in time.

    Raises `CannotShorten`, `ClosesBeforeItOpens`, `NothingToOpen`, `GroupIsClosed`.
    """
    require(actor, "decisions.lead", decision)
    lock(decision)
    check_not_settled(decision)
    check_group_goes_on(decision)
    window = decision.window
    if decision.stage is Stage.NO_QUORUM:
        move(decision, Stage.NO_QUORUM, Stage.OBJECTIONS)
        window = start_window(actor, decision, WindowKind.OBJECTIONS, closing, now=now)
    elif window is None or window.closed_at is not None:
        raise NothingToOpen(_l("No window is open. Nothing can be prolonged."), rule="R-23")
    else:
        _put_off(actor, window, closing, now)
    telling.tell_prolonged(actor, window, now=now)
    if window.kind is WindowKind.OBJECTIONS:
        _take_in_late_voices(decision)
    return window


def _put_off(actor: Actor, window: Window, closing: Closing, now: datetime) -> None:
    before, old_end = Timing.of(window.moment), window.moment.until
    _check_order(closing, now)
    timing, until = timing_until(closing, window.moment.starts_at), closing.instant
    if until <= old_end:
        raise CannotShorten(
            _l("People were told %(end)s. Choose a later end: nobody's time is cut.", end=lazy_end(window.moment)),
            field="day",
            rule="R-23",
        )
    change_moment(actor, window.moment, timing=timing, now=now)
    if window.kind is WindowKind.OBJECTIONS:
        window.remind_at = max(now, until - REMINDED_BEFORE)
    db.session.flush()
    facts = {"kind": window.kind.value, "from": old_end.isoformat(), "to": until.isoformat(), "zone": before.zone}
    audit.record(actor, "decisions.window.prolonged", SUBJECT, window.decision_id, facts, now=now)


def _take_in_late_voices(decision: Decision) -> None:
    """Count what came too late for the end that was put off."""
    other = aliased(GivenVoice)
    in_time = sa.exists().where(
        other.decision_id == GivenVoice.decision_id,
        other.version == GivenVoice.version,
        other.organisation_id == GivenVoice.organisation_id,
        other.is_late.is_(False),
        other.replaced_at.is_(None),
    )
    change_rows(
        sa.update(GivenVoice)
        .where(
            GivenVoice.decision_id == decision.id,
            GivenVoice.version == decision.version,
            GivenVoice.is_late.is_(True),
            GivenVoice.replaced_at.is_(None),
            ~in_time,
        )
        .values(is_late=False)
    )
    counted = sa.select(GivenVoice.words_id).where(GivenVoice.decision_id == decision.id, GivenVoice.is_late.is_(False))
    change_rows(
        sa.update(Statement).where(Statement.id.in_(counted), Statement.is_late.is_(True)).values(is_late=False)
    )
