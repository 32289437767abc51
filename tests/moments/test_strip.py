"""The sun strip: where a session, a midnight and a weekend are drawn on a reader's day."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moments.strip import Axis, draw
from app.moments.zones import zone_table


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ZONES = sorted(zone for _country, _coordinates, zone in zone_table())
MINUTES = st.integers(0, 8 * 525_600)  # over eight years
INSTANTS = MINUTES.map(lambda minute: utc("2025-01-01 00:00") + timedelta(minutes=minute))
START, END = utc("2027-02-13 14:00"), utc("2027-02-13 16:00")


def spans(path):
    return [(int(x), int(x) + int(width)) for x, width in re.findall(r"M(\d+) \d+h(\d+)v", path)]


def test_the_axis_is_the_readers_day():
    axis = Axis.around(START, "Africa/Douala")
    assert (axis.day, axis.first, axis.minutes) == (date(2027, 2, 13), utc("2027-02-12 23:00"), 1440)
    assert (axis.minute(START), axis.minute(END)) == (900, 1020)
    assert [tick.label for tick in axis.ticks] == ["00", "03", "06", "09", "12", "15", "18", "21"]
    assert {tick.gap for tick in axis.ticks} == {""}


@pytest.mark.parametrize(("day", "minutes", "gap"), [("2027-03-28", 1380, "short"), ("2027-10-31", 1500, "long")])
def test_days_on_which_clocks_change_say_so_on_the_axis(day, minutes, gap):
    axis = Axis.around(utc(f"{day} 12:00"), "Europe/Amsterdam")
    assert axis.minutes == minutes
    assert [tick.gap for tick in axis.ticks] == [gap, *[""] * 7]


@given(st.sampled_from(ZONES), st.sampled_from(ZONES), INSTANTS)
def test_the_light_covers_the_axis_once(place, reader, instant):
    axis = Axis.around(instant, reader)
    drawing = draw(place, instant, instant + timedelta(hours=2), axis)
    far = sorted(span for _light, path in drawing.far for span in spans(path))
    assert far[0][0] == 0
    assert far[-1][1] == axis.minutes
    assert all(one[1] == other[0] for one, other in pairwise(far))
    near = sorted(span for _light, path in drawing.near for span in spans(path))
    assert sum(last - first for first, last in near) == min(120, axis.minutes - axis.minute(instant))


def test_a_session_is_drawn_at_the_same_minutes_in_every_row():
    axis = Axis.around(START, "Africa/Douala")
    rows = [draw(zone, START, END, axis) for zone in ("America/Mexico_City", "Africa/Douala", "Asia/Jakarta")]
    assert {row.bars for row in rows} == {"M900 0h6v40h-6zM1014 0h6v40h-6z"}
    assert {row.box for row in rows} == {"M900 3h120m0 34h-120"}


def test_midnight_elsewhere_is_a_gap_and_ones_own_is_the_edge():
    axis = Axis.around(START, "Africa/Douala")
    assert draw("Africa/Douala", START, END, axis).midnight == ""
    assert spans(draw("Asia/Jakarta", START, END, axis).midnight) == [(1075, 1085)]


def test_rest_is_that_of_the_place_and_stops_at_the_session():
    axis = Axis.around(START, "Africa/Douala")  # a Saturday
    assert draw("Africa/Douala", START, END, axis).rest == "M0 33.5H900M1020 33.5H1440"
    assert draw("Asia/Kathmandu", START, END, axis).rest != ""
    friday = utc("2027-02-12 10:00")
    axis = Axis.around(friday, "Africa/Cairo")
    assert draw("Africa/Cairo", friday, friday + timedelta(hours=2), axis).rest == "M0 33.5H720M840 33.5H1440"
    assert draw("Asia/Jakarta", friday, friday + timedelta(hours=2), axis).rest == "M1140 33.5H1440"


def test_a_session_over_midnight_is_open_at_the_end_of_the_day():
    late = utc("2027-02-13 22:30")
    axis = Axis.around(late, "Africa/Douala")
    drawing = draw("Africa/Douala", late, late + timedelta(hours=2), axis)
    assert drawing.bars == "M1410 0h6v40h-6z"
    assert drawing.box == "M1410 3h30m0 34h-30"


def test_a_place_without_a_sun_gets_the_session_alone():
    drawing = draw("UTC", START, END, Axis.around(START, "UTC"))
    assert (drawing.far, drawing.near, drawing.rest) == ([], [], "")
    assert drawing.bars
