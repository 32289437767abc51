"""When a mail may leave: laws that hold in every zone and around each change of its clocks, and tables of a day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mailings.models import Pace
from app.mailings.rhythm import NEAR, Rhythm, departure, end_of_quiet
from app.moments.local import in_zone, zone_info
from tests.moments.transitions import ZONES, transitions

MINUTES = st.integers(-3 * 24 * 60, 3 * 24 * 60)
QUARTER = timedelta(minutes=15)
LONGEST_DAY = timedelta(hours=26)
"""Twenty-four hours, and the widest change of clocks of our years."""


@st.composite
def instants(draw):
    """An instant near a change of clocks where the zone has one in these years, else any; and the zone."""
    zone = draw(st.sampled_from(ZONES))
    changes = [change.at for change in transitions(zone, 2025, 2028)]
    around = draw(st.sampled_from(changes)) if changes else datetime(2026, 11, 23, tzinfo=UTC)
    return zone, around + timedelta(minutes=draw(MINUTES), seconds=draw(st.integers(0, 59)))


@st.composite
def rhythms(draw, paces=tuple(Pace)):
    hours = st.integers(0, 23)
    zone, now = draw(instants())
    pace = draw(st.sampled_from(paces))
    return Rhythm(pace, draw(hours), draw(st.integers(0, 6)), draw(hours), draw(hours), zone), now


def at_home(zone="Africa/Cairo", **chosen):
    return Rhythm(zone=zone, **chosen)


@given(rhythms(), st.booleans(), st.none() | st.integers(1, 20_000), st.none() | st.integers(1, 20_000))
def test_nothing_leaves_in_quiet_hours_unless_it_would_be_after_the_moment(given_rhythm, is_urgent, happens, expires):
    rhythm, now = given_rhythm
    ends = [now + timedelta(minutes=minutes) for minutes in (happens, expires) if minutes is not None]
    leaves = departure(
        rhythm,
        now,
        is_urgent=is_urgent,
        happens_at=now + timedelta(minutes=happens) if happens is not None else None,
        expires_at=now + timedelta(minutes=expires) if expires is not None else None,
    )
    assert leaves.at >= now
    assert all(leaves.at < end for end in ends), "never after the moment"
    if rhythm.is_quiet(leaves.at):
        assert ends
        assert end_of_quiet(rhythm, now) >= min(ends), "in the quiet hours only where their end is too late"


def longest_wait(rhythm):
    """Whose one waking hour the clocks jump over waits for that of the next day."""
    awake = (rhythm.quiet_from - rhythm.quiet_until) % 24
    return LONGEST_DAY + timedelta(days=1) if awake == 1 else LONGEST_DAY


@given(rhythms(paces=(Pace.DAILY,)))
def test_nobody_waits_longer_than_a_day_for_the_mail_of_the_day(given_rhythm):
    rhythm, now = given_rhythm
    leaves = departure(rhythm, now)
    assert leaves.at - now <= longest_wait(rhythm)
    assert not rhythm.is_quiet(leaves.at)
    assert leaves.day == in_zone(leaves.at, rhythm.zone).date()


@given(rhythms(paces=(Pace.WEEKLY,)))
def test_nobody_waits_longer_than_a_week_for_the_mail_of_the_week(given_rhythm):
    rhythm, now = given_rhythm
    assert departure(rhythm, now).at - now <= timedelta(days=7) + longest_wait(rhythm)


@given(rhythms(paces=(Pace.DAILY, Pace.WEEKLY)))
def test_of_a_day_whose_mail_has_left_nothing_leaves_again(given_rhythm):
    rhythm, now = given_rhythm
    first = departure(rhythm, now)
    second = departure(rhythm, first.at, used=frozenset({first.day}))
    assert second.day > first.day
    assert second.at > first.at


@given(rhythms(paces=(Pace.DAILY,)), st.integers(0, 30 * 60))
def test_all_of_a_day_goes_together(given_rhythm, minutes):
    rhythm, now = given_rhythm
    first = departure(rhythm, now)
    later = min(now + timedelta(minutes=minutes), first.at)
    assert departure(rhythm, later) == first


@given(rhythms(), st.integers(1, 12 * 60), st.integers(1, 3 * 24 * 60))
def test_what_is_told_ahead_is_not_late_either(given_rhythm, ahead, until):
    rhythm, now = given_rhythm
    not_before = now + timedelta(minutes=ahead)
    moment = not_before + timedelta(minutes=until)
    leaves = departure(rhythm, now, not_before=not_before, is_urgent=True, happens_at=moment, expires_at=moment)
    assert now <= leaves.at < moment
    if leaves.at < not_before:
        assert not rhythm.is_quiet(leaves.at), "earlier than asked only to come before a night"


@given(instants())
@example(("Australia/Lord_Howe", datetime(2026, 4, 4, 10, 7, tzinfo=UTC)))
@example(("Antarctica/Troll", datetime(2026, 3, 28, 22, 0, tzinfo=UTC)))
def test_a_night_ends_when_the_wall_says_so(case):
    zone, now = case
    rhythm = at_home(zone)
    awake = end_of_quiet(rhythm, now)
    assert awake == now or in_zone(awake, zone).hour == 8
    assert awake - now <= timedelta(hours=14)


def nights_of(zone):
    """Nights in a zone, and instants around each of its clock changes of these years, or of one night where it has
    none: the usual night, one that ends in the hour of the change, one that begins in it, one that leaves that hour
    alone."""
    changes = transitions(zone, 2025, 2027)
    around = [change.at for change in changes] or [datetime(2026, 11, 23, 1, tzinfo=UTC)]
    nights = {(21, 8)}
    for hour in {change.first_wall.hour for change in changes}:
        nights |= {((hour - 3) % 24, hour), (hour, (hour + 4) % 24), ((hour + 1) % 24, hour)}
    for begins, ends in sorted(nights):
        for instant in around:
            for minutes in (-240, -1, 0, 91):
                yield Rhythm(quiet_from=begins, quiet_until=ends, zone=zone), instant + timedelta(minutes=minutes)


def test_in_every_zone_a_night_ends_at_its_first_quarter_awake_and_nothing_comes_after_the_moment():
    """Reckoned from the clocks of the zone alone, at each change of them."""
    assert len(ZONES) > 590
    for zone in ZONES:
        clocks = zone_info(zone)
        for rhythm, now in nights_of(zone):

            def is_quiet(instant, rhythm=rhythm, clocks=clocks):
                hour = instant.astimezone(clocks).hour
                begins, ends = rhythm.quiet_from, rhythm.quiet_until
                return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends

            awake = end_of_quiet(rhythm, now)
            assert not is_quiet(awake), (zone, rhythm, now)
            assert awake == now or (is_quiet(now) and is_quiet(awake - QUARTER)), (zone, rhythm, now)
            for moment in {max(awake - QUARTER, now + QUARTER / 15), awake + QUARTER / 15}:
                leaves = departure(rhythm, now, is_urgent=True, happens_at=moment, expires_at=moment).at
                assert now <= leaves < moment, (zone, rhythm, now, moment)
                assert leaves == awake or awake >= moment, (zone, rhythm, now, moment)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "facts", "leaves"),
    [
        ("2026-11-23T10:00", {}, "2026-11-24T06:00"),  # Cairo is two hours ahead: eight in the morning
        ("2026-11-23T06:00", {}, "2026-11-23T06:00"),
        ("2026-11-23T06:01", {}, "2026-11-24T06:00"),
        ("2026-11-23T10:00", {"is_urgent": True}, "2026-11-23T10:00"),
        ("2026-11-23T23:00", {"is_urgent": True}, "2026-11-24T06:00"),
        ("2026-11-23T23:00", {"is_urgent": True, "happens_at": at("2026-11-24T05:00")}, "2026-11-23T23:00"),
        ("2026-11-23T10:00", {"happens_at": at("2026-11-24T16:00")}, "2026-11-23T10:00"),
        ("2026-11-23T10:00", {"happens_at": at("2026-12-14T16:00")}, "2026-11-24T06:00"),
        ("2026-11-23T10:00", {"expires_at": at("2026-11-24T05:59")}, "2026-11-23T10:00"),
        ("2026-11-23T10:00", {"expires_at": at("2026-11-30T10:00")}, "2026-11-24T06:00"),
        ("2026-11-23T15:00", {"not_before": at("2026-11-24T00:30"), "expires_at": at("2026-11-24T05:00")},
         "2026-11-23T18:45"),
    ],
)  # fmt: skip
def test_what_waits_and_what_does_not(now, facts, leaves):
    assert departure(at_home(), at(now), **facts).at == at(leaves)


def test_what_happens_soon_after_the_next_mail_of_the_day_does_not_wait():
    now = at("2026-11-23T10:00")
    digest = departure(at_home(), now).at
    assert departure(at_home(), now, happens_at=digest + NEAR).at == now
    assert departure(at_home(), now, happens_at=digest + NEAR + timedelta(minutes=1)).at == digest


def test_an_hour_in_the_night_is_the_end_of_the_night():
    assert departure(at_home(hour=23), at("2026-11-23T10:00")).at == at("2026-11-24T06:00")


def test_whoever_wants_all_at_once_gets_together_what_came_in_the_night():
    eager = at_home(pace=Pace.AT_ONCE)
    assert departure(eager, at("2026-11-23T10:00")).day is None
    one, two = (departure(eager, at(now)) for now in ("2026-11-23T22:00", "2026-11-24T01:00"))
    assert one == two
    assert one.day is not None


def test_the_same_hour_twice_is_no_night():
    assert not any(at_home(quiet_from=5, quiet_until=5).is_quiet(at(f"2026-11-23T{hour:02d}:00")) for hour in range(24))
