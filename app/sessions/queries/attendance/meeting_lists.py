"""Lists of meeting programmes that wait for somebody to say who is who, and the people they are matched with."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.models import Account, Person
from app.sessions.meeting_lists.matching import Known
from app.sessions.meeting_lists.reading import ListLine, Reason, Skipped
from app.sessions.models import Gathering, MeetingList
from app.sessions.queries.attendance.sheet import may_be_marked


def get_list(gathering: Gathering, list_id: UUID) -> MeetingList:
    """Return a waiting list of this gathering; raises `NotFound`."""
    row = db.session.get(MeetingList, list_id)
    if row is None or row.gathering_id != gathering.id:
        raise NotFound
    return row


def find_waiting_list(actor: Actor, gathering: Gathering) -> MeetingList | None:
    """Return the list that this actor brought and has not used yet."""
    return db.session.scalar(
        sa.select(MeetingList)
        .where(MeetingList.gathering_id == gathering.id, MeetingList.brought_by == actor.person_id)
        .order_by(MeetingList.brought_at.desc())
        .limit(1)
    )


def lines_of(staged: MeetingList) -> tuple[list[ListLine], list[Skipped]]:
    """Return the lines of a list: those of people, and those of nobody."""
    lines = [ListLine(**line) for line in staged.lines if "name" in line]
    skipped = [Skipped(line["number"], Reason(line["reason"])) for line in staged.lines if "reason" in line]
    return lines, skipped


def list_known(gathering: Gathering) -> list[Known]:
    """Return the people of the sheet with what they are recognised by, in one query. Only confirmed addresses: anybody
    may register somebody else's. Nobody outside the sheet is looked at."""
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Person.name_latin, Account.email_norm)
        .outerjoin(Account, sa.and_(Account.person_id == Person.id, Account.verified_at.is_not(None)))
        .where(may_be_marked(gathering), Person.erased_at.is_(None))
        .order_by(Person.name_fold, Person.id)
    )
    return [Known(row.id, tuple(filter(None, (row.name, row.name_latin))), row.email_norm or "") for row in rows]
