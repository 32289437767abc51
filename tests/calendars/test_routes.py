"""Calendars of others as people bring, look at and keep them in a browser."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.calendars import fetching, looking
from app.calendars.models import CalendarFeed, FeedState
from app.calendars.reading import Reading, Trouble, UnreadableCalendar
from app.calendars.routes import bringing
from app.core.actors import PUBLIC
from app.core.outbound import Rules
from app.events.models import Event, EventState
from app.extensions import db
from app.people.models import Person
from tests.core.outbound.server import says, serving
from tests.events.conftest import Cast
from tests.journeys.reader import Reader
from tests.make.calendars import DATA, calendar, entry, make_feed
from tests.make.sessions import make_session

Browse = Callable[[Person | None], Reader]
BASE = "/groups/land-group/calendars"


def feed_of(reader: Reader) -> CalendarFeed:
    return db.session.scalars(sa.select(CalendarFeed)).one()


def bring_file(reader: Reader, body: bytes, name: str = "a.ics", **typed: str) -> None:
    reader.open(f"{BASE}/new")
    reader.send(has="file", language="en", file=(io.BytesIO(body), name), **typed)


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (403, 403, 404)),
        ("reader", (403, 403, 404)),
        ("member", (403, 403, 404)),
        ("speaker", (403, 200, 404)),
        ("coordinator", (200, 403, 200)),
        ("secretary", (200, 200, 200)),
    ],
)
def test_only_who_keeps_a_calendar_sees_where_it_is_read(
    cast: Cast, browse: Browse, role: str, answers: tuple[int, int, int]
) -> None:
    """Calendars of the group, of the organisation, one of the group."""
    feed = make_feed(cast.group, address="https://calendar.example.org/secret/a.ics", state=FeedState.ACTIVE)
    client = browse(getattr(cast, role)).client
    of_group, of_organisation, one = answers
    for path, expected in {
        BASE: of_group,
        f"{BASE}/new": of_group,
        f"/organisations/{cast.organisation.id}/calendars": of_organisation,
        f"/organisations/{cast.organisation.id}/calendars/new": of_organisation,
        f"/calendars/{feed.id}": one,
        f"/calendars/{feed.id}/remove": one,
    }.items():
        assert client.get(path).status_code == expected, path


def test_a_file_is_looked_at_its_unclear_hours_are_asked_and_it_is_taken_in(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    bring_file(reader, (DATA / "outlook.ics").read_bytes())
    feed = feed_of(reader)
    assert reader.path == f"/calendars/{feed.id}"
    assert (feed.title, feed.state) == ("Kalender", FeedState.TRIED)
    for words in ("Mieterversammlung", "20:00–22:00 in Nairobi", "Invented Time Zone", "1 time says no time zone"):
        assert words in reader.text, words
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0
    reader.send(action="/take-in", zone="Africa/Cairo")
    assert (reader.status, "4 events stand in the agenda now." in reader.page.get_text()) == (200, True)
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 4
    assert "Such events are left out" not in reader.text
    reader.send(action="/zone", zone="")
    assert "2 in the agenda" in reader.text


def test_without_a_choice_unclear_events_are_left_out_and_said(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    bring_file(reader, (DATA / "outlook.ics").read_bytes(), title="Partner", readers="group")
    reader.send(action="/take-in")
    assert "2 events stand in the agenda now." in reader.page.get_text()
    assert "What could not be read" in reader.text
    assert "Nobody knows the time zone of this entry." in reader.text
    event = db.session.scalars(sa.select(Event)).unique().first()
    assert browse(cast.reader).client.get(f"/events/{event.id}").status_code == 404
    member = browse(cast.member)
    member.open(f"/events/{event.id}")
    assert "Read in the calendar Partner" in member.text
    assert "Others organise this" in member.text


def test_what_comes_from_this_house_is_said_before_anything_is_taken_in(cast: Cast, browse: Browse) -> None:
    own = make_session().moment.uid
    db.session.commit()
    reader = browse(cast.coordinator)
    bring_file(reader, calendar(entry(own)), title="Ours")
    assert "0 found" in reader.text
    assert "1 event comes from this house and stays out." in reader.text
    assert "Nothing in it lies" not in reader.text


def test_one_that_takes_too_long_today_says_so_on_its_page(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was quick when it came may be slow on a busy day."""
    feed, reader = make_feed(cast.group), browse(cast.coordinator)
    reader.open(f"/calendars/{feed.id}")

    def slow(*_body: object, **_how: object) -> Reading:
        raise UnreadableCalendar(Trouble.SLOW)

    monkeypatch.setattr(looking, "read", slow)
    looking.forget()
    reader.send(action="/take-in")
    assert (reader.status, "takes too long" in reader.text) == (422, True)
    reader.open(f"/calendars/{feed.id}")
    assert (reader.status, "takes too long" in reader.text) == (200, True)
    assert "Nothing in it lies" not in reader.text


def test_few_are_read_at_once_while_people_wait(cast: Cast, browse: Browse) -> None:
    """Slow calendars must not take all the hands of the house; a place is free again afterwards."""
    looking.forget()
    reader = browse(cast.coordinator)
    with looking.place(), looking.place():
        bring_file(reader, calendar(entry("a")), title="Partner")
        assert (reader.status, "Try again in a minute" in reader.text) == (422, True)
    bring_file(reader, calendar(entry("a")), title="Partner")
    assert reader.path == f"/calendars/{feed_of(reader).id}"


def test_what_is_looked_at_again_is_not_read_again(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    looking.forget()
    reader = browse(cast.coordinator)
    bring_file(reader, calendar(entry("a")), title="Partner")
    monkeypatch.setattr(looking, "read", None)
    reader.open(f"/calendars/{feed_of(reader).id}")
    assert reader.status == 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Write the address of a calendar, or choose a file."),
        (b"<html>Sign in</html>", "This is no calendar file."),
        (b"BEGIN:VCALENDAR\r\n", "The file broke off"),
    ],
)
def test_what_is_no_calendar_is_refused_at_its_field(cast: Cast, browse: Browse, body: bytes, words: str) -> None:
    reader = browse(cast.coordinator)
    bring_file(reader, body)
    assert (reader.status, words in reader.text) == (422, True)
    assert db.session.scalar(sa.select(sa.func.count(CalendarFeed.id))) == 0


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://calendar.example.org/a.ics", "Only addresses that begin with https://"),
        ("https://127.0.0.1/a.ics", "private network"),
        ("https://user:word@calendar.example.org/", "There is a password in this address."),
        ("calendar", "not a whole address"),
    ],
)
def test_an_address_that_is_not_asked_says_why(cast: Cast, browse: Browse, address: str, words: str) -> None:
    reader = browse(cast.speaker)
    reader.open(f"/organisations/{cast.organisation.id}/calendars/new")
    reader.send(has="address", address=address, language="en")
    assert (reader.status, words in reader.text) == (422, True)
    assert reader.page.find("input", attrs={"name": "address"})["value"] == address


def test_one_person_lets_so_many_addresses_be_asked_within_an_hour(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MOST_FETCHED_HOURLY", 1)
    path = f"/organisations/{cast.organisation.id}/calendars/new"
    for reader, words in (
        (cast.speaker, "private network"),
        (cast.speaker, "many times within an hour"),
        (cast.secretary, "private network"),
    ):
        page = browse(reader)
        page.open(path)
        page.send(has="address", address="https://127.0.0.1/a.ics", language="en")
        assert (page.status, words in page.text) == (422, True)


def test_an_address_is_fetched_and_shown_by_its_host_alone(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says(calendar(entry("a", title="<b>Assembly</b>"), name="Forum"), headers='ETag: "1"\r\n')) as server:
        monkeypatch.setattr(fetching, "house_rules", lambda: Rules(test_hosts=frozenset({server.host})))
        reader = browse(cast.speaker)
        reader.open(f"/organisations/{cast.organisation.id}/calendars/new")
        reader.send(has="address", address=f"{server.address}/secret-3f9c0/a.ics", language="en", readers="public")
        assert "Assembly" in reader.text
        assert "3f9c0" not in reader.text
        reader.send(action="/take-in")
    feed = feed_of(reader)
    assert (feed.title, feed.etag, feed.state) == ("Forum", '"1"', FeedState.ACTIVE)
    event = db.session.scalars(sa.select(Event)).unique().one()
    visitor = browse(None)
    visitor.open(f"/events/{event.id}")
    assert "Assembly" in visitor.text
    assert "3f9c0" not in visitor.answer.text
    visitor.open(f"/organisations/{cast.organisation.id}")
    assert "Assembly" in visitor.text
    assert "Calendars of others" not in visitor.text
    reader.open(f"/organisations/{cast.organisation.id}/calendars")
    assert "Forum" in reader.text
    assert "3f9c0" not in reader.text


def test_a_calendar_is_paused_read_again_and_removed_with_its_events(cast: Cast, browse: Browse) -> None:
    feed = make_feed(cast.group, address="https://calendar.example.org/a.ics")
    reader = browse(cast.coordinator)
    reader.open(f"/calendars/{feed.id}")
    reader.send(action="/take-in")
    reader.send(action="/pause")
    assert "Paused" in reader.text
    reader.send(action="/resume")
    assert "Paused" not in reader.text
    reader.open(f"/calendars/{feed.id}/remove")
    assert "Its 1 event goes out of the agenda with it" in reader.text
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert reader.path == BASE
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0


def test_a_file_that_is_brought_again_takes_the_place_of_what_it_brought_before(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    bring_file(reader, calendar(entry("stays"), entry("goes", title="Gone")))
    reader.send(action="/take-in")
    first = feed_of(reader)
    reader.open(reader.page.find("a", string="Bring the file again")["href"])
    reader.send(has="file")
    assert (reader.status, "Choose a file." in reader.text) == (422, True)
    reader.send(has="file", file=(io.BytesIO(calendar(entry("stays", title="Moved on"), entry("new"))), "a.ics"))
    assert "A file of this name was brought before:" in reader.text
    assert "1 event goes out of the agenda, because it is missing here" in reader.text
    assert "Gone" in reader.text
    reader.send(action="/replace")
    assert reader.path == f"/calendars/{first.id}"
    assert feed_of(reader).id == first.id
    shown = db.session.scalars(sa.select(Event.title).where(Event.state == EventState.PUBLISHED)).all()
    assert sorted(shown) == ["Moved on", "One"]


def test_a_file_that_is_brought_again_is_looked_at_by_the_clock_that_was_chosen_before(
    cast: Cast, browse: Browse
) -> None:
    """What goes out is what is missing; the hour stands on the event's own clock too."""
    reader = browse(cast.coordinator)
    floating = entry("stays", "20261205T150000", title="By its own clock")
    bring_file(reader, calendar(floating, entry("goes", title="Gone")))
    assert "1 time says no time zone" in reader.text
    reader.send(action="/take-in", zone="America/Bogota")
    assert ("By the clock of Bogot" in reader.text, "says no time zone" in reader.text) == (True, False)
    reader.open(reader.page.find("a", string="Bring the file again")["href"])
    reader.send(has="file", file=(io.BytesIO(calendar(floating)), "a.ics"))
    assert "1 event goes out of the agenda, because it is missing here: Gone" in reader.text
    assert "15:00 in Bogot" in reader.text
    assert "says no time zone" not in reader.text
    reader.send(action="/replace")
    shown = db.session.scalars(sa.select(Event.title).where(Event.state == EventState.PUBLISHED)).all()
    assert (list(shown), feed_of(reader).zone) == (["By its own clock"], "America/Bogota")


def test_what_has_lost_its_clock_is_shown_among_what_goes_out(cast: Cast, browse: Browse) -> None:
    reader, stays = browse(cast.coordinator), entry("b", title="Other")
    bring_file(reader, calendar(entry("a", title="Was clear"), stays))
    reader.send(action="/take-in")
    reader.open(reader.page.find("a", string="Bring the file again")["href"])
    floating = entry("a", "20261205T150000", title="Was clear")
    reader.send(has="file", file=(io.BytesIO(calendar(floating, stays)), "a.ics"))
    assert "1 event goes out of the agenda, because it is missing here: Was clear" in reader.text
    reader.send(action="/replace")
    shown = db.session.scalars(sa.select(Event.title).where(Event.state == EventState.PUBLISHED)).all()
    assert list(shown) == ["Other"]


def test_by_another_clock_what_goes_out_is_shown_again_first(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    floating = entry("stays", "20261205T150000", title="By its own clock")
    bring_file(reader, calendar(floating))
    reader.send(action="/take-in", zone="America/Bogota")
    reader.open(reader.page.find("a", string="Bring the file again")["href"])
    reader.send(has="file", file=(io.BytesIO(calendar(floating)), "a.ics"))
    assert "goes out of the agenda" not in reader.text
    published = sa.select(sa.func.count(Event.id)).where(Event.state == EventState.PUBLISHED)
    reader.send(action="/replace", zone="")
    assert (reader.status, "These are not the dates you looked at before." in reader.text) == (422, True)
    assert "1 event goes out of the agenda, because it is missing here: By its own clock" in reader.text
    assert db.session.scalar(published) == 1
    reader.send(action="/replace")
    assert (reader.status, db.session.scalar(published)) == (200, 0)


def test_a_second_file_of_the_same_name_says_so_and_may_stand_beside_the_first(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    for uid in ("one", "two"):
        bring_file(reader, calendar(entry(uid)))
        assert ("A file of this name was brought before:" in reader.text) is (uid == "two")
        client, form = reader.client, reader._defaults(reader.form(has="submission_id"))
        client.post(reader.path + "/take-in", data=form)
    assert db.session.scalars(sa.select(CalendarFeed.state)).all() == [FeedState.ACTIVE] * 2


def test_only_a_file_is_brought_again_and_takes_the_place_of_its_own_name(cast: Cast, browse: Browse) -> None:
    client = browse(cast.coordinator).client
    read = make_feed(cast.group, address="https://calendar.example.org/a.ics", state=FeedState.ACTIVE)
    other = make_feed(cast.group, title="Another name")
    assert client.get(f"/calendars/{read.id}/again").status_code == 404
    assert client.post(f"/calendars/{other.id}/replace").status_code == 404


def test_one_that_fails_says_why_and_when_it_is_tried_again(cast: Cast, browse: Browse) -> None:
    make_feed(
        cast.group, state=FeedState.ACTIVE, address="https://calendar.example.org/a.ics", last_error="gone", failures=2
    )
    reader = browse(cast.coordinator)
    reader.open(BASE)
    assert "Cannot be read at the moment" in reader.text
    reader.open(reader.page.find("main").find("ul", class_="lines").find("a")["href"])
    assert "There is no calendar at this address any more." in reader.text
    assert "Its events stay as they are." in reader.text


def test_the_way_to_the_calendars_stands_on_the_pages_of_their_owners(cast: Cast, browse: Browse) -> None:
    for person, page, href in (
        (cast.coordinator, "/groups/land-group", BASE),
        (cast.speaker, f"/organisations/{cast.organisation.id}", f"/organisations/{cast.organisation.id}/calendars"),
    ):
        reader = browse(person)
        reader.open(page)
        assert reader.page.find("a", href=href) is not None


def test_nothing_is_asked_outside_before_all_else_is_right(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says(calendar(entry("a")))) as server:
        monkeypatch.setattr(fetching, "house_rules", lambda: Rules(test_hosts=frozenset({server.host})))
        reader = browse(cast.speaker)
        reader.open(f"/organisations/{cast.organisation.id}/calendars/new")
        reader.send(has="address", address=f"{server.address}/a.ics", language="en", title="x" * 201)
        assert (reader.status, server.requests) == (422, [])
        reader.send(has="address", address=f"{server.address}/a.ics", language="en", title="Forum")
        assert (feed_of(reader).title, len(server.requests)) == ("Forum", 1)


def test_a_long_calendar_says_that_its_events_are_still_coming(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.calendars.services.bringing.BATCH", 1)
    monkeypatch.setattr("app.calendars.services.keeping.MOST_PUBLIC", 1)
    feed = make_feed(cast.organisation, calendar(*map(entry, "abc")), audience=PUBLIC)
    reader = browse(cast.speaker)
    reader.open(f"/calendars/{feed.id}")
    reader.send(action="/take-in")
    assert "within the next minutes" in reader.text
    assert "2 more are for the network until they come near" in reader.text


def test_the_language_of_the_page_is_chosen_and_a_file_that_did_not_pass_is_asked_for_again(
    cast: Cast, browse: Browse
) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}/new")
    assert reader.page.select_one("select[name=language] option[selected]")["value"] == "en"
    reader.send(has="file", file=(io.BytesIO(calendar(entry("a"))), "a.ics"), language="")
    assert reader.status == 422
    assert "Choose a file." in reader.text
    assert "nothing is lost" not in reader.text
    reader.send(has="file", file=(io.BytesIO(calendar(entry("a"))), "a.ics"), language="en")
    assert reader.status == 200
