"""Who is told that a date comes near, and whether that is still worth saying when the mail leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.registries import StillWanted
from app.extensions import db
from app.reminders.defaults import Rule
from app.reminders.kinds import Kind, Whom
from app.reminders.models import Care, Planned
from app.reminders.reckoning import TAKES_PLACE, anchor_of
from app.reminders.things import Thing, find_thing

GATHERING = "reminders.gathering"
JOINING = "reminders.joining"
TASK = "reminders.task"
REVIEW = "reminders.review"
DEADLINE = "reminders.deadline"
OCCURRENCE = "reminders.occurrence"
UNANSWERED = "reminders.unanswered"

NOTICE_OF: dict[Kind, str] = {
    Kind.SESSION: GATHERING,
    Kind.MEETING: GATHERING,
    Kind.JOINING: JOINING,
    Kind.TASK: TASK,
    Kind.REVIEW: REVIEW,
    Kind.TEXT: DEADLINE,
    Kind.EVENT: DEADLINE,
    Kind.REGISTRATION: DEADLINE,
    Kind.OCCURRENCE: OCCURRENCE,
}


def tell(thing: Thing, rule: Rule, planned: Planned, people: Iterable[UUID], *, now: datetime) -> None:
    """Leave a notice for each person: one for each arming, never after the date."""
    notices.tell_many(
        sorted(people, key=str),
        NOTICE_OF[thing.kind],
        f"{planned.moment_id}:{planned.minutes}:{planned.arming}",
        {
            "moment": str(planned.moment_id),
            "minutes": planned.minutes,
            "anchor": planned.anchor_at.isoformat(),
            "to": sorted(rule.to_whom),
        },
        now=now,
        audience=thing.moment.audience,
        expires_at=planned.until_at,
        is_urgent=not rule.can_wait,
    )


def tell_unanswered(thing: Thing, care: Care, people: Iterable[UUID], *, now: datetime) -> None:
    """Tell others that nobody of a group has said that they take care of a deadline; the caller sees to
    it that it is said once."""
    notices.tell_many(
        sorted(people, key=str),
        UNANSWERED,
        f"{care.id}:{now:%Y%m%dT%H%M%S}",  # it may be handed back, and asked about anew
        {"moment": str(care.moment_id), "care": str(care.id)},
        now=now,
        audience=thing.moment.audience,
        expires_at=care.closes_at,
        is_urgent=True,
    )


def still_near(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the date stands, it is not done, the person still belongs, and
    nobody has said that they take care of it."""
    thing = _thing_of(notice)
    if thing is None or not _stands(thing):
        return False
    anchor = anchor_of(thing.kind, thing.moment, thing.seat)
    if anchor is None or anchor.isoformat() != notice.parameters["anchor"]:
        return False
    to_whom = [Whom(code) for code in notice.parameters["to"]]
    return thing.still_concerns(notice.person_id, to_whom, now)


def still_unanswered(notice: Any, _now: datetime) -> bool:
    """Asked before the mail leaves that nobody has answered: nobody has, and it is about the date that stands."""
    thing, care = _thing_of(notice), db.session.get(Care, UUID(notice.parameters["care"]))
    if thing is None or care is None or not _stands(thing):
        return False
    return care.acknowledged_at is None and care.closes_at == thing.moment.until


def _thing_of(notice: Any) -> Thing | None:
    return find_thing(UUID(notice.parameters["moment"]))


def _stands(thing: Thing) -> bool:
    return not thing.is_quiet and thing.moment.status in TAKES_PLACE


STILL_WANTED: dict[str, StillWanted] = {**dict.fromkeys(NOTICE_OF.values(), still_near), UNANSWERED: still_unanswered}
