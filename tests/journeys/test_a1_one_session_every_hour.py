"""A1 · One session, every reader's hour: a clock change inside the series."""

from datetime import datetime

import pytest

from tests.make.people import make_member
from tests.make.sessions import make_session, make_track

HOURS = {
    "America/Mexico_City": ("Mexico City", "08:00", "08:00"),
    "Africa/Dakar": ("Dakar", "14:00", "14:00"),
    "Africa/Casablanca": ("Casablanca", "14:00", "14:00"),
    "Europe/Zurich": ("Zurich", "16:00", "16:00"),
    "Asia/Beirut": ("Beirut", "17:00", "17:00"),
    "Africa/Cairo": ("Cairo", "16:00", "17:00"),
}


@pytest.fixture
def track(app, now):
    track = make_track("Climate justice")
    for number, (month, day) in enumerate(((4, 24), (5, 1)), 1):
        wall = datetime(2027, month, day, 17, 0)  # noqa: DTZ001 - a wall clock
        make_session(track, f"Session {number}", wall_start=wall, zone="Africa/Nairobi", number=number)
    return track


@pytest.mark.parametrize("zone", HOURS)
def test_each_reader_sees_their_own_hour_first_and_nairobi_and_utc_beside_it(track, reader, zone):
    place, first, second = HOURS[zone]
    member = reader(make_member(zone=zone))
    page = member.open(f"/tracks/{track.slug}")
    rows = [" ".join(row.get_text(" ", strip=True).split()) for row in page.select("ol.warp > li")]
    assert len(rows) == 2
    for row, hour in zip(rows, (first, second), strict=True):
        assert row.index(hour) >= 0
        assert "17:00" in row
        assert "Nairobi" in row
        assert "14:00 UTC" in row
    assert place in member.text


@pytest.mark.parametrize("zone", HOURS)
def test_only_the_reader_whose_hour_changes_is_told_so(track, reader, zone):
    member = reader(make_member(zone=zone))
    member.open(f"/tracks/{track.slug}")
    assert ("clocks change" in member.text.lower()) == (zone == "Africa/Cairo")


def test_the_hour_of_each_session_stands_on_its_own_page_too(track, reader):
    member = reader(make_member(zone="Africa/Cairo"))
    page = member.open(f"/tracks/{track.slug}")
    shown = []
    for link in [a["href"] for a in page.select("ol.warp a[href^='/sessions/']")]:
        shown.append(member.open(link).select_one(".hour-time").get_text(strip=True))
    assert shown == ["16:00", "17:00"]
