"""Who leads and co-signs an engagement, as its page shows them: what each has, what is in its way, who could lead
instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.advocacy.access import Checked, Hindrance
from app.advocacy.words import STANDINGS
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.engagements.eligibility import Eligibility, could_lead, lead_is_in_the_way, signing
from app.engagements.models import Engagement, Signatory, SignatoryState
from app.engagements.policy import is_named_to
from app.engagements.queries.signatories import organisations_of_groups
from app.engagements.words import NOBODY_SPEAKS, SIGNATORY_SHAPES, SIGNATORY_STATES
from app.moments.words import date_of as day_words
from app.people.mandates import spoken_for


@dataclass(frozen=True, slots=True)
class SignatoryShown:
    """An organisation on the list. `hindrance` says in words why it is not eligible, "" where it is or nothing is
    asked; `speaks` for whoever speaks for it; `is_mute`: nobody speaks for it in this house."""

    signatory: Signatory
    name: Name
    state: Any
    shape: str
    hindrance: Any
    standing: Any
    speaks: bool
    is_mute: bool

    @property
    def anchor(self) -> str:
        """What its line on the page of the engagement is called in an address."""
        return anchor_of(self.signatory)

    @property
    def nobody_speaks(self) -> Any:
        """That nobody could answer for it, while its answer is awaited; "" where somebody can, or has."""
        is_asked = self.signatory.state is SignatoryState.ASKED
        return NOBODY_SPEAKS if is_asked and self.is_mute and not self.speaks else ""


def anchor_of(signatory: Signatory) -> str:
    return f"organisation-{signatory.id}"


def signatories_shown(
    actor: Actor, engagement: Engagement, eligibility: Eligibility, now: datetime
) -> list[SignatoryShown]:
    """Return the list of organisations that this reader may know of, the lead first, each with what it may and what is
    in its way."""
    rows = [row for row in engagement.signatories if is_named_to(actor, row)]
    names = names_of("organisation", {row.organisation_id for row in rows}, page_language())
    checked = {one.organisation_id: one for one in eligibility.checked}
    spoken = spoken_for(now.date())
    return [
        SignatoryShown(
            signatory=row,
            name=names[row.organisation_id],
            state=SIGNATORY_STATES[row.state],
            shape=SIGNATORY_SHAPES[row.state],
            hindrance=hindrance_words(checked.get(row.organisation_id), eligibility.on),
            standing=_standing(checked.get(row.organisation_id)),
            speaks=can(actor, "engagements.speak_for", row),
            is_mute=row.organisation_id not in spoken,
        )
        for row in rows
    ]


def _standing(checked: Checked | None) -> Any:
    if checked is None or not checked.is_eligible or checked.row is None:
        return ""
    return STANDINGS[checked.row.standing]


def hindrance_words(checked: Checked | None, on: date) -> Any:
    """Return why an organisation is not eligible on a day, and what to do about it."""
    if checked is None or checked.is_eligible:
        return ""
    language = page_language()
    row, day = checked.row, day_words(on, language)
    match checked.hindrance:
        case Hindrance.UNSURE if row is not None:
            return _(
                "Its status is not sure: %(status)s is to be checked in its source.", status=STANDINGS[row.standing]
            )
        case Hindrance.ENDED if row is not None and row.until_on is not None:
            return _(
                "Its status ends on %(end)s, before %(day)s: %(status)s.",
                end=day_words(row.until_on, language),
                day=day,
                status=STANDINGS[row.standing],
            )
        case Hindrance.NOT_YET if row is not None and row.from_on is not None:
            return _(
                "Its status begins on %(start)s, after %(day)s: %(status)s.",
                start=day_words(row.from_on, language),
                day=day,
                status=STANDINGS[row.standing],
            )
        case _:
            return _("No such status is noted for it.")


@dataclass(frozen=True, slots=True)
class CouldLead:
    """An organisation that could lead instead, and why: what it has, and how near it is; `signatory_id` where it is on
    the list already and has agreed, so that it can be let lead at once, `is_asked` where its answer is awaited."""

    organisation_id: UUID
    signatory_id: UUID | None
    is_asked: bool
    name: Name
    standing: Any
    how_near: Any


def could_lead_shown(engagement: Engagement, eligibility: Eligibility) -> list[CouldLead]:
    """Return who could lead instead, with what they have; nobody where the lead is not the one in the way."""
    lead = engagement.lead
    if not lead_is_in_the_way(engagement, eligibility):
        return []
    in_groups = organisations_of_groups(group.id for group in engagement.groups)
    rows = could_lead(engagement, eligibility.on, in_groups)
    rows = [row for row in rows if lead is None or row.organisation_id != lead.organisation_id]
    names = names_of("organisation", {row.organisation_id for row in rows}, page_language())
    on_list = {row.organisation_id: row for row in signing(engagement)}
    return [_could_lead(row, names[row.organisation_id], on_list.get(row.organisation_id), in_groups) for row in rows]


def _could_lead(row: Checked, name: Name, on_list: Signatory | None, in_groups: Sequence[UUID]) -> CouldLead:
    has_agreed = on_list is not None and on_list.state is SignatoryState.AGREED
    if on_list is not None and not has_agreed:
        how_near = _("on the list already, and has not answered yet")
    elif on_list is not None:
        how_near = _("on the list already")
    elif row.organisation_id in in_groups:
        how_near = _("its people are in the group")
    else:
        how_near = _("in the network")
    return CouldLead(
        row.organisation_id,
        on_list.id if on_list is not None and has_agreed else None,
        on_list is not None and not has_agreed,
        name,
        STANDINGS[row.row.standing] if row.row is not None else "",
        how_near,
    )
