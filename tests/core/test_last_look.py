"""The look at what is still wanted: taken once for many mails, and again before a dot as soon as somebody wrote."""

import time
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from types import SimpleNamespace
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app.core import mails, outbox, registries
from app.core.actors import Actor
from app.core.changes import Watch
from app.core.clock import running_from
from app.core.database import only_reading
from app.core.mails import letter
from app.core.notices import Notice, tell_many
from app.core.outbox import MailState, OutboxMail
from app.core.outbox.delivering import Run
from app.core.outbox.journal import Journal
from app.core.outbox.models import SuppressedAddress
from app.core.outbox.wanting import STANDS
from app.core.registries import Contact
from app.core.remembering import remembered, remembering
from app.core.transport import Withdrawn
from app.extensions import db

PEOPLE = [uuid4() for _ in range(12)]


@pytest.fixture
def ready(own_app, monkeypatch):
    """People with addresses in a house whose commits are real, and how often somebody was asked what is wanted."""
    wanted = SimpleNamespace(asked=0, unwanted=set())

    def still_wanted(notice, _now):
        wanted.asked += 1
        return notice.person_id not in wanted.unwanted

    monkeypatch.setattr(registries, "contacts", lambda ids: {id: Contact(f"{id}@example.org", "en", "") for id in ids})
    monkeypatch.setitem(registries._still_wanted, "test.hello", still_wanted)
    monkeypatch.setitem(mails._writers, "test.hello", lambda _parameters, _contact: letter("Hello", "Words"))
    with own_app.app_context():
        yield wanted


class Way:
    """A way out; before each dot something happens."""

    def __init__(self, happens):
        self.happens, self.taken = happens, []

    def send(self, recipient, _message_id, _content, before_dot):
        self.happens(len(self.taken))
        if not before_dot():
            raise Withdrawn
        self.taken.append(recipient)

    def close(self):
        pass


def elsewhere(statement=None):
    """Write something from outside of this session."""
    row = SuppressedAddress.__table__.insert().values(address=f"{uuid4()}@example.org", reason="", since=sa.func.now())
    with db.engine.connect() as connection:
        connection.execute(statement if statement is not None else row)
        connection.commit()


@contextmanager
def writing(watch):
    with watch.own_writing() as has_changed:
        yield has_changed
    db.session.commit()


def deliver(now, tmp_path, happens=lambda _taken: None, clock=None):
    tell_many(PEOPLE, "test.hello", "k", {}, now=now)
    db.session.commit()
    outbox.address_notices(now)
    way = Way(happens)
    Run(way, Journal(tmp_path / "outbox"), clock or running_from(now)).deliver_all()
    return way


def test_where_nobody_wrote_nothing_is_asked_twice(ready, now, tmp_path):
    assert len(deliver(now, tmp_path).taken) == len(PEOPLE)
    assert ready.asked == len(PEOPLE)


def test_what_is_written_between_two_mails_counts_for_the_next(ready, now, tmp_path):
    def happens(taken):
        if taken == 3:
            ready.unwanted |= set(PEOPLE)
            elsewhere()

    assert len(deliver(now, tmp_path, happens).taken) == 3
    assert db.session.scalars(sa.select(OutboxMail.state).distinct().order_by(OutboxMail.state)).all() == [
        MailState.CANCELLED,
        MailState.SENT,
    ]


def test_after_some_seconds_it_is_asked_again_though_nobody_wrote(ready, now, tmp_path):
    late = [now]

    def happens(_taken):
        ready.unwanted |= set(PEOPLE)
        late[0] = now + STANDS + timedelta(seconds=1)

    assert deliver(now, tmp_path, happens, lambda: late[0]).taken == []


def test_what_is_over_by_now_is_not_told_though_nobody_wrote(ready, now, tmp_path):
    late = [now]

    def happens(_taken):
        late[0] = now + timedelta(seconds=2)

    tell_many(PEOPLE[:1], "test.hello", "k", {}, now=now, expires_at=now + timedelta(seconds=1))
    assert len(deliver(now, tmp_path, happens, lambda: late[0]).taken) == len(PEOPLE) - 1


def test_a_mail_of_which_the_database_cannot_be_asked_takes_no_others_along(ready, now, tmp_path, monkeypatch):
    def broken(_notice, _now):
        db.session.execute(sa.text("SELECT * FROM nowhere"))

    def unwritable(_parameters, _contact):
        db.session.execute(sa.text("SELECT * FROM nowhere"))

    monkeypatch.setitem(registries._still_wanted, "test.broken", broken)
    monkeypatch.setitem(mails._writers, "test.broken", lambda _parameters, _contact: letter("Hello", "Words"))
    monkeypatch.setitem(mails._writers, "test.unwritable", unwritable)
    tell_many(PEOPLE[:2], "test.broken", "k", {}, now=now)
    tell_many(PEOPLE[2:4], "test.unwritable", "k", {}, now=now)
    assert len(deliver(now, tmp_path).taken) == len(PEOPLE)
    counted = sa.select(OutboxMail.kind, OutboxMail.state, sa.func.count()).group_by(OutboxMail.kind, OutboxMail.state)
    assert {tuple(row) for row in db.session.execute(counted)} == {
        ("test.hello", MailState.SENT, len(PEOPLE)),
        ("test.broken", MailState.FAILED, 2),
        ("test.unwritable", MailState.FAILED, 2),
    }


def test_a_mail_costs_few_questions(ready, now, tmp_path):
    """Three for each: whether anybody wrote (on PostgreSQL), that it stands before its dot, that the last one was sent;
    and what is asked once for all."""
    asked = []

    def count(_connection, _cursor, statement, *_more):
        asked.append(statement)

    tell_many(PEOPLE, "test.hello", "k", {}, now=now)
    db.session.commit()
    outbox.address_notices(now)
    event.listen(db.engine, "before_cursor_execute", count)
    Run(Way(lambda _taken: None), Journal(tmp_path / "outbox"), running_from(now)).deliver_all()
    event.remove(db.engine, "before_cursor_execute", count)
    assert len(asked) < 4 * len(PEOPLE) + 60


def test_a_watch_tells_what_others_wrote_from_what_one_wrote_oneself(ready, now):
    watch = Watch()
    with only_reading():
        watch.begin()
        db.session.rollback()
    for _time in range(3):
        with writing(watch) as has_changed:
            db.session.execute(sa.delete(Notice))
            db.session.execute(sa.insert(SuppressedAddress).values(address=str(uuid4()), reason="", since=now))
        assert not has_changed
    elsewhere()
    with writing(watch) as has_changed:
        assert has_changed
    with writing(watch) as has_changed:
        assert has_changed  # until somebody looks again
        watch.begin()
        db.session.execute(sa.insert(SuppressedAddress).values(address=str(uuid4()), reason="", since=now))
    with writing(watch) as has_changed:
        assert not has_changed


def test_a_watch_sees_what_the_same_process_writes_on_the_same_line(ready, now):
    watch = Watch()
    watch.begin()
    db.session.rollback()
    db.session.execute(sa.insert(SuppressedAddress).values(address=str(uuid4()), reason="", since=now))
    db.session.commit()
    with writing(watch) as has_changed:
        assert has_changed


def test_a_watch_waits_for_no_other_thread_that_has_its_line_by_now(ready, now, database_kind):
    if database_kind != "sqlite":  # there no line is asked
        return
    watch = Watch()
    watch.begin()
    db.session.rollback()
    with db.engine.connect() as other:  # the line that was looked through
        waiting = Thread(target=lambda: other.execute(sa.text("SELECT 1")))
        with watch.own_writing() as has_changed:
            waiting.start()
            time.sleep(0.3)  # by now it waits for the write lock
            begun = time.monotonic()
        took = time.monotonic() - begun
        db.session.commit()
        waiting.join()
    assert has_changed
    assert took < 2


def test_a_watch_sees_what_was_under_way_when_it_looked(ready, now, database_kind):
    if database_kind == "sqlite":  # whoever writes is alone
        return
    watch = Watch()
    with db.engine.connect() as other:
        other.execute(sa.insert(SuppressedAddress.__table__).values(address="a", reason="", since=now))
        watch.begin()
        db.session.rollback()
        with writing(watch) as has_changed:
            assert not has_changed
        other.commit()
    with writing(watch) as has_changed:
        assert has_changed


def test_within_a_stretch_the_same_is_asked_once(app):
    asked = []

    @remembered
    def question(number, *, twice=False):
        asked.append(number)
        return number * (2 if twice else 1)

    with remembering():
        with remembering():
            assert [question(1), question(1), question(1, twice=True)] == [1, 1, 2]
        assert question(1) == 1
    assert question(1) == 1
    assert asked == [1, 1, 1]


def test_many_are_met_at_once(app, now, monkeypatch):
    read = []
    monkeypatch.setattr(registries, "audience_keys", lambda ids, _now: read.append(len(ids)) or {})
    with remembering():
        registries.meet(PEOPLE, now)
        assert all(isinstance(registries.actor_at(person_id, now), Actor) for person_id in PEOPLE)
    assert read == [len(PEOPLE)]
