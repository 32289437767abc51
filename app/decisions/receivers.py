"""What this package does when something below it changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.jobs import follow
from app.core.registries import audience_holders
from app.decisions import telling
from app.decisions.models import Decision, RollLine, Stage, Window
from app.decisions.names import lazy_name
from app.extensions import db
from app.moments.endings import lazy_end, moved_by_clocks
from app.moments.events import moment_changed
from app.moments.models import Moment, MomentChange
from app.people.keys import is_held
from app.people.models import Role, RoleGrant
from app.workinggroups import events
from app.workinggroups.keys import contributors_key
from app.workinggroups.models import GroupCoordinator, GroupMembership, GroupState, WorkingGroup


class VoicesAreAsked(RuleBroken):
    """A group in which organisations are giving their voices."""


def keep_open(group: WorkingGroup, **_more: Any) -> None:
    """Refuse to close a group while voices are asked for: whoever has not spoken could not object any more, and their
    silence would adopt (R-23). The group is locked. Raises `VoicesAreAsked`."""
    if group.state is not GroupState.CLOSED:
        return
    decision = next(iter(_asking(group.id)), None)
    if decision is not None and decision.window is not None:
        raise VoicesAreAsked(
            _l(
                "Organisations are giving their voices to “%(title)s” until %(end)s. Close the group after that, or "
                "lay the proposal down first.",
                title=decision.title,
                end=lazy_end(decision.window.moment),
            ),
            rule="R-23",
        )


def keep_speakers(place: GroupMembership | GroupCoordinator, *, actor: Actor, now: datetime, **_more: Any) -> None:
    """Refuse that somebody else ends the place of the only person who could speak for an organisation of the roll while
    voices are asked for, for the same reason. Who leaves by themselves does. Raises `VoicesAreAsked`."""
    if actor.person_id == place.person_id:
        return
    for decision in _asking(place.group_id):
        silenced = _spoken_for([place.person_id], decision, now) - _spoken_for(
            audience_holders(contributors_key(place.group_id), now), decision, now
        )
        if silenced and decision.window is not None:
            raise VoicesAreAsked(
                _l(
                    "Nobody else here speaks for %(organisation)s, which is asked for its voice to “%(title)s” until "
                    "%(end)s. End the place after that, or lay the proposal down first.",
                    organisation=lazy_name(db.session.get_one(RollLine, (decision.id, min(silenced, key=str))).names),
                    title=decision.title,
                    end=lazy_end(decision.window.moment),
                ),
                rule="R-23",
            )


def _asking(group_id: UUID) -> Sequence[Decision]:
    """Return the decisions of a group to which voices are asked for, the oldest first."""
    asked = sa.select(Decision).where(Decision.group_id == group_id, Decision.stage == Stage.OBJECTIONS)
    return db.session.scalars(asked.order_by(Decision.created_at, Decision.id)).all()


def _spoken_for(person_ids: Collection[UUID], decision: Decision, now: datetime) -> set[UUID]:
    """Return the organisations on the roll for which one of these persons has a mandate today."""
    mandates = (
        sa.select(RoleGrant.organisation_id)
        .join(RollLine, RollLine.organisation_id == RoleGrant.organisation_id)
        .where(
            RollLine.decision_id == decision.id,
            RoleGrant.role == Role.MANDATED,
            RoleGrant.person_id.in_(person_ids),
            is_held(now.date()),
        )
    )
    return {organisation_id for organisation_id in db.session.scalars(mandates) if organisation_id is not None}


def on_clocks(moment: Moment, *, change: MomentChange, now: datetime, **_more: Any) -> None:
    """New zone data moved the end of an open window: the reminder moves along, and who reads another hour hears of it;
    silence would consent."""
    if not moved_by_clocks(change) or moment.until <= now:
        return
    window = db.session.scalar(sa.select(Window).where(Window.moment_id == moment.id, Window.closed_at.is_(None)))
    if window is not None:
        follow(window, moment.until - datetime.fromisoformat(change.old["until"]))
        telling.tell_clocks_moved(window, change, now=now)


def register() -> None:
    moment_changed.connect(on_clocks)
    events.group_state_changed.connect(keep_open)
    events.group_left.connect(keep_speakers)
    events.coordinator_ended.connect(keep_speakers)
