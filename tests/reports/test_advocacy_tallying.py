"""Counting engagements: laws that hold whatever is counted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.advocacy.models import ModeCode
from app.engagements.models import EngagementState, Result
from app.reports.advocacy.tallying import Open, Signer, Tally, Undertaking, tally, tally_by, tally_by_region

SPACES = [UUID(int=n) for n in range(1, 4)]
REGIONS = [UUID(int=n) for n in range(11, 14)]
ORGANISATIONS = [
    Signer(UUID(int=20 + n), country, region)
    for n, (country, region) in enumerate([("AR", REGIONS[0]), ("KE", REGIONS[1]), ("KE", REGIONS[1]), (None, None)])
]

undertakings = st.lists(
    st.builds(
        Undertaking,
        space_id=st.sampled_from(SPACES),
        state=st.sampled_from(EngagementState),
        day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        mode=st.none() | st.sampled_from(ModeCode),
        result=st.none() | st.sampled_from(Result),
        is_handed_in=st.booleans(),
        goals=st.frozensets(st.integers(1, 17), max_size=4),
        signers=st.frozensets(st.sampled_from(ORGANISATIONS)),
    ),
    max_size=12,
)


@given(undertakings)
def test_where_each_engagement_stands_in_one_line_the_sum_is_the_total(found: list[Undertaking]) -> None:
    for lines in (
        tally_by(found, lambda one: (one.state,)),
        tally_by(found, lambda one: (one.space_id,)),
        tally_by(found, lambda one: (one.mode,)),
        tally_by(found, lambda one: (one.outcome,)),
    ):
        assert sum(line.engagements for line in lines.values()) == len(found)
        assert sum(line.handed_in for line in lines.values()) == tally(found).handed_in


@given(undertakings)
def test_an_organisation_and_a_country_count_once_in_all(found: list[Undertaking]) -> None:
    whole = tally(found)
    standing = {signer for one in found for signer in one.signers}
    assert whole.organisations == len(standing)
    assert whole.countries == len({signer.country for signer in standing} - {None})


@given(undertakings)
def test_the_organisations_of_all_regions_are_those_of_the_total(found: list[Undertaking]) -> None:
    """Each organisation is of one region or of none that is known."""
    lines = tally_by_region(found)
    assert sum(line.organisations for line in lines.values()) == tally(found).organisations
    assert sum(line.engagements for line in lines.values()) >= len(found)


def test_an_engagement_with_two_goals_stands_in_two_lines() -> None:
    one = Undertaking(SPACES[0], EngagementState.PLANNED, date(2026, 3, 8), goals=frozenset((5, 11)))
    assert tally_by([one], lambda it: it.goals) == {5: Tally(engagements=1), 11: Tally(engagements=1)}


def test_without_a_result_the_outcome_is_open() -> None:
    one = Undertaking(SPACES[0], EngagementState.SUBMITTED, date(2026, 3, 8))
    assert one.outcome is Open.NO_RESULT_YET
