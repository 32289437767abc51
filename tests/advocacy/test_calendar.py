"""The advocacy calendar: what is certain, what closes next, by whatever one looks for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from app.advocacy.models import Access, ModeCode, OccurrenceGoal, OccurrenceKind, ReviewedState, SpaceGoal, SpaceKind
from app.advocacy.queries.calendar import Wanted, list_next_deadlines
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.moments.zones import COOKIE
from tests.make.advocacy import make_mode, make_occurrence, make_space, make_step
from tests.make.moments import HOUSE
from tests.make.people import make_region


def get(client, **query):
    answer = client.get("/advocacy/", query_string=query)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def cedaw(app, now):
    return make_space("Committee on women", acronym="CEDAW", slug="cedaw")


def test_a_visitor_reads_an_empty_calendar_with_a_way_on(client, now):
    page = get(client)
    assert "No deadline is known here yet." in page
    assert "/advocacy/spaces/" in page


def test_a_session_that_moved_into_another_year_stands_in_both(client, cedaw, now):
    session = make_occurrence(cedaw, date(2026, 12, 7), number=92)
    change_moment(HOUSE, session.moment, timing=Timing.days(date(2027, 2, 2), zone="Europe/Zurich"), now=now)
    db.session.flush()
    assert "Sessions of 2026: 1 moved." in get(client, year="2026")
    assert "2 Feb 2027, was 7 Dec" in get(client, year="2026")
    assert "Sessions of 2027: 1 moved." in get(client, year="2027")


def test_what_is_over_without_a_word_is_no_date_to_come(client, cedaw):
    make_occurrence(cedaw, date(2026, 10, 5), number=92, status=Status.CONFIRMED)
    page = get(client, year="2026")
    assert "Sessions of 2026: 1 over and not noted as held." in page
    assert "Over: was it held?" in page
    assert "state--confirmed" not in page[page.index('id="sessions"') :].split("</section>")[0]


def test_what_closes_next_stands_in_the_first_sentence_and_first_in_the_list(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 2, 8), date(2027, 2, 26), number=96, status=Status.CONFIRMED)
    timing = Timing.minutes(datetime(2027, 1, 11, 18, 0), None, "Europe/Zurich", is_deadline=True)
    make_step(session, date(2027, 1, 11), timing=timing, certainty=Certainty.VERIFIED)
    page = get(client)
    assert "Next closes: Parallel reports" in page
    assert "18:00" in page
    assert "CEDAW: Session 96" in page
    assert page.index('id="deadlines"') < page.index('id="picture"') < page.index('id="sessions"')


def test_days_to_an_hour_are_those_on_the_clock_of_the_reader(client, cedaw, clock):
    """At 22:30 in Zurich it is tomorrow in Cairo: to 27 December, 18:00 in Zurich, it is a day less there."""
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    timing = Timing.minutes(datetime(2026, 12, 27, 18, 0), None, "Europe/Zurich", is_deadline=True)
    make_step(session, date(2026, 12, 27), timing=timing, certainty=Certainty.VERIFIED)
    clock.move_to(datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    said = {}
    for zone in ("Europe/Zurich", "Africa/Cairo"):
        client.set_cookie(COOKIE, zone)
        said[zone] = re.search(r"in (?:about )?(\d+) days", get(client)).group(1)
    assert said == {"Europe/Zurich": "35", "Africa/Cairo": "34"}


def test_beside_what_may_close_any_day_the_first_certain_deadline_is_said(client, cedaw, now):
    session = make_occurrence(cedaw, date(2027, 2, 8), date(2027, 2, 26), number=96, status=Status.CONFIRMED)
    make_step(session, date(2026, 12, 7))
    assert "The first certain one" not in get(client)
    timing = Timing.minutes(datetime(2027, 1, 11, 18, 0), None, "Europe/Zurich", is_deadline=True)
    sure = make_step(session, date(2027, 1, 11), timing=timing, certainty=Certainty.VERIFIED)
    change_moment(HOUSE, sure.moment, status=Status.CONFIRMED, now=now)
    db.session.flush()
    assert "The first certain one: Parallel reports" in get(client)


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_what_was_confirmed_for_a_session_that_is_off_does_not_close_next(client, cedaw, now, status):
    """R-10: whoever confirmed it had the old date in mind."""
    session = make_occurrence(cedaw, date(2027, 2, 8), date(2027, 2, 26), number=96, status=Status.CONFIRMED)
    timing = Timing.minutes(datetime(2027, 1, 11, 18, 0), None, "Europe/Zurich", is_deadline=True)
    sure = make_step(session, date(2027, 1, 11), timing=timing, certainty=Certainty.VERIFIED)
    change_moment(HOUSE, sure.moment, status=Status.CONFIRMED, now=now)
    change_moment(HOUSE, session.moment, status=status, now=now)
    db.session.flush()
    assert list_next_deadlines(Wanted(), now=now, size=1) == []
    page = get(client)
    assert "Next closes" not in page
    lines = page[page.index('id="deadlines"') :].split("</section>")[0]
    assert f"state--{status.value}" in lines
    assert "state--confirmed" not in lines
    assert "in 51 days" not in lines
    space = client.get("/advocacy/spaces/cedaw").get_data(as_text=True)
    assert "deadline is to come" not in space
    steps = client.get(f"/advocacy/occurrences/{session.id}").get_data(as_text=True).split('id="steps"')[1]
    assert f"state--{status.value}" in steps
    assert "in 51 days" not in steps.split("</section>")[0]
    if status is Status.POSTPONED:
        ics = client.get("/advocacy/calendar.ics?space=cedaw").get_data(as_text=True).replace("\r\n ", "")
        assert ics.count("Postponed\\, no new date yet:") == 2, "the session and its deadline"
        rows = client.get("/advocacy/calendar.csv").get_data(as_text=True).splitlines()[1:]
        assert [row.count(",Postponed,") for row in rows] == [1, 1]


def test_an_estimated_deadline_is_around_a_day_and_never_looks_confirmed(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96)
    make_step(session, date(2027, 1, 11))
    page = get(client)
    assert "around Monday 11 January 2027" in page
    assert "in about 51 days" in page
    assert "hour not stated, Zurich" in page
    assert "state--confirmed" not in page
    assert "<b>" not in page[page.index('id="deadlines"') :].split("</section>")[0]


def test_a_month_is_never_confirmed(client, cedaw):
    make_occurrence(cedaw, timing=Timing.month(2027, 2), number=96, status=Status.CONFIRMED)
    page = get(client)
    assert "Sessions of 2027: 1 expected." in page
    assert "state--confirmed" not in page[page.index('id="sessions"') :].split("</section>")[0]


def test_a_session_that_moved_says_so_and_when_it_was_to_be(client, cedaw, now):
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    change_moment(HOUSE, session.moment, timing=Timing.days(date(2027, 6, 7), zone="Europe/Zurich"), now=now)
    db.session.flush()
    page = get(client)
    assert "1 moved" in page
    line = page[page.index('id="sessions"') :].split("</li>")[0]
    assert "state--confirmed" in line, "as on its own page"
    assert "before: 8 February 2027" in line.replace("Monday ", "")
    assert "was 8 Feb" in page


def test_a_line_says_how_one_takes_part_and_what_status_that_needs(client, cedaw):
    mode = make_mode(cedaw, ModeCode.ORAL_STATEMENT, access=Access.ECOSOC)
    make_step(make_occurrence(cedaw, date(2027, 2, 8), number=96), date(2027, 1, 11), mode=mode)
    page = get(client)
    assert "Oral statement" in page
    assert "ECOSOC consultative status needed" in page


def test_what_fits_nothing_is_not_said_to_be_unknown(client, cedaw):
    make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    page = get(client, year="2027", state="LB", goal="17")
    assert "No session of 2027 fits." in page
    assert "is known here yet" not in page
    assert "No session of 2026 is known here yet." in get(client, year="2026")


def test_the_sentence_counts_confirmed_expected_and_cancelled(client, cedaw):
    make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    make_occurrence(cedaw, date(2027, 6, 7), number=97)
    make_occurrence(cedaw, date(2027, 10, 4), number=98, status=Status.CANCELLED)
    assert "Sessions of 2027: 1 confirmed, 1 expected and 1 cancelled." in get(client, year="2027")


def test_the_calendar_is_narrowed_by_kind_space_state_certainty_and_year(client, cedaw):
    forum = make_space("Forum", acronym="HLPF", slug="hlpf", kind=SpaceKind.FORUM)
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    session.states.append(ReviewedState(country="LB", certainty=Certainty.VERIFIED))
    make_occurrence(forum, date(2027, 7, 5), kind=OccurrenceKind.FORUM)
    db.session.flush()
    for query in ({"kind": "treaty_body"}, {"space": "cedaw"}, {"state": "LB"}, {"sure": "confirmed"}):
        page = get(client, **query)
        assert "CEDAW: Session 96" in page, query
        assert "HLPF: Forum, 2027" not in page, query
    assert "CEDAW: Session 96" not in get(client, year="2026")
    assert "Lebanon" in get(client)


def test_a_space_stands_for_everything_below_it(client, cedaw):
    below = make_space("Optional protocol", acronym="OP", parent_id=cedaw.id)
    make_occurrence(below, date(2027, 5, 3), number=3)
    assert "OP: Session 3" in get(client, space="cedaw")


def test_a_region_finds_states_under_review_and_host_countries(client, cedaw):
    make_region("MENA")
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96)
    session.states.append(ReviewedState(country="JO", certainty=Certainty.VERIFIED))
    make_occurrence(cedaw, date(2027, 3, 8), number=97, country="EG", city="Cairo")
    make_occurrence(cedaw, date(2027, 4, 8), number=98, country="CH", city="Geneva")
    db.session.flush()
    page = get(client, region="MENA")
    assert "Session 96" in page
    assert "Session 97" in page
    assert "Session 98" not in page


def test_goals_are_those_of_the_session_else_those_of_its_space(client, cedaw):
    """R-07: what is reviewed belongs to the session."""
    cedaw.goals.append(SpaceGoal(goal=5))
    own = make_occurrence(cedaw, date(2027, 2, 8), number=96)
    own.goals.append(OccurrenceGoal(goal=11))
    make_occurrence(cedaw, date(2027, 6, 7), number=97)
    db.session.flush()
    page = get(client, goal="11")
    assert "Session 96" in page
    assert "Session 97" not in page
    page = get(client, goal="5")
    assert "Session 96" not in page
    assert "Session 97" in page
    assert "Goals of the space:" in page


def test_goals_that_nobody_has_seen_are_to_be_checked(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96, certainties={"goals": "unsure"})
    session.goals.append(OccurrenceGoal(goal=11))
    db.session.flush()
    assert "to be checked" in get(client)


def test_spaces_without_a_date_are_listed_too(client, cedaw):
    make_space("Assembly of nowhere", acronym="NOW")
    make_occurrence(cedaw, date(2027, 2, 8), number=96)
    page = get(client)
    assert "Next session not known" in page
    assert "Assembly of nowhere" in page[page.index('id="undated"') :]
    assert "Add a session" not in page, "a visitor adds nothing"
    assert "No session known in 2027" in get(client, year="2027")
    assert "Committee on women" not in page[page.index('id="undated"') :].split("</section>")[0]


def test_what_is_over_and_fits_is_counted_beside_what_is_to_come(client, cedaw):
    for number in (94, 95):
        make_occurrence(cedaw, date(2025, 2, number - 90), number=number)
    assert 'href="#past">2 past sessions fit.' in get(client, space="cedaw")
    assert 'href="#past"' not in get(client), "whoever looks for nothing finds them behind a link"


def test_nonsense_in_the_address_finds_what_everybody_finds(client, cedaw):
    make_occurrence(cedaw, date(2027, 2, 8), number=96)
    page = get(client, goal="99", year="20x7", kind="nothing", state="ZZ", space="nowhere", sure="yes")
    assert "Session 96" in page
    assert client.get("/advocacy/?list=nothing").status_code == 404


def test_long_lists_go_on_page_by_page(client, cedaw):
    for number in range(45):
        make_occurrence(cedaw, date(2027, 1, 5), number=number + 1)
    first = get(client, list="sessions")
    assert first.count("CEDAW: Session") == 40
    assert 'rel="next"' in first


def test_past_sessions_have_a_list_of_their_own_the_last_first(client, cedaw):
    make_occurrence(cedaw, date(2023, 10, 9), date(2023, 10, 27), number=86, status=Status.HELD)
    make_occurrence(cedaw, date(2024, 2, 5), date(2024, 2, 23), number=87, status=Status.HELD)
    page = get(client, list="past")
    assert page.index("Session 87") < page.index("Session 86")
    assert "Session 86" in get(client, space="cedaw")


def test_the_file_for_calendars_says_expected_and_keeps_what_was_cancelled(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.CONFIRMED)
    make_step(session, date(2027, 1, 11))
    make_occurrence(cedaw, date(2027, 6, 7), number=97, status=Status.CANCELLED)
    answer = client.get("/advocacy/calendar.ics?space=cedaw")
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    assert answer.mimetype == "text/calendar"
    assert "Expected around: Parallel reports\\, CEDAW: Session 96" in text
    assert "STATUS:CANCELLED" in text
    assert text.count("BEGIN:VEVENT") == 3


def test_the_file_for_calendars_expects_nothing_that_was_put_off_and_asks_nothing_of_what_was_held(client, cedaw):
    make_occurrence(cedaw, date(2027, 2, 8), number=96, status=Status.POSTPONED)
    make_occurrence(cedaw, timing=Timing.month(2026, 10, "Europe/Zurich"), number=95, status=Status.HELD)
    text = client.get("/advocacy/calendar.ics?space=cedaw").get_data(as_text=True).replace("\r\n ", "")
    assert "Postponed\\, no new date yet: CEDAW: Session 96" in text
    assert "before: Monday 8 February 2027" in text
    assert "SUMMARY;LANGUAGE=en:CEDAW: Session 95" in text
    assert "Expected around" not in text


def test_the_table_says_certainty_and_source(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 2, 8), number=96)
    make_step(session, date(2027, 1, 11))
    text = client.get("/advocacy/calendar.csv").get_data(as_text=True)
    assert "CEDAW: Session 96" in text
    assert "Computed by a rule, not confirmed" in text
    assert "example.org" in text
