"""Times that follow from other times, on days when clocks change too."""

from datetime import UTC, date, datetime, time

import pytest

from app.moments.models import Precision
from app.moments.repeating import (
    Answer,
    answer,
    at_hours,
    number_until,
    on_clocks_of,
    settle_all,
    shifted,
    weeks_of,
    with_zone,
)
from app.moments.timing import EndsBeforeStart, HourDoesNotExist, HourOccursTwice, Timing, UnknownZone, resolve
from tests.make.moments import hours, wall

NAIROBI = hours("2027-04-24 17:00", "2027-04-24 19:00")


def test_every_so_many_weeks_the_wall_clock_stays():
    days = [timing.wall_start for timing in weeks_of(NAIROBI, every_weeks=2, number=3)]
    assert days == [wall("2027-04-24 17:00"), wall("2027-05-08 17:00"), wall("2027-05-22 17:00")]


@pytest.mark.parametrize(
    ("last_day", "every_weeks", "number"),
    [
        (date(2027, 4, 23), 1, 0),
        (date(2027, 4, 24), 1, 1),
        (date(2027, 5, 7), 1, 2),
        (date(2027, 5, 8), 1, 3),
        (date(2027, 5, 8), 2, 2),
    ],
)
def test_until_a_day_includes_that_day(last_day, every_weeks, number):
    assert number_until(NAIROBI, every_weeks=every_weeks, last_day=last_day) == number


def test_the_instants_follow_the_clocks_of_the_place():
    zurich = hours("2027-10-30 17:00", "2027-10-30 19:00", "Europe/Zurich")
    instants = [row.starts_at.hour for row in settle_all(weeks_of(zurich, every_weeks=1, number=2))]
    assert instants == [15, 16]


def test_a_day_without_that_hour_and_one_with_two_of_it_are_asked_about():
    gap = settle_all(weeks_of(hours("2027-03-21 02:30", "2027-03-21 03:00", "Europe/Zurich"), every_weeks=1, number=2))
    assert [row.problem is None for row in gap] == [True, False]
    assert isinstance(gap[1].problem, HourDoesNotExist)
    assert gap[1].day == date(2027, 3, 28)
    beyond = answer(gap[1], Answer.BEYOND)
    assert (beyond.timing.wall_start, beyond.timing.wall_end) == (wall("2027-03-28 03:30"), wall("2027-03-28 04:00"))
    assert answer(gap[1], Answer.LEFT_OUT) is None
    assert answer(gap[1], Answer.SECOND).problem is not None
    assert answer(gap[1], None).problem is not None

    twice = settle_all(
        weeks_of(hours("2027-10-24 02:30", "2027-10-24 04:00", "Europe/Zurich"), every_weeks=1, number=2)
    )
    assert isinstance(twice[1].problem, HourOccursTwice)
    assert answer(twice[1], Answer.FIRST).starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert answer(twice[1], Answer.SECOND).starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_an_end_before_the_start_is_wrong_on_every_day():
    with pytest.raises(EndsBeforeStart):
        settle_all([hours("2027-04-24 17:00", "2027-04-24 16:00")])


def test_months_years_and_days_move_as_what_they_are():
    assert shifted(Timing.month(2027, 9), days=364) == Timing.month(2028, 9)
    assert shifted(Timing.year_only(2027), days=364) == Timing.year_only(2028)
    assert shifted(Timing.days(date(2027, 9, 1)), days=7) == Timing.days(date(2027, 9, 8))
    assert shifted(NAIROBI, days=0) is NAIROBI


def test_other_hours_on_the_same_day_may_end_on_the_next():
    late = at_hours(NAIROBI, time(23), time(1), "Africa/Cairo")
    assert (late.wall_start, late.wall_end) == (wall("2027-04-24 23:00"), wall("2027-04-25 01:00"))


def test_the_same_instants_stand_at_other_hours_on_other_clocks():
    for timing in weeks_of(NAIROBI, every_weeks=1, number=2):
        instants = resolve(timing)
        assert resolve(on_clocks_of(timing, *instants, "Africa/Cairo")) == instants
    twice = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    there = on_clocks_of(NAIROBI, twice, twice.replace(hour=3), "Europe/Zurich")
    assert there.wall_start == wall("2027-10-31 02:30")
    assert resolve(there)[0] == twice


def test_the_same_wall_clock_at_another_place_is_another_instant():
    assert resolve(with_zone(NAIROBI, "Africa/Cairo"))[0] == datetime(2027, 4, 24, 15, tzinfo=UTC)
    with pytest.raises(UnknownZone):
        with_zone(NAIROBI, "Mars/Olympus")
    assert with_zone(Timing.days(date(2027, 4, 24)), "Africa/Cairo").precision is Precision.DAY
    assert on_clocks_of(Timing.days(date(2027, 4, 24)), *resolve(NAIROBI), "Africa/Cairo").zone == "Africa/Cairo"
