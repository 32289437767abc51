"""The agenda as list, week and month: what one may see, when it is for the reader, and how sure it is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from app.advocacy.models import StepCode
from app.agenda.queries import dates
from app.core.actors import PUBLIC
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.sessions.models import LanguageMode, SessionLanguage
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.events import make_event
from tests.make.moments import HOUSE, hours, make_moment
from tests.make.people import make_member, make_organisation, sign_in
from tests.make.polls import make_poll, make_round
from tests.make.sessions import make_membership, make_phase, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_meeting, make_place

pytestmark = pytest.mark.usefixtures("clock")

VIEWS = ("/agenda", "/agenda/week?day=2027-02-13", "/agenda/month?day=2027-02-13")


def said(client: FlaskClient, address: str) -> str:
    """What the dates of the page say, without the form above them."""
    answer = client.get(address)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html5lib").main
    for form in page.find_all("form"):
        form.decompose()
    return " ".join(page.get_text(" ").replace("\xa0", " ").split())


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_sees_public_dates_and_nobody_those_of_a_group_they_are_not_in(client, view):
    make_session(name="Who pays for the heat?")
    make_meeting(make_group(), "A meeting inside")
    db.session.commit()
    text = said(client, view)
    assert "Who pays for the heat?" in text
    assert "A meeting inside" not in text


@pytest.mark.parametrize("view", VIEWS)
def test_who_is_inside_a_group_finds_its_meetings_tasks_and_what_is_to_be_answered(app, view):
    circle = make_round(1)
    group, person = circle.group, circle.people[0]
    make_meeting(group, "A meeting inside")
    make_task(group, "Measure the heat", by=Timing.days(date(2027, 2, 12), zone="Africa/Nairobi"))
    db.session.commit()
    text = said(sign_in(app.test_client(), person), view)
    assert "A meeting inside" in text
    assert "Measure the heat" in text


def test_a_poll_stands_on_the_day_it_closes_as_something_to_be_answered(app):
    circle = make_round(1)
    poll = make_poll(circle.group, circle.coordinator, "When do we meet?")
    db.session.commit()
    reader = sign_in(app.test_client(), circle.people[0])
    closes = poll.moment.until.date()
    text = said(reader, f"/agenda/week?day={closes}")
    assert "until 12:00 When do we meet? To be answered" in text
    assert "To be answered until" in said(reader, "/agenda")


def test_a_conference_stays_on_its_second_day(client, clock):
    make_occurrence(make_space(acronym="COPEX"), date(2026, 11, 16), date(2026, 11, 27))
    db.session.commit()
    assert "COPEX" in said(client, "/agenda")
    clock.move_to(datetime(2026, 12, 2))
    assert "COPEX" not in said(client, "/agenda")


def test_the_readers_hour_stands_first_and_a_second_place_beside_it(client):
    make_session(name="Heat")
    db.session.commit()
    client.set_cookie("maloca_zone", "Africa/Dakar")
    text = said(client, "/agenda?also=Zurich")
    assert "Hours as in Dakar, then in Zurich." in text
    assert "Saturday 13 February 2027, 14:00–16:00 in Dakar 17:00 in Nairobi · 14:00 UTC 15:00–17:00 in Zurich" in text
    assert "14:00–16:00 15:00–17:00 in Zurich Heat" in said(client, "/agenda/week?day=2027-02-13&also=Zurich")


@pytest.mark.parametrize("view", VIEWS[1:])
def test_a_second_place_stands_in_a_week_and_a_month_also_where_it_is_the_own_place_of_a_date(client, view):
    make_session(name="Heat")
    db.session.commit()
    client.set_cookie("maloca_zone", "Africa/Dakar")
    text = said(client, f"{view}&also=Nairobi")
    assert "14:00–16:00 17:00–19:00 in Nairobi Heat" in text
    assert said(client, "/agenda?also=Nairobi").count("in Nairobi · 14:00 UTC") == 1


@pytest.mark.parametrize("view", VIEWS[1:])
def test_a_second_place_is_chosen_and_dropped_without_losing_what_the_dates_are_narrowed_down_to(client, view):
    make_session(name="Heat")
    db.session.commit()
    chosen = f"{view}&kind=sessions&also=Zurich"
    assert "Every hour names its place, then says it as in Zurich." in said(client, chosen)
    page = BeautifulSoup(client.get(chosen).text, "html5lib").main
    drop = page.find("a", string="Without the hours in Zurich")["href"]
    assert ("kind=sessions" in drop, "also" in drop, "day=2027-02-13" in drop) == (True, False, True)
    form = page.find(attrs={"name": "also", "type": "text"}).find_parent("form")
    assert {field["name"]: field["value"] for field in form.select("input[type=hidden]")} == {
        "day": "2027-02-13",
        "kind": "sessions",
    }


def test_a_place_nobody_knows_is_said_to_be_unknown(client):
    assert "We do not know this place." in client.get("/agenda?also=Atlantis").text


def test_a_day_that_is_another_one_there_is_said(client):
    make_session(name="Late", wall_start=datetime(2027, 2, 13, 23, 30), hours=1)
    db.session.commit()
    client.set_cookie("maloca_zone", "America/Mexico_City")
    assert "Sunday 14 February, 05:30–06:30 in Tokyo" in said(client, "/agenda?also=Tokyo")


@pytest.mark.parametrize(
    ("zone", "first"), [("Africa/Cairo", "Saturday"), ("Europe/Zurich", "Monday"), ("America/Mexico_City", "Sunday")]
)
def test_a_week_begins_where_the_reader_is(client, zone, first):
    client.set_cookie("maloca_zone", zone)
    page = BeautifulSoup(client.get("/agenda/month").text, "html5lib")
    assert page.find("th").get_text(strip=True) == first


@pytest.mark.parametrize(
    ("status", "certainty", "words"),
    [
        (Status.CONFIRMED, Certainty.VERIFIED, "Confirmed Saturday 13"),
        (Status.PLANNED, Certainty.VERIFIED, "Expected Saturday 13"),
        (Status.CANCELLED, Certainty.VERIFIED, "Cancelled Saturday 13"),
        (Status.POSTPONED, Certainty.VERIFIED, "Postponed Saturday 13"),
    ],
)
def test_how_sure_a_date_is_stands_in_words(client, status, certainty, words):
    make_session(name="Heat", status=status)
    db.session.commit()
    assert words in said(client, "/agenda")


@pytest.mark.parametrize("view", VIEWS[1:])
def test_on_its_day_a_cancelled_date_is_struck_and_does_not_say_the_day_again(client, view):
    make_session(name="Heat", status=Status.CANCELLED)
    db.session.commit()
    client.set_cookie("maloca_zone", "Africa/Dakar")
    text = said(client, view)
    assert "14:00–16:00 Heat Cancelled" in text
    assert "Saturday 13 February 2027, 14:00" not in text
    assert client.get(view).text.count("<s><time") == 1
    with_manila = client.get(f"{view}{'&' if '?' in view else '?'}also=Asia/Manila").text
    assert with_manila.count("<s>") == 2, "on the clock of the second place too"


def test_an_estimated_deadline_is_around_its_day_and_never_confirmed(client):
    make_step(make_occurrence(make_space(acronym="COPEX")), date(2027, 2, 8))
    db.session.commit()
    text = said(client, "/agenda")
    assert "Expected around Monday 8 February 2027 Parallel reports, COPEX" in text


def test_a_deadline_of_a_session_that_was_put_off_is_put_off_too(client, now):
    occurrence = make_occurrence(make_space(acronym="COPEX"))
    make_step(occurrence, date(2027, 2, 8))
    change_moment(HOUSE, occurrence.moment, status=Status.POSTPONED, now=now)
    db.session.commit()
    assert said(client, "/agenda").count("Postponed") == 2


def test_what_was_put_off_is_still_to_come_after_its_old_day(client, clock, now):
    session = make_session(name="Heat", wall_start=datetime(2026, 11, 20, 17, 0))
    change_moment(HOUSE, session.moment, status=Status.POSTPONED, now=now)
    db.session.commit()
    assert "Days not known yet" in said(client, "/agenda")


def test_a_month_that_has_begun_is_no_day_of_it(client):
    make_occurrence(make_space(acronym="COPEX"), timing=Timing.month(2026, 11))
    db.session.commit()
    listed, month = said(client, "/agenda"), said(client, "/agenda/month?day=2026-11-21")
    assert "Days not known yet" in listed
    assert "All this time" in month


def test_what_goes_on_past_midnight_says_its_hours_and_no_date_in_full(client):
    make_event("All night", audience=PUBLIC, timing=hours("2027-02-13 22:00", "2027-02-14 02:00", "Africa/Nairobi"))
    make_event("A camp", audience=PUBLIC, timing=hours("2027-02-19 10:00", "2027-02-21 16:00", "Africa/Nairobi"))
    db.session.commit()
    text = said(client, "/agenda/month?day=2027-02-10")
    assert "22:00–02:00 in Nairobi All night" in text
    assert "13 February 2027" not in text
    assert "A camp Friday 19 February 2027, 10:00 to 16:00 on Sunday 21 February" in text.replace("\u2060", "")


def test_each_date_stands_once_in_a_month(client):
    make_occurrence(make_space(acronym="COPEX"), date(2027, 2, 8), date(2027, 2, 19))
    db.session.commit()
    assert said(client, "/agenda/month?day=2027-02-10").count("COPEX") == 1
    assert "All this time" in said(client, "/agenda/week?day=2027-02-16")


def test_the_agenda_is_narrowed_down_by_kind_track_space_region_and_language(client):
    track = make_track("Land", phase=make_phase(regions=("MENA",)))
    session = make_session(track, "Who owns the land?")
    session.languages = [SessionLanguage(language="ar", mode=LanguageMode.SPOKEN)]
    make_session(make_track("Heat", phase=make_phase(regions=("LAC",))), "Who pays for the heat?")
    space = make_space(acronym="COPEX", slug="copex")
    make_step(make_occurrence(space, country="EG"), date(2027, 2, 8))
    db.session.commit()

    def shows(query: str) -> set[str]:
        text = said(client, f"/agenda?{query}")
        return {name for name in ("Who owns", "Who pays", "COPEX") if name in text.partition("Show everything")[2]}

    assert shows(f"track={track.slug}") == {"Who owns"}
    assert shows("kind=sessions") == {"Who owns", "Who pays"}
    assert shows("kind=deadlines") == {"COPEX"}
    assert shows("space=copex") == {"COPEX"}
    assert shows("language=ar") == {"Who owns"}
    assert shows("region=MENA") == {"Who owns", "COPEX"}
    assert shows("region=LAC") == {"Who pays"}


@pytest.mark.parametrize("view", VIEWS)
def test_the_filter_of_a_group_finds_its_meetings_and_nothing_else(app, view):
    person, group, other = make_member(), make_group(slug="tenure"), make_group(slug="housing")
    for one, name in ((group, "Who holds the land?"), (other, "Who builds?")):
        make_place(one, person)
        make_meeting(one, name)
    make_session(name="Heat")
    db.session.commit()
    text = said(sign_in(app.test_client(), person), f"{view}{'&' if '?' in view else '?'}group=tenure")
    assert "Who holds the land?" in text
    assert "Who builds?" not in text
    assert "Heat" not in text


def test_what_does_not_exist_narrows_nothing_down(client):
    make_session(name="Heat")
    db.session.commit()
    assert "Heat" in said(client, "/agenda?track=nowhere&kind=nothing&space=x&region=y&language=z&group=w&mine=y")


def test_mine_are_my_tracks_and_groups_and_not_everybody_elses(app):
    person, track, group = make_member(), make_track("Mine"), make_group("Circle")
    make_membership(track, person)
    make_place(group, person)
    make_session(track, "My session")
    make_session(name="Another session")
    make_meeting(group, "My meeting")
    db.session.commit()
    text = said(sign_in(app.test_client(), person), "/agenda?mine=y")
    assert "My session" in text
    assert "My meeting" in text
    assert "Another session" not in text


def test_the_list_goes_on_page_by_page_and_nothing_stands_twice(client):
    for n in range(90):
        make_session(name=f"Session-{n:03}", wall_start=datetime(2027, 1, 1 + n % 28, 8 + n % 5))
    db.session.commit()
    found, address = [], "/agenda"
    while address:
        page = BeautifulSoup(client.get(address).text, "html5lib")
        found += [link.get_text() for link in page.select("main li a") if link.get_text().startswith("Session-")]
        further = page.select_one("a[rel=next]")
        address = further["href"] if further else ""
    assert len(found) == len(set(found)) == 90


def test_a_house_without_dates_says_so_and_leads_on(client):
    assert "No date is known yet." in said(client, "/agenda")
    assert "Nothing fits." in said(client, "/agenda?kind=events")


@pytest.mark.parametrize("day", ["", "x", "0001-01-01", "9999-12-31", "2027-02-30", "1990-01-01", "2100-12-31"])
@pytest.mark.parametrize("view", ["week", "month"])
def test_no_day_in_an_address_breaks_a_page(client, view, day):
    assert client.get(f"/agenda/{view}?day={day}").status_code == 200


def test_a_thing_of_a_package_that_is_gone_stands_nowhere(client):
    make_moment(hours("2027-02-13 17:00"), subject_kind="gone")
    db.session.commit()
    assert "No date is known yet." in said(client, "/agenda")


def test_what_has_begun_goes_on_page_by_page_too_and_nothing_stands_twice(client):
    for n in range(45):
        make_occurrence(make_space(acronym=f"OWN{n:02}"), date(2026, 11, 1), date(2026, 12, 1 + n % 20))
        make_event(
            f"OTH{n:02}",
            audience=PUBLIC,
            timing=hours("2026-11-01 10:00", f"2026-12-{1 + n % 20:02} 12:00", may_be_long=True),
        )
    make_session(name="Comes later")
    db.session.commit()
    pages, address = [], "/agenda"
    while address:
        page = BeautifulSoup(client.get(address).text, "html5lib").main
        for form in page.find_all("form", class_="filters"):
            form.decompose()
        pages.append(re.findall(r"\b(?:OWN|OTH)\d\d\b", page.get_text(" ")))
        assert ("Comes later" in page.text) is (address == "/agenda")
        pager = page.find("nav", class_="pager")
        address = pager.a["href"] if pager else ""
    assert [len(names) for names in pages] == [40, 40, 10]
    assert len({name for names in pages for name in names}) == 90
    assert {name[:3] for name in pages[0]} == {"OWN"}


def test_a_month_says_that_there_is_more_only_where_there_is(client, monkeypatch):
    monkeypatch.setattr(dates, "MOST_AT_ONCE", 3)
    for n in range(3):
        make_occurrence(make_space(), date(2027, 1, 1), date(2027, 3, 1 + n))
        make_session(name=f"Session {n}", wall_start=datetime(2027, 2, 10 + n, 17))
    db.session.commit()
    assert "There is more" not in said(client, "/agenda/month?day=2027-02-10")
    make_session(name="One more", wall_start=datetime(2027, 2, 20, 17))
    db.session.commit()
    assert "There is more" in said(client, "/agenda/month?day=2027-02-10")


def test_events_of_others_are_found_by_the_region_language_and_group_that_they_are_of(client):
    make_phase(regions=("MENA", "LAC"))
    organisation = make_organisation(region="LAC")
    group = make_group(slug="land")
    make_event("In Tunis", audience=PUBLIC, timing=hours("2026-12-05 15:00", zone="Africa/Tunis"), language="ar")
    make_event("From Lima", audience=PUBLIC, organisation_id=organisation.id, language="es")
    make_event("Of the group", audience=PUBLIC, group=group)
    make_event("Inside the group", group=group)
    db.session.commit()

    def shows(query: str) -> set[str]:
        text = said(client, f"/agenda?{query}")
        return {name for name in ("In Tunis", "From Lima", "Of the group", "Inside the group") if name in text}

    assert shows("region=MENA") == {"In Tunis"}
    assert shows("region=LAC") == {"From Lima"}
    assert shows("language=ar") == {"In Tunis"}
    assert shows("language=es") == {"From Lima"}
    assert shows("group=land") == {"Of the group"}
    assert shows("track=x&kind=events") == {"In Tunis", "From Lima", "Of the group"}
    feed = client.get("/groups/land.ics").text
    assert ("Of the group" in feed, "In Tunis" in feed, "Inside the group" in feed) == (True, False, False)


def months_of(client: FlaskClient, address: str = "/agenda") -> dict[str, list[str]]:
    """What stands under each heading of the list, by the words of its links; a heading that stands twice fails."""
    found: dict[str, list[str]] = {}
    for section in BeautifulSoup(client.get(address).text, "html5lib").main.find_all("section"):
        if section.find("ul", class_="lines--dates"):
            name = section.h2.get_text(" ", strip=True)
            assert name not in found
            found[name] = [link.get_text() for link in section.select("ul li a")]
    return found


@pytest.mark.parametrize("zone", ["", "Africa/Dakar", "Pacific/Kiritimati"])
def test_dates_stand_in_the_order_of_the_readers_days_under_one_heading_each(client, zone):
    if zone:
        client.set_cookie("maloca_zone", zone)
    make_event("Evening before", audience=PUBLIC, timing=hours("2026-12-09 15:00", zone="Africa/Dakar"))
    make_event("All day", audience=PUBLIC, timing=Timing.days(date(2026, 12, 11)))
    make_event("In January", audience=PUBLIC, timing=Timing.month(2027, 1))
    make_event("Last of the year", audience=PUBLIC, timing=hours("2026-12-31 08:00", zone="Africa/Dakar"))
    make_event("Also in January", audience=PUBLIC, timing=Timing.days(date(2027, 1, 20)))
    db.session.commit()
    assert months_of(client) == {
        "December 2026": ["Evening before", "All day", "Last of the year"],
        "January 2027": ["In January", "Also in January"],
    }


def test_what_closes_any_day_now_stands_under_now(client):
    occurrence = make_occurrence(make_space(acronym="COPEX"), date(2027, 2, 8), date(2027, 2, 19))
    make_step(occurrence, date(2026, 12, 2), timing=Timing.window(date(2026, 11, 5), date(2026, 12, 2)))
    make_step(occurrence, date(2026, 12, 31), timing=Timing.year_only(2026))
    db.session.commit()
    found = months_of(client)
    assert {name: len(titles) for name, titles in found.items()} == {
        "Now": 1,
        "February 2027": 1,
        "Days not known yet": 1,
    }


def test_what_closes_says_until_when_and_what_it_is_and_a_stage_does_not(client):
    occurrence, hour = make_occurrence(make_space(acronym="C")), Timing.minutes(datetime(2027, 2, 8, 18), None, "UTC")
    make_step(occurrence, date(2027, 2, 8), timing=hour, certainty=Certainty.VERIFIED)
    make_step(occurrence, date(2027, 2, 8), StepCode.NATIONAL_REPORT, timing=hour, certainty=Certainty.VERIFIED)
    db.session.commit()
    for address in ("/agenda", "/agenda/embed"):
        text = " ".join(BeautifulSoup(client.get(address).text, "html5lib").body.get_text(" ").split())
        assert len(re.findall("until Monday 8 February 2027, 18:00", text)) == 1, address
        assert len(re.findall(r"\bDeadline\b", text)) == 1, address
    assert said(client, "/agenda/week?day=2027-02-08").count("until 18:00") == 1


def test_the_time_in_which_one_applies_stands_on_the_day_it_ends(app, client, clock):
    track = make_track("Heat")
    window = Timing.minutes(datetime(2026, 11, 20, 8), datetime(2026, 11, 26, 18), "UTC", may_be_long=True)
    track.intake.moment = make_moment(subject_kind="intake", subject_id=track.id, audience=PUBLIC, timing=window)
    db.session.commit()
    clock.move_to(datetime(2026, 11, 19, tzinfo=UTC))
    assert "from 8" not in (ahead := said(client, "/agenda?also=America/Mexico_City"))
    assert "Friday 20 November" in ahead
    assert "02:00–12:00" not in ahead
    assert "To be answered" not in ahead
    clock.move_to(datetime(2026, 11, 23, tzinfo=UTC))
    text = said(client, "/agenda?also=America/Mexico_City")
    assert "until Thursday 26 November 2026, 18:00" in text
    assert "12:00 in Mexico" in text
    week = said(client, "/agenda/week?day=2026-11-23")
    assert "until 18:00 Applications: Heat" in week.replace(" UTC", "")
    assert "All this time" not in week
    assert said(client, "/agenda/month?day=2026-11-23").count("Applications: Heat") == 1
