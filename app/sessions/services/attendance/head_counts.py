"""People without accounts behind one screen: how many, where, for whom, and who counted them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.extensions import db
from app.people.models import Organisation
from app.sessions import policy
from app.sessions.hosts import words_of
from app.sessions.models import Gathering, HeadCount
from app.sessions.services.attendance.marking import check_open

MOST_PEOPLE = 500
PLACE_LENGTH = 120


class NotSoMany(RuleBroken):
    """A number of people that nobody counts behind one screen."""


class TooLateToCount(RuleBroken):
    """Those who take part count for two days; who leads always."""


class CountIsGone(RuleBroken):
    """Somebody removed the count meanwhile."""


def _check(actor: Actor, gathering: Gathering, people: int, organisation_id: UUID | None, now: datetime) -> None:
    check_open(gathering, now)
    if not policy.can_lead_session(actor, gathering) and now > policy.claim_window(gathering)[1]:
        raise TooLateToCount(
            words_of(gathering).count_too_late,
            rule="R-31",
        )
    if not 1 <= people <= MOST_PEOPLE:
        raise NotSoMany(
            _l("Write a whole number from 1 to 500. For more people, write one count for each screen."), field="people"
        )
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise NotSoMany(_l("Choose the organisation from the list, or leave it empty."), field="organisation")


def count_people(
    actor: Actor,
    gathering: Gathering,
    *,
    people: int,
    place: str = "",
    organisation_id: UUID | None = None,
    now: datetime,
) -> HeadCount:
    """Keep how many people without an account followed behind one screen. The person whose account it is counts as a
    person, not here. Raises `NotBegun`, `NotTakingPlace`, `TooLateToCount`, `NotSoMany`."""
    require(actor, "sessions.count_heads", gathering)
    _check(actor, gathering, people, organisation_id, now)
    row = HeadCount(
        gathering_id=gathering.id,
        people=people,
        place=one_line(place)[:PLACE_LENGTH],
        organisation_id=organisation_id,
        counted_by=actor.person_id,
        counted_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "sessions.head_count.made", gathering.kind, gathering.id, {"people": people}, now=now)
    return row


def change_head_count(
    actor: Actor,
    gathering: Gathering,
    head_count: HeadCount,
    *,
    people: int,
    place: str = "",
    organisation_id: UUID | None = None,
    now: datetime,
) -> HeadCount:
    """Correct a count; who counted first stays named. Raises what `count_people` raises, and `CountIsGone`."""
    require(actor, "sessions.change_head_count", head_count)
    _check(actor, gathering, people, organisation_id, now)
    facts = {"people": people, "before": head_count.people}
    values = {"people": people, "place": one_line(place)[:PLACE_LENGTH], "organisation_id": organisation_id}
    if change_rows(_standing(head_count).values(**values)) != 1:
        raise CountIsGone(_l("Somebody removed this count meanwhile. Count again if people were there."))
    audit.record(actor, "sessions.head_count.changed", gathering.kind, gathering.id, facts, now=now)
    return head_count


def remove_head_count(actor: Actor, gathering: Gathering, head_count: HeadCount, *, now: datetime) -> bool:
    """Let a count stand no more; removing twice changes nothing."""
    require(actor, "sessions.change_head_count", head_count)
    if change_rows(_standing(head_count).values(removed_at=now)) != 1:
        return False
    audit.record(
        actor, "sessions.head_count.removed", gathering.kind, gathering.id, {"people": head_count.people}, now=now
    )
    return True


def _standing(head_count: HeadCount) -> sa.Update:
    return sa.update(HeadCount).where(HeadCount.id == head_count.id, HeadCount.removed_at.is_(None))
