"""What a session agreed on: noted, edited, closed, opened again, removed. Its date, where one was said, is a moment."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import NotFound, RuleBroken
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.extensions import db
from app.moments.models import Certainty, Moment, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.outcomes import events
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState
from app.outcomes.words import LONGEST_WHO, LONGEST_WITH, LONGEST_WORDS, check_words
from app.people.queries import get_visible_organisation
from app.sessions.keys import track_key
from app.sessions.models import LearningSession

OUTCOME = "outcome"


class OutcomeChangedMeanwhile(RuleBroken):
    """Somebody else changed or removed this outcome; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on, as it was said: who does it (free words, an organisation, or both), with whom, by when."""

    kind: OutcomeKind
    words: str
    language: str
    who: str = ""
    organisation_id: UUID | None = None
    with_whom: str = ""
    by: Timing | None = None


def digest_of(outcome: Outcome) -> str:
    """Return a hash of all that an outcome's form is filled from: two editors find out by it about each other."""
    said = [outcome.kind, outcome.words, outcome.language, outcome.who, str(outcome.organisation_id), outcome.with_whom]
    moment = outcome.moment
    due = [moment.precision, str(moment.wall_start), str(moment.wall_end)] if moment is not None else []
    return hashlib.sha256(json.dumps([*said, *due]).encode()).hexdigest()


def note_outcome(actor: Actor, session: LearningSession, agreed: Agreed, *, now: datetime) -> Outcome:
    """Write down what a session agreed on; it is open. Raises `RuleBroken` at `words`, `language`, `who`,
    `organisation` and `with_whom`, and the errors of `timing.resolve`."""
    require(actor, "outcomes.note", session)
    outcome = Outcome(
        id=uuid4(),
        session_id=session.id,
        position=_next_position(session),
        state=OutcomeState.OPEN,
        noted_by=actor.person_id,
        noted_at=now,
    )
    outcome.session = session
    _set_said(actor, outcome, agreed)
    _set_date(actor, outcome, agreed.by, now)
    db.session.add(outcome)
    db.session.flush()
    _record(actor, "noted", outcome, now, kind=outcome.kind.value)
    events.outcome_noted.send(outcome, actor=actor, now=now)
    return outcome


def change_outcome(actor: Actor, outcome: Outcome, agreed: Agreed, *, filled_from: str, now: datetime) -> Outcome:
    """Write an outcome anew. `filled_from` is `digest_of` what the writer was looking at.

    Raises `OutcomeChangedMeanwhile`, else as `note_outcome`. The same words again change nothing.
    """
    require(actor, "outcomes.change", outcome)
    _hold(outcome)
    before = digest_of(outcome)
    if filled_from not in ("", before):
        raise OutcomeChangedMeanwhile(
            _l(
                "Somebody changed this since you opened this page. Compare what is there now with what you wrote, "
                "then save."
            )
        )
    _set_said(actor, outcome, agreed)
    _set_date(actor, outcome, agreed.by, now)
    db.session.flush()
    if digest_of(outcome) != before:
        _record(actor, "changed", outcome, now, kind=outcome.kind.value)
        events.outcome_changed.send(outcome, actor=actor, now=now)
    return outcome


def set_state(actor: Actor, outcome: Outcome, *, state: OutcomeState, now: datetime) -> Outcome:
    """Say that an outcome is done, dropped, or open again; twice is once, and is announced once. The date of what was
    dropped is called off, so that no calendar goes on asking for it."""
    require(actor, "outcomes.change", outcome)
    changed = change_rows(
        sa.update(Outcome)
        .where(Outcome.id == outcome.id, Outcome.removed_at.is_(None), Outcome.state != state)
        .values(state=state)
    )
    if not changed:
        return outcome
    if outcome.moment is not None:
        status = Status.CANCELLED if state is OutcomeState.DROPPED else Status.PLANNED
        change_moment(actor, outcome.moment, status=status, now=now)
    _record(actor, state.value if state is not OutcomeState.OPEN else "reopened", outcome, now)
    event = events.outcome_reopened if state is OutcomeState.OPEN else events.outcome_closed
    event.send(outcome, actor=actor, now=now)
    return outcome


def remove_outcome(actor: Actor, outcome: Outcome, *, now: datetime) -> Outcome:
    """Take away what was noted by mistake; its date is called off. Twice is once."""
    require(actor, "outcomes.change", outcome)
    removed = change_rows(
        sa.update(Outcome).where(Outcome.id == outcome.id, Outcome.removed_at.is_(None)).values(removed_at=now)
    )
    if removed:
        if outcome.moment is not None:
            change_moment(actor, outcome.moment, status=Status.CANCELLED, now=now)
        _record(actor, "removed", outcome, now)
        events.outcome_removed.send(outcome, actor=actor, now=now)
    return outcome


def _next_position(session: LearningSession) -> int:
    """The place after the last one; two noted at one instant share a place and stand in the order of their time."""
    last = db.session.scalar(sa.select(sa.func.max(Outcome.position)).where(Outcome.session_id == session.id))
    return 1 if last is None else last + 1


def _hold(outcome: Outcome) -> None:
    """Lock the row and read it anew; raises `OutcomeChangedMeanwhile` when it was removed."""
    db.session.refresh(outcome, with_for_update={"of": Outcome})
    if outcome.moment is not None:
        db.session.refresh(outcome.moment)
    if outcome.removed_at is not None:
        raise OutcomeChangedMeanwhile(
            _l("Somebody removed this since you opened this page. Note it anew if it stands.")
        )


def _set_said(actor: Actor, outcome: Outcome, agreed: Agreed) -> None:
    outcome.kind = agreed.kind
    outcome.words = check_words(
        agreed.words, field="words", longest=LONGEST_WORDS, missing=_l("Write what was agreed, in a sentence or two.")
    )
    outcome.language = check_tag(agreed.language)
    outcome.who = _line(agreed.who, "who", LONGEST_WHO)
    outcome.with_whom = _line(agreed.with_whom, "with_whom", LONGEST_WITH)
    outcome.organisation_id = _organisation(actor, outcome, agreed.organisation_id)


def _line(text: str, field: str, longest: int) -> str:
    text = one_line(text)
    return check_words(text, field=field, longest=longest, missing="") if text else ""


def _organisation(actor: Actor, outcome: Outcome, organisation_id: UUID | None) -> UUID | None:
    if organisation_id in (None, outcome.organisation_id):
        return organisation_id
    try:
        return get_visible_organisation(actor, organisation_id).id
    except NotFound:
        raise RuleBroken(
            _l("Choose the organisation from the list, or leave it empty."), field="organisation"
        ) from None


def _set_date(actor: Actor, outcome: Outcome, by: Timing | None, now: datetime) -> None:
    """Give an outcome its date, another one, or none."""
    if by is None:
        _take_date(outcome)
    elif outcome.moment is None:
        outcome.moment = _new_date(actor, outcome, by, now)
    else:
        change_moment(actor, outcome.moment, timing=by, now=now)


def _new_date(actor: Actor, outcome: Outcome, by: Timing, now: datetime) -> Moment:
    return create_moment(
        actor,
        subject_kind=OUTCOME,
        subject_id=outcome.id,
        audience=track_key(outcome.session.track_id),
        timing=by,
        status=Status.CANCELLED if outcome.state is OutcomeState.DROPPED else Status.PLANNED,
        certainty=Certainty.VERIFIED,
        now=now,
    )


def _take_date(outcome: Outcome) -> None:
    """A date that was taken back leaves no trace in calendars: nobody has to be told that there is none."""
    moment = outcome.moment
    if moment is not None:
        outcome.moment = None
        db.session.flush()
        db.session.delete(moment)


def _record(actor: Actor, act: str, outcome: Outcome, now: datetime, **facts: str) -> None:
    audit.record(actor, f"outcomes.outcome.{act}", OUTCOME, outcome.id, facts, now=now)
