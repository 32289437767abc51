"""What a rule expects within months is said as a span, never as one day of it (R-09)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.advocacy import services
from app.advocacy.models import OccurrenceKind, Step, StepCode
from app.advocacy.services import Dated, Written
from app.extensions import db
from app.moments.timing import Timing
from tests.make.advocacy import make_rule
from tests.make.people import sign_in

BEGINS = date(2027, 11, 8)
SPAN = "between 11 April and 12 June 2027"


@pytest.fixture
def occurrence(cast):
    """A session whose side events are to be asked for 150 to 211 days before, nobody knows when."""
    make_rule(cast.space, -211, step=StepCode.SIDE_EVENT_APPLICATION, offset_max=-149)
    made = services.add_occurrence(
        cast.keeper,
        cast.space,
        Written(OccurrenceKind.SESSION, 99),
        Dated(Timing.days(BEGINS, zone="Europe/Zurich"), source="un.example/99"),
        now=cast.now,
    )
    db.session.commit()
    return made


@pytest.fixture
def step(occurrence):
    rows = db.session.query(Step).filter_by(occurrence_id=occurrence.id)
    return next(row for row in rows if row.code is StepCode.SIDE_EVENT_APPLICATION)


@pytest.mark.parametrize("address", ["/advocacy/", "/advocacy/?list=deadlines", "/advocacy/spaces/example-committee"])
def test_a_wide_range_is_said_from_when_to_when(client, occurrence, address):
    page = client.get(address).text
    assert SPAN in page
    assert "around Sunday 11 April" not in page
    assert "around Monday 11 October 2027" in page, "one day is said where a rule knows it"


def test_the_page_of_the_session_says_the_span_at_its_head_and_in_its_line(client, occurrence):
    assert client.get(f"/advocacy/occurrences/{occurrence.id}").text.count(SPAN) == 2


def test_files_say_the_span_too(client, occurrence):
    ics = client.get(f"/advocacy/occurrences/{occurrence.id}.ics").text.replace("\r\n ", "")
    assert SPAN in ics
    line = next(row for row in client.get("/advocacy/calendar.csv").text.splitlines() if SPAN in row)
    assert "2027-04-11,2027-06-12" in line


def test_a_page_that_asks_for_the_date_says_what_is_expected(cast, client, step):
    sign_in(client, cast.keeper_person)
    for act in ("confirm", "days", "drop"):
        assert SPAN in client.get(f"/advocacy/occurrences/{step.occurrence_id}/steps/{step.id}/{act}").text


@pytest.mark.parametrize(("day", "said"), [(date(2027, 5, 1), "any day now"), (date(2027, 6, 13), "Probably over")])
def test_a_span_that_has_begun_is_not_over_before_its_last_day(client, occurrence, clock, day, said):
    clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    line = client.get("/advocacy/spaces/example-committee").text.split(SPAN, 1)
    before, after = line[0][-200:], line[1][:400]
    assert said in before + after
    assert ("Deadlines already over" in line[0]) == (said == "Probably over")
    assert (SPAN in client.get("/advocacy/").text) == (said == "any day now"), "the calendar waits for its last day"


def test_the_date_before_a_move_is_said_as_a_span_as_well(cast, client, occurrence):
    dated = Dated(Timing.days(BEGINS + timedelta(days=7), zone="Europe/Zurich"), source="un.example/99b")
    services.move_occurrence(cast.keeper, occurrence, dated, reason="The hall", now=cast.now)
    db.session.commit()
    page = client.get(f"/advocacy/occurrences/{occurrence.id}").text
    assert "between 18 April and 19 June 2027" in page
    assert f"before: {SPAN}" in page


def test_an_own_number_of_days_and_a_usual_one_are_days(cast, client, occurrence, step):
    services.set_own_days(cast.keeper, step, days=-200, reason="They said so", now=cast.now)
    db.session.commit()
    assert SPAN not in client.get("/advocacy/").text
    assert "around Thursday 22 April 2027" in client.get("/advocacy/").text
