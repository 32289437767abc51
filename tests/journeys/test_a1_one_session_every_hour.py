"""A1 · One session, every reader's hour: a clock change inside the series."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.core.notices import Notice
from app.extensions import db
from app.sessions import jobs
from tests.make.people import make_member
from tests.make.sessions import make_facilitator, make_membership, make_track

HOURS = {
    "America/Mexico_City": ("Mexico City", "08:00", "08:00"),
    "Africa/Dakar": ("Dakar", "14:00", "14:00"),
    "Africa/Casablanca": ("Casablanca", "14:00", "14:00"),
    "Europe/Zurich": ("Zurich", "16:00", "16:00"),
    "Asia/Beirut": ("Beirut", "17:00", "17:00"),
    "Africa/Cairo": ("Cairo", "16:00", "17:00"),
}


@pytest.fixture
def members(app, now):
    """One participant in each of the six places."""
    return {zone: make_member(zone=zone) for zone in HOURS}


@pytest.fixture
def track(members, reader):
    """A facilitator in Nairobi plans the two Saturdays as a series, after a look at both dates."""
    track = make_track("Climate justice")
    facilitator = make_member("Njeri Example", zone="Africa/Nairobi")
    make_facilitator(track, facilitator, "SSA")
    for member in members.values():
        make_membership(track, member)
    page = reader(facilitator)
    page.open(f"/tracks/{track.slug}/sessions/new")
    page.send(
        has="every",
        name_en="Session",
        day="2027-04-24",
        start="17:00",
        end="19:00",
        zone="Africa/Nairobi",
        every="1",
        number="2",
        is_confirmed="y",
    )
    assert "Session 2 Saturday 1 May 2027 17:00–19:00" in page.text
    page.send(has="every")
    assert "2 sessions are planned." in page.text
    return track


@pytest.mark.parametrize("zone", HOURS)
def test_each_reader_sees_their_own_hour_first_and_nairobi_and_utc_beside_it(track, members, reader, zone):
    place, first, second = HOURS[zone]
    member = reader(members[zone])
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
def test_only_the_reader_whose_hour_changes_is_told_so(track, members, reader, zone):
    member = reader(members[zone])
    member.open(f"/tracks/{track.slug}")
    assert ("clocks change" in member.text.lower()) == (zone == "Africa/Cairo")


def test_the_hour_of_each_session_stands_on_its_own_page_too(track, members, reader):
    member = reader(members["Africa/Cairo"])
    page = member.open(f"/tracks/{track.slug}")
    shown = []
    for link in [a["href"] for a in page.select("ol.warp a[href^='/sessions/']")]:
        shown.append(member.open(link).select_one(".hour-time").get_text(strip=True))
    assert shown == ["16:00", "17:00"]


def test_in_the_week_before_cairo_gets_a_mail_and_nobody_else(track, members):
    jobs.tell_hour_changes(datetime(2027, 4, 26, 9, tzinfo=UTC))
    told = db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == "sessions.hour_changed"))
    assert set(told) == {members["Africa/Cairo"].id}
