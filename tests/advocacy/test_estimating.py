"""The engine of estimates: from a rule and an anchor to a day, a window, or to nothing."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.advocacy.estimating import (
    anchor_span,
    estimate,
    estimate_range,
    estimated_timing,
    holds_for,
    last_such_day,
    offset_of,
    offset_timing,
)
from app.advocacy.models import Anchor, OccurrenceKind, StepRule
from app.moments.models import Precision
from app.moments.timing import Timing

ZURICH = "Europe/Zurich"
days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


def rule(first=-28, last=None, typical=None, *, fixed_on="", **more):
    offsets = {} if fixed_on else {"offset_min": first, "offset_max": first if last is None else last}
    values = {"occurrence_kind": OccurrenceKind.SESSION, "anchor": Anchor.START, "fixed_on": fixed_on} | more
    return StepRule(**values, typical=typical, **offsets)


@st.composite
def ranges(draw):
    first, last = sorted((draw(st.integers(-400, 400)), draw(st.integers(-400, 400))))
    return rule(first, last, draw(st.none() | st.integers(first, last)))


def test_cedaw_asked_for_reports_four_weeks_before_its_86th_session():
    assert estimate(rule(-28, -21, -28), date(2023, 10, 9)) == date(2023, 9, 11)


def test_without_a_typical_offset_the_earliest_day_of_the_range_counts():
    assert estimate(rule(-28, -21), date(2023, 10, 9)) == date(2023, 9, 11)
    assert estimate_range(rule(-28, -21), date(2023, 10, 9)) == (date(2023, 9, 11), date(2023, 9, 18))


@given(ranges(), days)
def test_an_estimate_lies_within_its_range(given_rule, anchor):
    first, last = estimate_range(given_rule, anchor)
    assert first <= estimate(given_rule, anchor) <= last


@given(ranges(), days, st.integers(-500, 500))
def test_when_the_anchor_moves_by_some_days_the_estimate_moves_by_as_many(given_rule, anchor, by):
    moved = estimate(given_rule, anchor + timedelta(days=by))
    assert moved - estimate(given_rule, anchor) == timedelta(days=by)


@given(ranges(), days)
def test_the_offset_that_is_kept_gives_the_estimate(given_rule, anchor):
    assert anchor + timedelta(days=offset_of(given_rule)) == estimate(given_rule, anchor)


@given(days, st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_what_is_the_same_day_each_year_falls_in_the_year_up_to_its_anchor(anchor, day):
    found = last_such_day(f"{day:%m-%d}", anchor)
    assert anchor - timedelta(days=366) < found <= anchor
    assert (found.month, found.day) == (day.month, day.day)


def test_applications_that_close_on_1_june_are_for_the_session_of_the_next_year():
    fixed = rule(fixed_on="06-01", anchor=Anchor.YEAR)
    assert estimate(fixed, date(2027, 1, 18)) == date(2026, 6, 1)
    assert estimate(fixed, date(2027, 5, 20)) == date(2026, 6, 1)
    assert offset_of(fixed) is None


def test_29_february_is_the_28th_in_a_year_without_it():
    assert last_such_day("02-29", date(2027, 3, 1)) == date(2027, 2, 28)
    assert last_such_day("02-29", date(2028, 3, 1)) == date(2028, 2, 29)


def test_a_rule_without_days_is_no_rule():
    with pytest.raises(ValueError, match="counts days"):
        estimate(StepRule(fixed_on=""), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("anchor", "holds"),
    [(date(2020, 12, 31), False), (date(2021, 1, 1), True), (date(2023, 1, 1), True), (date(2023, 1, 2), False)],
)
def test_a_rule_holds_from_its_first_to_its_last_day(anchor, holds):
    bounded = rule(valid_from=date(2021, 1, 1), valid_until=date(2023, 1, 1))
    assert holds_for(bounded, OccurrenceKind.SESSION, anchor) is holds
    assert holds_for(rule(), OccurrenceKind.SESSION, anchor)


def test_a_rule_for_sessions_says_nothing_of_calls():
    assert not holds_for(rule(), OccurrenceKind.CALL, date(2027, 1, 1))


def test_an_exact_day_gives_a_day_on_the_clock_of_the_body():
    session = Timing.days(date(2023, 10, 9), date(2023, 10, 27), ZURICH)
    assert estimated_timing(rule(), session, ZURICH) == Timing.days(date(2023, 9, 11), zone=ZURICH)
    after = rule(14, anchor=Anchor.END)
    assert estimated_timing(after, session, ZURICH) == Timing.days(date(2023, 11, 10), zone=ZURICH)


def test_an_hour_is_an_exact_day_too():
    hours = Timing.minutes(datetime(2027, 3, 8, 10), None, ZURICH)
    assert anchor_span(Anchor.START, hours) == anchor_span(Anchor.END, hours) == (date(2027, 3, 8),) * 2


def test_a_month_gives_a_window_and_never_a_day():
    around = estimated_timing(rule(-28, -21, -28), Timing.month(2026, 2), ZURICH)
    assert around == Timing.window(date(2026, 1, 4), date(2026, 1, 31), ZURICH)
    wide = estimated_timing(rule(-28, -21), Timing.month(2026, 2), ZURICH)
    assert wide == Timing.window(date(2026, 1, 4), date(2026, 2, 7), ZURICH)
    own = offset_timing(Anchor.START, -10, Timing.month(2026, 2), None)
    assert own == Timing.window(date(2026, 1, 22), date(2026, 2, 18))


def test_a_wide_range_without_a_usual_day_is_said_from_its_first_day_to_its_last():
    begins = Timing.days(date(2027, 11, 8))
    said = estimated_timing(rule(-211, -149), begins, ZURICH)
    assert said == Timing.window(date(2027, 4, 11), date(2027, 6, 12), ZURICH)
    assert estimated_timing(rule(-211, -149, -180), begins, ZURICH).precision is Precision.DAY
    assert estimated_timing(rule(-42, -28), begins, ZURICH) == Timing.days(date(2027, 9, 27), zone=ZURICH)


def test_a_day_of_each_year_is_a_day_also_before_a_month():
    fixed = rule(fixed_on="06-01", anchor=Anchor.YEAR)
    assert estimated_timing(fixed, Timing.month(2027, 1), None) == Timing.days(date(2026, 6, 1))


@pytest.mark.parametrize(
    "anchor",
    [
        Timing.year_only(2027),
        Timing.window(date(2027, 1, 1), date(2027, 12, 31)),
        Timing.until_day(date(2027, 1, 1)),
    ],
)
def test_of_a_year_a_season_or_an_unknown_start_nothing_is_said(anchor):
    assert estimated_timing(rule(), anchor, ZURICH) is None
    assert offset_timing(Anchor.START, -28, anchor, ZURICH) is None


def test_a_session_without_an_end_has_no_steps_counted_from_it():
    assert anchor_span(Anchor.END, Timing.from_day(date(2027, 1, 1))) is None


@given(ranges(), st.integers(1990, 2100), st.integers(1, 12))
def test_an_estimate_is_never_more_exact_than_its_anchor(given_rule, year, month):
    around = estimated_timing(given_rule, Timing.month(year, month), None)
    assert around is not None
    assert around.precision is Precision.WINDOW
    assert around.wall_start < around.wall_end
