"""Calendars as other programs write them, and as nobody should: read, said, or refused."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.calendars.reading import Reading, Trouble, UnreadableCalendar, read
from app.calendars.reading.words import plain
from app.calendars.reading.zones import named_zone
from app.moments.models import Precision, Status
from tests.conftest import START

DATA = Path(__file__).parent / "data"


def of_file(name: str, zone: str | None = None) -> Reading:
    return read((DATA / name).read_bytes(), zone=zone, now=START)


def of_events(*lines: str, zone: str | None = None, head: str = "") -> Reading:
    """Read a calendar of one entry with these lines, or of several when they hold their own BEGIN."""
    inside = "\r\n".join(lines)
    if "BEGIN:VEVENT" not in inside:
        inside = f"BEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:One\r\n{inside}\r\nEND:VEVENT"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{inside}\r\nEND:VCALENDAR\r\n"
    return read(text.encode(), zone=zone, now=START)


def troubles(reading: Reading) -> list[tuple[int, Trouble]]:
    return [(fault.line, fault.trouble) for fault in reading.faults]


def starts(reading: Reading) -> list[str]:
    return [entry.starts_at.strftime("%Y-%m-%d %H:%M") for entry in reading.entries]


# ---------- calendars of the programs that people have


def test_google() -> None:
    found = of_file("google.ics")
    assert found.title == "Foro de Vivienda"
    reading_circle = [entry for entry in found.entries if entry.uid == "6s3example@google.com"]
    assert [(e.recurrence, e.starts_at.strftime("%m-%d %H:%M"), e.status) for e in reading_circle] == [
        ("20261202T000000Z", "12-02 00:00", Status.CONFIRMED),
        ("20261216T000000Z", "12-17 01:00", Status.CONFIRMED),  # moved by a day, under the date it was planned for
        ("20261223T000000Z", "12-23 00:00", Status.CANCELLED),
    ]
    assembly = next(entry for entry in found.entries if entry.uid == "4q1example@google.com")
    assert assembly.timing.zone == "America/Mexico_City"
    assert assembly.timing.wall_start == datetime(2026, 12, 5, 17, 0)
    assert assembly.words["description"] == "Asamblea de barrios.\n\nTraigan preguntas & ideas, por favor."
    assert assembly.words["place"] == "Salón comunal, Iztapalapa"
    assert assembly.words["organiser"] == "Red de Barrios"
    days = next(entry for entry in found.entries if entry.uid == "5r2example@google.com")
    assert (days.timing.precision, days.timing.zone, days.status) == (Precision.DAY, None, Status.PLANNED)
    assert (days.timing.wall_start, days.timing.wall_end) == (datetime(2026, 12, 10), datetime(2026, 12, 11))
    assert [fault.trouble for fault in found.faults] == [Trouble.PRIVATE]
    assert "persona@example.org" not in repr(found)
    assert "Cita médica" not in repr(found.entries)


def test_outlook() -> None:
    found = of_file("outlook.ics")
    assembly, own = found.entries
    assert (assembly.timing.zone, assembly.starts_at.hour) == ("Europe/Berlin", 17)
    assert (assembly.words["title"], assembly.words["language"]) == ("Mieterversammlung", "de-DE")
    assert (own.starts_at.isoformat(), own.until - own.starts_at) == (
        "2027-06-28T16:00:00+00:00",
        timedelta(minutes=90),
    )
    assert found.unknown_zones == {"Invented Time Zone": 1}
    assert found.floating == 1
    assert [fault.trouble for fault in found.faults] == [Trouble.ZONE, Trouble.FLOATING]
    assert (len(found.unclear), found.unread) == (2, set())


def test_what_is_unclear_is_read_once_somebody_has_said_how() -> None:
    found = of_file("outlook.ics", zone="Africa/Cairo")
    assert len(found.entries) == 4
    assert starts(found)[1:3] == ["2026-12-11 16:00", "2026-12-12 16:00"]
    assert found.faults == []
    assert found.unknown_zones == {"Invented Time Zone": 2}  # said all the same


def test_nextcloud() -> None:
    found = of_file("nextcloud.ics")
    assert found.title == "أجندة الشبكة"
    assert starts(found) == [
        "2026-12-01 06:00", "2027-05-15 14:00", "2027-06-19 14:00", "2027-07-17 14:00", "2027-08-01 14:00",
    ]  # fmt: skip # by Cairo's real clocks, whatever the file defines
    without_end, land = found.entries[0], found.entries[1]
    assert (without_end.timing.wall_end, without_end.timing.zone) == (None, "Africa/Nairobi")
    assert land.words["address"] == "https://forum.example.org/land"
    assert found.faults == []


def test_a_broken_file_loses_what_is_broken_and_nothing_else() -> None:
    found = of_file("broken.ics")
    assert [entry.words["title"] for entry in found.entries] == [
        "A good one", "After the one that was never closed", "With nonsense inside",
    ]  # fmt: skip
    assert troubles(found) == [
        (8, Trouble.NO_UID),
        (12, Trouble.NO_START),
        (16, Trouble.DATE),
        (21, Trouble.ENDS_BEFORE),
        (27, Trouble.RULE),
        (33, Trouble.RULE),
        (39, Trouble.UNCLOSED),
        (54, Trouble.DOUBLE),
    ]
    assert found.faults[3].title == "Ends before"


def test_what_is_no_utf8_is_read_and_said() -> None:
    found = of_file("latin1.ics")
    assert found.is_guessed
    assert found.entries[0].words["title"] == "Réunion d'été à Québec"


# ---------- times


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Africa/Nairobi", "Africa/Nairobi"),
        ("africa/nairobi", "Africa/Nairobi"),
        ('"Egypt Standard Time"', "Africa/Cairo"),
        ("E. Africa Standard Time", "Africa/Nairobi"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/citadel.org/20200101_1/Europe/Zurich", "Europe/Zurich"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("GMT", "UTC"),
        ("Nairobi", None),
        ("GMT +0200 (Standard) / GMT +0300 (Daylight)", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_zones_are_known_by_name_or_not_at_all(name: str, zone: str | None) -> None:
    assert named_zone(name) == zone


def test_hours_without_zone_are_those_of_the_calendar_where_it_names_one() -> None:
    said = of_events("DTSTART:20261205T170000", head="X-WR-TIMEZONE:Africa/Cairo\r\n")
    assert starts(said) == ["2026-12-05 15:00"]
    assert of_events("DTSTART:20261205T170000").entries == []
    assert starts(of_events("DTSTART:20261205T170000", zone="Africa/Nairobi")) == ["2026-12-05 14:00"]


def test_hours_in_utc_stay_in_utc_where_the_calendar_names_no_zone() -> None:
    [entry] = of_events("DTSTART:20261205T170000Z", zone="Africa/Nairobi").entries
    assert (entry.timing.zone, entry.starts_at.hour) == ("UTC", 17)


def test_an_hour_that_comes_twice_keeps_the_one_that_is_meant() -> None:
    head = "X-WR-TIMEZONE:Europe/Zurich\r\n"
    for hour, is_second in (("0030", False), ("0130", True)):
        [entry] = of_events(f"DTSTART:20271031T{hour}00Z", head=head).entries
        assert (entry.timing.wall_start, entry.timing.is_second_start) == (datetime(2027, 10, 31, 2, 30), is_second)
        assert entry.starts_at.strftime("%H%M") == hour


def test_an_hour_that_does_not_exist_is_read_as_calendars_do() -> None:
    assert starts(of_events("DTSTART;TZID=Europe/Zurich:20270328T023000")) == ["2027-03-28 01:30"]


def test_a_series_keeps_its_hour_when_clocks_change() -> None:
    found = of_events(
        "DTSTART;TZID=Africa/Cairo:20270410T170000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Africa/Cairo:20270417T170000", "RDATE;TZID=Africa/Cairo:20270503T170000",
    )  # fmt: skip
    assert starts(found) == ["2027-04-10 15:00", "2027-04-24 15:00", "2027-05-01 14:00", "2027-05-03 14:00"]
    assert {entry.timing.wall_start.hour for entry in found.entries if entry.timing.wall_start} == {17}


@pytest.mark.parametrize(
    ("until", "count"), [("20261203", 3), ("20261203T000000Z", 2), ("20261203T180000", 3), ("20261203T140000Z", 3)]
)
def test_a_series_ends_where_it_says(until: str, count: int) -> None:
    found = of_events("DTSTART;TZID=Africa/Nairobi:20261201T170000", f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert (len(found.entries), found.faults) == (count, [])


def test_whole_days_recur_too() -> None:
    found = of_events("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=MONTHLY;COUNT=3", "EXDATE;VALUE=DATE:20270101")
    assert [entry.recurrence for entry in found.entries] == ["20261201", "20270201"]


def test_one_date_of_a_series_may_come_alone() -> None:
    found = of_events("DTSTART:20261202T170000Z", "RECURRENCE-ID:20261201T170000Z")
    assert [entry.recurrence for entry in found.entries] == ["20261201T170000Z"]


def test_what_lies_far_back_or_far_ahead_is_left_out() -> None:
    found = of_events("DTSTART:20200101T170000Z", "RRULE:FREQ=WEEKLY;BYDAY=SA")
    assert 60 <= len(found.entries) <= 63
    assert found.entries[0].starts_at >= START - timedelta(days=30)
    assert found.entries[-1].starts_at <= START + timedelta(days=400)
    assert of_events("DTSTART:20200101T170000Z").entries == []
    assert of_events("DTSTART:20400101T170000Z").entries == []


def defined_zone(name: str, *parts: str) -> str:
    return "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE", ""])


def part_of_zone(kind: str, start: str, before: str, after: str, *more: str) -> str:
    said = [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more, f"END:{kind}"]
    return "\r\n".join(said)


HOUSE_ZONE = (
    part_of_zone("STANDARD", "19961027T030000", "+0200", "+0100", "TZNAME;LANGUAGE=de:MEZ", "X-A:b",
                 "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    part_of_zone("DAYLIGHT", "19810329T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
)  # fmt: skip


def test_a_definition_counts_in_its_own_calendar_only() -> None:
    """A name that another calendar defined before means what this one says."""
    event = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=House:20261205T120000\r\nEND:VEVENT"
    for parts, hour in ((HOUSE_ZONE, "11"), ((part_of_zone("STANDARD", "16010101T000000", "+0300", "+0300"),), "09")):
        assert starts(of_events(event, head=defined_zone("House", *parts))) == [f"2026-12-05 {hour}:00"]


@pytest.mark.parametrize(
    "more",
    [
        ("RRULE:FREQ=SECONDLY",), ("RRULE:FREQ=DAILY",), ("RRULE:FREQ=YEARLY;BYSECOND=1",),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "X:y"), ("RDATE:" + ",".join(["20200101T000000"] * 501),),
        ("RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z",), ("RRULE:FREQ=YEARLY;BYMONTH=13",), ("RRULE:x",),
    ],
)  # fmt: skip
def test_a_definition_that_would_keep_the_machine_busy_costs_nothing(more: tuple[str, ...]) -> None:
    parts = [part_of_zone("STANDARD", "19700101T000000", "+0317", "+0317", *more)] * 2
    head = "".join(defined_zone(f"Zone {number}", *parts) for number in range(10))
    began = time.process_time()
    found = of_events("DTSTART;TZID=Zone 1:20261205T170000", head=head)
    assert time.process_time() - began < 3
    assert found.unknown_zones == {"Zone 1": 1}


def test_what_stands_in_quotes_hides_no_zone() -> None:
    for aside in ('X-A="b:c"', 'X-A="b;TZID=Africa/Cairo:c"', "TZID=Mars"):
        found = of_events(f"DTSTART;{aside};TZID=Mars:20261205T170000")
        assert (found.entries, [fault.trouble for fault in found.faults]) == ([], [Trouble.ZONE])


# ---------- the guard


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY;COUNT=3", "FREQ=FORTNIGHTLY", "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYSECOND=1", "FREQ=YEARLY;BYYEARDAY=400",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6", "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYSETPOS=2", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;COUNT=x",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=7;BYDAY=6SU",
        "FREQ=DAILY;UNTIL=never", "x", "",
    ],
)  # fmt: skip
def test_a_rule_that_would_keep_the_machine_busy_is_refused_at_once(rule: str) -> None:
    began = time.monotonic()
    found = of_events("DTSTART:19700101T000000Z", f"RRULE:{rule}")
    assert time.monotonic() - began < 1
    assert found.entries == []
    assert [fault.trouble for fault in found.faults] in ([Trouble.RULE], [Trouble.DATE])
    assert found.unread == {"a@b"}


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261202T170000Z", "RECURRENCE-ID:20261201T170000Z", "DTEND:99991231T235959Z"),
        ("DTSTART:20261202T170000Z", "DTEND:40500101T000000Z"),
        ("DTSTART:20261202T170000Z", "DURATION:P800D"),
        ("DTSTART;VALUE=DATE:20261202", "DTEND;VALUE=DATE:99991231"),
        ("DTSTART:20261202T170000Z", "DURATION:P9999999D"),
        ("DTSTART:20261202T170000Z", "RECURRENCE-ID:99991201T170000Z"),
    ],
)
def test_dates_that_nobody_can_mean_are_refused(lines: tuple[str, ...]) -> None:
    found = of_events(*lines)
    assert (found.entries, [fault.trouble for fault in found.faults]) == ([], [Trouble.DATE])


def test_a_series_that_repeats_very_often_keeps_its_first_dates() -> None:
    found = of_events("DTSTART:20261122T000000Z", "RRULE:FREQ=DAILY", "RDATE:20261123T010000Z,20261124T010000Z")
    assert len(found.entries) == 400
    assert [fault.trouble for fault in found.faults] == [Trouble.MANY]


def test_a_file_with_very_many_dates_keeps_those_that_are_near() -> None:
    rows = "\r\n".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:{START + timedelta(hours=number):%Y%m%dT%H%M%SZ}\r\nEND:VEVENT"
        for number in range(-100, 2100)
    )
    found = of_events(rows)
    assert (len(found.entries), found.is_full) == (2000, True)
    assert found.reaches == timedelta(hours=1999)
    assert found.entries[0].starts_at >= START - timedelta(hours=1)


def test_a_file_that_takes_too_long_is_refused_in_time() -> None:
    rows = "\r\n".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:19010101T000000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT"
        for number in range(300)
    )
    body = f"BEGIN:VCALENDAR\r\n{rows}\r\nEND:VCALENDAR\r\n".encode()
    began = time.monotonic()
    with pytest.raises(UnreadableCalendar) as refused:
        read(body, zone=None, now=START, seconds=1)
    assert refused.value.trouble is Trouble.SLOW
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b"", Trouble.EMPTY),
        (b" \r\n", Trouble.EMPTY),
        (b"<!doctype html><title>Sign in</title>", Trouble.NO_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n", Trouble.CUT),
        (b"BEGIN:VCALENDAR\r\n", Trouble.CUT),
        (b"a" * 2_000_001, Trouble.LARGE),
    ],
)
def test_what_is_no_whole_calendar_is_refused(body: bytes, trouble: Trouble) -> None:
    with pytest.raises(UnreadableCalendar) as refused:
        read(body, zone=None, now=START)
    assert refused.value.trouble is trouble


def test_a_calendar_without_events_is_a_calendar() -> None:
    assert of_events("BEGIN:VEVENT".replace("BEGIN:VEVENT", "X-A:b"), head="").faults != []
    assert read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", zone=None, now=START).entries == []


@pytest.mark.parametrize("said", ["CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "CLASS:X-OURS", 'CLASS;X-A="b:c":PRIVATE'])
def test_one_private_entry_makes_all_that_bear_its_uid_private(said: str) -> None:
    series = f"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T170000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\n{said}\r\nEND:VEVENT"
    moved = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261202T180000Z\r\nRECURRENCE-ID:20261202T170000Z\r\nEND:VEVENT"
    for lines in ((series, moved), (moved, series)):
        found = of_events(*lines)
        assert (found.entries, found.private, {fault.trouble for fault in found.faults}) == (
            [], {"a"}, {Trouble.PRIVATE},
        )  # fmt: skip
    assert len(of_events(series.replace(said, "CLASS:Public"), moved).entries) == 3


# ---------- words


def test_words_lose_their_markup_and_what_nobody_sees() -> None:
    assert plain("<script>alert(1)</script><b>a</b><br/>b\x00\x07\u2028c", 50) == "a\nbc"
    assert plain("5 < 6 and 7 > 3", 50) == "5 < 6 and 7 > 3"
    assert plain("x" * 100, 10) == "x" * 10
    assert len(plain("<div>" * 5000, 100)) == 0


def test_a_title_that_nobody_sees_is_none() -> None:
    event = ("BEGIN:VEVENT", "UID:a", "SUMMARY:\u200b\u2060\u202e", "DTSTART:20261202T170000Z", "END:VEVENT")
    [entry] = of_events(*event).entries
    assert entry.words["title"] == ""


def test_addresses_that_are_no_pages_are_left_out() -> None:
    for address in ("javascript:alert(1)", "mailto:a@example.org", "https://u:p@example.org/", "x"):
        [entry] = of_events("DTSTART:20261202T170000Z", f"URL:{address}").entries
        assert entry.words["address"] == ""


def test_alarms_inside_an_entry_say_nothing_of_it() -> None:
    found = of_events(
        "BEGIN:VEVENT", "UID:a", "DTSTART:20261202T170000Z", "BEGIN:VALARM", "SUMMARY:Alarm",
        "DTSTART:20200101T000000Z",         "END:VALARM", "SUMMARY:Real", "END:VEVENT",
    )  # fmt: skip
    assert [entry.words["title"] for entry in found.entries] == ["Real"]


# ---------- laws

LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
        "BEGIN:STANDARD", "END:STANDARD", "UID:a", "UID:b", "DTSTART:20261201T090000Z",
        "DTSTART;TZID=X:20261201T090000",
        "DTSTART;VALUE=DATE:20261201", "DTEND:20261201", "DURATION:-P1D", "DURATION:P1W", "RRULE:FREQ=WEEKLY;COUNT=3",
        "RRULE:FREQ=DAILY;BYDAY=5MO;BYSETPOS=9", "EXDATE:20261208T090000Z", "EXDATE:x",
        "RDATE;VALUE=PERIOD:20261201T090000Z/P1D",
        "RECURRENCE-ID:20261208T090000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261208", "TZID:X", "TZOFFSETFROM:+9999",
        "TZOFFSETTO:-0100", "SUMMARY;LANGUAGE=:x", " folded", "SUMMARY", ":", ";", "X-WR-TIMEZONE:Mars/Phobos",
        "CLASS:PRIVATE",
        "STATUS:CANCELLED", "ORGANIZER;CN=\"a@b\":mailto:a@b", "URL:https://[", "ATTACH;ENCODING=BASE64;VALUE=BINARY:!",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=30), st.sampled_from([None, "Africa/Cairo"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_lines_say_nothing_is_raised_but_the_named_error(lines: list[str], zone: str | None) -> None:
    body = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "END:VCALENDAR"]).encode()
    _read_calmly(body, zone)


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_bytes_are_nothing_is_raised_but_the_named_error(noise: bytes, is_wrapped: bool) -> None:
    wrapped = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201\r\n" + noise + b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    _read_calmly(wrapped if is_wrapped else noise, None)


def _read_calmly(body: bytes, zone: str | None) -> None:
    try:
        found = read(body, zone=zone, now=START)
    except UnreadableCalendar:
        return
    keys = [(entry.uid, entry.recurrence) for entry in found.entries]
    assert len(keys) == len(set(keys))
    for entry in found.entries:
        assert entry.starts_at <= entry.until
        assert entry.starts_at.tzinfo is UTC
        assert "\x00" not in repr(entry.words)
