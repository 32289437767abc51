"""The sun over a place: laws that hold for every zone and day, and a few sunsets people can look up."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moments.local import in_zone
from app.moments.sun import (
    HORIZON,
    TWILIGHT,
    Light,
    coordinates_of,
    elevation,
    light_at,
    lights,
    local_midnight,
    minutes_of_day,
    subsolar_point,
    sunset,
)
from app.moments.zones import zone_table

ZONES = sorted(zone for _country, _coordinates, zone in zone_table())
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))
INSTANTS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 12, 31), timezones=st.just(UTC))


def day_of(zone, day):
    return lights(zone, local_midnight(zone, day), minutes_of_day(zone, day))


def minutes_of(bands, light):
    return sum(band.minutes for band in bands if band.light is light)


@given(st.sampled_from(ZONES), DAYS)
def test_the_minutes_of_a_day_add_up_whatever_its_length(zone, day):
    bands = day_of(zone, day)
    assert bands[0].start == 0
    assert bands[-1].end == minutes_of_day(zone, day)
    for one, other in pairwise(bands):
        assert one.end == other.start
        assert one.light is not other.light
        assert {one.light, other.light} != {Light.DAY, Light.NIGHT}  # the sun passes through twilight


@given(st.sampled_from(ZONES), DAYS)
def test_the_bands_agree_with_the_height_of_the_sun(zone, day):
    first = local_midnight(zone, day)
    for band in day_of(zone, day):
        middle = first + timedelta(minutes=band.start + band.minutes / 2)
        height = elevation(*coordinates_of(zone), middle)
        assert light_at(height) is band.light or min(abs(height - HORIZON), abs(height - TWILIGHT)) < 0.05


@given(st.floats(-60, 60), st.floats(-180, 180), INSTANTS)
def test_nowhere_is_the_sun_higher_than_at_the_point_below_it(latitude, longitude, instant):
    assert elevation(latitude, longitude, instant) <= elevation(*subsolar_point(instant), instant) <= 90
    declination, overhead = subsolar_point(instant)
    assert -23.5 < declination < 23.5
    assert -180 <= overhead < 180


def test_the_two_halves_of_the_earth_share_the_year():
    june, december = date(2027, 6, 21), date(2027, 12, 21)
    for zone in ("Africa/Johannesburg", "America/Argentina/Buenos_Aires", "Pacific/Auckland"):
        assert minutes_of(day_of(zone, june), Light.DAY) < minutes_of(day_of(zone, december), Light.DAY)
    for zone in ("Europe/Berlin", "Asia/Tokyo", "America/Mexico_City"):
        assert minutes_of(day_of(zone, june), Light.DAY) > minutes_of(day_of(zone, december), Light.DAY)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Beirut", date(2027, 2, 13), "17:20"),
        ("Africa/Nairobi", date(2027, 2, 13), "18:52"),
        ("Pacific/Kiritimati", date(2027, 3, 20), "18:41"),
        ("Pacific/Pago_Pago", date(2027, 3, 20), "18:34"),
        ("Europe/London", date(2027, 6, 21), "21:21"),
    ],
)
def test_the_sun_sets_when_almanacs_say(zone, day, hour):
    at = in_zone(sunset(zone, day), zone)
    said = datetime.combine(day, datetime.strptime(hour, "%H:%M").time(), tzinfo=at.tzinfo)  # noqa: DTZ007 - an hour
    assert abs(at - said) <= timedelta(minutes=2)


def test_far_north_the_sun_stays_up_or_away():
    assert {band.light for band in day_of("Arctic/Longyearbyen", date(2027, 6, 21))} == {Light.DAY}
    assert {band.light for band in day_of("Arctic/Longyearbyen", date(2027, 12, 21))} == {Light.NIGHT}
    assert sunset("Arctic/Longyearbyen", date(2027, 6, 21)) is None
    assert sunset("Arctic/Longyearbyen", date(2027, 12, 21)) is None


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Europe/Amsterdam", date(2027, 3, 28), 1380),
        ("Europe/Amsterdam", date(2027, 10, 31), 1500),
        ("Africa/Cairo", date(2027, 4, 30), 1380),  # midnight itself is skipped
        ("America/Havana", date(2027, 11, 7), 1500),  # midnight comes twice
        ("Africa/Nairobi", date(2027, 3, 28), 1440),
    ],
)
def test_days_on_which_clocks_change_have_other_lengths(zone, day, minutes):
    assert minutes_of_day(zone, day) == minutes
    assert in_zone(local_midnight(zone, day), zone).date() == day


def test_every_zone_of_the_table_stands_somewhere_and_utc_nowhere():
    for zone in ZONES:
        latitude, longitude = coordinates_of(zone)
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180
    assert coordinates_of("UTC") is None
    assert lights("UTC", datetime(2027, 2, 13, tzinfo=UTC), 1440) == ()
    assert sunset("UTC", date(2027, 2, 13)) is None


def test_a_former_name_stands_where_the_new_one_does():
    assert coordinates_of("Asia/Calcutta") == coordinates_of("Asia/Kolkata") is not None
    assert coordinates_of("America/Buenos_Aires") == coordinates_of("America/Argentina/Buenos_Aires") is not None


@pytest.mark.parametrize(
    ("height", "light"),
    [(10, Light.DAY), (-0.833, Light.DAY), (-0.9, Light.DUSK), (-6, Light.DUSK), (-6.1, Light.NIGHT)],
)
def test_light_follows_the_height_of_the_sun(height, light):
    assert light_at(height) is light
