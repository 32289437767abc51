"""Changing a group, closing it, opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.naming import check_names, write_names
from app.core.permissions import require
from app.extensions import db
from app.people.models import Region
from app.sessions.models import Track
from app.workinggroups import events
from app.workinggroups.models import GroupKind, GroupState, WorkingGroup
from app.workinggroups.services.founding import (
    GroupRules,
    GroupWords,
    apply_rules,
    check_objectives,
    check_region,
)
from app.workinggroups.services.meetings import call_off_coming
from app.workinggroups.services.places import lock_group, set_state
from app.workinggroups.services.texts import write_texts


def change_group(
    actor: Actor,
    group: WorkingGroup,
    *,
    words: GroupWords,
    rules: GroupRules,
    region: Region | None = None,
    origins: Sequence[Track] = (),
    now: datetime,
) -> WorkingGroup:
    """Change names, texts, rules, region and tracks of origin; the kind of a group stays. Other objectives than those
    that stood there are a new edition: members see that they acknowledged an older one (R-04).

    Raises `NeedsName`, `ObjectivesMissing`, `UnknownKind`, `RegionMissing`.
    """
    require(actor, "workinggroups.run", group)
    check_names(words.names)
    check_objectives(words.texts)
    check_region(group.kind, region)
    lock_group(group)
    apply_rules(group, rules)
    group.region_id = region.id if region is not None else None
    group.origins = list(origins)
    write_names("group", group.id, words.names)
    if write_texts(group, words.texts):
        newer = sa.update(WorkingGroup).where(WorkingGroup.id == group.id)
        change_rows(newer.values(objectives_edition=WorkingGroup.objectives_edition + 1))
    db.session.flush()
    searching.changed("group", [group.id])
    facts = {"audience": group.audience, "edition": group.objectives_edition}
    audit.record(actor, "workinggroups.group.changed", "group", group.id, facts, now=now)
    events.group_changed.send(group, actor=actor, now=now)
    return group


def close_group(actor: Actor, group: WorkingGroup, *, now: datetime) -> bool:
    """End the work of a group: nobody comes in or takes part any more, those inside go on reading, and the meetings to
    come are called off. Returns whether it was open until now."""
    require(actor, "workinggroups.run", group)
    lock_group(group)
    call_off_coming(actor, group, now=now)
    return set_state(actor, group, GroupState.CLOSED, now=now)


def reopen_group(actor: Actor, group: WorkingGroup, *, now: datetime) -> bool:
    """Take up the work of a closed group again. A chantier is suspended first: by which rule it becomes active (R-18)
    is not decided here. Returns whether it was closed until now."""
    require(actor, "workinggroups.run", group)
    lock_group(group)
    if group.state is not GroupState.CLOSED:
        return False
    state = GroupState.SUSPENDED if group.kind is GroupKind.CHANTIER else GroupState.ACTIVE
    return set_state(actor, group, state, now=now)
