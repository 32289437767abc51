"""Who is told that a date comes near, and whether that is still worth saying when the mail leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.registries import StillWanted
from app.core.types import Facts
from app.events.models import EVENT
from app.extensions import db
from app.moments.queries import list_changes
from app.outcomes.services.agreeing import OUTCOME
from app.people.helping import still_helps, told_for
from app.people.queries import helped_by, helpers_of
from app.reminders.defaults import Rule
from app.reminders.kinds import Kind, Whom
from app.reminders.models import Care, PlannedReminder
from app.reminders.reckoning import anchor_of, still_takes_place
from app.reminders.things import Thing, find_thing
from app.reminders.things.bodies import is_open

GATHERING = "reminders.gathering"
JOINING = "reminders.joining"
EVENT_NEAR = "reminders.event"
TASK = "reminders.task"
REVIEW = "reminders.review"
DEADLINE = "reminders.deadline"
OCCURRENCE = "reminders.occurrence"
UNANSWERED = "reminders.unanswered"
AGREED = "reminders.agreed"
HELD = "reminders.held"
CLOSED = "reminders.closed"

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

AFTER_OF: dict[Kind, str] = {
    Kind.SESSION: HELD,
    Kind.MEETING: HELD,
    Kind.TEXT: CLOSED,
    Kind.EVENT: CLOSED,
    Kind.REGISTRATION: CLOSED,
}
"""What is told once it is over, in words of its own."""

OWN = (GATHERING, TASK)
"""What a person takes part in, or has taken on: somebody without e-mail hears of it through who helps them. Who is told
of a gathering themselves reads in the same mail for whom else."""


def key_for(planned: PlannedReminder) -> str:
    """Return the key of the notices of one arming."""
    return f"{planned.moment_id}:{planned.minutes}:{planned.arming}"


def told_too(kind: str, parameters: Mapping[str, Any]) -> list[UUID]:
    """Return whom the reader of a notice of their own helps: the same mail may be for them."""
    return helped_by(told_for(parameters)) if kind == GATHERING and "for" not in parameters else []


def tell(thing: Thing, rule: Rule, planned: PlannedReminder, people: Iterable[UUID], *, now: datetime) -> None:
    """Leave a notice for each person: one for each arming, never after the date, nor in a mail of the week on its very
    day. Of what is a person's own, who helps them is told for them."""
    key = key_for(planned)
    parameters: Facts = {
        "moment": str(planned.moment_id),
        "minutes": planned.minutes,
        "anchor": planned.anchor_at.isoformat(),
        "to": sorted(rule.to_whom),
    }
    leave = partial(
        notices.tell_many,
        now=now,
        audience=thing.moment.audience,
        expires_at=planned.until_at,
        happens_at=planned.until_at if rule.is_before else None,
        is_urgent=not rule.can_wait,
    )
    told = sorted(people, key=str)
    kind = _notice_of(thing, rule)
    leave(told, kind, key, parameters)
    for person_id, helpers in helpers_of(told).items() if kind in OWN else ():
        others = helpers.difference(told) if kind == GATHERING else helpers
        leave(sorted(others, key=str), kind, f"{key}:{person_id}", parameters | {"for": str(person_id)})


def _notice_of(thing: Thing, rule: Rule) -> str:
    if thing.is_told_after(rule.minutes):
        return AFTER_OF[thing.kind]
    return {EVENT: EVENT_NEAR, OUTCOME: AGREED}.get(thing.moment.subject_kind, NOTICE_OF[thing.kind])


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
    nobody has said that they take care of it; afterwards, that there still is something to do."""
    thing, minutes = _thing_of(notice), int(notice.parameters["minutes"])
    if thing is None or thing.is_quiet or not still_takes_place(thing.moment, minutes):
        return False
    anchor = anchor_of(thing.kind, thing.moment, thing.seat)
    said = notice.parameters["anchor"]
    if anchor is None or (anchor.isoformat() != said and not _is_by_old_rules(thing, said)):
        return False
    to_whom, about = [Whom(code) for code in notice.parameters["to"]], told_for(notice.parameters)
    if still_helps(notice.parameters) and thing.still_concerns(about, minutes, to_whom, now):
        return True
    return any(
        thing.still_concerns(person_id, minutes, to_whom, now) for person_id in told_too(notice.kind, notice.parameters)
    )


def _is_by_old_rules(thing: Thing, anchor: str) -> bool:
    """Whether a reminder that waits counts from an instant that new rules of clocks, and nobody, moved: the date stands
    as it was announced, and the mail says its hour."""
    for change in list_changes(thing.moment):
        if "zone_data" not in change.new:
            return False
        if anchor in (change.old["starts_at"], change.old["until"]):
            return True
    return False


def still_unanswered(notice: Any, now: datetime) -> bool:
    """Asked before the mail leaves that nobody has answered: nobody has, and it is about the date that stands."""
    thing, care = _thing_of(notice), db.session.get(Care, UUID(notice.parameters["care"]))
    if thing is None or care is None or not is_open(thing.row, now):
        return False
    return care.acknowledged_at is None and care.closes_at == thing.moment.until


def _thing_of(notice: Any) -> Thing | None:
    return find_thing(UUID(notice.parameters["moment"]))


STILL_WANTED: dict[str, StillWanted] = {
    **dict.fromkeys((*NOTICE_OF.values(), *AFTER_OF.values(), EVENT_NEAR, AGREED), still_near),
    UNANSWERED: still_unanswered,
}
