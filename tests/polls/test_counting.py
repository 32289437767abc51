"""The figures of a poll, whatever people chose: laws that hold for any of them."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.polls.counting import Answered, Figure, count, figure_of

OPTIONS = [uuid4() for _number in range(4)]
PLACES = [uuid4() for _number in range(3)]

places = st.one_of(st.none(), st.sampled_from(PLACES))
choices = st.frozensets(st.sampled_from(OPTIONS), min_size=1)
answers = st.lists(st.builds(Answered, choices, places, places), max_size=30)
single = st.lists(
    st.builds(Answered, st.sampled_from(OPTIONS).map(lambda option: frozenset({option})), places, places), max_size=30
)


@given(single)
def test_where_one_option_is_chosen_the_choices_are_as_many_as_the_answers(given_answers):
    assert sum(figure.persons for figure in count(OPTIONS, given_answers).values()) == len(given_answers)


@given(answers)
def test_no_option_has_more_of_anything_than_there_are_answers(given_answers):
    total = figure_of(given_answers)
    for figure in count(OPTIONS, given_answers).values():
        assert figure.persons <= total.persons
        assert figure.organisations <= min(total.organisations, figure.persons)
        assert figure.regions <= min(total.regions, figure.persons)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(given_answers, random):
    mixed = list(given_answers)
    random.shuffle(mixed)
    assert count(OPTIONS, mixed) == count(OPTIONS, given_answers)


@given(answers, choices)
def test_one_more_answer_adds_one_person_to_what_it_chooses_and_nothing_elsewhere(given_answers, chosen):
    before = count(OPTIONS, given_answers)
    after = count(OPTIONS, [*given_answers, Answered(chosen)])
    for option in OPTIONS:
        assert after[option].persons == before[option].persons + (option in chosen)
        assert after[option].organisations == before[option].organisations


def test_every_option_has_its_figures_chosen_or_not_in_their_order():
    assert list(count(OPTIONS, [])) == OPTIONS
    assert set(count(OPTIONS, []).values()) == {Figure(0, 0, 0)}
