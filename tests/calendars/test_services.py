"""What a calendar says becomes events: once, and as it says them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.calendars import services
from app.calendars.models import CalendarEntry, CalendarFeed, FeedState
from app.calendars.reading import read
from app.calendars.services import Brought, Kept
from app.calendars.services.uids import uid_outside
from app.core.actors import NETWORK, PUBLIC, job
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import cards
from app.events.models import EVENT, Event, EventState
from app.events.services import write_event
from app.extensions import db
from app.moments.calendar_file import calendar_file
from app.moments.models import Moment, Status
from app.workinggroups.keys import group_key
from tests.conftest import START
from tests.events.conftest import Cast
from tests.events.test_services import PLANNED
from tests.make.calendars import DATA, calendar, entry, make_feed

HOUSE = "https://house.example.org"
READER = job("test")


def keep(feed: CalendarFeed, body: bytes, *, now: datetime = START, zone: str | None = None) -> Kept:
    return services.keep_reading(READER, feed, read(body, zone=zone, now=now), own_address=HOUSE, now=now)


def events_of(feed: CalendarFeed) -> list[Event]:
    rows = (
        sa.select(Event)
        .join(CalendarEntry, CalendarEntry.event_id == Event.id)
        .join(Moment, Moment.id == Event.moment_id)
        .where(CalendarEntry.feed_id == feed.id)
        .order_by(Moment.starts_at)
    )
    return list(db.session.scalars(rows).unique())


def everything() -> list[Any]:
    """All that is kept of events, to be compared."""
    rows = db.session.execute(
        sa.select(Moment.uid, Moment.sequence, Moment.starts_at, Moment.status, Moment.changed_at)
    )
    return sorted(map(str, rows))


@pytest.mark.parametrize("name", ["google.ics", "outlook.ics", "nextcloud.ics", "broken.ics", "latin1.ics"])
def test_a_calendar_read_twice_adds_nothing(cast: Cast, name: str) -> None:
    feed, body = make_feed(cast.group), (DATA / name).read_bytes()
    first = keep(feed, body)
    before = everything()
    second = keep(feed, body, now=START + timedelta(minutes=30))
    assert first.new == len(events_of(feed)) > 0
    assert second == Kept()
    assert everything() == before


def test_what_changed_there_follows_here_under_the_same_uid_and_a_higher_sequence(cast: Cast) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("a"), entry("b")))
    kept = keep(feed, calendar(entry("a", "20261206T150000Z"), entry("b", title="Another name")))
    assert kept == Kept(changed=2)
    other, moved = events_of(feed)
    assert (moved.moment.uid, moved.moment.sequence, moved.moment.starts_at.day) == ("a", 1, 6)
    assert (other.title, other.moment.sequence) == ("Another name", 0)


def test_what_is_cancelled_there_is_cancelled_here_and_may_come_back(cast: Cast) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("a")))
    [event] = events_of(feed)
    keep(feed, calendar(entry("a", "20261205T150000Z", "One", "STATUS:CANCELLED")))
    assert event.moment.status is Status.CANCELLED
    keep(feed, calendar(entry("a", "20261205T150000Z", "One", "STATUS:TENTATIVE")))
    assert event.moment.status is Status.PLANNED


def test_what_is_gone_there_is_withdrawn_here_not_cancelled_and_what_is_over_stays(cast: Cast) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("over", "20261110T150000Z"), entry("ahead")))
    assert keep(feed, calendar()) == Kept(withdrawn=1)
    over, ahead = events_of(feed)
    assert (over.state, ahead.state) == (EventState.PUBLISHED, EventState.WITHDRAWN)
    assert ahead.moment.status is Status.CONFIRMED
    assert cards([(EVENT, ahead.id)], cast.actor(cast.secretary)) == {}
    assert keep(feed, calendar()) == Kept()
    assert keep(feed, calendar(entry("ahead"))) == Kept(changed=1)
    assert ahead.state is EventState.PUBLISHED


def test_what_has_become_private_goes_what_is_over_too(cast: Cast) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("over", "20261110T150000Z"), entry("ahead"), entry("open")))
    private = (entry("over", "20261110T150000Z", "One", "CLASS:PRIVATE"), entry("ahead", "x", "One", "CLASS:PRIVATE"))
    assert keep(feed, calendar(*private, entry("open"))) == Kept(withdrawn=2)
    assert [event.origin for event in events_of(feed)] == ["open"]
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 1


def test_a_full_calendar_withdraws_what_is_gone_as_far_as_all_of_it_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.calendars.reading.reading.MOST_ENTRIES", 3)
    feed, days = make_feed(cast.group), ("05", "06", "07", "08")
    keep(feed, calendar(*(entry(day, f"202612{day}T150000Z") for day in days)))
    more = [entry(f"new {day}", f"202612{day}T120000Z") for day in ("02", "03")]
    kept = keep(feed, calendar(*more, *(entry(day, f"202612{day}T150000Z") for day in ("06", "07", "08"))))
    assert kept == Kept(new=2, withdrawn=1)
    shown = {event.origin for event in events_of(feed) if event.is_shown}
    assert shown == {"new 02", "new 03", "06", "07"}


def test_what_cannot_be_read_any_more_stays_as_it_was(cast: Cast) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("a"), entry("b")))
    kept = keep(feed, calendar(entry("a", "20269999T150000Z"), entry("b", "20261205T150000")))
    assert kept == Kept()
    assert [event.state for event in events_of(feed)] == [EventState.PUBLISHED] * 2
    assert [row["trouble"] for row in feed.report["faults"]] == ["date", "floating"]


def test_the_dates_of_a_series_are_told_apart_by_what_they_were_planned_for(cast: Cast) -> None:
    feed = make_feed(cast.group)
    series = entry("s", "20261201T150000Z", "Circle", "RRULE:FREQ=WEEKLY;COUNT=3")
    keep(feed, calendar(series))
    first, second, third = events_of(feed)
    moved = entry("s", "20261209T150000Z", "Circle", "RECURRENCE-ID:20261208T150000Z")
    assert keep(feed, calendar(series, moved)) == Kept(changed=1)
    assert (second.moment.starts_at.day, second.moment.sequence, first.moment.sequence) == (9, 1, 0)
    left_out = series.replace("END:VEVENT", "EXDATE:20261215T150000Z\r\nEND:VEVENT")
    assert keep(feed, calendar(left_out, moved)) == Kept(withdrawn=1)
    assert third.state is EventState.WITHDRAWN


def test_our_own_events_never_come_back(cast: Cast) -> None:
    """Test 33 of the study: A exports, B brings it along, A does not show it twice."""
    own = write_event(cast.actor(cast.coordinator), cast.group, PLANNED, now=START)
    feed = make_feed(cast.group)
    assert keep(feed, calendar(entry(own.moment.uid))) == Kept(own=1)
    there = entry("b@other.example.org", "20261205T150000Z", "Ours", f"URL:{HOUSE}/sessions/1")
    near = entry("c@other.example.org", "20261205T150000Z", "Not ours", f"URL:{HOUSE}.example.net/")
    assert keep(feed, calendar(there, near)) == Kept(own=1, new=1)


def test_what_came_in_and_goes_out_with_our_agenda_does_not_come_in_again(cast: Cast) -> None:
    feed, other = make_feed(cast.group), make_feed(cast.organisation)
    keep(feed, calendar(entry("a"), entry("s", "20261201T150000Z", "Circle", "RRULE:FREQ=WEEKLY;COUNT=2")))
    from app.events.routes.reading import entry_of

    exported = calendar_file([entry_of(event) for event in events_of(feed)])
    without_links = b"\r\n".join(line for line in exported.split(b"\r\n") if not line.startswith((b"URL", b" ")))
    kept = keep(other, without_links)
    assert (kept.new, kept.own) == (1, 2)  # "a" is the event of the world that both read: once for each reader
    shown = cards([(EVENT, event.id) for event in (*events_of(feed), *events_of(other))], cast.actor(cast.reader))
    assert len(shown) == 3


@pytest.mark.parametrize(
    "uid",
    ["a", "040000008200E00074C5B7101A82E00800000000EXAMPLE1", "6s3c4ohm70o36b9k6tgj8b9kcgp3@google.com",
     "0b1d9a52-7c1c-4a0e-9d0a-3f2f6d1f8f11@cloud.example.org"],
)  # fmt: skip
def test_an_event_goes_out_under_the_uid_that_a_program_gave_it(uid: str) -> None:
    assert uid_outside(uid) == uid


@pytest.mark.parametrize(
    "uid",
    ["maria@example.org", "maria1985@example.org", "712345678901234567@example.org", "maria.de.la.cruz@example.org",
     "a b", "a\x0bb", "a\x85b", "a\\,b", "a,b", "é", "x" * 256, "a@b@c", "1234567890123456@"],
)  # fmt: skip
def test_what_may_be_an_address_or_is_not_plain_goes_out_as_a_hash(cast: Cast, uid: str) -> None:
    assert set(uid_outside(uid)) <= set("0123456789abcdef")
    if "\x0b" not in uid and "\x85" not in uid:
        feed = make_feed(cast.group)
        keep(feed, calendar(entry(uid)))
        assert [event.moment.uid for event in events_of(feed)] == [uid_outside(uid)]
        assert keep(feed, calendar(entry(uid))) == Kept()


def test_the_same_event_in_two_calendars_is_one_in_the_agenda(cast: Cast) -> None:
    """R-30."""
    first, second = make_feed(cast.group), make_feed(cast.organisation, added_at=START + timedelta(hours=1))
    keep(first, calendar(entry("same@world.example.org")))
    assert keep(second, calendar(entry("same@world.example.org")), now=START + timedelta(hours=1)).new == 1
    events = [*events_of(first), *events_of(second)]
    assert set(cards([(EVENT, event.id) for event in events], cast.actor(cast.reader))) == {events[0].id}
    services.remove_calendar(cast.actor(cast.coordinator), first, now=START)
    assert set(cards([(EVENT, events[1].id)], cast.actor(cast.reader))) == {events[1].id}


def test_a_calendar_is_brought_looked_at_and_taken_in(cast: Cast, now: datetime) -> None:
    actor = cast.actor(cast.coordinator)
    body = calendar(entry("a"), entry("floating", "20261205T170000"))
    feed = services.bring_calendar(actor, cast.group, Brought("Forum", "fr", "group", body), now=now)
    assert (feed.state, feed.audience, events_of(feed)) == (FeedState.TRIED, group_key(cast.group.id), [])
    kept = services.take_in(actor, feed, read(body, zone=None, now=now), zone="", own_address=HOUSE, now=now)
    assert (kept.new, feed.state, feed.report["floating"]) == (1, FeedState.ACTIVE, 1)
    assert feed.next_at is not None
    reading = read(body, zone="Africa/Cairo", now=now)
    kept = services.choose_zone(actor, feed, reading, zone="Africa/Cairo", own_address=HOUSE, now=now)
    assert (kept.new, [event.moment.starts_at.hour for event in events_of(feed)]) == (1, [15, 15])
    assert {event.language for event in events_of(feed)} == {"fr"}
    assert {event.source_name for event in events_of(feed)} == {"Forum"}


def test_only_who_runs_the_group_or_speaks_for_the_organisation_brings_one(cast: Cast, now: datetime) -> None:
    brought = Brought("Forum", "en", NETWORK, calendar())
    for person, owner in (
        (cast.coordinator, cast.group),
        (cast.speaker, cast.organisation),
        (cast.secretary, cast.group),
    ):
        services.bring_calendar(cast.actor(person), owner, brought, now=now)
    for person, owner in (
        (cast.member, cast.group),
        (cast.coordinator, cast.organisation),
        (cast.reader, cast.organisation),
    ):
        with pytest.raises(NotAllowed):
            services.bring_calendar(cast.actor(person), owner, brought, now=now)
    feed = make_feed(cast.group)
    for act in (services.pause_calendar, services.resume_calendar, services.remove_calendar):
        with pytest.raises(NotAllowed):
            act(cast.actor(cast.member), feed, now=now)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"readers": "group"}, "readers"), ({"readers": "secretariat"}, "readers")],
)
def test_what_is_wrong_with_a_calendar_is_said_at_its_field(
    cast: Cast, now: datetime, wrong: dict[str, str], field: str
) -> None:
    said = {"title": "Forum", "language": "en", "readers": PUBLIC, "body": calendar()} | wrong
    with pytest.raises(RuleBroken) as refused:
        services.bring_calendar(cast.actor(cast.speaker), cast.organisation, Brought(**said), now=now)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_calendar_is_not_read_twice_and_twenty_are_enough(cast: Cast, now: datetime) -> None:
    actor, address = cast.actor(cast.coordinator), "https://calendar.example.org/a.ics"
    make_feed(cast.group, address=address, state=FeedState.ACTIVE)
    with pytest.raises(RuleBroken, match="read already"):
        services.bring_calendar(actor, cast.group, Brought("F", "en", NETWORK, b"", address), now=now)
    tried = make_feed(cast.group, address=address)
    with pytest.raises(RuleBroken, match="read already"):
        services.take_in(actor, tried, read(tried.body, zone=None, now=now), zone="", own_address=HOUSE, now=now)
    for _time in range(18):
        make_feed(cast.group)
    with pytest.raises(RuleBroken, match="20 calendars"):
        services.bring_calendar(actor, cast.group, Brought("F", "en", NETWORK, b""), now=now)


def test_a_calendar_that_is_removed_takes_its_events_along(cast: Cast, now: datetime) -> None:
    feed = make_feed(cast.group)
    keep(feed, calendar(entry("over", "20261110T150000Z"), entry("ahead")))
    assert services.remove_calendar(cast.actor(cast.coordinator), feed, now=now) == 2
    for table in (CalendarFeed, CalendarEntry, Event):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert db.session.scalar(sa.select(sa.func.count(Moment.id)).where(Moment.subject_kind == EVENT)) == 0


def test_a_calendar_that_is_paused_keeps_its_events(cast: Cast, now: datetime) -> None:
    feed, actor = make_feed(cast.group, state=FeedState.ACTIVE, next_at=START), cast.actor(cast.coordinator)
    keep(feed, calendar(entry("a")))
    services.pause_calendar(actor, feed, now=now)
    assert (feed.state, feed.next_at, len(events_of(feed))) == (FeedState.PAUSED, None, 1)
    services.note_failure(feed, "name", now=now)
    services.resume_calendar(actor, feed, now=now)
    assert (feed.state, feed.next_at, feed.failures, feed.last_error) == (FeedState.ACTIVE, now, 0, "")


ENTRIES = st.lists(
    st.builds(
        lambda uid, day, title, status: entry(uid, f"202612{day:02d}T150000Z", title, f"STATUS:{status}"),
        st.sampled_from("abc"),
        st.integers(1, 28),
        st.sampled_from(["One", "Two"]),
        st.sampled_from(["CONFIRMED", "CANCELLED", "TENTATIVE"]),
    ),
    max_size=4,
)


@given(st.lists(ENTRIES, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_however_a_calendar_changes_the_agenda_is_as_it_says_last(cast: Cast, states: list[list[str]]) -> None:
    """A law: the order of what it said before does not matter, and saying it again changes nothing."""
    with db.session.begin_nested() as undone:
        feed = make_feed(cast.group)
        for entries in states:
            keep(feed, calendar(*entries))
        assert keep(feed, calendar(*states[-1])) == Kept()
        wanted = {
            (row.uid, row.starts_at, row.status) for row in read(calendar(*states[-1]), zone=None, now=START).entries
        }
        shown = {(row.origin, row.moment.starts_at, row.moment.status) for row in events_of(feed) if row.is_shown}
        assert shown == wanted
        undone.rollback()


def test_a_long_calendar_comes_in_part_by_part(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever else writes waits for one part at most."""
    monkeypatch.setattr("app.calendars.services.bringing.BATCH", 2)
    feed = make_feed(cast.group, calendar(*(entry(f"{n}", f"2026120{n}T150000Z") for n in range(1, 6))))
    reading = read(feed.body, zone=None, now=now)
    kept = services.take_in(cast.actor(cast.coordinator), feed, reading, zone="", own_address=HOUSE, now=now)
    assert (kept, feed.next_at) == (Kept(new=2, has_more=True), now)
    further = [services.keep_reading(READER, feed, reading, own_address=HOUSE, most=2, now=now) for _time in range(3)]
    assert further == [Kept(new=2, has_more=True), Kept(new=1), Kept()]
    assert keep(feed, calendar()) == Kept(withdrawn=5)


def test_a_paused_calendar_is_kept_whole_by_the_page(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.calendars.services.bringing.BATCH", 2)
    feed = make_feed(cast.group, calendar(*map(entry, "abc")), state=FeedState.PAUSED)
    reading = read(feed.body, zone=None, now=now)
    kept = services.choose_zone(cast.actor(cast.coordinator), feed, reading, zone="", own_address=HOUSE, now=now)
    assert kept == Kept(new=3)


def test_everybody_sees_the_nearest_events_of_an_owner_and_the_network_sees_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.calendars.services.keeping.MOST_PUBLIC", 3)
    days = ("20261120", "20261205", "20261206", "20261207")
    feed, other = make_feed(cast.group, audience=PUBLIC), make_feed(cast.group, audience=PUBLIC)
    body = calendar(*(entry(day, f"{day}T150000Z") for day in days))
    keep(feed, body)
    assert [event.moment.audience for event in events_of(feed)] == [NETWORK, PUBLIC, PUBLIC, PUBLIC]
    assert feed.report["beyond"] == 1
    keep(other, calendar(entry("more")))
    assert [event.moment.audience for event in events_of(other)] == [NETWORK]
    assert keep(feed, body) == Kept()
    keep(feed, calendar(entry(days[1], f"{days[1]}T150000Z")))
    assert keep(other, calendar(entry("more"))) == Kept(changed=1)
    assert [event.moment.audience for event in events_of(other)] == [PUBLIC]
