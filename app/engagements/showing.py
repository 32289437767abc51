"""From rows to what lists print: engagements with where, how, by when, who leads, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy.access import Hindrance
from app.advocacy.models import Access
from app.advocacy.queries import short_names
from app.advocacy.words import mode_name, occurrence_name
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.engagements.addresses import engagement_path
from app.engagements.eligibility import Eligibility, eligibility_of, lead_is_in_the_way
from app.engagements.lateness import closes_on, days_late, is_sure
from app.engagements.models import UNDER_WAY, Engagement, EngagementState
from app.engagements.policy import is_named_to
from app.engagements.words import NEEDS, STATE_SHAPES, STATES
from app.moments.models import Certainty, Moment, Status
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_known_to


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """An engagement in a list. `moment` is its deadline, or the session where no deadline is known; `is_late` where
    that is over and nothing is handed in, `came_late` by how much it was handed in after it, in words; `flag` is what
    is in the way, in words, "" where nothing is."""

    engagement: Engagement
    href: str
    title: Name
    space: Name
    occurrence: Name | str
    mode: Name | str
    moment: Moment | None
    is_deadline: bool
    is_late: bool
    came_late: str
    lead: Name | None
    state: Any
    shape: str
    flag: Any

    @property
    def is_expected(self) -> bool:
        """Whether a deadline is still to be met of which nobody has confirmed the date."""
        is_known = self.moment is None or self.moment.certainty is Certainty.VERIFIED
        return self.is_deadline and self.engagement.submitted_on is None and not is_known

    @property
    def is_handed_in(self) -> bool:
        """Whether it is handed in and waits for what comes of it."""
        return self.engagement.state is EngagementState.SUBMITTED

    @property
    def is_put_off(self) -> bool:
        """Whether its date was put off: the deadline by itself or with its session, or the session it is for."""
        if (step := self.engagement.step) is not None:
            return step.status_now is Status.POSTPONED
        return self.moment is not None and self.moment.status is Status.POSTPONED

    @property
    def is_sure(self) -> bool:
        """Whether the date was seen published."""
        return self.moment is not None and is_sure(self.moment)


def title_of(engagement: Engagement) -> Name:
    """Return the title, marked where it is not in the language of the page."""
    return Name(engagement.title, engagement.language, is_fallback=engagement.language != page_language())


def lines_of(
    actor: Actor, engagements: Sequence[Engagement], now: datetime, found: Mapping[UUID, Eligibility] | None = None
) -> list[EngagementLine]:
    """Return engagements as a list prints them; as many queries for fifty as for one. `found`: whether they are
    eligible, where that is known."""
    spaces = short_names({one.space_id: one.space for one in engagements}.values())
    leads = {
        one.id: one.lead.organisation_id for one in engagements if one.lead is not None and is_named_to(actor, one.lead)
    }
    organisations = names_of("organisation", set(leads.values()), page_language())
    if found is None:
        found = eligibility_of(actor, engagements, now)
    return [
        _line(one, spaces[one.space_id], organisations.get(leads.get(one.id, one.id)), found[one.id], now)
        for one in engagements
    ]


def _line(one: Engagement, space: Name, lead: Name | None, eligibility: Eligibility, now: datetime) -> EngagementLine:
    moment, is_deadline = date_of(one)
    return EngagementLine(
        engagement=one,
        href=engagement_path(one.id),
        title=title_of(one),
        space=space,
        occurrence=occurrence_name(one.occurrence) if one.occurrence is not None else "",
        mode=mode_name(one.mode) if one.mode is not None else "",
        moment=moment,
        is_deadline=is_deadline,
        is_late=_is_late(one, now),
        came_late=late_words_of(one),
        lead=lead,
        state=STATES[one.state],
        shape=STATE_SHAPES[one.state],
        flag=flag_of(one, eligibility),
    )


def _is_late(one: Engagement, now: datetime) -> bool:
    return closes_on(one) is not None and one.step is not None and one.step.moment.until < now and is_to_do(one)


def late_words_of(engagement: Engagement) -> str:
    """Return by how much something was handed in after its deadline; "" where it was in time, or is not yet."""
    days = days_late(engagement, engagement.submitted_on) if engagement.submitted_on is not None else 0
    return late_words(engagement, days) if days else ""


def late_words(engagement: Engagement, days: int) -> str:
    """Return that something was handed in so many days after its deadline, and whether that deadline was sure."""
    if engagement.step is not None and is_sure(engagement.step.moment):
        return str(
            ngettext("Handed in %(num)s day after the deadline", "Handed in %(num)s days after the deadline", days)
        )
    return str(
        ngettext(
            "Handed in %(num)s day after the expected deadline",
            "Handed in %(num)s days after the expected deadline",
            days,
        )
    )


def date_of(engagement: Engagement) -> tuple[Moment | None, bool]:
    """Return the date that counts for an engagement, and whether it is a deadline."""
    if engagement.step is not None:
        return engagement.step.moment, True
    if engagement.occurrence is not None:
        return engagement.occurrence.moment, False
    return None, False


def is_to_do(engagement: Engagement) -> bool:
    """Whether something still has to be handed in."""
    return engagement.state in UNDER_WAY


def flag_of(engagement: Engagement, eligibility: Eligibility) -> Any:
    """Return what is in the way of an engagement, in a few words; "" where nothing is."""
    if eligibility.in_the_way and engagement.mode is not None:
        access, is_lead = engagement.mode.access, lead_is_in_the_way(engagement, eligibility)
        if all(one.hindrance is Hindrance.UNSURE for one in eligibility.in_the_way):
            return not_known_to_be_eligible(access) if is_lead else _co_signatory_not_known(access)
        return not_eligible(access) if is_lead else _co_signatory_not_eligible(access)
    if eligibility.has_first:
        # I18N: flag of an engagement: one organisation may hand in one text of its own, and it has another already
        return _("A second text of the same organisation")
    return ""


def not_eligible(access: Access) -> str:
    """Return the flag of R-11 with the status that is needed."""
    # I18N: flag of an engagement; %(status)s: "ECOSOC status needed"
    return str(_("Not eligible: %(status)s", status=NEEDS[access]))


def not_known_to_be_eligible(access: Access) -> str:
    """Return the flag where a status was noted and nobody has seen it in its source."""
    # I18N: flag of an engagement; %(status)s: "ECOSOC status needed"
    return str(_("Not known whether eligible: %(status)s", status=NEEDS[access]))


def _co_signatory_not_eligible(access: Access) -> str:
    """Return the flag where whoever leads is eligible and somebody who co-signs is not."""
    # I18N: flag of an engagement; %(status)s: "ECOSOC status needed"
    return str(_("A co-signatory is not eligible: %(status)s", status=NEEDS[access]))


def _co_signatory_not_known(access: Access) -> str:
    # I18N: flag of an engagement; %(status)s: "ECOSOC status needed"
    return str(_("Not known whether a co-signatory is eligible: %(status)s", status=NEEDS[access]))


def groups_known(actor: Actor, engagement: Engagement) -> list[WorkingGroup]:
    """Return the groups an engagement belongs to, as far as the reader knows of them: that it was opened to the
    network, or that one co-signs it, tells of no group that keeps to itself. Whoever runs it knows them all."""
    runs = can(actor, "engagements.run", engagement)
    return [group for group in engagement.groups if runs or is_known_to(actor, group)]


def group_names(groups: Iterable[WorkingGroup]) -> dict[UUID, Name]:
    """Return the names of groups for the reader of this request."""
    return names_of("group", [group.id for group in groups], page_language())
