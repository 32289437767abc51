"""Which word limit holds (R-12): by standing, joint or not, the cover page taken off, and what nobody knows said so."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.advocacy.models import ModeCode, OrganisationAccess, ParticipationMode, Standing, WordLimit
from app.engagements.limits import limit_for, needs_text, standings_on, usable_words
from app.moments.models import Certainty

SPECIAL, GENERAL, ROSTER = "ecosoc_special", "ecosoc_general", "ecosoc_roster"
DAY = date(2026, 11, 21)


def limit(words: int, status: str = "", *, is_joint: bool | None = None, cover: int = 0) -> WordLimit:
    return WordLimit(words=words, status=status, is_joint=is_joint, cover_words=cover)


CSW = [limit(2000, GENERAL, cover=100), limit(1500, SPECIAL, cover=100), limit(1500, ROSTER, cover=100)]


def usable(limits, standings, *, is_joint=False):
    found = limit_for(limits, standings, is_joint=is_joint)
    return found and found.usable


def test_the_standing_of_who_leads_decides_and_the_cover_page_counts():
    """R-12: of 1,500 words with a cover page 1,400 are left."""
    assert usable(CSW, {SPECIAL}) == 1400
    assert usable(CSW, {GENERAL}) == 1900
    assert limit_for(CSW, {SPECIAL}, is_joint=False).over(1440) == 40


def test_a_limit_for_joint_texts_holds_for_joint_texts_alone():
    """R-12: several together may have more words, or fewer."""
    limits = [limit(2000, GENERAL), limit(1900, GENERAL, is_joint=True), limit(2815, is_joint=False)]
    assert usable(limits, {GENERAL}) == 2000
    assert usable(limits, {GENERAL}, is_joint=True) == 1900
    upr = [limit(2815, is_joint=False), limit(5630, is_joint=True)]
    assert usable(upr, set()) == 2815
    assert usable(upr, {SPECIAL}, is_joint=True) == 5630


def test_of_an_unknown_standing_all_that_could_hold_are_named_and_the_smallest_counts():
    found = limit_for(CSW, set(), is_joint=False)
    assert found.usable == 1400
    assert not found.is_certain
    assert [usable_words(one) for one in found.could_hold] == [1400, 1900]


def test_a_limit_for_everybody_holds_where_none_is_for_a_standing():
    assert limit_for([limit(3300)], set(), is_joint=True).is_certain
    assert usable([limit(3300), limit(1000, SPECIAL)], {SPECIAL}) == 1000
    assert usable([limit(3300), limit(1000, SPECIAL)], {"unfccc"}) == 1000  # nobody knows: the smallest


def test_without_limits_there_is_none():
    assert limit_for([], {SPECIAL}, is_joint=False) is None
    assert limit_for([limit(900, is_joint=True)], {SPECIAL}, is_joint=False) is None


def test_a_standing_counts_on_its_days_and_once_somebody_has_seen_it():
    def row(**values):
        defaults = {"standing": Standing.ECOSOC_SPECIAL, "certainty": Certainty.VERIFIED, "certainties": {}}
        return OrganisationAccess(**defaults | values)

    assert standings_on([row()], DAY) == {SPECIAL}
    assert standings_on([row(from_on=DAY, until_on=DAY)], DAY) == {SPECIAL}
    assert standings_on([row(until_on=date(2026, 11, 20))], DAY) == frozenset()
    assert standings_on([row(from_on=date(2026, 11, 22))], DAY) == frozenset()
    assert standings_on([row(certainty=Certainty.UNSURE)], DAY) == frozenset()


def test_what_is_spoken_or_may_endanger_somebody_needs_no_text_here():
    assert needs_text(ParticipationMode(code=ModeCode.WRITTEN_STATEMENT))
    for code in (ModeCode.ORAL_STATEMENT, ModeCode.LOBBYING, ModeCode.ATTENDANCE, ModeCode.URGENT_COMMUNICATION):
        assert not needs_text(ParticipationMode(code=code))
    assert not needs_text(None)


some_limits = st.lists(
    st.builds(
        limit,
        st.integers(200, 9000),
        st.sampled_from(["", SPECIAL, GENERAL, ROSTER]),
        is_joint=st.sampled_from([None, True, False]),
        cover=st.integers(0, 150),
    ),
    max_size=8,
)


@given(some_limits, st.sets(st.sampled_from([SPECIAL, GENERAL, ROSTER]), max_size=1), st.booleans())
def test_whatever_holds_fits_the_case_and_nothing_unknown_is_larger_than_what_counts(limits, standings, is_joint):
    found = limit_for(limits, standings, is_joint=is_joint)
    fitting = [one for one in limits if one.is_joint in (None, is_joint)]
    assert (found is None) == (not fitting)
    if found is not None:
        assert found.limit in fitting
        assert all(usable_words(one) >= found.usable for one in found.could_hold)
        if found.limit.status and found.limit.status not in standings:
            assert not standings & {one.status for one in fitting}
