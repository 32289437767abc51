"""A group plans something towards a space, or watches it; the plan is written anew until it is handed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.advocacy.models import AdvocacySpace, Claim, Occurrence, ParticipationMode, Step
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.engagements import events
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement, EngagementClaim, EngagementGoal, EngagementState
from app.engagements.queries.deadlines import deadline_of
from app.engagements.services.holding import ChangedMeanwhile, check_goes_on, hold, record
from app.engagements.services.signatories import name_lead
from app.engagements.words import LONGEST_AIM, LONGEST_TITLE, MISSING
from app.extensions import db
from app.outcomes.words import check_words
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned: where, at which occurrence, how, in whose words. `step` is the deadline it works towards; None
    lets it follow from occurrence and mode."""

    title: str
    language: str
    space: AdvocacySpace
    occurrence: Occurrence | None = None
    mode: ParticipationMode | None = None
    step: Step | None = None
    aim: str = ""
    goals: Collection[int] = ()
    claims: Collection[Claim] = ()
    is_gender_integrated: bool = False
    is_watch_only: bool = False


def plan_engagement(
    actor: Actor,
    *,
    groups: Sequence[WorkingGroup],
    plan: Plan,
    lead: Organisation | None = None,
    is_example: bool = False,
    now: datetime,
) -> Engagement:
    """Write a plan down for groups that the actor runs; who is inside reads it. That nobody has the status a mode asks
    for refuses nothing: the plan is kept and says so (R-11).

    Raises `RuleBroken` at `groups`, `title`, `aim`, `language`, `occurrence`, `mode`, `step`, `goals`.
    """
    if not groups:
        raise RuleBroken(_l("Choose at least one group that this belongs to."), field="groups")
    for group in groups:
        require(actor, "engagements.plan", group)
    engagement_id = uuid4()
    engagement = Engagement(
        id=engagement_id,
        groups=list(groups),
        audience=engagement_key(engagement_id),
        is_example=is_example,
        made_at=now,
        made_by=actor.person_id,
        version=1,
    )
    _write(engagement, plan, now)
    db.session.add(engagement)
    db.session.flush()
    if lead is not None:
        name_lead(actor, engagement, lead, now=now)
    record(actor, "planned", engagement, now, space=engagement.space_id, groups=_ids(groups))
    events.engagement_planned.send(engagement, actor=actor, now=now)
    return engagement


def change_engagement(actor: Actor, engagement: Engagement, plan: Plan, *, version: int, now: datetime) -> Engagement:
    """Write a plan anew. `version` is the one the writer was looking at. The same words again change nothing.

    Raises `ChangedMeanwhile`, else as `plan_engagement`.
    """
    require(actor, "engagements.run", engagement)
    hold(engagement)
    check_goes_on(engagement)
    if version != engagement.version:
        raise ChangedMeanwhile
    before = _said(engagement)
    _write(engagement, plan, now)
    db.session.flush()
    if _said(engagement) != before:
        engagement.version += 1
        record(actor, "changed", engagement, now, space=engagement.space_id)
        events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement


def _write(engagement: Engagement, plan: Plan, now: datetime) -> None:
    engagement.title = check_words(plan.title, field="title", longest=LONGEST_TITLE, missing=MISSING)
    aim = plan.aim.strip()
    engagement.aim = check_words(aim, field="aim", longest=LONGEST_AIM, missing="") if aim else ""
    engagement.language = check_tag(plan.language)
    _check_fits(plan)
    engagement.space, engagement.occurrence, engagement.mode = plan.space, plan.occurrence, plan.mode
    engagement.step = plan.step or deadline_of(plan.occurrence, plan.mode)
    engagement.is_gender_integrated = plan.is_gender_integrated
    engagement.is_watch_only = plan.is_watch_only
    engagement.state = _state(engagement.state, is_watch_only=plan.is_watch_only)
    goals = {row.goal: row for row in engagement.goals}
    engagement.goals = [goals.get(goal) or EngagementGoal(goal=goal) for goal in sorted(set(plan.goals))]
    claims = {row.claim: row for row in engagement.claims}
    engagement.claims = [claims.get(claim) or EngagementClaim(claim=claim) for claim in sorted(set(plan.claims))]
    engagement.changed_at = now


def _state(state: EngagementState | None, *, is_watch_only: bool) -> EngagementState:
    if is_watch_only:
        return EngagementState.WATCHING
    if state is EngagementState.IN_THE_MAKING:
        return state
    return EngagementState.PLANNED


def _check_fits(plan: Plan) -> None:
    """Occurrence and mode are those of the space, the deadline is one of the occurrence."""
    if plan.occurrence is not None and plan.occurrence.space_id != plan.space.id:
        raise RuleBroken(_l("This session belongs to another space. Choose one from the list."), field="occurrence")
    if plan.mode is not None and plan.mode.space_id != plan.space.id:
        raise RuleBroken(_l("One does not take part in this space in that way. Choose from the list."), field="mode")
    if plan.step is not None and (plan.occurrence is None or plan.step.occurrence_id != plan.occurrence.id):
        raise RuleBroken(_l("This deadline belongs to another session. Choose one from the list."), field="step")
    if any(goal not in range(1, 18) for goal in plan.goals):
        raise RuleBroken(_l("The goals go from 1 to 17. Choose from the list."), field="goals")


def _said(engagement: Engagement) -> tuple[object, ...]:
    return (
        engagement.title,
        engagement.aim,
        engagement.language,
        engagement.space_id,
        engagement.occurrence_id,
        engagement.mode_id,
        engagement.step_id,
        engagement.is_gender_integrated,
        engagement.is_watch_only,
        tuple(row.goal for row in engagement.goals),
        tuple(row.claim for row in engagement.claims),
    )


def _ids(groups: Sequence[WorkingGroup]) -> str:
    return " ".join(str(group.id) for group in groups)
