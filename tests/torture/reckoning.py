"""What became of every notice in the end: what people did, and the server's own word, held against the rows of the
house."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import force_locale

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import Model, db
from app.moments.mailed import time_words
from app.moments.models import Status
from app.moments.shown import shown
from app.reminders.models import Mark, PlannedReminder
from app.reminders.telling import GATHERING as REMINDED
from app.sessions.models import LearningSession
from app.sessions.telling.sessions import CANCELLED, MOVED, PLANNED
from tests.torture.house import ZONE, House, OneTrack


@dataclass(frozen=True, slots=True)
class Row:
    """A notice and its mail, if it has one."""

    kind: str
    session: str
    person: str
    message_id: str
    state: MailState | None
    recipient: str
    error: str

    def __str__(self) -> str:
        return f"{self.kind} of {self.session} to {self.person}"


Fact = tuple[str, str, str]
"""What kind of notice, of which session, for which person."""
INSTEAD = {PLANNED: (CANCELLED,), MOVED: (MOVED, CANCELLED), REMINDED: (MOVED, CANCELLED)}
"""What a person is told afterwards, where a mail that was not sent yet says what no longer holds."""
OVERLAP = timedelta(minutes=15)
"""A change is dated when its form came and holds when it is committed: meanwhile others may still be reminded."""


@dataclass
class Reckoning:
    """`mails`: all but the `replaced`, which said what was no longer true before they left; something newer was told.
    `reminders`: how many of all notices remind.
    `lost`: neither taken by the server nor shown to anybody; or the time that stands, which somebody never read, though
    all their mails arrived. `twice`: taken more than once. `presumed`: shown as
    presumed sent, of which `not_taken` did not arrive. `failed`: shown as failed. `wrong`: said otherwise than it was,
    or told though nobody did it."""

    mails: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    presumed: int = 0
    not_taken: int = 0
    reminders: int = 0
    failed: int = 0
    replaced: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.wrong)


def reckon(house: House) -> Reckoning:
    """Hold what was answered against the notices of the house, and each of these against what the server took."""
    lines = [line.split(" ", 1) for line in house.lines("taken.log")]
    taken, refused = Counter(name for name, _words in lines), Counter(house.lines("refused.log"))
    rows = house.ask(_rows)
    found = judge(rows, Counter(_owed(house)), taken, refused)
    found.lost += unread(rows, house.ask(_times), {name: json.loads(words) for name, words in lines})
    found.wrong += house.lines("surprises.log")
    return found


def judge(rows: list[Row], owed: Counter[Fact], taken: Counter[str], refused: Counter[str]) -> Reckoning:
    """Say what became of all notices, the oldest first, and whether they are those that were owed. Of a session that is
    cancelled nobody need be reminded; who was is well, if it was before. Of a move nobody need be told to whom a mail
    that it is planned says it: see `unread`."""
    there = Counter((row.kind, row.session, row.person) for row in rows)
    reminded = Counter(_reminded_before_the_end(rows))
    by_the_first = {(MOVED, session, person) for kind, session, person in there if kind == PLANNED}
    found = Reckoning(lost=[f"{fact}: no notice" for fact in owed - there if fact not in by_the_first])
    found.wrong = [f"{fact}: nobody did that" for fact in there - (owed | reminded)]
    found.reminders = sum(row.kind == REMINDED for row in rows)
    later: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in reversed(rows):
        told_since = later[row.session, "" if row.kind == REMINDED else row.person]
        is_replaced = any(kind in told_since for kind in INSTEAD.get(row.kind, ()))
        _place(found, row, taken, refused, is_replaced=is_replaced)
        later[row.session, row.person].append(row.kind)
        later[row.session, ""].append(row.kind)  # who leads is reminded, and told of nothing they did themselves
    found.mails = len(rows) - found.replaced
    found.twice += [name for name, times in taken.items() if times > 1]
    found.wrong += [f"{name} is nobody's" for name in set(taken) - {row.message_id for row in rows}]
    return found


def unread(rows: Iterable[Row], times: Mapping[str, str], said: Mapping[str, str]) -> Iterator[str]:
    """Yield who never read when a session takes place in the end (`times`), by what the server took (`said`): of all of
    whom every mail about it was taken, or withdrawn."""
    mails: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind in (PLANNED, MOVED):
            mails[row.session, row.person].append(row)
    for (session, person), theirs in mails.items():
        all_came = all(row.message_id in said or row.state is MailState.CANCELLED for row in theirs)
        if session in times and all_came and not any(times[session] in said.get(row.message_id, "") for row in theirs):
            yield f"{session}, {times[session]}: {person} never read it"


def _owed(house: House) -> Iterator[Fact]:
    """Yield what everybody must be told, of all that was answered, and of what stands in the end be reminded."""
    last: dict[str, tuple[str, OneTrack]] = {}
    for line in house.lines("written.log"):
        kind, session, number = line.split(" ")
        last[session] = kind, house.tracks[int(number)]
        for person in house.tracks[int(number)].members:
            yield kind, session, str(person)
    for session, (kind, track) in last.items():
        if kind != CANCELLED:
            yield from ((REMINDED, session, str(person)) for person in (track.facilitator, *track.members))


def _reminded_before_the_end(rows: list[Row]) -> set[Fact]:
    """Return who was reminded of sessions before they were cancelled."""
    cancelled, found = set[str](), set[Fact]()
    for row in reversed(rows):
        if row.kind == CANCELLED:
            cancelled.add(row.session)
        elif row.kind == REMINDED and row.session in cancelled:
            found.add((row.kind, row.session, row.person))
    return found


def _place(found: Reckoning, row: Row, taken: Counter[str], refused: Counter[str], *, is_replaced: bool) -> None:
    is_taken = row.message_id in taken
    if row.state is None:
        found.lost.append(f"{row}: no mail")
    elif row.state is MailState.PRESUMED_SENT:
        found.presumed += 1
        found.not_taken += not is_taken
    elif row.state is MailState.FAILED:
        found.failed += 1
        refused[row.recipient] -= 1
        if is_taken or (row.error != "abandoned" and refused[row.recipient] < 0):
            found.wrong.append(
                f"{row}: failed ({row.error}), and the server {'took it' if is_taken else 'never said so'}"
            )
    elif row.state is MailState.CANCELLED and is_replaced and not is_taken:
        found.replaced += 1
    elif not is_taken:
        found.lost.append(f"{row}: {row.state.value} {row.error}")
    elif row.state is not MailState.SENT:
        found.wrong.append(f"{row}: taken, and the row says {row.state.value}")


def _rows(_house: House) -> list[Row]:
    mails = sa.select(Notice, OutboxMail).join(OutboxMail, Notice.mail_id == OutboxMail.id, isouter=True)
    sessions = {str(moment): str(session) for moment, session in db.session.execute(
        sa.select(LearningSession.moment_id, LearningSession.id))}  # fmt: skip
    return [
        Row(
            notice.kind,
            str(notice.parameters.get("session") or sessions.get(notice.parameters.get("moment", ""), "")),
            str(notice.person_id),
            mail.message_id if mail else "",
            mail.state if mail else None,
            mail.recipient if mail else "",
            mail.last_error if mail else "",
        )
        for notice, mail in sorted(
            db.session.execute(mails.order_by(Notice.created_at)), key=lambda row: _told_at(row[0])
        )
    ]


def _times(_house: House) -> dict[str, str]:
    """Return when each session takes place that does, as a mail says it."""
    sessions = db.session.scalars(sa.select(LearningSession)).unique()
    with force_locale("en"):
        return {
            str(session.id): time_words(shown(session.moment, ZONE, "en"))
            for session in sessions
            if session.moment.status is not Status.CANCELLED
        }


def _told_at(notice: Notice) -> datetime:
    return notice.created_at - (OVERLAP if notice.kind == REMINDED else timedelta(0))


@dataclass(frozen=True, slots=True)
class Left:
    """What is still under way: dates to be planned, reminders that are due, notices without a mail, mails that are due
    or held; and when more is due: the next mail, or the last reminder."""

    unplanned: int
    reminders: int
    unaddressed: int
    due: int
    held: int
    next_at: datetime | None

    @property
    def under_way(self) -> int:
        return self.unplanned + self.reminders + self.unaddressed + self.due + self.held

    @property
    def is_nothing(self) -> bool:
        return not (self.under_way or self.next_at)


def left(house: House) -> Left:
    """Count what is still under way; asked in a process of its own."""
    now, count = house.clock(), sa.func.count()
    undone = PlannedReminder.done_at.is_(None)
    new = sa.and_(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    pending = OutboxMail.state == MailState.PENDING
    held = OutboxMail.state.in_((MailState.LEASED, MailState.HANDOFF))

    def many(table: type[Model], *only: sa.ColumnElement[bool]) -> int:
        return db.session.scalar(sa.select(count).select_from(table).where(*only)) or 0

    last = db.session.scalar(sa.select(sa.func.max(PlannedReminder.due_at)).where(undone))
    first = db.session.scalar(sa.select(sa.func.min(OutboxMail.not_before)).where(pending))
    return Left(
        unplanned=many(Mark),
        reminders=many(PlannedReminder, undone, PlannedReminder.due_at <= now),
        unaddressed=many(Notice, new),
        due=many(OutboxMail, pending, OutboxMail.not_before <= now),
        held=many(OutboxMail, held),
        next_at=min((at for at in (first, last) if at is not None), default=None),
    )
