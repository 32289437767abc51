"""Marking who was there, for whom, on which day at the gathering's place (R-31 counts from these rows)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments.local import local_day
from app.moments.models import NOT_TAKING_PLACE
from app.people import queries as people
from app.people.models import Person
from app.sessions import events, policy
from app.sessions.hosts import words_of
from app.sessions.models import Attendance, AttendanceClaim, Gathering
from app.sessions.queries.attendance import may_be_marked
from app.sessions.queries.expected import joined_for


class NotBegun(RuleBroken):
    """Attendance is marked from half an hour before the start."""


class NotTakingPlace(RuleBroken):
    """Nobody attends what is called off."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one save changed."""

    marked: frozenset[UUID]
    unmarked: frozenset[UUID]


def check_open(gathering: Gathering, now: datetime) -> None:
    """Refuse to mark what has not begun or was called off: `NotBegun`, `NotTakingPlace`."""
    if gathering.moment.status in NOT_TAKING_PLACE:
        raise NotTakingPlace(words_of(gathering).off_when_marked)
    if not policy.attendance_is_open(gathering, now):
        raise NotBegun(words_of(gathering).not_begun, rule="R-31")


def day_of(gathering: Gathering) -> date:
    """The day at the gathering's own place."""
    return local_day(gathering.moment)


def _organisations(gathering: Gathering, person_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """For whom each person came: what they said themselves, else the organisation they joined for, else the
    only one they belonged to on that day, else none."""
    found = joined_for(gathering, person_ids)
    missing = [person_id for person_id in person_ids if found.get(person_id) is None]
    for person_id, affiliations in people.affiliations_on(missing, day_of(gathering)).items():
        of = {affiliation.organisation_id for affiliation in affiliations if affiliation.organisation_id}
        found[person_id] = of.pop() if len(of) == 1 else None
    return found | _said(gathering, person_ids)


def _said(gathering: Gathering, person_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    rows = db.session.execute(
        sa.select(AttendanceClaim.person_id, AttendanceClaim.for_organisation_id).where(
            AttendanceClaim.gathering_id == gathering.id,
            AttendanceClaim.person_id.in_(person_ids),
            AttendanceClaim.withdrawn_at.is_(None),
        )
    )
    return dict(rows.all())


def mark(
    actor: Actor,
    gathering: Gathering,
    person_ids: Collection[UUID],
    *,
    now: datetime,
    organisation_id: UUID | None = None,
) -> set[UUID]:
    """Write one row per person, or bring back the one that was taken back; who is marked already, also at this very
    instant, stays as marked."""
    done = _mark_again(actor, gathering, person_ids, now=now, organisation_id=organisation_id)
    fresh = set(person_ids) - done
    organisations = _organisations(gathering, fresh)
    for person_id in sorted(fresh, key=str):
        row = Attendance(
            gathering_id=gathering.id,
            person_id=person_id,
            attended_for_organisation_id=organisation_id or organisations.get(person_id),
            attended_on=day_of(gathering),
            marked_at=now,
            marked_by=actor.person_id,
        )
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            continue
        done.add(person_id)
    return done


def _mark_again(
    actor: Actor,
    gathering: Gathering,
    person_ids: Collection[UUID],
    *,
    now: datetime,
    organisation_id: UUID | None,
) -> set[UUID]:
    values = {"unmarked_at": None, "marked_at": now, "marked_by": actor.person_id, "attended_on": day_of(gathering)}
    if organisation_id is not None:
        values["attended_for_organisation_id"] = organisation_id
    again = db.session.scalars(
        sa.update(Attendance)
        .where(
            Attendance.gathering_id == gathering.id,
            Attendance.person_id.in_(person_ids),
            Attendance.unmarked_at.is_not(None),
        )
        .values(values)
        .returning(Attendance.person_id)
    )
    return set(again)


def _unmark(gathering: Gathering, person_ids: Collection[UUID], now: datetime) -> set[UUID]:
    gone = db.session.scalars(
        sa.update(Attendance)
        .where(
            Attendance.gathering_id == gathering.id,
            Attendance.person_id.in_(person_ids),
            Attendance.unmarked_at.is_(None),
        )
        .values(unmarked_at=now)
        .returning(Attendance.person_id)
    )
    return set(gone)


def unmarked_among(gathering: Gathering, person_ids: Collection[UUID]) -> set[UUID]:
    """Return those of these people who are not marked now."""
    standing = sa.select(Attendance.person_id).where(
        Attendance.gathering_id == gathering.id,
        Attendance.person_id.in_(person_ids),
        Attendance.unmarked_at.is_(None),
    )
    return set(person_ids) - set(db.session.scalars(standing))


def announce(actor: Actor, gathering: Gathering, marks: Marks, now: datetime) -> None:
    """Write the audit lines of one save and tell who listens."""
    for code, persons in (("marked", marks.marked), ("unmarked", marks.unmarked)):
        if persons:
            facts = {"persons": sorted(str(person_id) for person_id in persons)}
            audit.record(actor, f"sessions.attendance.{code}", gathering.kind, gathering.id, facts, now=now)
    if marks.marked or marks.unmarked:
        events.attendance_saved.send(gathering, actor=actor, marked=marks.marked, unmarked=marks.unmarked, now=now)


def save_attendance(
    actor: Actor,
    gathering: Gathering,
    *,
    shown: Iterable[UUID],
    here: Iterable[UUID],
    was_here: Iterable[UUID] = (),
    now: datetime,
) -> Marks:
    """Save one view of the sheet: only the people `shown` on it are touched, and of them only those whose mark differs
    from the one they had when the sheet was opened (`was_here`). So two facilitators who save different people at the
    same time keep both. Marking twice is one row; a mark taken back counts no more, and its person stays on the sheet.

    Raises `NotBegun`, `NotTakingPlace`.
    """
    require(actor, "sessions.mark_attendance", gathering)
    check_open(gathering, now)
    shown_here, was = set(here), set(was_here)
    on_sheet = set(db.session.scalars(sa.select(Person.id).where(may_be_marked(gathering), Person.id.in_(set(shown)))))
    already = on_sheet - unmarked_among(gathering, on_sheet)
    to_mark = ((on_sheet & shown_here) - was) - already
    to_unmark = ((on_sheet & was) - shown_here) & already
    marks = Marks(
        frozenset(mark(actor, gathering, to_mark, now=now)) if to_mark else frozenset(),
        frozenset(_unmark(gathering, to_unmark, now)) if to_unmark else frozenset(),
    )
    announce(actor, gathering, marks, now)
    return marks
