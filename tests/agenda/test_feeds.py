"""Feeds for programs: who sees what in them, what never stands there, and how they are asked for again."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from app.agenda.models import Reach
from app.agenda.queries import dates
from app.agenda.routes import embed
from app.core.actors import PUBLIC
from app.core.names import set_name
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.sessions.models import LanguageMode, SessionLanguage
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.agenda import make_link
from tests.make.events import make_event
from tests.make.moments import HOUSE, hours
from tests.make.people import make_member, sign_in
from tests.make.polls import make_poll, make_round
from tests.make.sessions import make_membership, make_phase, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_meeting, make_place

pytestmark = pytest.mark.usefixtures("clock")


def events(answer) -> dict[str, Calendar]:
    """The entries of a calendar file, by title."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_a_feed_says_its_name_and_how_often_it_is_asked_for(client):
    calendar = Calendar.from_ical(client.get("/agenda.ics").data)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Maloca"
    assert calendar["REFRESH-INTERVAL"].to_ical() == calendar["X-PUBLISHED-TTL"].to_ical() == b"PT1H"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in client.get("/agenda.ics").data


def test_public_dates_stand_in_the_public_feed_and_nothing_else_whoever_asks(app, client):
    person, group = make_member(), make_group()
    make_place(group, person)
    make_meeting(group, "A meeting inside", join_link="https://meet.example/room?pwd=hunter2")
    make_session(make_track("Heat"), "Who pays?", join_link="https://meet.example/open?pwd=hunter3")
    db.session.commit()
    for reader in (client, sign_in(app.test_client(), person)):
        answer = reader.get("/agenda.ics")
        assert set(events(answer)) == {"Heat: Who pays?"}
        assert b"hunter" not in answer.data
        assert b"ATTENDEE" not in answer.data
        assert b"ORGANIZER" not in answer.data


def test_a_feed_neither_reads_nor_sets_a_cookie(app):
    reader = sign_in(app.test_client(), make_member(preferred_language="fr"))
    reader.get("/?lang=ar")
    for address in ("/agenda.ics?lang=es", "/agenda.atom", "/agenda/embed?lang=fr"):
        answer = reader.get(address)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers["Vary"]
        assert "public" in answer.headers["Cache-Control"]
    assert 'lang="en"' in reader.get("/agenda/embed").text


def test_a_feed_speaks_the_language_that_is_asked_for(client):
    session = make_session(make_track("Heat"), "Who pays?")
    set_name("session", session.id, "ar", "من يدفع؟")
    db.session.commit()
    (event,) = events(client.get("/agenda.ics?lang=ar")).values()
    assert "من يدفع؟" in str(event["SUMMARY"])
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"


def test_a_moved_date_keeps_its_uid_with_a_higher_sequence_and_a_cancelled_one_stays(client, now):
    session = make_session(make_track("Heat"), "Who pays?")
    db.session.commit()
    (before,) = events(client.get("/agenda.ics")).values()
    change_moment(HOUSE, session.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
    db.session.commit()
    (moved,) = events(client.get("/agenda.ics")).values()
    assert moved["UID"] == before["UID"]
    assert moved["SEQUENCE"] == before["SEQUENCE"] + 1
    change_moment(HOUSE, session.moment, status=Status.CANCELLED, now=now)
    db.session.commit()
    cancelled = events(client.get("/agenda.ics"))["Cancelled: Heat: Who pays?"]
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["UID"] == before["UID"]


def test_what_is_not_sure_says_so_in_its_title(client, now):
    occurrence = make_occurrence(make_space(acronym="COPEX"), date(2027, 3, 8), date(2027, 3, 19))
    make_step(occurrence, date(2027, 2, 8))
    db.session.commit()
    found = events(client.get("/agenda.ics"))
    assert set(found) == {
        "Expected around: COPEX: Session, 2027",
        "Expected around: Parallel reports, COPEX: Session, 2027",
    }
    assert {event["STATUS"] for event in found.values()} == {"TENTATIVE"}
    change_moment(HOUSE, occurrence.moment, status=Status.CANCELLED, now=now)
    db.session.commit()
    assert {event["STATUS"] for event in events(client.get("/agenda.ics")).values()} == {"CANCELLED"}


CALLED_DEADLINE = {
    "en": ("Deadline",), "fr": ("Échéance",), "es": ("Plazo",), "pt": ("Prazo",), "ar": ("موعد نهائي", "آخر أجل"),
}  # fmt: skip
"""What each language calls a deadline: in the titles of calendars, and under a title on a page."""


@pytest.mark.parametrize("language", CALLED_DEADLINE)
def test_what_is_only_expected_is_called_a_deadline_nowhere_and_what_is_confirmed_is(client, language):
    session = make_occurrence(make_space("Committee", slug="c", acronym="C"))
    step = make_step(session, date(2027, 2, 8))
    addresses = (
        *("/agenda", "/agenda/week", "/agenda/embed", "/agenda.ics", "/agenda.atom"),
        *("/advocacy/spaces/c.ics", "/advocacy/calendar.ics", f"/advocacy/occurrences/{session.id}.ics"),
    )
    for certainty in Certainty:
        step.moment.certainty = certainty
        db.session.commit()
        called = {
            address
            for address in (*addresses, "/agenda/month")
            if any(word in dates_of(client, address, language) for word in CALLED_DEADLINE[language])
        }
        assert called == (set(addresses) if certainty is Certainty.VERIFIED else set()), certainty


def dates_of(client, address: str, language: str) -> str:
    """The words of a feed, or of a page without the form that narrows it down."""
    answer = client.get(address, query_string={"lang": language, "day": "2027-02-08"})
    assert answer.status_code == 200
    if answer.mimetype != "text/html":
        return answer.text.replace("\r\n ", "")
    page = BeautifulSoup(answer.text, "html5lib")
    for form in page.find_all("form"):
        form.decompose()
    return page.get_text()


def test_what_lies_within_a_span_fills_no_calendar_and_says_its_span(client):
    space = make_space(acronym="COPEX")
    make_occurrence(space, timing=Timing.year_only(2026))
    make_occurrence(space, timing=Timing.month(2027, 3))
    make_step(make_occurrence(space), date(2027, 1, 12), timing=Timing.window(date(2026, 9, 14), date(2027, 1, 12)))
    db.session.commit()
    for address in ("/agenda.ics", "/advocacy/calendar.ics"):
        found = events(client.get(address))
        spans = {title.partition("(")[2]: event for title, event in found.items() if title.endswith(")")}
        days = {words: (event.decoded("DTSTART"), event.decoded("DTEND")) for words, event in spans.items()}
        assert days["in March 2027)"] == (date(2027, 3, 1), date(2027, 3, 2))
        assert days["between 14 September 2026 and 12 January 2027)"] == (date(2026, 9, 14), date(2026, 9, 15))
        assert not any("around" in title for title in found if title.endswith(")"))


def test_a_feed_reaches_from_90_days_back_to_two_years_ahead(client, now):
    for days, name in ((-100, "long ago"), (-60, "lately"), (700, "far"), (800, "too far")):
        day = (START + timedelta(days=days)).replace(tzinfo=None, hour=17)
        make_session(make_track("T"), name, wall_start=day)
    db.session.commit()
    assert set(events(client.get("/agenda.ics"))) == {"T: lately", "T: far"}


def test_feeds_of_a_track_a_group_and_a_space(client):
    track, space, group = (
        make_track("Heat", slug="heat"),
        make_space("Committee", slug="c", acronym="C"),
        make_group(slug="g"),
    )
    make_session(track, "Who pays?")
    make_session(name="Another")
    make_occurrence(space)
    make_meeting(group, "A meeting inside")
    db.session.commit()
    assert set(events(client.get("/tracks/heat.ics"))) == {"Heat: Who pays?"}
    assert set(events(client.get("/advocacy/spaces/c.ics"))) == {"Expected around: C: Session, 2027"}
    assert events(client.get("/groups/g.ics")) == {}
    for address in ("/tracks/no.ics", "/tracks/no.atom", "/groups/no.ics", "/advocacy/spaces/no.ics"):
        assert client.get(address).status_code == 404


def test_a_track_that_is_a_draft_and_a_hidden_group_have_no_feed(client):
    make_track("Draft", slug="draft", audience="facilitators:x", published_at=None)
    make_group("Hidden", slug="hidden", audience="inside")
    db.session.commit()
    assert client.get("/tracks/draft.ics").status_code == 404
    assert client.get("/groups/hidden.ics").status_code == 404


class TestAskedAgain:
    def test_nothing_is_sent_twice_until_something_changes(self, client, clock, now, count_queries):
        session = make_session(make_track("Heat"), "Who pays?")
        db.session.commit()
        first = client.get("/agenda.ics")
        known = {"If-None-Match": first.headers["ETag"]}
        with count_queries() as statements:
            again = client.get("/agenda.ics", headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert len(statements) <= 3
        assert not [line for line in statements if "learning_session" in line and "moment" not in line]
        change_moment(HOUSE, session.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
        db.session.commit()
        assert client.get("/agenda.ics", headers=known).status_code == 200

    def test_a_name_that_changed_arrives_within_the_hour_and_what_stayed_is_not_sent(self, client, clock):
        session = make_session(make_track("Heat"), "Who pays?")
        db.session.commit()
        known = {"If-None-Match": client.get("/agenda.ics").headers["ETag"]}
        clock.shift(timedelta(hours=1))
        later = client.get("/agenda.ics", headers=known)
        assert later.status_code == 304
        assert later.headers["ETag"] != known["If-None-Match"]
        set_name("session", session.id, "en", "Who pays now?")
        db.session.commit()
        clock.shift(timedelta(hours=1))
        assert "Heat: Who pays now?" in events(client.get("/agenda.ics", headers=known))

    def test_who_asks_by_date_is_answered_too(self, client):
        make_session()
        db.session.commit()
        first = client.get("/agenda.ics")
        again = client.get("/agenda.ics", headers={"If-Modified-Since": first.headers["Last-Modified"]})
        assert again.status_code == 304

    def test_another_language_is_another_answer(self, client):
        known = {"If-None-Match": client.get("/agenda.ics?lang=en").headers["ETag"]}
        assert client.get("/agenda.ics?lang=fr", headers=known).status_code in (200, 304)
        make_session()
        db.session.commit()
        known = {"If-None-Match": client.get("/agenda.ics?lang=en").headers["ETag"]}
        assert client.get("/agenda.ics?lang=fr", headers=known).status_code == 200


def test_a_feed_is_narrowed_down_by_its_query_as_the_page_is(client):
    track, space = make_track("Land", slug="land", phase=make_phase(regions=("MENA",))), make_space("C", slug="c")
    session = make_session(track, "Who owns it?")
    session.languages = [SessionLanguage(language="ar", mode=LanguageMode.SPOKEN)]
    make_occurrence(space)
    make_event("A forum", audience=PUBLIC, group=make_group(slug="g"), language="pt")
    db.session.commit()
    asked = {
        "track=land": "Land", "region=MENA": "Land", "language=ar": "Land", "kind=sessions": "Land", "space=c": "C",
        "kind=advocacy": "C", "group=g": "A forum", "kind=events": "A forum", "language=pt": "A forum",
    }  # fmt: skip
    for query, title in asked.items():
        (found,) = events(client.get(f"/agenda.ics?{query}"))
        assert title in found, query
    nothing = "track=x&region=x&language=x&kind=x&space=x&group=x&mine=y&kind=meetings"
    assert len(events(client.get(f"/agenda.ics?{nothing}"))) == 3


class TestPrivate:
    def test_it_shows_what_its_person_takes_part_in(self, app, client):
        circle = make_round(1)
        person, group, track = circle.people[0], circle.group, make_track("Mine")
        make_membership(track, person)
        make_session(track, "My session", join_link="https://meet.example/open?pwd=hunter3")
        make_session(name="Another")
        make_meeting(group, "My meeting", join_link="https://meet.example/room?pwd=hunter2")
        make_task(group, "Measure the heat", by=Timing.days(date(2027, 2, 12), zone="Africa/Nairobi"))
        poll = make_poll(group, circle.coordinator, "When do we meet?")
        make_link(person, "secret")
        db.session.commit()
        answer = client.get("/agenda/secret.ics")
        found = events(answer)
        name = next(title for title in found if "My meeting" in title).split(":")[0]
        assert set(found) == {
            "Mine: My session",
            f"{name}: My meeting",
            f"{name}: Measure the heat",
            f"To be answered: {name}: When do we meet?",
        }
        asked = found[f"To be answered: {name}: When do we meet?"]
        assert asked.decoded("DTSTART").astimezone(UTC) == poll.moment.until
        assert "DTEND" not in asked
        assert b"hunter" not in answer.data
        assert answer.headers["Cache-Control"].startswith("private")
        assert person.name.encode() not in answer.data

    @pytest.mark.parametrize("before", [timedelta(hours=23), timedelta(minutes=-30)])
    def test_no_feed_names_a_link_where_the_page_shows_it(self, app, client, clock, before):
        """From 24 hours before until the end."""
        person, group, track = make_member(), make_group(slug="g"), make_track("Heat", slug="heat")
        make_place(group, person)
        make_membership(track, person)
        session = make_session(track, "Who pays?", join_link="https://meet.example/open?pwd=hunter3")
        make_meeting(group, "A meeting inside", join_link="https://meet.example/room?pwd=hunter2")
        make_link(person, "mine")
        make_link(person, "all", reach=Reach.ALL)
        db.session.commit()
        clock.move_to(session.moment.starts_at - before)
        assert b"hunter3" in sign_in(app.test_client(), person).get(f"/sessions/{session.id}").data
        public = ("agenda.ics", "agenda.atom", "agenda/embed", "tracks/heat.ics", "tracks/heat.atom", "groups/g.ics")
        for address in (*public, "agenda/mine.ics", "agenda/all.ics"):
            for reader in (client, sign_in(app.test_client(), person)):
                text = reader.get(f"/{address}").text
                assert ("Who pays?" in text) is (address != "groups/g.ics"), address
                assert ("A meeting inside" in text) is (address in ("agenda/mine.ics", "agenda/all.ics")), address
                assert "hunter" not in text, address
                assert "meet.example" not in text, address

    def test_everything_one_may_see_where_that_was_chosen(self, client):
        person = make_member()
        make_session(make_track("T"), "Another")
        make_link(person, "secret", reach=Reach.ALL)
        db.session.commit()
        assert set(events(client.get("/agenda/secret.ics"))) == {"T: Another"}

    @pytest.mark.parametrize("said", [{"page_language": "ar"}, {"preferred_language": "ar"}])
    def test_it_speaks_the_language_of_the_mails_unless_another_is_asked_for(self, client, said):
        person = make_member(**said)
        session = make_session(make_track("T"), "Who pays?")
        set_name("session", session.id, "ar", "من يدفع؟")
        make_link(person, "secret", reach=Reach.ALL)
        db.session.commit()
        assert "من يدفع؟" in client.get("/agenda/secret.ics").text
        assert "Who pays?" in client.get("/agenda/secret.ics?lang=en").text

    def test_who_left_a_group_finds_its_dates_no_more(self, client, now):
        person, group = make_member(), make_group()
        place = make_place(group, person)
        make_meeting(group, "My meeting")
        make_link(person, "secret", reach=Reach.ALL)
        db.session.commit()
        assert events(client.get("/agenda/secret.ics"))
        place.left_at = now
        db.session.commit()
        assert events(client.get("/agenda/secret.ics")) == {}

    @pytest.mark.parametrize("secret", ["wrong", "a" * 500, "%00x", "é", "..", "secret%20"])
    def test_any_other_address_is_not_there(self, client, secret):
        make_link(make_member(), "secret")
        db.session.commit()
        assert client.get(f"/agenda/{secret}.ics").status_code == 404


@pytest.mark.parametrize("path", ["/agenda.ics", "/agenda.atom"])
def test_bytes_and_tags_that_no_program_should_send_are_answered(client, path):
    for query in ("x=\xff", "region=\xe9&lang=fr"):
        assert client.get(path, environ_overrides={"QUERY_STRING": query}).status_code == 200
    for known in ('""', '"", W/""', "*", "nonsense", '"a"'):
        assert client.get(path, headers={"If-None-Match": known}).status_code in (200, 304), known
    assert client.get(path, headers={"If-None-Match": '""'}).status_code == 200


class TestNews:
    def test_what_changed_last_stands_first_and_readers_of_news_understand_it(self, client):
        old, new = (
            make_session(make_track("Heat"), "Who pays?"),
            make_session(make_track("Land"), "Who owns <it> & why?"),
        )
        change_moment(
            HOUSE, old.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=START + timedelta(minutes=5)
        )
        db.session.commit()
        answer = client.get("/agenda.atom?lang=en")
        assert answer.mimetype == "application/atom+xml"
        feed = feedparser.parse(answer.data)
        assert not feed.bozo
        assert feed.version == "atom10"
        assert [entry.title for entry in feed.entries] == ["Heat: Who pays?", "Land: Who owns <it> & why?"]
        assert feed.entries[0].id == f"urn:uuid:{old.moment.id}"
        assert feed.entries[0].link.endswith(f"/sessions/{old.id}")
        assert "17:00–19:00 in Nairobi" in feed.entries[1].content[0].value
        assert "14:00–16:00 UTC" in feed.entries[1].content[0].value
        assert feed.feed.title == "Maloca: Agenda"
        assert new.moment.changed_at < old.moment.changed_at

    def test_a_track_has_its_own(self, client):
        make_session(make_track("Heat", slug="heat"), "Who pays?")
        make_session(name="Another")
        db.session.commit()
        assert [entry.title for entry in feedparser.parse(client.get("/tracks/heat.atom").data).entries] == [
            "Heat: Who pays?"
        ]
        answer = client.get("/tracks/heat.atom?lang=fr")
        assert "<title>Heat\u00a0: Who pays?</title>" in answer.text

    def test_it_is_not_sent_twice(self, client):
        make_session()
        db.session.commit()
        known = {"If-None-Match": client.get("/agenda.atom").headers["ETag"]}
        assert client.get("/agenda.atom", headers=known).status_code == 304

    def test_signs_that_xml_has_no_place_for_are_left_out(self, client):
        make_session(make_track("Heat"), "Who\ufffe \x0bpays\uffff?")
        db.session.commit()
        feed = feedparser.parse(client.get("/agenda.atom?lang=en").data)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["Heat: Who pays?"]

    def test_what_is_over_is_no_news(self, client):
        make_session(wall_start=datetime(2026, 10, 1, 17))
        db.session.commit()
        assert feedparser.parse(client.get("/agenda.atom").data).entries == []


def listed(client, *, own: int) -> list[str]:
    """What stands inside another page: some sessions, one date of others, and a deadline that is open for months."""
    make_step(
        make_occurrence(make_space()), date(2027, 1, 12), timing=Timing.window(date(2026, 9, 14), date(2027, 1, 12))
    )
    track = make_track("Heat")
    for day in range(1, own + 1):
        make_session(track, f"Own {day:02}", wall_start=datetime(2027, 2, day, 17))
    make_event("Of others", audience=PUBLIC, timing=hours("2027-02-03 10:00", "2027-02-03 12:00"))
    db.session.commit()
    return re.findall(r"Own \d\d|Of others|between 14", client.get("/agenda/embed").text)


class TestInsideAnotherPage:
    def test_it_may_be_framed_and_does_nothing(self, client):
        make_session(make_track("Heat"), "Who pays?")
        db.session.commit()
        answer = client.get("/agenda/embed?lang=en&zone=Africa/Cairo")
        assert "X-Frame-Options" not in answer.headers
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "<form" not in answer.text
        assert "<script" not in answer.text
        assert "16:00–\u206018:00 in Cairo" in answer.text
        assert len(answer.data) < 3_000

    def test_what_takes_place_stands_first_and_what_is_open_for_months_last(self, client):
        assert listed(client, own=3) == ["Own 01", "Own 02", "Of others", "Own 03", "between 14"]

    def test_whatever_the_network_has_there_is_room_for_what_others_organise(self, client):
        found = listed(client, own=25)
        assert len(found) == 20
        assert found[:4] == ["Own 01", "Own 02", "Of others", "Own 03"]

    def test_a_title_in_another_script_begins_where_the_others_do(self, client):
        make_event("Of others", audience=PUBLIC, timing=hours("2027-02-03 10:00", "2027-02-03 12:00"))
        db.session.commit()
        text = client.get("/agenda/embed?lang=ar").text
        assert re.search(r'<a [^>]*lang="en"><bdi dir="ltr">Of others', text)
        assert not re.search(r"<a [^>]*dir=", text)

    def test_the_words_to_copy_say_no_clock_where_none_is_known(self, client):
        assert "zone=" not in client.get("/agenda/take-along").text

    def test_no_other_page_may_be_framed(self, client):
        for address in ("/", "/agenda", "/agenda/take-along", "/agenda/month"):
            answer = client.get(address)
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]

    def test_the_words_to_copy_are_whole_and_lead_to_the_dates_chosen(self, client):
        make_track("Heat", slug="heat")
        db.session.commit()
        text = client.get("/agenda/take-along?track=heat").text
        assert "&lt;iframe src=&#34;" in text or "&lt;iframe src=&quot;" in text
        assert "/agenda.ics?lang=en&amp;track=heat" in text


def test_however_many_dates_others_bring_those_of_the_network_stay(client, now, monkeypatch):
    """One calendar of others must not push the own dates out of feeds, months, news and pages of partners."""
    for name, most in {"MOST_COMING_IN_FEED": 3, "MOST_BEGUN_IN_FEED": 2, "MOST_AT_ONCE": 2, "MOST_NEWS": 4}.items():
        monkeypatch.setattr(dates, name, most)
    monkeypatch.setattr(embed, "MOST", 3)
    for day in range(24, 31):
        make_event(f"Of others {day}", audience=PUBLIC, timing=hours(f"2026-11-{day} 10:00", f"2026-11-{day} 12:00"))
    track = make_track()
    for day in (28, 29):
        make_session(track, f"Own {day}", wall_start=datetime(2026, 11, day, 17))
    db.session.commit()
    in_feed = {title.removeprefix("Example track: ") for title in events(client.get("/agenda.ics"))}
    assert in_feed == {"Own 28", "Own 29", "Of others 24"}
    assert re.findall(r"(?:Own|Of others) \d\d", client.get("/agenda/embed").text) == [
        "Of others 24",
        "Own 28",
        "Own 29",
    ]
    for path in ("/agenda/month?day=2026-11-01", "/agenda.atom"):
        assert {"Own 28", "Own 29"} <= set(re.findall(r"Own \d\d", client.get(path).text)), path
