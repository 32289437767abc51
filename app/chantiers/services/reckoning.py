"""The state of a chantier follows from its carriers, its letter and the day (R-18). Reckoned after every act that could
change it, in the same transaction, and by a job where days alone do."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from app.chantiers import activity, telling
from app.chantiers.models import Carrier, Chantier, MissionLetter
from app.chantiers.queries import chantier_of, current_carriers, list_letters
from app.core.actors import Actor
from app.core.database import change_rows
from app.extensions import db
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.services import lock_group, set_state


def reckon(actor: Actor, group: WorkingGroup, *, now: datetime) -> Chantier:
    """Bring the state of a chantier and its letter in force up to what the rule says now, and tell those it concerns.

    Active ⇔ two or three carriers, all of whom signed one edition, within its days (UTC); else suspended, or proposed
    where it was never active. A closed one stays closed. Holds the lock of the group: acts at once wait in turn.
    """
    lock_group(group)
    chantier = chantier_of(group)
    db.session.refresh(chantier)
    if group.state is GroupState.CLOSED:
        chantier.reckon_on = None
        return chantier
    carriers, today = current_carriers(group), now.date()
    letters = _signed(group)
    ids = {row.id for row in carriers}
    counting = activity.in_force(ids, letters, today)
    chantier.letter_id = counting.letter_id if counting else None
    chantier.reckon_on = _next_turn(ids, letters, counting, today)
    if counting is not None:
        _replace_earlier(group, counting.edition, now)
    _move(actor, chantier, counting is not None, carriers, now)
    db.session.flush()
    return chantier


def _signed(group: WorkingGroup) -> list[activity.Signed]:
    db.session.flush()
    return [
        activity.Signed(row.id, row.edition, row.from_on, row.until_on, frozenset(s.carrier_id for s in row.signatures))
        for row in list_letters(group)
        if row.replaced_at is None
    ]


def _next_turn(
    carriers: set[UUID], letters: list[activity.Signed], counting: activity.Signed | None, today: date
) -> date | None:
    """Days of editions that the one in force has just replaced turn nothing any more."""
    left = [row for row in letters if counting is None or row.edition >= counting.edition]
    return activity.next_turn(carriers, left, today)


def _replace_earlier(group: WorkingGroup, edition: int, now: datetime) -> None:
    earlier = sa.update(MissionLetter).where(
        MissionLetter.group_id == group.id, MissionLetter.edition < edition, MissionLetter.replaced_at.is_(None)
    )
    change_rows(earlier.values(replaced_at=now))


def _move(actor: Actor, chantier: Chantier, is_active: bool, carriers: list[Carrier], now: datetime) -> None:
    group = chantier.group
    if is_active:
        state = GroupState.ACTIVE
        chantier.began_at = chantier.began_at or now
    else:
        state = GroupState.SUSPENDED if chantier.began_at else GroupState.PROPOSED
    if set_state(actor, group, state, now=now):
        chantier.state_at = now
        telling.tell_state(actor, chantier, now=now)
