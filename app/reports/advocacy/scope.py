"""What an advocacy report is about: engagements of all groups or of those one runs, narrowed by what was asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from app.advocacy.models import AdvocacySpace, ModeCode
from app.people.models import Region
from app.reports.scope import HOUSE_ID
from app.workinggroups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class AdvocacyScope:
    """Everything given narrows; both days are included.

    `groups` are those whose engagements may be counted at all, None for every group; `spaces` are the asked space and
    all below it.
    """

    groups: frozenset[UUID] | None = None
    group: WorkingGroup | None = None
    space: AdvocacySpace | None = None
    spaces: frozenset[UUID] = frozenset()
    mode: ModeCode | None = None
    goal: int | None = None
    region: Region | None = None
    is_gender_integrated: bool = False
    from_on: date | None = None
    to_on: date | None = None

    @property
    def counted_groups(self) -> frozenset[UUID] | None:
        """The groups whose engagements are counted, None for every group."""
        return frozenset((self.group.id,)) if self.group is not None else self.groups

    @property
    def subject(self) -> tuple[str, UUID]:
        """Kind and identifier of the thing that an audit line about this report names."""
        return ("group", self.group.id) if self.group is not None else ("report", uuid5(HOUSE_ID, "advocacy"))

    @property
    def filters(self) -> dict[str, str | None]:
        """The query that leads to this report again; None where nothing was asked."""
        return {
            "from": self.from_on.isoformat() if self.from_on is not None else None,
            "to": self.to_on.isoformat() if self.to_on is not None else None,
            "group": self.group.slug if self.group is not None else None,
            "space": self.space.slug if self.space is not None else None,
            "mode": self.mode.value if self.mode is not None else None,
            "goal": str(self.goal) if self.goal is not None else None,
            "region": self.region.code if self.region is not None else None,
            "gender": "1" if self.is_gender_integrated else None,
        }

    def between(self, from_on: date | None, to_on: date | None) -> AdvocacyScope:
        return replace(self, from_on=from_on, to_on=to_on)
