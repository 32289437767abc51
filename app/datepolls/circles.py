"""Whom a date poll asks: what differs between the people of a track and those of a group, in one place. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.sessions import addresses as sessions
from app.sessions.keys import facilitators_key, track_key
from app.sessions.models import Track
from app.sessions.wording import MEETINGS, SESSIONS, Wording
from app.workinggroups import addresses as groups
from app.workinggroups.keys import contributors_key, coordinators_key, group_key
from app.workinggroups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class Circle:
    """`kind` is the kind of its names and the beginning of names of endpoints; `audience` reads, `voices` answers,
    `leaders` asks and chooses; `words` are those of what comes of it."""

    owner: Track | WorkingGroup
    kind: str
    audience: str
    voices: str
    leaders: str
    path: str
    words: Wording

    @property
    def is_group(self) -> bool:
        return self.kind == "group"

    @property
    def column(self) -> dict[str, Any]:
        """The column of a date poll that points at it."""
        return {f"{self.kind}_id": self.owner.id}


def circle_of(owner: Track | WorkingGroup) -> Circle:
    if isinstance(owner, WorkingGroup):
        return Circle(
            owner,
            "group",
            group_key(owner.id),
            contributors_key(owner.id),
            coordinators_key(owner.id),
            groups.group_path(owner.slug),
            MEETINGS,
        )
    return Circle(
        owner,
        "track",
        track_key(owner.id),
        track_key(owner.id),
        facilitators_key(owner.id),
        sessions.track_path(owner.slug),
        SESSIONS,
    )
