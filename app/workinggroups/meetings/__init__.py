"""Meetings of groups: what the house has to know so that they are gatherings like the sessions of tracks.

Their page, desk, sheet and minutes are those of every gathering, under `/sessions/<id>`. Slots offered there by the
kind: `sessions.meeting`, `sessions.meeting_desk` and `sessions.meeting_desk_links`, with the meeting as `session`.
"""

from __future__ import annotations

from app.core import slots
from app.core import waiting as core_waiting
from app.sessions import kinds
from app.workinggroups.meetings import host, rooms, waiting


def register() -> None:
    """Make the house know meetings: their host, their places on the page of a group, what waits for who runs it."""
    kinds.register("workinggroups", host.HOST)
    slots.fill("workinggroups.group", "workinggroups.meetings", rooms.meetings_of_group, order=5)
    slots.fill("workinggroups.desk", "workinggroups.meetings", rooms.way_to_plan, order=10)
    core_waiting.register("workinggroups.meetings", waiting.waiting, order=45)


__all__ = ["register"]
