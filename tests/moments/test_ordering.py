"""Moments by the days of a reader: the pages put together are all of them, in order, each once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import NotFound
from app.core.paging import encode_cursor
from app.extensions import db
from app.moments.models import Moment, Precision
from app.moments.ordering import has_begun, page_by_day, place_of
from app.moments.timing import Timing
from tests.make.moments import hours, make_moment

ZONES = [None, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris", "Africa/Dakar"]
DAYS = st.dates(date(2026, 12, 28), date(2027, 1, 4))


@st.composite
def timings(draw: st.DrawFn) -> Timing:
    """Hours, days with and without a zone, months, years, and spans around the turn of a year."""
    day = draw(DAYS)
    match draw(st.sampled_from(["hours", "hours", "day", "month", "year", "window"])):
        case "hours":
            zone = draw(st.sampled_from([zone for zone in ZONES if zone]))
            return Timing.minutes(datetime(day.year, day.month, day.day, draw(st.integers(0, 23))), None, zone)
        case "day":
            return Timing.days(day, None, draw(st.sampled_from(ZONES)))
        case "month":
            return Timing.month(day.year, day.month)
        case "year":
            return Timing.year_only(day.year)
    return draw(st.sampled_from([Timing.window(day, day + timedelta(days=40)), Timing.until_day(day)]))


def pages(zone: str | None, size: int, now: datetime | None = None) -> list[Moment]:
    found, cursor = [], ""
    while True:
        page = page_by_day(sa.select(Moment), zone=zone, now=now, cursor=cursor, size=size)
        found += page.rows
        if not (cursor := page.next_cursor):
            return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    several=st.lists(timings(), max_size=12),
    zone=st.sampled_from(ZONES),
    size=st.integers(1, 5),
    hour=st.datetimes(datetime(2026, 12, 27), datetime(2027, 1, 5), timezones=st.just(UTC)),
)
def test_the_pages_put_together_are_the_whole_list_in_order_and_nothing_twice(app, several, zone, size, hour):
    trial = db.session.begin_nested()
    made = [make_moment(timing) for timing in several]
    db.session.flush()
    assert [row.id for row in pages(zone, size)] == [
        row.id for row in sorted(made, key=lambda row: place_of(row, zone).rank)
    ]
    begun = set(db.session.scalars(sa.select(Moment.id).where(has_begun(zone, hour))))
    coming = pages(zone, size, hour)
    assert {row.id for row in coming}.isdisjoint(begun)
    assert len(coming) + len(begun) == len(made)
    days = [place_of(row, zone).day for row in coming]
    assert days == sorted(days)
    trial.rollback()
    db.session.expunge_all()


@pytest.mark.parametrize("zone", [None, "Africa/Dakar", "Pacific/Kiritimati"])
def test_a_whole_day_stands_before_its_hours_and_behind_those_of_the_day_before(app, zone):
    late = make_moment(hours("2026-12-09 15:00", zone=zone or "Africa/Dakar"))
    early = make_moment(hours("2026-12-10 00:00", zone=zone or "Africa/Dakar"))
    day = make_moment(Timing.days(date(2026, 12, 10)))
    assert pages(zone, 1) == [late, day, early]


def test_a_month_alone_stands_at_its_own_head(app):
    last = make_moment(hours("2026-12-31 14:00", zone="Africa/Dakar"))
    month = make_moment(Timing.month(2027, 1))
    first = make_moment(Timing.days(date(2027, 1, 2)))
    assert month.precision is Precision.MONTH
    assert pages("Africa/Dakar", 2) == [last, month, first]


def test_tomorrow_has_not_begun_though_it_has_elsewhere(app):
    tomorrow = make_moment(Timing.days(date(2026, 12, 10)))
    now = datetime(2026, 12, 9, 15, tzinfo=UTC)
    assert pages("Africa/Dakar", 5, now) == [tomorrow]
    assert pages("Pacific/Kiritimati", 5, now) == []


def test_who_chose_another_clock_between_two_pages_begins_with_the_same_day(app):
    made = [make_moment(hours(f"2026-12-09 {hour:02}:00", zone="Africa/Dakar")) for hour in range(8, 12)]
    cursor = page_by_day(sa.select(Moment), zone=None, cursor="", size=2).next_cursor
    assert page_by_day(sa.select(Moment), zone="Africa/Dakar", cursor=cursor, size=9).rows == made


@pytest.mark.parametrize("text", ["", "x", "2027-01-01 x", "9999-12-31 9999-12-31T23:59:59-14:00"])
def test_a_cursor_that_was_not_ours_leads_nowhere(app, text):
    cursor = encode_cursor(text, make_moment().id)
    with pytest.raises(NotFound):
        page_by_day(sa.select(Moment), zone="Pacific/Kiritimati", cursor=cursor, size=5)
