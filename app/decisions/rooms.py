"""The room of decisions on the page of a group, what leaving it silences, and the way from a poll to a proposal."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.decisions import leaving, policy, queries
from app.decisions.listing import lines_of
from app.workinggroups.models import WorkingGroup

IN_A_ROOM = 4
"""So many open decisions stand on the page of a group."""


def decisions_of_group(actor: Actor, *, group: WorkingGroup) -> Markup:
    """What is open, what waits for the reader's voice first; how many were settled."""
    decisions = queries.list_decisions(actor, group)
    may_propose = policy.can_propose(actor, group)
    if not decisions and not may_propose:
        return Markup("")
    open_ones = [row for row in decisions if not row.is_settled]
    return rendered(
        "decisions/group_room.html",
        group=group,
        lines=lines_of(actor, open_ones, clock.now())[:IN_A_ROOM],
        settled=len(decisions) - len(open_ones),
        may_propose=may_propose,
    )


def decisions_to_go_on_with(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the handover sheet: what is being decided, and what came of which decision is to be looked at."""
    now = clock.now()
    decisions = queries.list_decisions(actor, group)
    return rendered(
        "decisions/handover.html",
        group=group,
        lines=lines_of(actor, [row for row in decisions if not row.is_settled], now),
        to_review=[row for row in decisions if row.is_settled and row.review is not None and row.review.until >= now],
    )


def voices_left_behind(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: for whom nobody here could speak any more, while their silence may count as consent."""
    lines = leaving.left_silent(actor, group, clock.now())
    return rendered("decisions/leaving.html", group=group, lines=lines) if lines else Markup("")


def way_to_propose(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """On the page of a poll: advice becomes a decision only by a proposal."""
    return rendered("decisions/poll_room.html", group=group) if policy.can_propose(actor, group) else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "decisions", decisions_of_group, order=40)
    slots.fill("workinggroups.handover", "decisions", decisions_to_go_on_with, order=10)
    slots.fill("workinggroups.leaving", "decisions", voices_left_behind, order=10)
    slots.fill("polls.poll", "decisions", way_to_propose)
