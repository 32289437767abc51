"""The laws of R-23, over any roll, voices, proxies and quorum."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.decisions.counting import Said, Standing, count
from app.decisions.models import Stage, Stand

ORGANISATIONS = [UUID(int=number) for number in range(1, 8)]
OUTSIDER = UUID(int=99)

organisations = st.sampled_from([*ORGANISATIONS, OUTSIDER])
voices = st.builds(
    Said,
    organisation=organisations,
    stand=st.sampled_from(Stand),
    version=st.integers(1, 2),
    through=st.one_of(st.none(), organisations),
    is_late=st.booleans(),
    is_replaced=st.booleans(),
    is_withdrawn=st.booleans(),
).filter(lambda said: not said.is_withdrawn or said.stand is Stand.OBJECT)


@st.composite
def cases(draw: st.DrawFn):
    roll = draw(st.lists(st.sampled_from(ORGANISATIONS), min_size=1, unique=True))
    proxies = draw(st.dictionaries(st.sampled_from(roll), st.sampled_from(roll), max_size=3))
    return {
        "roll": roll,
        "voices": draw(st.lists(voices, max_size=10)),
        "proxies": {giver: holder for giver, holder in proxies.items() if giver != holder},
        "version": draw(st.integers(1, 2)),
        "quorum": draw(st.integers(1, len(roll))),
    }


def result_of(case, *more: Said) -> Stage:
    return counted(case, *more).result


def counted(case, *more: Said):
    voices = [*case["voices"], *more]
    return count(case["roll"], voices, case["proxies"], version=case["version"], quorum=case["quorum"])


def own(case, stand: Stand, place: int) -> Said:
    """A voice that counts, of one organisation of the roll."""
    return Said(case["roll"][place % len(case["roll"])], stand, case["version"])


@given(cases(), st.integers(0, 6))
def test_an_objection_that_stands_always_prevents(case, place):
    assert result_of(case, own(case, Stand.OBJECT, place)) is Stage.OBJECTED


@given(cases(), st.integers(0, 6))
def test_an_abstention_never_prevents(case, place):
    if result_of(case) is Stage.ADOPTED:
        assert result_of(case, own(case, Stand.ABSTAIN, place)) is Stage.ADOPTED
    assert result_of(case, own(case, Stand.ABSTAIN, place)) is not Stage.OBJECTED or result_of(case) is Stage.OBJECTED


@given(cases(), st.integers(0, 6))
def test_one_more_consent_never_undoes_an_adoption(case, place):
    if result_of(case) is Stage.ADOPTED:
        assert result_of(case, own(case, Stand.CONSENT, place)) is Stage.ADOPTED


@given(cases())
def test_silence_counts_as_consent_only_with_the_quorum(case):
    found = counted(case)
    assert found.silence_consents == (found.result is Stage.ADOPTED and found.spoken < len(case["roll"]))
    if found.spoken < case["quorum"]:
        assert found.result in (Stage.NO_QUORUM, Stage.OBJECTED)
    if found.result is Stage.ADOPTED:
        assert found.spoken >= case["quorum"]


@given(cases(), voices)
def test_a_late_replaced_or_older_voice_changes_nothing(case, said):
    before = counted(case)
    for idle in (replace(said, is_late=True), replace(said, is_replaced=True), replace(said, version=7)):
        assert counted(case, idle) == before


@given(cases(), voices)
def test_a_voice_from_outside_the_roll_changes_nothing(case, said):
    assert counted(case, replace(said, organisation=OUTSIDER)) == counted(case)


@given(cases(), st.sampled_from(Stand))
def test_a_proxy_counts_its_giver_once(case, stand):
    """Through its holder an organisation counts like by itself, both together like one; through anybody else not at
    all."""
    for giver, holder in case["proxies"].items():
        through = Said(giver, stand, case["version"], through=holder)
        alone = replace(through, through=None)
        assert counted(case, through) == counted(case, alone) == counted(case, through, alone)
        assert counted(case, replace(through, through=OUTSIDER)) == counted(case)


@given(cases())
def test_every_organisation_of_the_roll_stands_somewhere_once(case):
    found = counted(case)
    assert list(found.standings) == case["roll"]
    assert sum(len(found.having(standing)) for standing in Standing) == len(case["roll"])
    assert found.is_complete == (found.spoken == len(case["roll"]))


@given(cases(), st.integers(0, 6))
def test_a_withdrawn_objection_has_spoken_and_does_not_prevent(case, place):
    withdrawn = replace(own(case, Stand.OBJECT, place), is_withdrawn=True)
    if result_of(case) is not Stage.OBJECTED:
        assert result_of(case, withdrawn) is not Stage.OBJECTED
        assert counted(case, withdrawn).spoken >= counted(case).spoken
