from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.moments.calendar_file import CalendarEntry, calendar_file
from app.moments.local import zone_info
from app.moments.models import Certainty, Moment, Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.moments.zone_definition import zone_definition
from tests.make.moments import HOUSE, hours, make_moment
from tests.moments.transitions import ZONES, offset, transitions

PAGE = "https://maloca.example/sessions/1"


def written(
    moment: Moment, title: str = "Who pays for the heat?", language: str = "en", description: str = ""
) -> bytes:
    return calendar_file([CalendarEntry(moment, title, language, PAGE, description)])


def event(moment: Moment) -> Calendar:
    (found,) = Calendar.from_ical(written(moment)).walk("VEVENT")
    return found


def test_an_hour_stands_on_its_own_clock_with_the_zone_defined_inside(app: Flask) -> None:
    found = event(make_moment())
    assert found["DTSTART"].params["TZID"] == "Africa/Nairobi"
    assert found["DTSTART"].to_ical() == b"20270213T170000"
    assert found["DTEND"].to_ical() == b"20270213T190000"
    (zone,) = Calendar.from_ical(written(make_moment())).walk("VTIMEZONE")
    assert zone["TZID"] == "Africa/Nairobi"


def test_the_zone_definition_knows_the_clock_change_of_that_year(app: Flask) -> None:
    calendar = Calendar.from_ical(written(make_moment(hours("2027-05-01 17:00", "2027-05-01 19:00", "Africa/Cairo"))))
    (zone,) = calendar.walk("VTIMEZONE")
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    (found,) = calendar.walk("VEVENT")
    assert found.decoded("DTSTART").astimezone(UTC) == datetime(2027, 5, 1, 14, 0, tzinfo=UTC)


def test_a_definition_ends_somewhere_whatever_dates_somebody_wrote() -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    for start, end in ((first, last), (last, last), (first, first)):
        assert zone_definition("America/Bogota", start, end).subcomponents


def offset_by_file(zone: Calendar, instant: datetime) -> timedelta:
    """Return the offset at an instant as a program reads it from a VTIMEZONE that it knows nothing else about."""
    onsets = []
    for part in zone.subcomponents:
        dates = part.get("RDATE", [])
        for onset in [part["DTSTART"].dt, *(more.dt for more in (dates.dts if dates else []))]:
            onsets.append((onset.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td))
    return max(pair for pair in onsets if pair[0] <= instant)[1]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(ZONES), st.integers(1990, 2040), st.integers(0, 365 * 24 * 60 - 1))
def test_a_zone_definition_gives_the_offset_of_the_zone_data(name: str, year: int, minutes: int) -> None:
    instant = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    near = [instant]
    for change in transitions(name, year, year):
        near += [change.at - timedelta(seconds=1), change.at, change.at + timedelta(minutes=30)]
    written_out = zone_definition(name, instant, instant)
    (zone,) = Calendar.from_ical(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + written_out.to_ical() + b"END:VCALENDAR\r\n"
    ).walk("VTIMEZONE")
    for one in near:
        assert offset_by_file(zone, one) == offset(zone_info(name), one), one


def test_a_clock_change_begins_on_the_clock_as_it_was_before(app: Flask) -> None:
    """Cairo goes forward at midnight: the onset is 00:00, which itself does not exist there."""
    file = written(make_moment(hours("2027-05-01 17:00", "2027-05-01 19:00", "Africa/Cairo")))
    assert b"DTSTART:20270430T000000\r\n" in file
    assert b"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\n" in file


def test_uid_stays_and_sequence_grows_with_a_move(app: Flask, now: datetime) -> None:
    moment = make_moment()
    before = event(moment)
    change_moment(HOUSE, moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
    after = event(moment)
    assert before["UID"] == after["UID"] == moment.uid
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == now


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.PLANNED, "TENTATIVE"),
        (Status.POSTPONED, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.CANCELLED, "CANCELLED"),
    ],
)
def test_the_status_is_said(app: Flask, status: Status, said: str) -> None:
    assert event(make_moment(status=status))["STATUS"] == said


def test_what_was_held_is_confirmed(app: Flask) -> None:
    assert event(make_moment(hours("2026-02-13 17:00"), status=Status.HELD))["STATUS"] == "CONFIRMED"


def test_days_are_all_day_and_the_last_one_counts(app: Flask) -> None:
    found = event(make_moment(Timing.days(date(2026, 11, 9), date(2026, 11, 20), "Europe/Istanbul")))
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (date(2026, 11, 9), date(2026, 11, 21))
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert (found["STATUS"], found["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")


@pytest.mark.parametrize(
    ("timing", "first", "after_last"),
    [
        (Timing.month(2027, 3), date(2027, 3, 1), date(2027, 3, 2)),
        (Timing.year_only(2027), date(2027, 1, 1), date(2027, 1, 2)),
        (Timing.window(date(2027, 1, 15), date(2027, 2, 15)), date(2027, 1, 15), date(2027, 1, 16)),
        (Timing.from_day(date(2027, 1, 15)), date(2027, 1, 15), date(2027, 1, 16)),
        (Timing.until_day(date(2027, 1, 15)), date(2027, 1, 15), date(2027, 1, 16)),
    ],
)
def test_dates_that_are_not_exact_are_tentative_and_stand_on_one_day_without_hour(
    app: Flask, timing: Timing, first: date, after_last: date
) -> None:
    found = event(make_moment(timing))
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (first, after_last)
    assert found["STATUS"] == "TENTATIVE"


def test_an_estimated_day_is_tentative(app: Flask) -> None:
    assert event(make_moment(Timing.days(date(2027, 1, 15)), certainty=Certainty.ESTIMATED))["STATUS"] == "TENTATIVE"


def test_a_cancelled_month_is_cancelled(app: Flask) -> None:
    assert event(make_moment(Timing.month(2027, 3), status=Status.CANCELLED))["STATUS"] == "CANCELLED"


def test_a_deadline_has_no_end(app: Flask) -> None:
    assert "DTEND" not in event(make_moment(hours("2022-07-08 18:00", zone="Europe/Zurich", is_deadline=True)))


def test_the_later_of_two_hours_is_written_in_utc(app: Flask) -> None:
    found = event(make_moment(hours("2026-10-25 02:30", "2026-10-25 04:00", "Europe/Zurich", is_second_start=True)))
    assert found["DTSTART"].to_ical() == b"20261025T013000Z"
    assert found.decoded("DTEND").astimezone(UTC) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)


def test_utc_needs_no_definition(app: Flask) -> None:
    assert b"DTSTART:20270213T170000Z" in written(make_moment(hours("2027-02-13 17:00", zone="UTC")))


def test_a_file_names_no_person_and_only_the_page(app: Flask) -> None:
    found = event(make_moment())
    assert not {"ATTENDEE", "ORGANIZER", "CONTACT", "CONFERENCE", "LOCATION"} & set(found)
    assert found["URL"] == PAGE


def test_arabic_and_long_lines_survive_folding(app: Flask) -> None:
    title = "من يدفع ثمن الحرّ؟ الأسطح والإيجارات والتعويضات؛ " * 4
    description = "Première ligne, avec virgule ; point-virgule\nDeuxième ligne \\ barre"
    file = written(make_moment(), title.strip(), "ar", description)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert file.count(b"\n") == file.count(b"\r\n")
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    assert found["SUMMARY"] == title.strip()
    assert found["SUMMARY"].params["LANGUAGE"] == "ar"
    assert found["DESCRIPTION"] == description


def test_words_cannot_smuggle_lines_into_the_file(app: Flask) -> None:
    file = written(make_moment(), "Heat\r\nATTENDEE:mailto:somebody@example.org\rX:1")
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    assert "ATTENDEE" not in found
    assert not [line for line in file.split(b"\r\n") if line.startswith((b"ATTENDEE", b"X:"))]
    assert b"\r" not in file.replace(b"\r\n", b"")


def test_signs_that_nobody_sees_do_not_leave_with_the_words(app: Flask) -> None:
    file = written(make_moment(), "Heat\x07 and\x1b\u202e rent", "en", "First\x85\nsecond\u2068")
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    assert (found["SUMMARY"], found["DESCRIPTION"]) == ("Heat and rent", "First\nsecond")


def test_many_moments_share_one_file_and_each_zone_is_defined_once(app: Flask) -> None:
    moments = [make_moment(), make_moment(), make_moment(hours("2027-05-01 17:00", zone="Africa/Cairo"))]
    calendar = Calendar.from_ical(calendar_file([CalendarEntry(moment, "x", "en", PAGE) for moment in moments]))
    assert len(calendar.walk("VEVENT")) == 3
    assert sorted(zone["TZID"] for zone in calendar.walk("VTIMEZONE")) == ["Africa/Cairo", "Africa/Nairobi"]


def test_an_empty_calendar_is_a_calendar() -> None:
    assert Calendar.from_ical(calendar_file([])).walk("VEVENT") == []
