"""A house whose worker can be stopped anywhere, a mail server that does what it is told, and the laws of R-09 on its
line: nothing twice, nothing about a date that does not stand, and what was not sent follows the date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from app.advocacy.models import Step
from app.core import outbox
from app.core.actors import Actor, job
from app.core.errors import RuleBroken
from app.core.notices import Notice
from app.core.outbox import OutboxMail, delivering
from app.core.registries import actor_at
from app.core.transport import Passing, Refused, Unanswered, Withdrawn
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from app.moments.local import in_zone
from app.moments.models import Status
from app.moments.queries import last_change, list_changes
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.reminders.jobs import remind
from app.reminders.kinds import DAY
from app.reminders.telling_changes import CHANGED
from app.sessions.models import LearningSession
from app.sessions.services import cancel_session, confirm_session, move_session, reopen_session
from app.sessions.telling.before import is_move
from tests.conftest import START, undone_after
from tests.make.people import make_member
from tests.make.reminders import plan_all, planned
from tests.make.sessions import make_facilitator, make_membership, make_session

ZONE = "Africa/Nairobi"
MINUTE = timedelta(minutes=1)
NOT_BEGUN, NOTICED, WAITS = "planned", "noticed", "a mail waits"
ANSWERS = ("taken", "passing", "refused", "unanswered", "dies before the dot", "dies at the dot")
STATES = (NOT_BEGUN, NOTICED, WAITS, *ANSWERS)
"""Where a reminder that is due is when its date changes: with what the server answers the mail is sent, waits for
another try, has failed, is presumed sent, is leased by a dead worker, or stands before its dot."""
WITHDRAWN, OVER = "withdrawn", "over"
"""Its mail was withdrawn, because its date was called off for a while; nobody could send it until the date was over."""
TOLD_LATE = ("sessions.session_cancelled", CHANGED)
"""That a date was called off, or is another one, is told by its own end."""
TAKES_PLACE = (Status.PLANNED, Status.CONFIRMED)


class Killed(BaseException):
    """The worker is gone, in the middle of a mail."""


@dataclass(frozen=True)
class Said:
    """What left the house: of which mail, to whom, which notice, and what it was about."""

    at: datetime
    message_id: str
    person_id: UUID
    key: str
    kind: str
    minutes: int | None
    anchor: str
    fact: str


@dataclass
class Line:
    """A mail server that does what it is told, and remembers every dot: whoever waits for the answer in vain is taken
    to have been read."""

    answers: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    telling: list[Said] = field(default_factory=list)

    def send(self, _recipient: str, _message_id: str, _content: bytes, before_dot: Callable[[], bool]) -> None:
        answer = self.answers.pop(0) if self.answers else "taken"
        if answer == "passing":
            raise Passing("451")
        if answer == "refused":
            raise Refused("554")
        if answer == "dies before the dot":
            raise Killed
        if not before_dot():
            raise Withdrawn
        self.said += self.telling
        if answer == "unanswered":
            raise Unanswered("silence")
        if answer == "dies at the dot":
            raise Killed

    def close(self) -> None:
        pass


@dataclass
class House:
    dated: LearningSession | Step
    leader: Actor
    line: Line
    told: int = 4
    """So many are told of each reminder."""
    now: datetime = START

    def bring_to(self, state: str) -> None:
        """Let time pass until the next reminder is due, and its worker come as far as `state`."""
        self.now = min((at for _minutes, at in planned(self.dated.moment) if at > self.now), default=self.now)
        jobs = {NOT_BEGUN: 0, NOTICED: 1, WAITS: 2}.get(state, 3)
        self.line.answers = [state] * 4
        self.work(2 if state in (WITHDRAWN, OVER) else jobs)
        if state == WITHDRAWN:
            self.withdraw()
            self.pass_the_night()
            self.change("reopen")
        elif state == OVER:
            self.now = self.dated.moment.starts_at + MINUTE
            self.work()

    def withdraw(self) -> None:
        """Call it off, so that no mail of its readers has anything to tell."""
        self.change("cancel")

    def pass_the_night(self) -> None:
        """Until every mail of the day has left."""
        for _hours in range(6):
            self.now += timedelta(hours=6)
            self.work()

    def work(self, jobs: int = 3) -> None:
        """Let a worker do its jobs, the first few alone; it may die in the last one."""
        with time_machine.travel(self.now, tick=False):
            for job_of in (remind, outbox.address_notices, outbox.deliver_due)[:jobs]:
                try:
                    job_of(self.now)
                    db.session.commit()
                except Killed:
                    db.session.rollback()
        self.line.answers = []

    def change(self, what: str, how: int | None = None) -> None:
        with time_machine.travel(self.now, tick=False):
            try:
                self._change(what, how)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
        self.now += MINUTE

    def _change(self, what: str, how: int | None) -> None:
        session, more = self.dated, {"now": self.now}
        match what:
            case "move":
                move_session(self.leader, session, timing=timing_in(self.now, how or 0), reason="So", **more)
            case "cancel":
                cancel_session(self.leader, session, reason="So", **more)
            case "reopen":
                reopen_session(self.leader, session, **more)
            case "confirm":
                confirm_session(self.leader, session, **more)
            case "put off":
                change_moment(job("test"), session.moment, status=Status.POSTPONED, **more)
            case "go back":
                change_moment(job("test"), session.moment, timing=timing_in(self.now, -2 * DAY), **more)

    @property
    def takes_place(self) -> bool:
        return self.dated.moment.status in TAKES_PLACE


def timing_in(now: datetime, minutes: int) -> Timing:
    start = in_zone(now + timedelta(minutes=minutes), ZONE).replace(tzinfo=None, second=0, microsecond=0)
    return Timing.minutes(start, start + timedelta(hours=2), ZONE)


def a_session() -> House:
    """A session in eight days, who leads it, and three who take part: mailed at once, once a day, and far away."""
    session = make_session(wall_start=datetime(2026, 11, 29, 17), zone=ZONE)
    leader = make_member("Jo Example", zone=ZONE)
    make_facilitator(session.track, leader)
    for number, zone in enumerate((ZONE, ZONE, "America/Mexico_City")):
        person = make_member(f"Example {number}", zone=zone)
        make_membership(session.track, person)
        if not number:
            _mail_at_once(person.id)
    return House(session, actor_at(leader.id, START), Line())


@contextmanager
def a_house(empty: Flask, furnish: Callable[[], House] = a_session) -> Iterator[House]:
    """A house with one dated thing, whose mails go to the line."""
    with undone_after(empty), time_machine.travel(START, tick=False), pytest.MonkeyPatch.context() as patch:
        house = furnish()
        plan_all()
        patch.setattr(delivering, "transport_for", lambda _settings: house.line)
        patch.setattr(delivering, "hand_over", _listening(house, delivering.hand_over))
        yield house


def _mail_at_once(person_id: UUID) -> None:
    hours = {"hour": 8, "weekday": 0, "quiet_from": 21, "quiet_until": 8}
    db.session.add(MailRhythm(person_id=person_id, pace=Pace.AT_ONCE, changed_at=START, **hours))
    db.session.flush()


def _listening(house: House, hand_over):
    """Note what a mail tells at the instant at which its dot may leave, and that all of it is true then."""

    def listen(claimed, now, *, told=frozenset(), **more):
        is_granted = hand_over(claimed, now, told=told, **more)
        mail = db.session.get_one(OutboxMail, claimed.mail_id)
        notices = list(db.session.scalars(db.select(Notice).where(Notice.id.in_(told)))) if is_granted else []
        house.line.telling = [said_of(mail, notice, now) for notice in notices]
        for said in house.line.telling:
            check_that_it_stands(house, said)
        return is_granted

    return listen


def said_of(mail: OutboxMail, notice: Notice, now: datetime) -> Said:
    about = notice.parameters
    return Said(
        now,
        mail.message_id,
        notice.person_id,
        notice.key,
        notice.kind,
        about.get("minutes"),
        about.get("anchor", ""),
        about.get("fact") or about.get("change", ""),
    )


def check_that_it_stands(house: House, said: Said) -> None:
    moment = house.dated.moment
    db.session.refresh(moment)
    assert said.at < moment.starts_at or said.kind in TOLD_LATE, "nothing after the date"
    if said.minutes is not None:
        assert house.takes_place, "nothing of what does not take place"
        assert said.anchor == moment.starts_at.isoformat(), "nothing on the word of an old date"
    if said.kind == CHANGED:
        assert said.fact == str(last_change(moment).id), "of several changes in a row the last one alone"
    if said.kind == "sessions.session_moved":
        [*_earlier, last] = sorted((row for row in list_changes(moment) if is_move(row)), key=lambda row: row.sequence)
        assert said.fact == str(last.id), "of several changes in a row the last one alone"


def check_that_nothing_came_twice(house: House) -> None:
    assert max(Counter(said.key for said in house.line.said).values(), default=1) == 1
    by_mail = Counter((said.message_id, said.key) for said in house.line.said)
    assert len({message for message, _key in by_mail}) == len({(said.message_id, said.at) for said in house.line.said})
    told: dict[tuple[UUID, int], list[datetime]] = {}
    for said in house.line.said:
        if said.minutes is not None:
            earlier = told.setdefault((said.person_id, said.minutes), [])
            anchor = datetime.fromisoformat(said.anchor)
            assert all(anchor - before >= timedelta(minutes=-said.minutes) for before in earlier)
            earlier.append(anchor)


def check_that_the_rest_comes(house: House) -> None:
    """What is planned now and not due yet follows the date, and comes to everybody, once, with a worker that works."""
    house.work(1)
    moment, ahead = house.dated.moment, dict(planned(house.dated.moment))
    assert ahead == {minutes: moment.starts_at + timedelta(minutes=minutes) for minutes in ahead}
    assert not ahead or house.takes_place
    coming = {minutes: at for minutes, at in ahead.items() if at > house.now}
    before = len(house.line.said)
    instants = [at + timedelta(hours=hours) for at in coming.values() for hours in (0, 3, 12, 24, 48)]
    instants.append(moment.starts_at - MINUTE / 2)  # a night may end a minute before the date
    for instant in sorted(instant for instant in instants if house.now < instant < moment.starts_at):
        house.now = max(instant, house.now)
        house.work()
    came = Counter(said.minutes for said in house.line.said[before:] if said.anchor == moment.starts_at.isoformat())
    assert {minutes: came[minutes] for minutes in coming} == dict.fromkeys(coming, house.told)
