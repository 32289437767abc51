"""Laws of time (R-08) over every zone of the pinned data and its clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.moments.local import zone_info
from app.moments.models import Precision
from app.moments.timing import (
    DayDoesNotExist,
    HourDoesNotExist,
    HourOccursTwice,
    Timing,
    exists,
    next_existing,
    occurs_twice,
    resolve,
    settle,
)
from tests.make.moments import wall as wall_clock
from tests.moments.transitions import ZONES, Transition, offset, transitions

SECOND = timedelta(seconds=1)

zones = st.sampled_from(ZONES)
years = st.integers(1970, 2040)
walls = st.datetimes(wall_clock("1970-01-02"), wall_clock("2040-12-30")).map(lambda drawn: drawn.replace(microsecond=0))
days = walls.map(lambda drawn: drawn.date())


@st.composite
def clock_changes(draw: st.DrawFn) -> Transition:
    zone, year = draw(zones), draw(years)
    found = transitions(zone, year, year)
    assume(found)
    return draw(st.sampled_from(found))


@st.composite
def walls_near_changes(draw: st.DrawFn) -> tuple[datetime, str]:
    """A wall clock within two days of a clock change."""
    change = draw(clock_changes())
    seconds = draw(st.integers(-172_800, 172_800))
    return change.first_wall + timedelta(seconds=seconds), change.zone


anywhere = st.one_of(st.tuples(walls, zones), walls_near_changes())


def _skips(zone: str, day: date) -> bool:
    try:
        resolve(Timing.days(day, zone=zone))
    except DayDoesNotExist:
        return True
    return False


def local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(zone_info(zone)).replace(tzinfo=None, fold=0)


def check_change(change: Transition) -> None:
    """What must hold at the first, the middle and the last second of every gap and every fold."""
    for wall in (change.first_wall, change.first_wall + change.width / 2, change.first_wall + change.width - SECOND):
        session, deadline = (
            Timing.minutes(wall, None, change.zone),
            Timing.minutes(wall, None, change.zone, is_deadline=True),
        )
        if change.is_gap:
            for timing in (session, deadline):
                with pytest.raises(HourDoesNotExist) as refused:
                    resolve(timing)
                assert refused.value.suggestion == wall + change.width
                assert exists(refused.value.suggestion, change.zone)
        else:
            with pytest.raises(HourOccursTwice) as asked:
                resolve(session)
            assert (asked.value.first, asked.value.second) == (
                wall.replace(tzinfo=UTC) - change.before,
                wall.replace(tzinfo=UTC) - change.after,
            )
            assert resolve(deadline)[0] == asked.value.first
    for wall in (change.first_wall - SECOND, change.first_wall + change.width):
        assert exists(wall, change.zone)
        assert not occurs_twice(wall, change.zone)


def test_every_clock_change_of_every_zone_in_these_years_keeps_the_rule() -> None:
    seen = 0
    for zone in ZONES:
        for change in transitions(zone, 2024, 2029):
            check_change(change)
            seen += 1
    assert seen > 1500


@settings(deadline=None)
@given(clock_changes())
def test_clock_changes_of_other_years_keep_the_rule(change: Transition) -> None:
    assume(change.width < timedelta(hours=6))  # leaping over the date line is tested by itself
    check_change(change)


@settings(deadline=None)
@given(anywhere)
def test_a_wall_clock_that_exists_comes_back_from_its_instant(place: tuple[datetime, str]) -> None:
    wall, zone = place
    for is_second in (False, True):
        timing = Timing.minutes(wall, None, zone, is_second_start=is_second)
        if exists(wall, zone):
            assert local(resolve(timing)[0], zone) == wall
        else:
            with pytest.raises(HourDoesNotExist):
                resolve(timing)


@settings(deadline=None)
@given(anywhere)
def test_the_suggestion_for_any_wall_clock_exists_and_is_not_earlier(place: tuple[datetime, str]) -> None:
    wall, zone = place
    suggestion = next_existing(wall, zone)
    assert exists(suggestion, zone)
    assert suggestion >= wall
    assert (suggestion == wall) == exists(wall, zone)


@settings(deadline=None)
@given(anywhere)
def test_a_wall_clock_that_occurs_twice_has_exactly_two_instants(place: tuple[datetime, str]) -> None:
    wall, zone = place
    around = [wall.replace(tzinfo=UTC) + timedelta(days=days) for days in (-2, 0, 2)]
    offsets = {offset(zone_info(zone), instant) for instant in around}
    by_looking = {wall.replace(tzinfo=UTC) - ahead for ahead in offsets}
    by_looking = {instant for instant in by_looking if local(instant, zone) == wall}
    assert len(by_looking) == (2 if occurs_twice(wall, zone) else 1 if exists(wall, zone) else 0)


@settings(deadline=None)
@given(anywhere, st.integers(1, 10 * 24 * 3600))
def test_instants_follow_the_order_of_wall_clocks_that_are_plain(place: tuple[datetime, str], seconds: int) -> None:
    wall, zone = place
    later = wall + timedelta(seconds=seconds)
    assume(all(exists(w, zone) and not occurs_twice(w, zone) for w in (wall, later)))
    starts_at, until = resolve(Timing.minutes(wall, later, zone))
    assert starts_at < until


@settings(deadline=None)
@given(anywhere, st.integers(0, 400), st.sampled_from([*Precision]), st.booleans())
def test_no_timing_ends_before_it_starts(
    place: tuple[datetime, str], length: int, precision: Precision, is_zoneless: bool
) -> None:
    (wall, zone), first = place, place[0].date()
    last = first + timedelta(days=length)
    timing = {
        Precision.MINUTE: Timing.minutes(next_existing(wall, zone), None, zone, is_deadline=True),
        Precision.DAY: Timing.days(first, last, None if is_zoneless else zone),
        Precision.MONTH: Timing.month(first.year, first.month, None if is_zoneless else zone),
        Precision.YEAR: Timing.year_only(first.year, None if is_zoneless else zone),
        Precision.WINDOW: Timing.window(first, last, None if is_zoneless else zone),
    }[precision]
    try:
        starts_at, until = resolve(timing)
    except DayDoesNotExist:
        return
    assert starts_at <= until
    assert starts_at.utcoffset() == until.utcoffset() == timedelta(0)


@settings(deadline=None)
@given(anywhere)
def test_a_day_begins_and_ends_with_its_own_date(place: tuple[datetime, str]) -> None:
    day, zone = place[0].date(), place[1]
    assume(not _skips(zone, day))
    starts_at, until = resolve(Timing.days(day, zone=zone))
    tick = timedelta(microseconds=1)
    assert local(starts_at, zone).date() == local(until, zone).date() == day
    assert local(starts_at - tick, zone).date() != day
    assert local(until + tick, zone).date() != day


@settings(deadline=None)
@given(anywhere, st.integers(-40 * 3600, 40 * 3600))
def test_a_day_covers_exactly_the_instants_of_its_date(place: tuple[datetime, str], seconds: int) -> None:
    day, zone = place[0].date(), place[1]
    assume(not _skips(zone, day))
    starts_at, until = resolve(Timing.days(day, zone=zone))
    instant = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12, seconds=seconds)
    is_of_the_day = local(instant, zone).date() == day
    if is_of_the_day:
        assert starts_at <= instant <= until
    midnights = [datetime.combine(day + timedelta(days=n), datetime.min.time()) for n in (0, 1)]
    if not any(occurs_twice(midnight, zone) for midnight in midnights):
        assert is_of_the_day == (starts_at <= instant <= until)


@settings(deadline=None)
@given(days, zones)
def test_a_date_without_zone_covers_that_date_everywhere(day: date, zone: str) -> None:
    assume(not _skips(zone, day))
    starts_at, until = resolve(Timing.days(day, zone=zone))
    everywhere_from, everywhere_until = resolve(Timing.days(day))
    assume(timedelta(hours=-12) <= offset(zone_info(zone), starts_at) <= timedelta(hours=14))
    assert everywhere_from <= starts_at
    assert until <= everywhere_until


@settings(deadline=None)
@given(anywhere, st.booleans())
def test_what_is_settled_once_stays_settled(place: tuple[datetime, str], is_second: bool) -> None:
    wall, zone = place
    assume(exists(wall, zone))
    settled, starts_at, until = settle(Timing.minutes(wall, None, zone, is_second_start=is_second))
    assert settle(settled) == (settled, starts_at, until)
    assert settled.is_second_start == (is_second and occurs_twice(wall, zone))
