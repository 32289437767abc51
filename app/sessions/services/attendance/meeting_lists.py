"""The list of a meeting programme: kept while who leads says who is who, then used once and gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
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
from app.people import services as people_services
from app.people.models import Person
from app.sessions.meeting_lists.reading import Reading
from app.sessions.meeting_lists.spelling import words_of
from app.sessions.models import Gathering, MeetingList
from app.sessions.queries.attendance import may_be_marked
from app.sessions.services.attendance.marking import Marks, announce, check_open, mark, unmarked_among


class ListIsUsed(RuleBroken):
    """The list was saved, thrown away or dropped meanwhile."""


class NewcomerRefused(RuleBroken):
    """One of the new people has no name, or something that is no name."""


def stage_list(actor: Actor, gathering: Gathering, reading: Reading, *, now: datetime) -> MeetingList:
    """Keep a list that was read, until its people are marked: at most a week. Somebody who brings another one for the
    same gathering starts over. Nobody is marked by it. Raises `NotBegun`, `NotTakingPlace`."""
    require(actor, "sessions.mark_attendance", gathering)
    check_open(gathering, now)
    earlier = sa.delete(MeetingList).where(
        MeetingList.gathering_id == gathering.id, MeetingList.brought_by == actor.person_id
    )
    change_rows(earlier)
    lines: list[dict[str, Any]] = [
        {"number": line.number, "name": line.name, "email": line.email, "minutes": line.minutes}
        for line in reading.lines
    ]
    lines += [{"number": line.number, "reason": line.reason.value} for line in reading.skipped]
    row = MeetingList(gathering_id=gathering.id, brought_by=actor.person_id, brought_at=now, lines=lines)
    db.session.add(row)
    db.session.flush()
    return row


def drop_list(actor: Actor, gathering: Gathering, staged: MeetingList) -> bool:
    """Throw a list away; nobody is marked by it."""
    require(actor, "sessions.mark_attendance", gathering)
    return _take(staged)


def _take(staged: MeetingList) -> bool:
    """Delete the list; only one of several who do it at once is told that it was there."""
    return change_rows(sa.delete(MeetingList).where(MeetingList.id == staged.id)) == 1


def mark_from_list(
    actor: Actor,
    gathering: Gathering,
    staged: MeetingList,
    *,
    persons: Collection[UUID],
    newcomers: Mapping[int, str],
    now: datetime,
) -> Marks:
    """Mark people of the sheet, and new people by the line they stand in, in one save: all of it or nothing. The list
    is used up; a second save of it, also at the same instant, adds nothing.

    Raises `NotBegun`, `NotTakingPlace`, `ListIsUsed`, `NewcomerRefused`.
    """
    require(actor, "sessions.mark_attendance", gathering)
    check_open(gathering, now)
    brought_at = staged.brought_at
    if not _take(staged):
        raise ListIsUsed(_l("This list was saved or thrown away already. Look at the sheet before you bring it again."))
    wanted = set(db.session.scalars(sa.select(Person.id).where(may_be_marked(gathering), Person.id.in_(set(persons)))))
    fresh = _newcomers(actor, gathering, newcomers, since=brought_at, now=now)
    to_mark = unmarked_among(gathering, wanted | fresh)
    marks = Marks(frozenset(mark(actor, gathering, to_mark, now=now)) if to_mark else frozenset(), frozenset())
    announce(actor, gathering, marks, now)
    audit.record(
        actor, "sessions.attendance.list_used", gathering.kind, gathering.id,
        {"marked": len(marks.marked), "new": len(fresh)}, now=now,
    )  # fmt: skip
    return marks


def _newcomers(
    actor: Actor, gathering: Gathering, newcomers: Mapping[int, str], *, since: datetime, now: datetime
) -> set[UUID]:
    """Make a person of each new name. Somebody of that very name who came onto the sheet after the list was brought
    is the same person: somebody else who leads had the same list."""
    added = {words_of(person.name): person.id for person in _added_since(gathering, since)} if newcomers else {}
    found = set()
    for number, written in sorted(newcomers.items()):
        name = one_line(written)
        if not name:
            raise NewcomerRefused(_l("Line %(number)s: write a name, or leave the line out.", number=number))
        words = words_of(name) or (name,)
        if words not in added:
            added[words] = _add(actor, number, name, now)
        found.add(added[words])
    return found


def _added_since(gathering: Gathering, since: datetime) -> Collection[Person]:
    return db.session.scalars(sa.select(Person).where(may_be_marked(gathering), Person.created_at >= since)).all()


def _add(actor: Actor, number: int, name: str, now: datetime) -> UUID:
    try:
        person = people_services.add_walk_in(actor, name=name, language="", organisation_id=None, place="", now=now)
    except RuleBroken as error:
        raise NewcomerRefused(
            _l("Line %(number)s: %(reason)s", number=number, reason=error.message), rule=error.rule
        ) from error
    return person.id
