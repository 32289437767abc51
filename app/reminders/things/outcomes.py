"""What sessions agreed on, as tasks of their track; once a group has taken it up, the task reminds, and not this."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Moment
from app.outcomes.models import Outcome, OutcomeState
from app.outcomes.services.agreeing import OUTCOME
from app.people.keys import mandate_key
from app.reminders.kinds import Kind, Whom
from app.reminders.things.shape import Thing
from app.sessions.keys import facilitators_key, track_key
from app.tasks.models import Task


def read_outcomes(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield what was agreed on by its moments; what is done, dropped, removed or taken up by a group is quiet."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind == OUTCOME}
    if not by_subject:
        return
    taken = sa.select(Task.outcome_id).where(Task.outcome_id.in_(by_subject), Task.removed_at.is_(None))
    taken_up = set(db.session.scalars(taken))
    wanted = sa.select(Outcome).where(Outcome.id.in_(by_subject)).options(sa.orm.joinedload(Outcome.session))
    for outcome in db.session.scalars(wanted).unique():
        is_open = outcome.state is OutcomeState.OPEN and outcome.removed_at is None
        yield Thing(
            moment=by_subject[outcome.id],
            kind=Kind.TASK,
            scope_id=outcome.session.track_id,
            row=outcome,
            people=partial(_of_outcome, outcome),
            is_quiet=not is_open or outcome.id in taken_up,
        )


def _of_outcome(outcome: Outcome, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Who speaks for the organisation that takes it on, as far as they take part; without them, who leads the track."""
    track_id, speakers = outcome.session.track_id, set[UUID]()
    if outcome.organisation_id is not None:
        speakers = audience_holders(mandate_key(outcome.organisation_id), now) & audience_holders(
            track_key(track_id), now
        )
    leads = Whom.COORDINATORS in to_whom or (Whom.RESPONSIBLE in to_whom and not speakers)
    return (audience_holders(facilitators_key(track_id), now) if leads else set()) | (
        speakers if {Whom.RESPONSIBLE, Whom.ORGANISATION} & set(to_whom) else set()
    )
