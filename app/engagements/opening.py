"""The sentence with which every page about an engagement begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.advocacy.queries import space_names
from app.advocacy.words import mode_name, occurrence_name
from app.core.context import page_language
from app.core.names import Name, names_of
from app.engagements.models import Engagement, SignatoryState
from app.engagements.showing import date_of
from app.moments.models import Moment


@dataclass(frozen=True, slots=True)
class Opening:
    """The sentence that says it all: how, where, who leads; and by when."""

    sentence: Any
    space: Name
    occurrence: Name | str
    mode: Name | str
    moment: Moment | None
    is_deadline: bool


def opening_of(engagement: Engagement, names: Mapping[UUID, Name] | None = None) -> Opening:
    """Return what a page about an engagement says first. `names`: those of its organisations, as far as the reader may
    know of them; without it, whoever reads is inside."""
    space = space_names([engagement.space])[engagement.space_id]
    mode = mode_name(engagement.mode) if engagement.mode is not None else ""
    occurrence = occurrence_name(engagement.occurrence) if engagement.occurrence is not None else ""
    lead = engagement.lead
    if names is None and lead is not None:
        names = names_of("organisation", [lead.organisation_id], page_language())
    moment, is_deadline = date_of(engagement)
    where = f"{space.text} ({occurrence})" if occurrence else space
    name = names.get(lead.organisation_id) if lead is not None and names is not None else None
    is_kept = lead is not None and name is None
    sentence = _without_lead(engagement, mode, where) if is_kept else _sentence(engagement, mode, where, name)
    return Opening(sentence, space, occurrence, mode, moment, is_deadline)


def _without_lead(engagement: Engagement, mode: Any, where: Any) -> Any:
    """Return the sentence for whoever may not know who leads."""
    if engagement.is_watch_only:
        return _sentence(engagement, mode, where, None)
    if mode:
        # I18N: how and where, as in: Written statement: Commission on the Status of Women (Session 71).
        return _("%(mode)s: %(space)s.", mode=mode, space=where)
    return _("Towards %(space)s. In which way is still open.", space=where)


def _sentence(engagement: Engagement, mode: Any, where: Any, lead: Name | None) -> Any:
    """Return how, where and who leads; whoever has not agreed to lead is asked to."""
    if engagement.is_watch_only:
        return _("We watch %(space)s; nothing is to be handed in.", space=where)
    if lead and engagement.lead is not None and engagement.lead.state is SignatoryState.ASKED:
        return _asked_sentence(mode, where, lead)
    if mode and lead:
        # I18N: how, where and who, as in: Written statement: Commission on the Status of Women (Session 71). X leads.
        return _("%(mode)s: %(space)s. %(organisation)s leads.", mode=mode, space=where, organisation=lead)
    if mode:
        return _("%(mode)s: %(space)s. Nobody leads yet.", mode=mode, space=where)
    if lead:
        return _(
            "Towards %(space)s. %(organisation)s leads; in which way is still open.", space=where, organisation=lead
        )
    return _("Towards %(space)s. Who leads and in which way is still open.", space=where)


def _asked_sentence(mode: Any, where: Any, lead: Name) -> Any:
    if mode:
        # I18N: how, where and who, as in: Written statement: Commission on the Status of Women (Session 71). X is …
        return _("%(mode)s: %(space)s. %(organisation)s is asked to lead.", mode=mode, space=where, organisation=lead)
    return _(
        "Towards %(space)s. %(organisation)s is asked to lead; in which way is still open.",
        space=where,
        organisation=lead,
    )
