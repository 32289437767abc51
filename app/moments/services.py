"""The use cases that write times: make a moment, change it, say who sees it.

Who may do so is the business of the package that owns the dated thing: it asks its own policy before it calls here,
so nothing here does. What new zone data move is in `zone_data`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import set_committed_value

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.types import Facts
from app.extensions import db
from app.moments.events import moment_changed, moment_created
from app.moments.models import Certainty, Modality, Moment, MomentChange, Status
from app.moments.timing import Timing, settle

MAY_BECOME: dict[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.CONFIRMED, Status.POSTPONED, Status.CANCELLED, Status.HELD}),
    Status.CONFIRMED: frozenset({Status.PLANNED, Status.POSTPONED, Status.CANCELLED, Status.HELD}),
    Status.POSTPONED: frozenset({Status.PLANNED, Status.CONFIRMED, Status.CANCELLED}),
    Status.CANCELLED: frozenset({Status.PLANNED, Status.CONFIRMED, Status.POSTPONED}),
    Status.HELD: frozenset({Status.CONFIRMED}),  # marked as held by mistake; nothing else undoes what has been
}


class StatusCannotFollow(RuleBroken):
    """A status that cannot come after the one there is (R-10)."""


class NotHeldYet(RuleBroken):
    """What has not begun cannot have been held."""


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the moment since it was read."""


def _check_held(status: Status, starts_at: datetime, now: datetime) -> None:
    if status is Status.HELD and starts_at > now:
        raise NotHeldYet(
            _l("This has not begun yet, so it cannot have been held. Choose “confirmed” until then."),
            field="status",
            rule="R-10",
        )


def _check_status(old: Status, new: Status) -> None:
    if new is old or new in MAY_BECOME[old]:
        return
    sentence = (
        _l("This was held and stays so. If it was marked by mistake, set it back to “confirmed” first.")
        if old is Status.HELD
        else _l("What did not take place at its hour cannot be held. Set it to “confirmed” first.")
    )
    raise StatusCannotFollow(sentence, field="status", rule="R-10")


def create_moment(
    actor: Actor,
    *,
    subject_kind: str,
    subject_id: UUID,
    audience: str,
    timing: Timing,
    status: Status,
    certainty: Certainty,
    modality: Modality | None = None,
    uid: str | None = None,
    now: datetime,
) -> Moment:
    """Give a thing its time, flush it and send `moment_created` (R-08). The uid is a UUID of its own unless an imported
    event brings one.

    Raises the errors of `timing.resolve` and `NotHeldYet`.
    """
    settled, starts_at, until = settle(timing)
    _check_held(status, starts_at, now)
    moment_id = uuid4()
    moment = Moment(
        id=moment_id,
        uid=uid or str(moment_id),
        sequence=0,
        subject_kind=subject_kind,
        subject_id=subject_id,
        audience=audience,
        status=status,
        certainty=certainty,
        modality=modality,
        changed_at=now,
    )
    set_timing(moment, settled, starts_at, until)
    db.session.add(moment)
    db.session.flush()
    moment_created.send(moment, actor=actor, now=now)
    return moment


def change_moment(
    actor: Actor,
    moment: Moment,
    *,
    timing: Timing | None = None,
    status: Status | None = None,
    certainty: Certainty | None = None,
    modality: Modality | None = None,
    reason: str = "",
    source: str = "",
    old_source: str = "",
    now: datetime,
) -> MomentChange | None:
    """Change what is given, keep the old values and why, let SEQUENCE grow and send `moment_changed` (R-08, R-10).
    `source` is where the new values were read, `old_source` where those before were: the history keeps both.

    None, and nothing written, when nothing is different. The uid stays: a postponed session is the same session.
    Raises the errors of `timing.resolve`, `StatusCannotFollow`, `NotHeldYet`, `ChangedMeanwhile`.
    """
    status = status or moment.status
    settled, starts_at, until = settle(timing) if timing else (Timing.of(moment), moment.starts_at, moment.until)
    _check_status(moment.status, status)
    _check_held(status, starts_at, now)
    old = facts_of(moment)
    new = facts(
        settled,
        starts_at,
        until,
        status=status,
        certainty=certainty or moment.certainty,
        modality=modality or moment.modality,
    )
    if new == old:
        return None
    take_next_sequence(moment)
    set_timing(moment, settled, starts_at, until)
    moment.status = status
    moment.certainty = certainty or moment.certainty
    moment.modality = modality or moment.modality
    read = {"source": source} if source else {}
    read_before = {"source": old_source} if old_source else {}
    return keep_change(actor, moment, old=old | read_before, new=new | read, reason=reason, now=now)


def set_audience(moment_ids: list[UUID], audience: str) -> None:
    """Give moments another audience; their histories follow, since they are seen only with their moment."""
    db.session.execute(
        sa.update(Moment).where(Moment.id.in_(moment_ids)).values(audience=audience),
        execution_options={"synchronize_session": "fetch"},
    )


def facts(
    timing: Timing,
    starts_at: datetime,
    until: datetime,
    *,
    status: Status,
    certainty: Certainty,
    modality: Modality | None,
) -> Facts:
    """Return the values of a moment as a change keeps them: as typed, with the instants of then, in plain JSON."""
    return {
        "precision": timing.precision.value,
        "wall_start": timing.wall_start and timing.wall_start.isoformat(),
        "wall_end": timing.wall_end and timing.wall_end.isoformat(),
        "zone": timing.zone,
        "is_second_start": bool(timing.is_second_start),
        "is_second_end": bool(timing.is_second_end),
        "starts_at": starts_at.isoformat(),
        "until": until.isoformat(),
        "status": status.value,
        "certainty": certainty.value,
        "modality": modality and modality.value,
    }


def facts_of(moment: Moment) -> Facts:
    """Return the values a moment has now."""
    return facts(
        Timing.of(moment),
        moment.starts_at,
        moment.until,
        status=moment.status,
        certainty=moment.certainty,
        modality=moment.modality,
    )


def set_timing(moment: Moment, timing: Timing, starts_at: datetime, until: datetime) -> None:
    moment.precision = timing.precision
    moment.wall_start, moment.wall_end, moment.zone = timing.wall_start, timing.wall_end, timing.zone
    moment.is_second_start, moment.is_second_end = bool(timing.is_second_start), bool(timing.is_second_end)
    moment.starts_at, moment.until = starts_at, until


def take_next_sequence(moment: Moment) -> None:
    """Let SEQUENCE grow by one, guarded: of two editors at once, the second one hears of the first."""
    counted = db.session.execute(
        sa.update(Moment)
        .where(Moment.id == moment.id, Moment.sequence == moment.sequence)
        .values(sequence=moment.sequence + 1),
        execution_options={"synchronize_session": False},
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise ChangedMeanwhile(_l("Somebody else changed this time while you were writing. Look at it and try again."))
    set_committed_value(moment, "sequence", moment.sequence + 1)


def keep_change(actor: Actor, moment: Moment, *, old: Facts, new: Facts, reason: str, now: datetime) -> MomentChange:
    moment.changed_at = now
    change = MomentChange(
        moment_id=moment.id,
        sequence=moment.sequence,
        at=now,
        actor_kind=actor.kind.value,
        actor_id=actor.person_id,
        reason=reason[:500],
        old=old,
        new=new,
    )
    db.session.add(change)
    db.session.flush()
    moment_changed.send(moment, change=change, actor=actor, now=now)
    return change
