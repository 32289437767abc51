"""The sessions of the example track stand around whatever day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.examples.cast import CAST
from app.examples.open_track import HOUR, LASTS, ZONE, saturdays
from app.moments.local import in_zone, known_zones


@given(st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_one_lies_behind_and_three_before_us(now: datetime) -> None:
    days, today = saturdays(now), in_zone(now, ZONE).date()
    assert {day.weekday() for day in (days.held, days.coming, days.confirmed, days.expected)} == {5}
    assert 1 <= (today - days.held).days <= 7
    assert 1 <= (days.coming - today).days <= 7
    assert (days.confirmed - days.coming, days.expected - days.confirmed) == (timedelta(weeks=1), timedelta(weeks=1))


@pytest.mark.parametrize(
    ("now", "held", "coming"),
    [
        (datetime(2026, 11, 21, 9, tzinfo=UTC), date(2026, 11, 14), date(2026, 11, 28)),
        (datetime(2026, 11, 21, 21, 30, tzinfo=UTC), date(2026, 11, 21), date(2026, 11, 28)),
        (datetime(2026, 11, 25, 9, tzinfo=UTC), date(2026, 11, 21), date(2026, 11, 28)),
    ],
    ids=["a Saturday", "Sunday already in Nairobi", "a Wednesday"],
)
def test_the_day_is_the_one_in_nairobi(now: datetime, held: date, coming: date) -> None:
    assert (saturdays(now).held, saturdays(now).coming) == (held, coming)


def test_the_held_one_is_over() -> None:
    now = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)  # Sunday, 00:00 in Nairobi: the earliest instant after it
    ended = datetime.combine(saturdays(now).held, HOUR, in_zone(now, ZONE).tzinfo) + LASTS
    assert ended < now - timedelta(hours=2)


def test_the_cast_covers_three_regions_twice_and_lives_in_zones_that_exist() -> None:
    led = [figure.leads_for for figure in CAST if figure.leads_for]
    assert sorted(led) == ["LAC", "LAC", "MENA", "MENA", "SSA", "SSA"]
    assert {figure.zone for figure in CAST} <= known_zones()
    assert len({figure.key for figure in CAST}) == len(CAST)
    assert {figure.region for figure in CAST if figure.joins and not figure.leads_for} == {
        "LAC",
        "SSA",
        "MENA",
        "EUR",
        "ASP",
    }
