"""Whom leaving a group silences. The roll of a decision is frozen and whoever has left sees it no more, so that an
organisation for which nobody else speaks stays silent, and its silence may count as consent (R-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.decisions import queries
from app.decisions.models import Decision, Stage
from app.decisions.telling import speakers_for
from app.people.keys import mandated_for
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import has_voice
from app.workinggroups.queries import find_membership


@dataclass(frozen=True, slots=True)
class LeftSilent:
    """An organisation that only the reader speaks for in an open decision; `asked`: its voice can be given now."""

    decision: Decision
    organisation: Name
    asked: bool


def left_silent(actor: Actor, group: WorkingGroup, now: datetime) -> list[LeftSilent]:
    """Return what would have no voice any more in open decisions if the actor left the group."""
    place = find_membership(group, actor.person_id)
    if not mandated_for(actor) or (place is not None and not has_voice(place)):
        return []
    decisions = [row for row in queries.list_decisions(actor, group) if not row.is_settled]
    silent = queries.silent_on(decisions)
    found = [
        (row, organisation)
        for row in decisions
        for organisation in sorted(silent[row.id], key=str)
        if speakers_for(row, [organisation], now) == {actor.person_id}
    ]
    names = names_of("organisation", {organisation for _row, organisation in found}, page_language())
    return [LeftSilent(row, names[organisation], row.stage is Stage.OBJECTIONS) for row, organisation in found]
