"""Calendars are fetched again and again, by whoever has time; one that fails rests and costs the others nothing."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.calendars import fetching, jobs, queries, services
from app.calendars.fetching import Fetched
from app.calendars.models import CalendarFeed, FeedState
from app.calendars.services.fetching import EVERY, RESTS
from app.core import clock
from app.core.outbound import Rules
from app.events.models import Event
from app.extensions import db
from tests.calendars.test_services import events_of
from tests.conftest import START
from tests.core.outbound.server import Server, serving
from tests.events.conftest import Cast
from tests.make.calendars import calendar, entry, make_feed

Say = Callable[..., None]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server on this machine; `server.answers` holds an answer for each path."""
    answers: dict[str, bytes] = {}

    def talk(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answers[head.split(b" ")[1].decode()])

    with serving(talk) as server:
        server.answers = answers  # type: ignore[attr-defined]
        monkeypatch.setattr(fetching, "house_rules", lambda: Rules(test_hosts=frozenset({server.host})))
        yield server


def say(server: Server, path: str, body: bytes, status: str = "200 OK", headers: str = "") -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    server.answers[path] = head.encode() + body  # type: ignore[attr-defined]


def due(cast: Cast, server: Server, path: str = "/a.ics", **overrides: object) -> CalendarFeed:
    values = {"address": f"{server.address}{path}", "state": FeedState.ACTIVE, "next_at": START} | overrides
    feed = make_feed(cast.group, **values)
    db.session.commit()
    return feed


def test_a_calendar_that_is_due_is_fetched_and_kept(cast: Cast, server: Server) -> None:
    feed = due(cast, server)
    say(server, "/a.ics", calendar(entry("a")), headers='ETag: "1"\r\nLast-Modified: Sat, 21 Nov 2026 08:00:00 GMT\r\n')
    assert jobs.read_due(START) == 1
    assert [event.title for event in events_of(feed)] == ["One"]
    assert (feed.last_ok_at, feed.last_error, feed.lease_until) == (START, "", None)
    assert feed.next_at is not None
    assert EVERY <= feed.next_at - START < EVERY + timedelta(minutes=5)
    assert jobs.read_due(START) == 0


def test_what_has_not_changed_is_not_sent_again_and_its_series_reach_further_all_the_same(
    cast: Cast, server: Server
) -> None:
    feed, modified = due(cast, server), "Last-Modified: Sat, 21 Nov 2026 08:00:00 GMT"
    daily = calendar(entry("a", "20261205T150000Z", "One", "RRULE:FREQ=DAILY"))
    say(server, "/a.ics", daily, headers=f'ETag: "1"\r\n{modified}\r\n')
    jobs.read_due(START)
    before = len(events_of(feed))
    say(server, "/a.ics", b"", status="304 Not Modified")
    later = START + timedelta(days=2)
    assert jobs.read_due(later) == 1
    assert 'If-None-Match: "1"' in server.requests[-1]
    assert "If-Modified-Since: Sat, 21 Nov 2026 08:00:00 GMT" in server.requests[-1]
    assert (len(events_of(feed)), feed.last_ok_at, feed.etag) == (before + 2, later, '"1"')


def test_the_calendars_of_one_owner_leave_room_for_those_of_others(cast: Cast) -> None:
    """However many are due, and slow: others wait for two of them at most."""
    due_now = {"state": FeedState.ACTIVE, "address": "https://calendar.example.org/a.ics"}
    mine = [make_feed(cast.group, next_at=START - timedelta(hours=9 - number), **due_now) for number in range(4)]
    theirs = make_feed(cast.organisation, next_at=START, **due_now)
    assert queries.list_due(START, 20) == [mine[0].id, mine[1].id, theirs.id]


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        ("404 Not Found", b"", "gone"),
        ("403 Forbidden", b"", "forbidden"),
        ("503 Busy", b"", "busy"),
        ("200 OK", b"<html>Sign in</html>", "no_calendar"),
        ("200 OK", b"", "empty"),
        ("200 OK", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "cut"),
        ("302 Found", b"", "redirected"),
    ],
)
def test_one_that_fails_rests_with_a_reason_keeps_its_events_and_costs_the_others_nothing(
    cast: Cast, server: Server, status: str, body: bytes, code: str
) -> None:
    bad, good = due(cast, server, "/bad.ics"), due(cast, server, "/good.ics", next_at=START + timedelta(seconds=1))
    say(server, "/bad.ics", calendar(entry("a")))
    say(server, "/good.ics", calendar(entry("b")))
    jobs.read_due(START + timedelta(seconds=1))
    later = START + timedelta(days=1)
    say(server, "/bad.ics", body, status)
    say(server, "/good.ics", calendar(entry("b", title="New name")))
    assert jobs.read_due(later) == 2
    assert (bad.last_error, bad.failures, bad.next_at) == (code, 1, later + RESTS[0])
    assert [event.is_shown for event in events_of(bad)] == [True]
    assert [event.title for event in events_of(good)] == ["New name"]


def test_it_rests_longer_each_time_and_a_success_ends_it(cast: Cast, server: Server) -> None:
    feed, now = due(cast, server), START
    say(server, "/a.ics", b"", "500 Broken")
    rests = []
    for _time in range(6):
        jobs.read_due(now)
        assert feed.next_at is not None
        rests.append(feed.next_at - now)
        now = feed.next_at
    assert rests == [*RESTS, RESTS[-1], RESTS[-1]]
    say(server, "/a.ics", calendar(entry("a")))
    jobs.read_due(now)
    assert (feed.failures, feed.last_error) == (0, "")


def test_a_fault_of_our_own_is_a_failure_like_any_other(
    cast: Cast, server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bad, good = due(cast, server, "/secret-3f9c0/bad.ics"), due(cast, server, "/good.ics")
    say(server, "/secret-3f9c0/bad.ics", calendar(entry("a")))
    say(server, "/good.ics", calendar(entry("b")))
    keep, broken = services.keep_reading, bad.id

    def keeping(actor: object, feed: CalendarFeed, *args: object, **said: object) -> object:
        if feed.id == broken:
            raise ZeroDivisionError
        return keep(actor, feed, *args, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "keep_reading", keeping)
    assert jobs.read_due(START) == 2
    assert (bad.last_error, bad.failures, good.last_error) == ("broken", 1, "")
    assert "3f9c0" not in "".join(capfd.readouterr())


def test_two_workers_do_not_read_the_same_calendar(cast: Cast, server: Server) -> None:
    feed = due(cast, server)
    assert services.claim_feed(feed.id, now=START)
    db.session.commit()
    assert not services.claim_feed(feed.id, now=START)
    assert jobs.read_due(START) == 0
    say(server, "/a.ics", calendar())
    assert jobs.read_due(START + timedelta(minutes=6)) == 1  # the first one died


def test_paused_ones_and_those_only_looked_at_are_not_fetched(cast: Cast, server: Server) -> None:
    due(cast, server, state=FeedState.PAUSED)
    due(cast, server, state=FeedState.TRIED)
    assert jobs.read_due(START) == 0
    assert server.knocks == 0


def test_a_file_is_read_again_without_asking_anybody(cast: Cast, server: Server) -> None:
    body = calendar(entry("a", "20261205T150000Z", "One", "RRULE:FREQ=WEEKLY"))
    feed = due(cast, server, address="", body=body)
    assert jobs.read_due(START) == 1
    assert (len(events_of(feed)) > 50, server.knocks) == (True, 0)


def test_an_address_of_this_house_is_not_asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "absolute", lambda path: f"https://house.example.org{path}")
    monkeypatch.setattr(fetching, "house_rules", Rules)
    with pytest.raises(fetching.NotFetched) as refused:
        fetching.fetch_calendar(fetching.as_https("webcal://HOUSE.example.org/agenda.ics"))
    assert refused.value.code == "own"


def test_what_was_only_looked_at_is_forgotten_after_a_day(cast: Cast) -> None:
    old, new = make_feed(cast.group), make_feed(cast.group, added_at=START + timedelta(hours=20))
    kept = make_feed(cast.group, state=FeedState.ACTIVE)
    db.session.commit()
    assert jobs.forget_tried(START + timedelta(days=1, hours=1)) == 1
    left = set(db.session.scalars(sa.select(CalendarFeed.id)))
    assert left == {new.id, kept.id}
    assert old.id not in left


def test_the_jobs_run_in_an_empty_house(cast: Cast) -> None:
    assert (jobs.read_due(START), jobs.forget_tried(START)) == (0, 0)
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0


def test_a_long_calendar_is_kept_in_several_transactions(
    cast: Cast, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, kept, keep = due(cast, server), list[int](), services.keep_reading
    say(server, "/a.ics", calendar(*map(entry, "abcde")))

    def counted(*args: Any, **said: Any) -> services.Kept:
        assert not db.session.new
        found = keep(*args, **said)
        kept.append(found.new)
        return found

    monkeypatch.setattr(services, "BATCH", 2)
    monkeypatch.setattr(services, "keep_reading", counted)
    assert jobs.read_due(START) == 1
    assert (kept, len(events_of(feed)), feed.lease_until) == ([2, 2, 1], 5, None)


def test_the_lease_of_a_calendar_begins_when_its_turn_comes(
    cast: Cast, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before it may have taken longer than a lease."""
    due(cast, server)
    last, leases = due(cast, server, "/b.ics"), []
    passed = iter((timedelta(0), timedelta(minutes=6)))

    def asking(*_args: object, **_said: object) -> Fetched:
        rows = db.session.scalars(sa.select(CalendarFeed.lease_until).where(CalendarFeed.lease_until.is_not(None)))
        leases.extend(rows)
        db.session.rollback()
        raise fetching.NotFetched("busy")

    monkeypatch.setattr(clock, "running_from", lambda instant: lambda: instant + next(passed))
    monkeypatch.setattr(jobs, "fetch_calendar", asking)
    assert jobs.read_due(START) == 2
    assert leases == [START + timedelta(minutes=5), START + timedelta(minutes=11)]
    assert last.lease_until is None
