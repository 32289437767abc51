"""What people have heard of the time of a gathering. Of several changes in a row only the last one is told, and what it
says was before is what its reader was told last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.outbox import unheard_among
from app.core.types import Facts
from app.moments.models import MomentChange, Status
from app.moments.queries import list_changes_of
from app.people.helping import key_of
from app.sessions.models import Gathering
from app.sessions.queries.series import series_of

MOVED = "sessions.session_moved"
CONFIRMED = "sessions.session_confirmed"
SERIES_MOVED = "sessions.series_moved"
TYPED = ("precision", "wall_start", "wall_end", "zone")
INSTANTS = ("precision", "starts_at", "until")


@dataclass(frozen=True, slots=True)
class Known:
    """What a person knows of a gathering before they are told of a change: its time, and `reason`, why it has another
    one now, "" where nobody said it."""

    time: Facts
    reason: str


def is_move(change: MomentChange) -> bool:
    """Whether a change gave another time, not only another state, nor other clocks for the same instant. What new rules
    of clocks moved is told by others."""
    return _differs(change.old, change.new)


def _differs(old: Facts, new: Facts) -> bool:
    return all(any(old.get(part) != new.get(part) for part in parts) for parts in (TYPED, INSTANTS))


def says_something(old: Facts, new: Facts) -> bool:
    """Whether people who know the old are told the new: it has another time, or is certain now."""
    return _differs(old, new) or Status.CONFIRMED == new.get("status") != old.get("status")


def last_told(changes: Sequence[MomentChange]) -> MomentChange | None:
    """Return the change that people are told, of a history whose latest change stands first."""
    return next((change for change in changes if says_something(change.old, change.new)), None)


def series_fact(series_id: UUID | None, at: datetime) -> str:
    """Return the fact that sessions of a series got other times at an instant."""
    return f"{series_id}:{at.isoformat()}"


def known_before(told: Sequence[tuple[Gathering, MomentChange]], parameters: Mapping[str, Any]) -> dict[UUID, Known]:
    """Return, by gathering, what the reader of a notice knows before they are told of its change: what the change says
    was before, unless they never heard of the changes before it. A helper has heard what they were told for the same
    person."""
    histories = list_changes_of([gathering.moment_id for gathering, _change in told])
    keys = {
        row.id: _keys(row, gathering, parameters)
        for gathering, change in told
        for row in histories[gathering.moment_id]
        if row.sequence < change.sequence and says_something(row.old, row.new)
    }
    unheard = unheard_among(set[str]().union(*keys.values()))
    known = {}
    for gathering, change in told:
        new_to_them = [change]
        for row in histories[gathering.moment_id]:
            if row.id in keys:
                if unheard.isdisjoint(keys[row.id]):
                    break
                new_to_them.append(row)
        reason = next((row.reason for row in new_to_them if row.reason), "")
        known[gathering.id] = Known(new_to_them[-1].old, reason)
    return known


def _keys(change: MomentChange, gathering: Gathering, parameters: Mapping[str, Any]) -> set[str]:
    """Return the keys that a notice of a change to one reader may have: of this gathering alone, or of its series."""
    keys = {key_of(kind, str(change.id), parameters) for kind in (MOVED, CONFIRMED)}
    if (series_id := series_of(gathering)) is not None:
        keys.add(key_of(SERIES_MOVED, series_fact(series_id, change.at), parameters))
    return keys
