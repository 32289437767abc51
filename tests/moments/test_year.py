"""A year of dates: where each lies, how it is drawn, what is said beside it (LOOK "Year")."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moments.models import Certainty, Moment, Status
from app.moments.timing import Timing, settle
from app.moments.year import Dated, Shape, Year, year_of
from tests.conftest import START
from tests.make.moments import hours

CONFIRMED = {"status": Status.CONFIRMED, "certainty": Certainty.VERIFIED}
EXPECTED = {"status": Status.PLANNED, "certainty": Certainty.TYPICAL}


def dated(timing: Timing, *, was: Timing | None = None, name: str = "An example", **said) -> Dated:
    timing, starts_at, until = settle(timing)
    values = EXPECTED | said
    moment = Moment(
        precision=timing.precision,
        wall_start=timing.wall_start,
        wall_end=timing.wall_end,
        zone=timing.zone,
        is_second_start=False,
        is_second_end=False,
        starts_at=starts_at,
        until=until,
        changed_at=START,
        **values,
    )
    return Dated(name, "", moment, was=was)


@pytest.fixture
def draw(app):
    def drawn(*things: Dated, year: int = 2027, today: date = date(2027, 1, 28), language: str = "en") -> Year:
        with app.test_request_context(f"/?lang={language}"):
            return year_of(things, year, today, language)

    return drawn


def row_of(year: Year):
    (row,) = year.rows
    return row


def test_a_year_begins_at_its_first_day_and_ends_after_its_last(draw):
    first = row_of(draw(dated(Timing.days(date(2027, 1, 1)), **CONFIRMED)))
    last = row_of(draw(dated(Timing.days(date(2027, 12, 31)), **CONFIRMED)))
    assert first.mark.x == 0
    assert last.mark.end == pytest.approx(100, abs=0.02)
    assert first.mark.width == pytest.approx(100 / 365, abs=0.01)


def test_a_leap_year_has_a_place_for_its_day(draw):
    leap = row_of(draw(dated(Timing.days(date(2028, 2, 29))), year=2028))
    march = row_of(draw(dated(Timing.days(date(2028, 3, 1))), year=2028))
    assert leap.mark.end == march.mark.x == pytest.approx(60 / 366 * 100, abs=0.01)


@pytest.mark.parametrize(
    ("timing", "said", "shape", "words"),
    [
        (Timing.days(date(2027, 3, 6)), CONFIRMED, Shape.SOLID, "6 Mar"),
        (Timing.days(date(2027, 5, 10), date(2027, 5, 14)), CONFIRMED, Shape.SOLID, "10–14 May"),
        (hours("2027-03-05 18:00", zone="Europe/Zurich"), CONFIRMED, Shape.SOLID, "5 Mar"),
        (Timing.days(date(2027, 3, 6)), EXPECTED, Shape.HATCHED, "6 Mar"),
        (Timing.month(2027, 3), EXPECTED, Shape.HATCHED, "in March"),
        (Timing.month(2027, 3), CONFIRMED, Shape.HATCHED, "in March"),
        (Timing.window(date(2027, 1, 15), date(2027, 2, 15)), EXPECTED, Shape.HATCHED, "between 15 Jan and 15 Feb"),
        (Timing.year_only(2027), EXPECTED, Shape.DOTTED, "2027, days not known"),
        (Timing.days(date(2027, 4, 12), date(2027, 4, 16)), {"status": Status.CANCELLED}, Shape.CROSS, "was 12–16 Apr"),
        (Timing.from_day(date(2027, 4, 12)), EXPECTED, Shape.HATCHED, "from 12 Apr"),
        (Timing.until_day(date(2027, 4, 12)), EXPECTED, Shape.HATCHED, "until 12 Apr"),
        (Timing.days(date(2027, 9, 11)), {"certainty": Certainty.ESTIMATED}, Shape.HATCHED, "around 11 Sept"),
    ],
)
def test_what_is_known_decides_the_shape_and_the_words(draw, timing, said, shape, words):
    row = row_of(draw(dated(timing, **said)))
    assert (row.shape, row.words) == (shape, words)


def test_a_window_over_new_year_is_cut_at_the_edge_and_says_the_other_year(draw):
    thing = dated(Timing.window(date(2027, 12, 10), date(2028, 1, 20)))
    before, after = row_of(draw(thing)), row_of(draw(thing, year=2028))
    assert before.mark.end == pytest.approx(100, abs=0.02)
    assert after.mark.x == 0
    assert after.mark.width == pytest.approx(20 / 366 * 100, abs=0.01)
    assert before.words == "between 10 Dec and 20 Jan 2028"


def test_what_lies_in_another_year_is_left_out(draw):
    assert draw(dated(Timing.days(date(2026, 12, 31))), dated(Timing.month(2028, 1))).rows == []


def test_what_has_moved_says_so_with_its_old_date_and_is_drawn_at_both(draw):
    row = row_of(draw(dated(Timing.days(date(2027, 3, 6)), was=Timing.days(date(2027, 2, 20)), **CONFIRMED)))
    assert (row.status, row.words, row.shape) == ("moved", "6 Mar, was 20 Feb", Shape.SOLID)
    assert row.was.middle < row.mark.middle


def test_what_has_moved_out_of_the_year_stays_where_it_was(draw):
    row = row_of(draw(dated(Timing.days(date(2028, 1, 12)), was=Timing.days(date(2027, 11, 20)), **CONFIRMED)))
    assert (row.shape, row.words) == (Shape.GONE, "12 Jan 2028, was 20 Nov")
    assert row.mark.x == 100


def test_what_was_moved_and_then_cancelled_is_cancelled(draw):
    thing = dated(Timing.days(date(2027, 3, 6)), was=Timing.days(date(2027, 2, 20)), status=Status.CANCELLED)
    row = row_of(draw(thing))
    assert (row.status, row.shape) == ("cancelled", Shape.CROSS)


def test_words_stand_after_their_sign_and_late_in_the_year_before_it(draw):
    july = row_of(draw(dated(Timing.month(2027, 7))))
    october = row_of(draw(dated(Timing.days(date(2027, 10, 4)), **CONFIRMED)))
    assert not july.words_before
    assert (july.words_at, july.words_off) == (july.mark.end, 8)
    assert october.words_before
    assert (october.words_at, october.words_off) == (october.mark.middle, -14)


def test_words_stand_clear_of_the_arrow_of_what_was_moved_forward(draw):
    earlier = row_of(draw(dated(Timing.days(date(2027, 2, 6)), was=Timing.days(date(2027, 3, 20)), **CONFIRMED)))
    assert earlier.words_at == earlier.was.middle


def test_from_right_to_left_the_year_begins_at_the_right(draw):
    thing = dated(Timing.month(2027, 3))
    english, arabic = row_of(draw(thing)), row_of(draw(thing, language="ar"))
    assert arabic.mark.x == pytest.approx(100 - english.mark.end, abs=0.02)
    assert (arabic.words_at, arabic.words_off) == (arabic.mark.x, -8)
    months = draw(language="ar").months
    assert months[0].x > months[11].x == pytest.approx(0, abs=0.02)


def test_today_stands_in_its_own_year_alone(draw):
    assert draw().today == pytest.approx(27.5 / 365 * 100, abs=0.01)
    assert draw(year=2028).today is None


def test_what_is_known_by_its_year_alone_stands_last(draw):
    rows = draw(
        dated(Timing.year_only(2027), name="a year"),
        dated(Timing.month(2027, 9), name="late"),
        dated(Timing.month(2027, 3), name="early"),
    ).rows
    assert [row.dated.name for row in rows] == ["early", "late", "a year"]


def test_the_months_fill_the_year(draw):
    months = draw(year=2028).months
    assert [month.name for month in months[:2]] == ["Jan", "Feb"]
    assert sum(month.width for month in months) == pytest.approx(100, abs=0.1)


def test_an_hour_lies_on_the_day_that_its_own_place_has(draw):
    """Midnight in Auckland is the day before in Mexico: the picture keeps the day of the body."""
    row = row_of(draw(dated(hours("2027-03-05 00:30", zone="Pacific/Auckland"), **CONFIRMED)))
    assert row.words == "5 Mar"


@given(st.dates(date(2026, 6, 1), date(2028, 6, 30)), st.integers(0, 200), st.sampled_from(["en", "ar"]))
def test_every_sign_lies_within_the_drawing(first: date, length: int, language: str):
    last = date.fromordinal(first.toordinal() + length)
    drawn = year_of([dated(Timing.window(first, last))], 2027, date(2027, 1, 28), language)
    for row in drawn.rows:
        assert 0 <= row.mark.x <= row.mark.end <= 100.02
        assert 0 <= row.words_at <= 100.02


def test_the_picture_says_in_text_what_it_draws(app):
    with app.test_client() as client:
        page = client.get("/design?lang=en").text
    assert "between 15 Jan and 15 Feb" in page
    assert page.count("6 Mar, was 20 Feb") == 3  # drawn for eyes on its halo, written for ears
