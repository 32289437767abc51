"""How kind an hour is: the borders of each word, the night, and sunset in Ramadan."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.moments.kindness import Kindness, hour_there, is_ramadan, kindness_of


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def on(text):
    return datetime.fromisoformat(f"2027-02-{text}")  # naive on purpose: clocks on the wall


@pytest.mark.parametrize(
    ("start", "end", "kindness"),
    [
        ("13 09:00", "13 20:00", Kindness.KIND),
        ("13 08:59", "13 10:59", Kindness.EARLY),
        ("13 06:00", "13 08:00", Kindness.EARLY),
        ("13 05:59", "13 07:59", Kindness.NIGHT),
        ("13 18:01", "13 20:01", Kindness.LATE),
        ("13 20:00", "13 22:00", Kindness.LATE),
        ("13 20:01", "13 22:01", Kindness.NIGHT),
        ("13 23:00", "14 01:00", Kindness.NIGHT),
        ("13 22:00", "14 00:00", Kindness.NIGHT),
        ("13 00:00", "13 02:00", Kindness.NIGHT),
        ("13 08:00", "13 21:00", Kindness.EARLY),
    ],
)
def test_each_word_has_its_hours(start, end, kindness):
    assert kindness_of(on(start), on(end)) is kindness


@pytest.mark.parametrize(
    ("start", "end", "sunset", "kindness"),
    [
        ("13 16:00", "13 18:00", "13 17:20", Kindness.SUNSET),
        ("13 17:20", "13 18:00", "13 17:20", Kindness.SUNSET),
        ("13 15:20", "13 17:20", "13 17:20", Kindness.KIND),
        ("13 18:00", "13 20:00", "13 17:20", Kindness.KIND),
        ("13 16:00", "13 21:00", "13 17:20", Kindness.SUNSET),
        ("13 16:00", "13 23:00", "13 17:20", Kindness.NIGHT),
    ],
)
def test_a_session_over_sunset_in_ramadan_asks_for_care(start, end, sunset, kindness):
    assert kindness_of(on(start), on(end), breaks_fast_at=on(sunset)) is kindness


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), st.integers(1, 720))
def test_a_shorter_session_is_never_harder_in_the_evening(start, minutes):
    order = [Kindness.KIND, Kindness.LATE, Kindness.NIGHT]
    longer, shorter = (kindness_of(start, start + timedelta(minutes=m)) for m in (minutes, minutes // 2))
    if longer in order and shorter in order:
        assert order.index(shorter) <= order.index(longer)


def test_ramadan_is_known_where_its_calendar_reaches():
    assert [is_ramadan(date(2027, 2, day)) for day in (7, 8, 28)] == [False, True, True]
    assert is_ramadan(date(2027, 3, 8)) is True
    assert is_ramadan(date(2027, 3, 9)) is False
    assert is_ramadan(date(2150, 1, 1)) is False


def test_ramadan_counts_only_where_somebody_said_that_it_is_kept():
    session = utc("2027-02-13 14:00"), utc("2027-02-13 16:00")
    beirut = hour_there("Asia/Beirut", *session, keeps_ramadan=True)
    assert (beirut.kindness, f"{beirut.breaks_fast_at:%H:%M}") == (Kindness.SUNSET, "17:20")
    untold = hour_there("Asia/Beirut", *session)
    assert (untold.kindness, untold.breaks_fast_at) == (Kindness.KIND, None)
    dakar = hour_there("Africa/Dakar", *session, keeps_ramadan=True)
    assert (dakar.kindness, dakar.breaks_fast_at) == (Kindness.KIND, None)


def test_every_kindness_has_a_sign_and_a_word(app):
    with app.test_request_context(), force_locale("en"):
        said = {kindness: (kindness.level, kindness.word, kindness.is_hard) for kindness in Kindness}
    assert said == {
        Kindness.KIND: ("kind", "kind", False),
        Kindness.EARLY: ("care", "early", True),
        Kindness.LATE: ("care", "late", True),
        Kindness.SUNSET: ("care", "take care", True),
        Kindness.NIGHT: ("night", "at night", True),
    }
