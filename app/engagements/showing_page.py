"""The page of one engagement: what is next, what stands in the way, and the rooms that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.apart import apart
from app.core.context import page_language
from app.core.names import Name
from app.core.permissions import can
from app.engagements.eligibility import Eligibility, eligibility_of, lead_is_in_the_way
from app.engagements.history import Happened, history_of
from app.engagements.models import Engagement, EngagementState, EngagementText, SignatoryState
from app.engagements.next_steps import NextStep, lead_has_not_answered, next_about_texts, see_its_line
from app.engagements.opening import Opening, opening_of
from app.engagements.queries.texts import list_links
from app.engagements.showing import EngagementLine, group_names, groups_known, lines_of
from app.engagements.showing_delegation import DelegateShown, delegates_shown
from app.engagements.showing_organisations import (
    CouldLead,
    SignatoryShown,
    could_lead_shown,
    signatories_shown,
)
from app.moments.words import date_of
from app.workinggroups.models import WorkingGroup


def next_step(actor: Actor, engagement: Engagement, rows: Sequence[SignatoryShown]) -> NextStep | None:
    """Return what the reader does next about the plan; None where nothing of it waits for them."""
    goes_on = engagement.state in (EngagementState.WATCHING, EngagementState.PLANNED, EngagementState.IN_THE_MAKING)
    if not goes_on:
        return None
    asked = next((row for row in rows if row.speaks and row.signatory.state is SignatoryState.ASKED), None)
    if asked is not None:
        href = url_for("engagements.answer", engagement_id=engagement.id, signatory_id=asked.signatory.id)
        said = _("%(organisation)s is asked, and you speak for it.", organisation=asked.name)
        # I18N: button: say yes or no for an organisation
        return NextStep(said, _("Answer"), href)
    if not can(actor, "engagements.run", engagement):
        return None
    edit = url_for("engagements.change", engagement_id=engagement.id)
    if engagement.is_watch_only:
        # I18N: button on an engagement that is only watched
        return NextStep(_("Nothing is to be handed in. That may change."), _("Plan something after all"), edit)
    if engagement.mode is None:
        said = _("It is not said yet in which way you take part.")
        return NextStep(said, _("Choose the way"), edit)
    if engagement.lead is None:
        href = url_for("engagements.ask", engagement_id=engagement.id, lead="1")
        return NextStep(_("Nobody leads yet."), _("Ask an organisation to lead"), href)
    lead = next((row for row in rows if row.signatory.is_lead), None)
    if lead is not None and lead.signatory.state is SignatoryState.ASKED:
        said = f"{lead_has_not_answered(apart(lead.name))} {lead.nobody_speaks}".strip()
        return NextStep(
            said, see_its_line(), url_for("engagements.show", engagement_id=engagement.id, _anchor=lead.anchor)
        )
    return None


@dataclass(frozen=True, slots=True)
class EngagementPage:
    """All that the page of one engagement prints. What is `inside` is for those inside alone, and so are `links`, its
    texts."""

    opening: Opening
    line: EngagementLine
    eligibility: Eligibility
    rows: list[SignatoryShown]
    could_lead: list[CouldLead]
    next: NextStep | None
    groups: list[tuple[WorkingGroup, Name]]
    inside: bool
    links: Sequence[EngagementText]
    delegates: list[DelegateShown] | None
    history: list[Happened]
    first: EngagementLine | None

    @property
    def day_words(self) -> str:
        """The day that counts for a status."""
        return date_of(self.eligibility.on, page_language())

    @property
    def is_lead_in_the_way(self) -> bool:
        return lead_is_in_the_way(self.line.engagement, self.eligibility)

    @property
    def in_the_way(self) -> list[SignatoryShown]:
        return [row for row in self.rows if row.hindrance]


def page_of(actor: Actor, engagement: Engagement, now: datetime) -> EngagementPage:
    """Return the page of an engagement as this actor reads it."""
    found = eligibility_of(actor, [engagement], now)
    eligibility = found[engagement.id]
    rows = signatories_shown(actor, engagement, eligibility, now)
    groups = groups_known(actor, engagement)
    names = group_names(groups)
    inside = can(actor, "engagements.read_inside", engagement)
    links = list_links(engagement) if inside else []
    organisations = {row.signatory.organisation_id: row.name for row in rows}
    to_do = next_step(actor, engagement, rows)
    if to_do is None and inside:
        to_do = next_about_texts(actor, engagement, links, organisations, now)
    return EngagementPage(
        opening=opening_of(engagement, organisations),
        line=lines_of(actor, [engagement], now, found)[0],
        eligibility=eligibility,
        rows=rows,
        could_lead=could_lead_shown(engagement, eligibility),
        next=to_do,
        groups=[(group, names[group.id]) for group in groups],
        inside=inside,
        links=links,
        delegates=delegates_shown(actor, engagement) if can(actor, "engagements.see_delegation", engagement) else None,
        history=history_of(actor, engagement) if inside else [],
        first=lines_of(actor, [eligibility.first], now)[0] if eligibility.first is not None else None,
    )
