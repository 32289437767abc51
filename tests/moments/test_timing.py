"""Tables of time (R-08): clock changes, midnight, both hemispheres, half hours, dates without hour."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.moments.timing import (
    DayDoesNotExist,
    EndsBeforeStart,
    HourDoesNotExist,
    HourOccursTwice,
    LastsTooLong,
    Timing,
    UnknownZone,
    resolve,
)
from tests.make.moments import hours, wall


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "zone", "instant"),
    [
        ("2027-02-13 17:00", "Africa/Nairobi", "2027-02-13 14:00"),
        ("2022-07-08 18:00", "Europe/Zurich", "2022-07-08 16:00"),  # the Rapporteur's call for input
        ("2025-12-12 00:00", "America/New_York", "2025-12-12 05:00"),  # "12 am EST": the day begins
        ("2027-04-24 17:00", "Africa/Cairo", "2027-04-24 15:00"),
        ("2027-05-01 17:00", "Africa/Cairo", "2027-05-01 14:00"),
        ("2027-01-16 18:00", "Africa/Casablanca", "2027-01-16 18:00"),  # Morocco stays on UTC from 20 September 2026
        ("2026-06-16 18:00", "Africa/Casablanca", "2026-06-16 17:00"),
        ("2027-07-01 12:00", "Australia/Lord_Howe", "2027-07-01 01:30"),
        ("2027-01-01 12:00", "Australia/Lord_Howe", "2027-01-01 01:00"),  # half an hour of summer time
        ("2027-01-15 12:00", "America/Asuncion", "2027-01-15 15:00"),
        ("2027-01-15 12:00", "Asia/Kathmandu", "2027-01-15 06:15"),
        ("2027-12-31 23:30", "Pacific/Kiritimati", "2027-12-31 09:30"),
    ],
)
def test_a_wall_clock_and_a_zone_make_an_instant(start: str, zone: str, instant: str) -> None:
    assert resolve(hours(start, zone=zone)) == (utc(instant), utc(instant))


@pytest.mark.parametrize(
    ("start", "zone", "suggestion"),
    [
        ("2027-03-28 02:30", "Europe/Zurich", "2027-03-28 03:30"),
        ("2027-03-28 00:30", "Asia/Beirut", "2027-03-28 01:30"),  # clocks change at midnight
        ("2027-04-30 00:00", "Africa/Cairo", "2027-04-30 01:00"),
        ("2027-03-14 02:00", "America/New_York", "2027-03-14 03:00"),
        ("2027-10-03 02:10", "Australia/Lord_Howe", "2027-10-03 02:40"),  # southern spring, half an hour
        ("2027-09-05 00:15", "America/Santiago", "2027-09-05 01:15"),
        ("2018-11-04 00:30", "America/Sao_Paulo", "2018-11-04 01:30"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_refused_with_the_next_one(start: str, zone: str, suggestion: str) -> None:
    with pytest.raises(HourDoesNotExist) as refused:
        resolve(hours(start, zone=zone))
    assert refused.value.suggestion == wall(suggestion)
    assert (refused.value.field, refused.value.rule) == ("start", "R-08")


def test_the_refusal_names_day_hour_place_and_the_way_out(app: Flask) -> None:
    with pytest.raises(HourDoesNotExist) as refused:
        resolve(hours("2027-03-28 00:30", zone="Asia/Beirut"))
    assert str(refused.value.message) == (
        "00:30 does not exist in Beirut on Sunday 28 March 2027: the clocks go forward. Choose 01:30?"
    )


def test_an_end_in_the_skipped_hour_is_refused_at_the_end() -> None:
    with pytest.raises(HourDoesNotExist) as refused:
        resolve(hours("2027-03-28 01:00", "2027-03-28 02:30", "Europe/Zurich"))
    assert refused.value.field == "end"


TWICE = [
    ("2026-10-25 02:30", "Europe/Zurich", "2026-10-25 00:30", "2026-10-25 01:30"),
    ("2026-11-01 01:00", "America/New_York", "2026-11-01 05:00", "2026-11-01 06:00"),
    ("2027-04-04 01:45", "Australia/Lord_Howe", "2027-04-03 14:45", "2027-04-03 15:15"),
    ("2026-10-24 23:30", "Asia/Beirut", "2026-10-24 20:30", "2026-10-24 21:30"),
    ("2018-02-17 23:15", "America/Sao_Paulo", "2018-02-18 01:15", "2018-02-18 02:15"),
]


@pytest.mark.parametrize(("start", "zone", "first", "second"), TWICE)
def test_an_hour_that_occurs_twice_is_asked_about_unless_it_is_said(
    start: str, zone: str, first: str, second: str
) -> None:
    with pytest.raises(HourOccursTwice) as asked:
        resolve(hours(start, zone=zone))
    assert (asked.value.first, asked.value.second) == (utc(first), utc(second))
    assert asked.value.field == "occurrence"
    assert resolve(hours(start, zone=zone, is_second_start=False))[0] == utc(first)
    assert resolve(hours(start, zone=zone, is_second_start=True))[0] == utc(second)


@pytest.mark.parametrize(("start", "zone", "first", "second"), TWICE)
def test_a_deadline_takes_the_earlier_of_two_hours(start: str, zone: str, first: str, second: str) -> None:
    assert resolve(hours(start, zone=zone, is_deadline=True))[0] == utc(first)


def test_the_question_shows_both_hours_by_their_distance_from_utc(app: Flask) -> None:
    with pytest.raises(HourOccursTwice) as asked:
        resolve(hours("2026-10-25 02:30", zone="Europe/Zurich"))
    assert str(asked.value.message) == (
        "02:30 comes twice in Zurich on Sunday 25 October 2026, because the clocks go back: "
        "first at UTC+2, then at UTC+1. Say which of the two."
    )


def test_an_end_that_occurs_twice_is_asked_about_too() -> None:
    with pytest.raises(HourOccursTwice):
        resolve(hours("2026-10-25 01:00", "2026-10-25 02:30", "Europe/Zurich"))
    said = hours("2026-10-25 01:00", "2026-10-25 02:30", "Europe/Zurich", is_second_end=True)
    assert resolve(said) == (utc("2026-10-24 23:00"), utc("2026-10-25 01:30"))


def test_an_end_in_the_same_two_hours_follows_its_start() -> None:
    first = hours("2026-10-25 02:10", "2026-10-25 02:50", "Europe/Zurich", is_second_start=False)
    assert resolve(first) == (utc("2026-10-25 00:10"), utc("2026-10-25 00:50"))
    second = hours("2026-10-25 02:10", "2026-10-25 02:50", "Europe/Zurich", is_second_start=True)
    assert resolve(second) == (utc("2026-10-25 01:10"), utc("2026-10-25 01:50"))
    across = hours("2026-10-25 02:50", "2026-10-25 02:10", "Europe/Zurich", is_second_start=False)
    assert resolve(across) == (utc("2026-10-25 00:50"), utc("2026-10-25 01:10"))


@pytest.mark.parametrize("end", ["2027-02-13 17:00", "2027-02-13 16:00"])
def test_an_end_before_its_start_is_refused(end: str) -> None:
    with pytest.raises(EndsBeforeStart):
        resolve(hours("2027-02-13 17:00", end))


def test_two_weeks_with_hours_are_the_longest() -> None:
    resolve(hours("2027-02-01 09:00", "2027-02-15 09:00"))
    with pytest.raises(LastsTooLong):
        resolve(hours("2027-02-01 09:00", "2027-02-15 09:01"))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "Factory", "nairobi"])
def test_a_zone_outside_the_data_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZone):
        resolve(hours("2027-02-13 17:00", zone=zone))


@pytest.mark.parametrize(
    ("timing", "first", "last"),
    [
        (Timing.days(date(2026, 11, 9), date(2026, 11, 20), "Europe/Istanbul"), "2026-11-08 21:00", "2026-11-20 20:59"),
        (Timing.days(date(2026, 11, 9)), "2026-11-08 10:00", "2026-11-10 11:59"),
        (Timing.month(2027, 3, "Europe/Zurich"), "2027-02-28 23:00", "2027-03-31 21:59"),
        (Timing.month(2028, 2), "2028-01-31 10:00", "2028-03-01 11:59"),
        (Timing.year_only(2027, "Africa/Addis_Ababa"), "2026-12-31 21:00", "2027-12-31 20:59"),
        (Timing.window(date(2027, 1, 15), date(2027, 2, 15), "UTC"), "2027-01-15 00:00", "2027-02-15 23:59"),
        (Timing.from_day(date(2021, 10, 31), "Europe/London"), "2021-10-30 23:00", "2021-10-31 23:59"),
        (Timing.until_day(date(2024, 9, 27), "Europe/Zurich"), "2024-09-26 22:00", "2024-09-27 21:59"),
        (Timing.days(date(2027, 4, 30), zone="Africa/Cairo"), "2027-04-29 22:00", "2027-04-30 20:59"),  # no midnight
        (Timing.days(date(2027, 4, 29), zone="Africa/Cairo"), "2027-04-28 22:00", "2027-04-29 21:59"),
        (Timing.days(date(2018, 11, 4), zone="America/Sao_Paulo"), "2018-11-04 03:00", "2018-11-05 01:59"),
        (Timing.days(date(2018, 2, 17), zone="America/Sao_Paulo"), "2018-02-17 02:00", "2018-02-18 02:59"),  # 25 hours
        (Timing.days(date(2027, 3, 28), zone="Asia/Beirut"), "2027-03-27 22:00", "2027-03-28 20:59"),
        (Timing.days(date(2006, 10, 28), zone="America/St_Johns"), "2006-10-28 02:30", "2006-10-29 03:29"),  # at 00:01
    ],
)
def test_dates_without_hour_cover_their_days_whole(timing: Timing, first: str, last: str) -> None:
    starts_at, until = resolve(timing)
    assert starts_at == utc(first)
    assert until.replace(second=0, microsecond=0) == utc(last)
    assert (until.second, until.microsecond) == (59, 999_999)


def test_a_day_that_a_place_leapt_over_is_refused(app: Flask) -> None:
    with pytest.raises(DayDoesNotExist) as refused:
        resolve(Timing.days(date(2011, 12, 30), zone="Pacific/Apia"))
    assert str(refused.value.message) == "Friday 30 December 2011 does not exist in Apia. Choose another day."
    resolve(Timing.month(2011, 12, "Pacific/Apia"))


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        resolve(Timing.window(date(2027, 2, 15), date(2027, 1, 15)))


def test_hours_without_start_or_zone_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="start or an end"):
        resolve(Timing(Timing.year_only(2027).precision, None, None, None))
    with pytest.raises(ValueError, match="start and a zone"):
        resolve(Timing(hours("2027-02-13 17:00").precision, None, wall("2027-02-13 17:00"), "UTC"))


def test_what_opens_and_closes_something_may_last_months():
    start, end = wall("2027-01-11 09:00"), wall("2027-03-30 18:00")
    with pytest.raises(LastsTooLong):
        resolve(Timing.minutes(start, end, "Africa/Nairobi"))
    starts_at, until = resolve(Timing.minutes(start, end, "Africa/Nairobi", may_be_long=True))
    assert (starts_at.hour, until.hour) == (6, 15)
