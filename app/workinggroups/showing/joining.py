"""Whether a reader may come into a group, and if not, why: for the page of one group, and in a line of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.people.labels import kinds_in_words
from app.workinggroups import policy, queries, standing
from app.workinggroups.forms import JoinForm
from app.workinggroups.forms.joining import ALONE
from app.workinggroups.keys import asked_to_carry_key, coordinators_key, invited_key
from app.workinggroups.models import (
    GroupMembership,
    GroupState,
    ObserverRequest,
    ObserverRequestState,
    Standing,
    WorkingGroup,
)


@dataclass(frozen=True, slots=True)
class Joining:
    """`state`: member, observer, guest, coordinator (without a place), invited, asked, visitor, closed, by_invitation,
    refused or free; `why` says why not. `form` is there for whoever may join, also where they observe so far or run the
    group without being its member. `runs` is said of a member who coordinates it. `refusal` is a wish to observe that
    was refused and not made again."""

    state: str
    kinds: Any
    why: Any = ""
    membership: GroupMembership | None = None
    request: ObserverRequest | None = None
    refusal: ObserverRequest | None = None
    form: JoinForm | None = None
    has_choice: bool = False
    may_observe: bool = False
    has_newer_objectives: bool = False
    runs: bool = False


def joining_of(actor: Actor, group: WorkingGroup, *, now: datetime, form: JoinForm | None = None) -> Joining:
    """Return where the reader stands; `form` is a wish to join that came back with something to put right."""
    place = queries.find_membership(group, actor.person_id)
    request = queries.find_last_request(group, actor.person_id) if place is None else None
    joining = Joining(_state(actor, group, place, request), kinds_in_words(group.eligible), membership=place)
    if joining.state == "member" and place is not None:
        has_newer = (place.acknowledged_edition or 0) < group.objectives_edition
        return replace(joining, has_newer_objectives=has_newer, runs=actor.holds(coordinators_key(group.id)))
    if request is not None:
        joining = _with_request(joining, request)
    if joining.state in ("closed", "by_invitation"):
        joining = replace(joining, why=standing.why_closed(group))
    elif joining.state == "refused":
        joining = replace(joining, why=standing.why_not_yet(actor, group, now.date()))
    is_outside = place is None and joining.request is None and joining.state != "coordinator"
    is_asked_to_carry = actor.holds(asked_to_carry_key(group.id))  # their answer comes first
    if actor.is_person and is_outside and not is_asked_to_carry and policy.may_be_asked_to_observe(group):
        joining = replace(joining, may_observe=True)
    return _with_form(joining, actor, group, now=now, form=form)


def _state(actor: Actor, group: WorkingGroup, place: GroupMembership | None, request: ObserverRequest | None) -> str:
    if place is not None:
        return place.standing.value
    if actor.holds(coordinators_key(group.id)):
        return "coordinator"
    if actor.holds(invited_key(group.id)) and group.state is not GroupState.CLOSED:
        return "invited"
    if request is not None and request.state is ObserverRequestState.ASKED:
        return "asked"
    if not policy.takes_people(group):
        return "closed" if group.state is GroupState.CLOSED else "by_invitation"
    if not actor.is_person:
        return "visitor"
    return "free" if _may_join(actor, group) else "refused"


def _may_join(actor: Actor, group: WorkingGroup) -> bool:
    return policy.takes_people(group) and (policy.is_eligible(actor, group) or policy.is_admitted(actor, group))


def _with_request(joining: Joining, request: ObserverRequest) -> Joining:
    if request.state is ObserverRequestState.ASKED:
        return replace(joining, request=request)
    return replace(joining, refusal=request) if request.state is ObserverRequestState.REFUSED else joining


def _with_form(joining: Joining, actor: Actor, group: WorkingGroup, *, now: datetime, form: JoinForm | None) -> Joining:
    """Offer the form to whoever may join with it. A guest becomes a member only by an affiliation."""
    is_asked = joining.state in ("free", "coordinator", "observer", "guest", "asked")
    may_join = policy.is_eligible(actor, group) if joining.state == "guest" else _may_join(actor, group)
    if not is_asked or not (may_join and policy.takes_people(group)):
        return replace(joining, form=form) if form is not None else joining
    form = form or JoinForm(formdata=None)
    return replace(joining, form=form, has_choice=fill_choices(form, actor, group, now=now))


def fill_choices(form: Any, actor: Actor, group: WorkingGroup, *, now: datetime) -> bool:
    """Offer the organisations for which the reader may join, the one they act for chosen; returns whether there is
    anything to choose."""
    options = queries.list_organisations_to_join_for(actor, group, now.date())
    ids = [organisation_id for organisation_id in options if organisation_id is not None]
    names = names_of("organisation", ids, page_language())
    form.organisation.choices = [SelectChoice("", _("Choose"))] + [
        SelectChoice(str(organisation_id), names[organisation_id].text)
        if organisation_id is not None
        # I18N: choice of somebody who joins for no organisation
        else SelectChoice(ALONE, _("For myself alone"))
        for organisation_id in options
    ]
    if not form.organisation.data and actor.acting_for in ids:
        form.organisation.data = str(actor.acting_for)
    return len(options) > 1


@dataclass(frozen=True, slots=True)
class WayIn:
    """In a line of the list: where the reader stands, as a badge (`tone`), or why not, as a sentence."""

    tone: str
    words: Any
    why: Any = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the reader is in each group, and which groups they asked to observe."""

    standings: Mapping[UUID, Standing]
    asked: Set[UUID]


def mine_of(actor: Actor) -> Mine:
    return Mine(queries.standings_of(actor.person_id), queries.groups_asked_by(actor.person_id))


def way_in(actor: Actor, group: WorkingGroup, mine: Mine, why_not_yet: Callable[[WorkingGroup], Any]) -> WayIn | None:
    """Return the way into a group for one who is signed in; `why_not_yet` knows the sentence for whoever is not
    eligible. None for a visitor."""
    if not actor.is_person:
        return None
    known = _known_standing(actor, group, mine)
    if known is not None:
        return known
    if not policy.takes_people(group):
        # I18N: of a working group, in a list: one cannot join by oneself
        return None if group.state is GroupState.CLOSED else WayIn("expected", _("By invitation"))
    if _may_join(actor, group):
        # I18N: of a working group, in a list: the reader may join it now
        return WayIn("confirmed", _("You may join"))
    if policy.can_run(actor, group):  # the secretariat: it need not be told why it is no member
        return None
    # I18N: of a working group, in a list: the reader cannot become a member; why follows
    return WayIn("expected", _("Not open to you yet"), why_not_yet(group))


def _known_standing(actor: Actor, group: WorkingGroup, mine: Mine) -> WayIn | None:
    held = mine.standings.get(group.id)
    if actor.holds(coordinators_key(group.id)):
        return WayIn("held", _("You run this group"))
    if held is Standing.MEMBER:
        return WayIn("held", _("You are a member"))
    if held is Standing.OBSERVER:
        return WayIn("held", _("You observe"))
    if held is Standing.GUEST:
        return WayIn("held", _("You are a guest"))
    if actor.holds(invited_key(group.id)) and group.state is not GroupState.CLOSED:
        return WayIn("moved", _("You are invited"))
    if group.id in mine.asked:
        return WayIn("expected", _("You asked to observe"))
    return None
