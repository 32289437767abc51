"""Weekends differ: Friday and Saturday in one country, Saturday and Sunday in the next."""

from datetime import date

import pytest

from app.moments.weekends import is_weekend, weekday, weekend_of

FRIDAY, SATURDAY, SUNDAY = date(2027, 4, 23), date(2027, 4, 24), date(2027, 4, 25)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Africa/Cairo", (True, True, False)),
        ("Asia/Amman", (True, True, False)),
        ("Africa/Nairobi", (False, True, True)),
        ("America/Mexico_City", (False, True, True)),
        ("UTC", (False, False, False)),
    ],
)
def test_the_weekend_is_that_of_the_country(zone, days):
    assert tuple(is_weekend(day, zone) for day in (FRIDAY, SATURDAY, SUNDAY)) == days


def test_where_nobody_says_it_is_saturday_and_sunday():
    assert weekend_of("AQ") == weekend_of("??") == {5, 6}


def test_a_day_of_the_week_has_a_name_in_each_language():
    assert (weekday(SATURDAY, "en"), weekday(SATURDAY, "fr")) == ("Saturday", "Samedi")
