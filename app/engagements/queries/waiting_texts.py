"""What waits in the texts of many engagements at once: as many questions for fifty of them as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from app.advocacy.models import Occurrence, Step
from app.core.actors import Actor
from app.drafting.models import JointText
from app.engagements.models import (
    UNDER_WAY,
    Engagement,
    EngagementGroup,
    EngagementState,
    EngagementText,
    Signatory,
    SignatoryState,
)
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.texts import access_of, limit_of, newest_versions, sign_offs_of
from app.engagements.signatures import Awaited, awaited, to_hand_in
from app.extensions import db
from app.moments.models import NOT_TAKING_PLACE, Moment
from app.people.keys import mandated_for
from app.workinggroups.keys import COORDINATORS, groups_named_in

_IN_ORDER = (JointText.translation_of_id.is_not(None), EngagementText.added_at, JointText.language, EngagementText.id)

Links = Mapping[UUID, Sequence[EngagementText]]


def list_to_sign(actor: Actor, *, limit: int) -> list[Awaited]:
    """Return the newest versions that wait for the signature of organisations the actor speaks for, each language by
    itself; of one engagement the original before its translations."""
    mandated = mandated_for(actor)
    if not mandated:
        return []
    wanted = (
        sa.select(Engagement)
        .where(
            Engagement.state.in_(UNDER_WAY),
            Engagement.id.in_(
                sa.select(Signatory.engagement_id).where(
                    Signatory.organisation_id.in_(mandated), Signatory.state == SignatoryState.AGREED
                )
            ),
        )
        .order_by(Engagement.made_at, Engagement.id)
    )
    engagements = _all(wanted)
    if not engagements:
        return []
    of_all = awaited_by(engagements, links_of(engagements)).values()
    return [row for of_one in of_all for row in of_one if row[0].organisation_id in mandated][:limit]


def _run_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Engagements of groups the actor runs. The secretariat, which runs all, is not asked about all."""
    mine = sorted(groups_named_in(actor, COORDINATORS))
    return Engagement.id.in_(sa.select(EngagementGroup.engagement_id).where(EngagementGroup.group_id.in_(mine)))


def list_closing(actor: Actor, now: datetime, until: datetime, *, limit: int) -> list[Engagement]:
    """Return what the actor runs and is still to be handed in, and closes between two instants; the first first. What
    was called off or put off, or its session, closes at no date."""
    wanted = (
        sa.select(Engagement)
        .join(Step, Step.id == Engagement.step_id)
        .join(Moment, Moment.id == Step.moment_id)
        .where(
            _run_by(actor),
            Engagement.state.in_(UNDER_WAY),
            Moment.status.not_in(NOT_TAKING_PLACE),
            Step.occurrence.has(Occurrence.moment.has(Moment.status.not_in(NOT_TAKING_PLACE))),
            Moment.until >= now,
            Moment.until <= until,
        )
        .order_by(Moment.until, Engagement.id)
        .limit(limit)
    )
    return _all(wanted)


def list_without_result(actor: Actor, now: datetime, *, limit: int) -> list[Engagement]:
    """Return what the actor runs and handed in, of which nobody says what came of it though its session is over."""
    wanted = (
        sa.select(Engagement)
        .join(Occurrence, Occurrence.id == Engagement.occurrence_id)
        .join(Moment, Moment.id == Occurrence.moment_id)
        .where(
            _run_by(actor),
            Engagement.state == EngagementState.SUBMITTED,
            Engagement.result.is_(None),
            Moment.until < now,
        )
        .order_by(Moment.until, Engagement.id)
        .limit(limit)
    )
    return _all(wanted)


def _all(wanted: sa.Select[Any]) -> list[Engagement]:
    return list(db.session.scalars(wanted).unique())


def links_of(engagements: Sequence[Engagement]) -> Links:
    """Return the texts of many engagements, by engagement."""
    found: dict[UUID, list[EngagementText]] = defaultdict(list)
    wanted = (
        sa.select(EngagementText)
        .join(JointText, JointText.id == EngagementText.text_id)
        .where(EngagementText.engagement_id.in_([one.id for one in engagements]))
        .order_by(*_IN_ORDER)
        .options(joinedload(EngagementText.text).options(lazyload(JointText.group), lazyload(JointText.keepers)))
    )
    for link in db.session.scalars(wanted).unique():
        found[link.engagement_id].append(link)
    return found


def most_over(engagements: Sequence[Engagement], links: Links, today: date) -> dict[UUID, int]:
    """Return by how many words the longest text of each engagement that can be handed in is too long; those that are
    not are left out."""
    versions = newest_versions([link.text for of_one in links.values() for link in of_one])
    access = access_of([one.lead.organisation_id for one in engagements if one.lead is not None])
    found = {}
    for one in engagements:
        applies = limit_of(one, day_that_counts(one, today), access)
        if applies is None:
            continue
        texts = to_hand_in(one, links.get(one.id, ()))
        over = max((applies.over(versions[link.text_id][1]) for link in texts), default=0)
        if over > 0:
            found[one.id] = over
    return found


def awaited_by(engagements: Sequence[Engagement], links: Links) -> dict[UUID, list[Awaited]]:
    """Return whose signature is awaited under which newest version, by engagement."""
    signed = sign_offs_of([link.text_id for of_one in links.values() for link in of_one])
    return {one.id: awaited(one, links.get(one.id, ()), signed) for one in engagements}
