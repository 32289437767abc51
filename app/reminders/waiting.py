"""What waits: deadlines that close soon, and of which nobody in a group that one runs has said that they take care."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.advocacy.addresses import occurrence_path
from app.advocacy.models import DEADLINES, FollowedSpace, Occurrence, Step
from app.advocacy.queries import short_names
from app.advocacy.words import occurrence_name, step_called, step_name
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.waiting import MOST, Kind, Line
from app.engagements.models import UNDER_WAY, Engagement, EngagementGroup
from app.extensions import db
from app.moments.models import Certainty, Moment
from app.moments.shown import shown
from app.reminders.queries import standings_of
from app.reminders.reckoning import TAKES_PLACE
from app.reminders.things.bodies import is_open
from app.workinggroups.keys import COORDINATORS, groups_named_in

SOON = timedelta(days=21)


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever runs a group: what it works towards, and what closes in spaces that it follows. A date that is only
    expected is nothing to take care of yet."""
    groups = groups_named_in(actor, COORDINATORS)
    if not groups:
        return []
    steps = [step for step in db.session.scalars(_closing(groups, now)).unique() if is_open(step, now)]
    untaken = [one for one in standings_of(steps) if one.unit.group_id in groups and not one.unit.is_taken][:MOST]
    names = names_of("group", {one.unit.group_id for one in untaken}, page_language())
    spaces = short_names({one.step.occurrence.space_id: one.step.occurrence.space for one in untaken}.values())
    return [_line(one.step, names[one.unit.group_id], spaces[one.step.occurrence.space_id]) for one in untaken]


def _closing(groups: Collection[UUID], now: datetime) -> sa.Select[Step]:
    """Select the deadlines that close soon and that any of these groups works towards or follows."""
    working = (
        sa.select(Engagement.step_id)
        .join(EngagementGroup, EngagementGroup.engagement_id == Engagement.id)
        .where(EngagementGroup.group_id.in_(groups), Engagement.state.in_(UNDER_WAY), Engagement.step_id.is_not(None))
    )
    following = sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id.in_(groups))
    return (
        sa.select(Step)
        .join(Moment, Moment.id == Step.moment_id)
        .join(Occurrence, Occurrence.id == Step.occurrence_id)
        .where(
            Step.code.in_(DEADLINES),
            Step.done_at.is_(None),
            Moment.status.in_(TAKES_PLACE),
            Moment.certainty != Certainty.ESTIMATED,
            Moment.until > now,
            Moment.until <= now + SOON,
            sa.or_(Step.id.in_(working), Occurrence.space_id.in_(following)),
        )
        .order_by(Moment.until, Step.id)
        .limit(MOST)
    )


def _line(step: Step, group: Name, space: Any) -> Line:
    return Line(
        Kind.CARE,
        _(
            "“%(step)s” closes %(date)s, and nobody of your group has said that they take care of it.",
            step=step_called(step_name(step), occurrence_name(step.occurrence, space)),
            date=shown(step.moment).words,
        ),
        f"{occurrence_path(step.occurrence_id)}#care",
        # I18N: link to where somebody says that they take care of a deadline
        _("Take care of it"),
        group,
    )
