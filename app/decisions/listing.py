"""Decisions in lists, and for which of them the reader's organisation has not spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.decisions import policy, queries, words
from app.decisions.models import Decision, Stage
from app.decisions.showing import steps_of
from app.moments.endings import Ending, ending_of
from app.people.keys import mandated_for


@dataclass(frozen=True, slots=True)
class Line:
    """A decision in a list: its stage, until when, and what waits for the reader: the voice of an own organisation, and
    those of others that gave theirs to it (`entrusted`)."""

    decision: Decision
    stage: Any
    tone: str
    ending: Ending | None
    is_over: bool
    own_waits: bool
    entrusted: list[Name]

    @property
    def waits(self) -> bool:
        return self.own_waits or bool(self.entrusted)


def lines_of(actor: Actor, decisions: Iterable[Decision], now: datetime) -> list[Line]:
    """Return decisions as a list prints them, what waits for the reader's voice first."""
    rows = list(decisions)
    waiting = waiting_for(actor, rows, now)
    names = names_of("organisation", {giver for voices in waiting.values() for giver in voices}, page_language())
    lines = [_line(row, waiting.get(row.id, {}), names, now) for row in rows]
    return sorted(lines, key=lambda line: (not line.waits, line.decision.is_settled))


def waiting_for(actor: Actor, decisions: Iterable[Decision], now: datetime) -> dict[UUID, dict[UUID, UUID | None]]:
    """Return, by decision, the organisations that the reader may still speak for, each with the one that holds its
    voice; None for an own one. Three queries for any number."""
    asked = [row for row in decisions if _asks(row, now) and policy.can_take_part(actor, row)]
    speaks = mandated_for(actor)
    if not asked or not speaks:
        return {}
    silent, held = queries.silent_on(asked), queries.holders_for([row.id for row in asked])
    found = {
        row.id: {one: held[row.id].get(one) for one in silent[row.id] if held[row.id].get(one, one) in speaks}
        for row in asked
    }
    return {decision_id: organisations for decision_id, organisations in found.items() if organisations}


def _asks(decision: Decision, now: datetime) -> bool:
    window = decision.window
    return decision.stage is Stage.OBJECTIONS and window is not None and window.moment.until > now


def _line(decision: Decision, waiting: Mapping[UUID, UUID | None], names: Mapping[UUID, Name], now: datetime) -> Line:
    window = decision.window
    is_open = window is not None and window.closed_at is None
    steps = steps_of(decision)
    current = next((one for one in steps if one.tone == "confirmed"), steps[-1])
    ending = ending_of(window.moment) if window is not None and is_open else None
    is_over = ending is not None and ending.until <= now
    return Line(
        decision=decision,
        stage=words.STAGES[decision.stage],
        tone=current.tone,
        ending=ending,
        is_over=is_over,
        own_waits=None in waiting.values(),
        entrusted=sorted((names[giver] for giver, holder in waiting.items() if holder is not None), key=str),
    )
