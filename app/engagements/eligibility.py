"""Whether an engagement may be handed in by those on its list: R-11 for the lead and each co-signatory, R-13 for what
an organisation hands in alone. Warnings: a plan is kept whatever they say.

Everything is asked for many engagements at once, so that a list costs what one page costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.advocacy.access import NEEDED, Checked, asks_status, check_all, who_could_lead
from app.core.actors import Actor
from app.engagements.models import Engagement, EngagementState, Signatory, SignatoryState
from app.engagements.policy import can_read
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.signatories import individual_ones, list_access


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What stands in the way of one engagement on a day. `first` is what the same lead hands in alone at the same
    occurrence already (R-13), None where the actor may not read it; then `has_first` says that there is one."""

    on: date
    checked: list[Checked] = field(default_factory=list)
    has_first: bool = False
    first: Engagement | None = None

    @property
    def in_the_way(self) -> list[Checked]:
        return [one for one in self.checked if not one.is_eligible]

    @property
    def is_flagged(self) -> bool:
        return bool(self.in_the_way) or self.has_first


def signing(engagement: Engagement) -> list[Signatory]:
    """Return who leads and co-signs: whoever has not declined, the lead first."""
    return [one for one in engagement.signatories if one.state is not SignatoryState.DECLINED]


def is_individual(engagement: Engagement) -> bool:
    """Whether an organisation hands this in alone: nobody else leads, co-signs or is asked to (R-13)."""
    return engagement.lead is not None and len(signing(engagement)) == 1


def is_once(engagement: Engagement) -> bool:
    """Whether an organisation hands this in alone, where it may do so once (R-13)."""
    mode = engagement.mode
    is_counted = mode is not None and mode.is_once_per_organisation and engagement.occurrence_id is not None
    return is_counted and is_individual(engagement)


def lead_is_in_the_way(engagement: Engagement, eligibility: Eligibility) -> bool:
    """Whether whoever leads is not eligible; whoever only co-signs is no reason to let another lead."""
    lead = engagement.lead
    return any(lead is None or one.organisation_id == lead.organisation_id for one in eligibility.in_the_way)


def eligibility_of(
    actor: Actor, engagements: Sequence[Engagement], now: datetime, on: date | None = None
) -> dict[UUID, Eligibility]:
    """Check engagements, each on the day that counts for it, or all of them on one. What is watched or given up is not
    checked."""
    going = [one for one in engagements if _is_checked(one)]
    organisations = {row.organisation_id for one in going for row in signing(one)}
    rows = list_access(organisations) if organisations else []
    found = {}
    firsts = _firsts(going)
    for one in engagements:
        day = on or day_that_counts(one, now.date())
        if not _is_checked(one) or one.mode is None:
            found[one.id] = Eligibility(day)
            continue
        checked = check_all(one.mode.access, [row.organisation_id for row in signing(one)], rows, day)
        first = firsts.get(one.id)
        is_read = first is not None and can_read(actor, first)
        found[one.id] = Eligibility(day, checked, first is not None, first if is_read else None)
    return found


def _is_checked(engagement: Engagement) -> bool:
    return engagement.mode is not None and engagement.state not in (
        EngagementState.WATCHING,
        EngagementState.GIVEN_UP,
    )


def _firsts(engagements: Sequence[Engagement]) -> dict[UUID, Engagement]:
    """Return, by engagement, what its lead hands in alone at the same occurrence in the same way, planned before it."""
    alone = [one for one in engagements if is_once(one)]
    leads = {one.lead.organisation_id for one in alone if one.lead is not None}
    others = [one for one in individual_ones(leads) if is_individual(one)] if leads else []
    found = {}
    for one in alone:
        for other in others:
            if other.id == one.id:
                break  # this is the first
            if place_of(other) == place_of(one):
                found[one.id] = other
                break
    return found


def place_of(engagement: Engagement) -> tuple[UUID | None, UUID | None, UUID | None]:
    """Return where something counts once: the session, the way to take part, the organisation."""
    lead = engagement.lead
    return (engagement.occurrence_id, engagement.mode_id, lead.organisation_id if lead else None)


def could_lead(engagement: Engagement, on: date, in_groups: Sequence[UUID]) -> list[Checked]:
    """Return who could lead instead: of those who sign, then of those whose people are in its groups, then of the
    network."""
    if engagement.mode is None or not asks_status(engagement.mode.access):
        return []
    access = engagement.mode.access
    rows = list_access(None, NEEDED[access])
    circles = (
        [row.organisation_id for row in signing(engagement)],
        in_groups,
        [row.organisation_id for row in rows],
    )
    return who_could_lead(access, circles, rows, on)
