"""How a decision goes on after voices were given: counted, amended, laid down; and what follows from it (R-23)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.decisions import events, record, telling, texts
from app.decisions.counting import Count
from app.decisions.models import Decision, Intent, Stage, Statement, WindowKind
from app.decisions.queries import count_of, find_statement
from app.decisions.services.locking import MovedMeanwhile, check_group_goes_on, check_not_settled, lock, move
from app.decisions.services.saying import organisation_of
from app.decisions.services.windows import SUBJECT, start_window
from app.decisions.texts import Words
from app.extensions import db
from app.moments.endings import Closing, lazy_end
from app.moments.models import Certainty, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.workinggroups.keys import group_key


class ClosedAlready(RuleBroken):
    """Somebody else closed it first; it was counted once."""


class NotOverYet(RuleBroken):
    """Those who have not spoken still have time."""


class CannotAmendNow(RuleBroken):
    """While voices are given, the words stand."""


class NothingAmended(RuleBroken):
    """The same words again would take the objections away, and answer none."""


class ReviewInThePast(RuleBroken):
    """A decision is looked at again on a day to come."""


def close_window(actor: Actor, decision: Decision, *, now: datetime) -> Count:
    """Count the voices. An objection that stands leads to `objected`; else the quorum decides between `adopted` and
    `no_quorum`. Never before the end, unless every organisation of the roll has spoken. Where every objection was
    withdrawn after the window had closed, it is counted again.

    Raises `ClosedAlready`, `NotOverYet`.
    """
    require(actor, "decisions.lead", decision)
    lock(decision)
    count = count_of(decision)
    before = decision.stage
    if before is not Stage.OBJECTIONS and not (before is Stage.OBJECTED and count.result is not Stage.OBJECTED):
        raise ClosedAlready(_closed_sentence(before), rule="R-23")
    _end_window(actor, decision, count, now)
    _move_counted(actor, decision, before, count, now)
    searching.changed(SUBJECT, [decision.id])
    facts = {"result": count.result.value, "spoken": count.spoken, "quorum": count.quorum, "version": decision.version}
    audit.record(actor, "decisions.decision.counted", SUBJECT, decision.id, facts, now=now)
    telling.tell_closed(actor, decision, now=now)
    events.decision_counted.send(decision, actor=actor, now=now)
    return count


def _closed_sentence(stage: Stage) -> object:
    if stage in (Stage.DRAFTED, Stage.CLARIFICATION, Stage.REACTIONS):
        return _l("No voices have been asked for yet, so there is nothing to count.")
    if stage is Stage.ADOPTED:
        return _l("This is closed already: somebody else counted first, and it is adopted.")
    return _l("This is closed already: somebody else counted first. Look at what came out.")


def _end_window(actor: Actor, decision: Decision, count: Count, now: datetime) -> None:
    window = decision.window
    if window is None:
        raise ClosedAlready(_closed_sentence(decision.stage), rule="R-23")
    if window.closed_at is None:
        if now < window.moment.until and not count.is_complete:
            raise NotOverYet(
                _l(
                    "Organisations have time until %(end)s, and some have not spoken. Close it then, or when all have.",
                    end=lazy_end(window.moment),
                ),
                rule="R-23",
            )
        window.closed_at, window.closed_by, window.remind_at = now, actor.person_id, None
        if window.moment.starts_at <= now:
            change_moment(actor, window.moment, status=Status.HELD, now=now)
    window.result, window.spoken = count.result, count.spoken
    db.session.flush()


def _move_counted(actor: Actor, decision: Decision, before: Stage, count: Count, now: datetime) -> None:
    try:
        if count.result is Stage.ADOPTED:
            move(decision, before, Stage.ADOPTED, settled_at=now, settled_by=actor.person_id)
            seal(decision)
        else:
            move(decision, before, count.result)
    except MovedMeanwhile:
        raise ClosedAlready(_closed_sentence(before), rule="R-23") from None


def seal(decision: Decision) -> None:
    """Freeze the record by its digest: late voices and translations are added beside it, nothing in it changes."""
    db.session.flush()
    decision.digest = record.digest_of(decision)
    db.session.flush()


def amend(
    actor: Actor, decision: Decision, words: Words, *, version: int, closing: Closing | None = None, now: datetime
) -> Decision:
    """Give the proposal another version; `version` is the one its writer was looking at. Before voices were asked for,
    the window goes on. After they were counted, a new window of objections opens until `closing`, and the voices to the
    older version stay as history.

    Raises `CannotAmendNow`, `NothingAmended`, `MovedMeanwhile`, `Settled`, `GroupIsClosed`, the errors of windows,
    `RuleBroken` at `body`, `language`.
    """
    require(actor, "decisions.change", decision)
    lock(decision)
    check_not_settled(decision)
    before = decision.stage
    if before is Stage.DRAFTED:
        raise CannotAmendNow(_l("This is a draft: change it freely, without another version."))
    if before is Stage.OBJECTIONS:
        raise CannotAmendNow(
            _l("Organisations are giving their voices to these words. Amend them once the window is closed."),
            rule="R-23",
        )
    asks_anew = before in (Stage.OBJECTED, Stage.NO_QUORUM)
    if asks_anew and closing is None:
        raise CannotAmendNow(_l("Say until when organisations may answer the new version."), field="day", rule="R-23")
    check_group_goes_on(decision)
    _next_version(decision, version)
    if texts.is_unchanged(decision, words):
        raise NothingAmended(
            _l("These words stand already. Change them: nobody is asked anew about the same words."),
            field="body",
            rule="R-23",
        )
    texts.amend(actor, decision, words, missing=_l("Write the proposal as it reads now."), now=now)
    db.session.flush()
    window = None
    if asks_anew and closing is not None:
        move(decision, before, Stage.OBJECTIONS)
        window = start_window(actor, decision, WindowKind.OBJECTIONS, closing, now=now)
    searching.changed(SUBJECT, [decision.id])
    audit.record(actor, "decisions.decision.amended", SUBJECT, decision.id, {"version": decision.version}, now=now)
    telling.tell_amended(actor, decision, window, now=now)
    events.proposal_amended.send(decision, actor=actor, now=now)
    return decision


def _next_version(decision: Decision, seen: int) -> None:
    taking = sa.update(Decision).where(Decision.id == decision.id, Decision.version == seen)
    if change_rows(taking.values(version=seen + 1)) != 1:
        raise MovedMeanwhile(
            _l("Somebody else amended this since you opened this page. Compare their version with yours, then send.")
        )
    db.session.refresh(decision, ["version"])


def lay_down(actor: Actor, decision: Decision, words: Words, *, now: datetime) -> Decision:
    """Give a proposal up, with words why. Raises `Settled`, `RuleBroken` at `body` and `language`."""
    require(actor, "decisions.change", decision)
    lock(decision)
    check_not_settled(decision)
    _say(actor, decision, Intent.LAYING_DOWN, words, missing=_l("Write why it is laid down."), now=now)
    window = decision.window
    if window is not None and window.closed_at is None:
        window.closed_at, window.closed_by, window.remind_at = now, actor.person_id, None
        window.result = Stage.LAID_DOWN
        if window.moment.until > now:
            change_moment(actor, window.moment, status=Status.CANCELLED, now=now)
    move(decision, decision.stage, Stage.LAID_DOWN, settled_at=now, settled_by=actor.person_id)
    seal(decision)
    searching.changed(SUBJECT, [decision.id])
    audit.record(actor, "decisions.decision.laid_down", SUBJECT, decision.id, {}, now=now)
    telling.tell_closed(actor, decision, now=now)
    events.decision_laid_down.send(decision, actor=actor, now=now)
    return decision


def record_outcome(actor: Actor, decision: Decision, words: Words, *, review_on: date, now: datetime) -> Statement:
    """Write down what follows from an adopted proposal, once, and the day on which it is looked at again.

    Raises `RuleBroken` (not adopted; written already; at `body`, `language`), `ReviewInThePast`.
    """
    require(actor, "decisions.lead", decision)
    lock(decision)
    if decision.stage is not Stage.ADOPTED:
        raise RuleBroken(_l("An outcome follows from a proposal that was adopted."), rule="R-23")
    if find_statement(decision, Intent.OUTCOME) is not None:
        raise RuleBroken(_l("The outcome is written already. Look at the page again."))
    if review_on <= now.date():
        raise ReviewInThePast(_l("Choose a day to come: on it the group looks at this again."), field="review_on")
    said = _say(actor, decision, Intent.OUTCOME, words, missing=_l("Write what follows from this decision."), now=now)
    decision.review = create_moment(
        actor,
        subject_kind=SUBJECT,
        subject_id=decision.id,
        audience=group_key(decision.group_id),
        timing=Timing.days(review_on),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    db.session.flush()
    facts = {"review_on": review_on.isoformat()}
    audit.record(actor, "decisions.outcome.recorded", SUBJECT, decision.id, facts, now=now)
    events.outcome_recorded.send(decision, actor=actor, now=now)
    return said


def _say(
    actor: Actor, decision: Decision, intent: Intent, words: Words, *, missing: object, now: datetime
) -> Statement:
    return texts.write_statement(
        actor, decision, intent, words, missing=missing, organisation_id=organisation_of(actor, decision), now=now
    )
