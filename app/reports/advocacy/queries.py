"""What an advocacy report reads: the thing it is about, and the engagements it counts, in few queries however many.

Statistics count what their reader may not open one by one (the reviewed second door of DESIGN's second idea): no filter
by audience stands here, on purpose; what leaves the report is counted, and `reports.advocacy` was required before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import AdvocacySpace, ModeCode, ParticipationMode
from app.advocacy.queries import get_space, list_spaces, with_children
from app.core.actors import Actor
from app.core.errors import NotFound
from app.engagements.models import (
    Engagement,
    EngagementGoal,
    EngagementGroup,
    Signatory,
    SignatoryState,
)
from app.extensions import db
from app.people.models import Organisation, Region
from app.recommendations.models import Recommendation, RecommendationGoal, Status
from app.reports.advocacy.scope import AdvocacyScope
from app.reports.advocacy.tallying import Signer, Undertaking
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import can_run
from app.workinggroups.queries import get_visible_group, list_visible_groups

GOALS = range(1, 18)


def find_scope(
    actor: Actor,
    *,
    group: str = "",
    space: str = "",
    mode: str = "",
    goal: str = "",
    region: str = "",
    gender: str = "",
) -> AdvocacyScope:
    """Return what slugs and codes name, as far as the actor sees it; raises `NotFound` for anything else."""
    asked = get_space(space) if space else None
    return AdvocacyScope(
        groups=None if actor.is_secretariat else frozenset(groups_named_in(actor, COORDINATORS)),
        group=get_visible_group(actor, group) if group else None,
        space=asked,
        spaces=_with_those_below(asked),
        mode=_mode(mode),
        goal=_goal(goal),
        region=_get(sa.select(Region).where(Region.code == region)) if region else None,
        is_gender_integrated=gender not in ("", "0"),
    )


def _with_those_below(space: AdvocacySpace | None) -> frozenset[UUID]:
    """Who asks for UN-Habitat means its Assembly too."""
    return frozenset(with_children([space.id], list_spaces())) if space is not None else frozenset()


def _get(statement: sa.Select[Any]) -> Any:
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def _mode(written: str) -> ModeCode | None:
    try:
        return ModeCode(written) if written else None
    except ValueError:
        raise NotFound from None


def _goal(written: str) -> int | None:
    if written and written not in map(str, GOALS):
        raise NotFound
    return int(written) if written else None


def list_regions() -> Sequence[Region]:
    return db.session.scalars(sa.select(Region).order_by(Region.position, Region.code)).all()


def list_groups(actor: Actor) -> list[WorkingGroup]:
    """Groups whose figures the actor may read."""
    return [group for group in list_visible_groups(actor) if can_run(actor, group)]


def list_undertakings(scope: AdvocacyScope) -> list[Undertaking]:
    """Return the engagements of the scope, the watched and the given up among them. Four queries."""
    wanted = sa.select(Engagement.id).where(*_conditions(scope))
    groups = _by_engagement(EngagementGroup.engagement_id, EngagementGroup.group_id, wanted)
    goals = _by_engagement(EngagementGoal.engagement_id, EngagementGoal.goal, wanted)
    signers = _signers(wanted)
    found = [
        _undertaking(row, frozenset(groups[row.id]), frozenset(goals[row.id]), frozenset(signers[row.id]))
        for row in db.session.execute(_rows().where(Engagement.id.in_(wanted)))
    ]
    return [one for one in found if scope.region is None or scope.region.id in one.regions]


def _rows() -> Any:
    return (
        sa.select(
            Engagement.id,
            Engagement.space_id,
            Engagement.state,
            Engagement.result,
            Engagement.is_watch_only,
            Engagement.is_gender_integrated,
            Engagement.made_at,
            Engagement.submitted_on,
            ParticipationMode.code,
        )
        .outerjoin(ParticipationMode, ParticipationMode.id == Engagement.mode_id)
        .order_by(Engagement.made_at, Engagement.id)
    )


def _undertaking(row: Any, groups: frozenset[UUID], goals: frozenset[int], signers: frozenset[Signer]) -> Undertaking:
    return Undertaking(
        space_id=row.space_id,
        state=row.state,
        day=row.submitted_on or row.made_at.date(),
        mode=row.code,
        result=row.result,
        is_watch_only=row.is_watch_only,
        is_gender_integrated=row.is_gender_integrated,
        is_handed_in=row.submitted_on is not None,
        groups=groups,
        goals=goals,
        signers=signers,
    )


def _conditions(scope: AdvocacyScope) -> list[sa.ColumnElement[bool]]:
    conditions = _within(scope)
    if scope.counted_groups is not None:
        of_groups = EngagementGroup.group_id.in_(scope.counted_groups)
        conditions.append(sa.exists().where(EngagementGroup.engagement_id == Engagement.id, of_groups))
    if scope.space is not None:
        conditions.append(Engagement.space_id.in_(scope.spaces))
    if scope.mode is not None:
        modes = sa.select(ParticipationMode.id).where(ParticipationMode.code == scope.mode)
        conditions.append(Engagement.mode_id.in_(modes))
    if scope.goal is not None:
        of_goal = EngagementGoal.goal == scope.goal
        conditions.append(sa.exists().where(EngagementGoal.engagement_id == Engagement.id, of_goal))
    if scope.is_gender_integrated:
        conditions.append(Engagement.is_gender_integrated.is_(True))
    return conditions


def _within(scope: AdvocacyScope) -> list[sa.ColumnElement[bool]]:
    """The day of the submission lies in the period, else the day it was planned, in UTC."""
    day = Engagement.submitted_on
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.from_on is not None:
        planned_since = sa.and_(day.is_(None), Engagement.made_at >= _midnight(scope.from_on))
        conditions.append(sa.or_(day >= scope.from_on, planned_since))
    if scope.to_on is not None and scope.to_on < date.max:
        planned_until = sa.and_(day.is_(None), Engagement.made_at < _midnight(scope.to_on + timedelta(days=1)))
        conditions.append(sa.or_(day <= scope.to_on, planned_until))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _by_engagement(of: Any, value: Any, wanted: sa.Select[Any]) -> dict[UUID, set[Any]]:
    found: dict[UUID, set[Any]] = defaultdict(set)
    for engagement_id, one in db.session.execute(sa.select(of, value).where(of.in_(wanted))):
        found[engagement_id].add(one)
    return found


def _signers(wanted: sa.Select[Any]) -> dict[UUID, set[Signer]]:
    """Who leads, and who had agreed to co-sign by the day of the submission; before one, who agrees today."""
    statement = (
        sa.select(
            Signatory.engagement_id,
            Signatory.organisation_id,
            Organisation.country,
            Organisation.region_id,
            Signatory.is_lead,
            Signatory.answered_at,
            Engagement.submitted_on,
        )
        .join(Organisation, Organisation.id == Signatory.organisation_id)
        .join(Engagement, Engagement.id == Signatory.engagement_id)
        .where(Signatory.engagement_id.in_(wanted), Signatory.state == SignatoryState.AGREED)
    )
    found: dict[UUID, set[Signer]] = defaultdict(set)
    for row in db.session.execute(statement):
        if row.is_lead or not _came_late(row.answered_at, row.submitted_on):
            found[row.engagement_id].add(Signer(row.organisation_id, row.country, row.region_id))
    return found


def _came_late(answered_at: datetime | None, submitted_on: date | None) -> bool:
    return answered_at is not None and submitted_on is not None and answered_at.date() > submitted_on


def count_obtained(scope: AdvocacyScope) -> dict[tuple[UUID, Status], int]:
    """Return how many recommendations were obtained in the scope, by space and by where they stand. Group, way to take
    part and region are those of the engagement that one grew out of."""
    row = Recommendation
    statement = sa.select(row.space_id, row.status, sa.func.count()).where(*_obtained(scope), *_grown_out_of(scope))
    return {
        (space_id, status): number
        for space_id, status, number in db.session.execute(statement.group_by(row.space_id, row.status))
    }


def _obtained(scope: AdvocacyScope) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.from_on is not None:
        conditions.append(Recommendation.issued_on >= scope.from_on)
    if scope.to_on is not None:
        conditions.append(Recommendation.issued_on <= scope.to_on)
    if scope.space is not None:
        conditions.append(Recommendation.space_id.in_(scope.spaces))
    if scope.goal is not None:
        of_goal = RecommendationGoal.goal == scope.goal
        conditions.append(sa.exists().where(RecommendationGoal.recommendation_id == Recommendation.id, of_goal))
    if scope.is_gender_integrated:
        conditions.append(Recommendation.is_gender_integrated.is_(True))
    return conditions


def _grown_out_of(scope: AdvocacyScope) -> list[sa.ColumnElement[bool]]:
    asked = AdvocacyScope(groups=scope.counted_groups, mode=scope.mode)
    conditions = _conditions(asked)
    if scope.region is not None:
        of_region = sa.select(Organisation.id).where(Organisation.region_id == scope.region.id)
        stands_behind = sa.exists().where(
            Signatory.engagement_id == Engagement.id,
            Signatory.state == SignatoryState.AGREED,
            Signatory.organisation_id.in_(of_region),
        )
        conditions.append(stands_behind)
    if not conditions:
        return []
    return [Recommendation.engagement_id.in_(sa.select(Engagement.id).where(*conditions))]
