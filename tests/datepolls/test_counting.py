"""The order of hours: a law over every answer that can be given."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.datepolls.counting import Figure, figure_of, rank
from app.datepolls.models import Says
from tests.conftest import START

answers = st.lists(st.sampled_from(list(Says)), max_size=30)


@given(answers)
def test_everybody_is_counted_once(said):
    figure = figure_of(said)
    assert sum(figure.of(says) for says in Says) == len(said)


@given(answers, answers, st.integers(-5, 5))
def test_one_yes_more_always_goes_before_whatever_else_is_said(one, other, hours):
    first, second = figure_of(one), figure_of(other)
    better = Figure(max(first.yes, second.yes) + 1, first.if_need, first.no)
    assert rank(better, START + timedelta(hours=hours)) < rank(second, START)


@given(answers, st.integers(1, 5))
def test_of_as_many_yes_the_one_that_fewest_refuse_goes_first_then_the_earlier(said, more):
    figure = figure_of(said)
    refused = Figure(figure.yes, figure.if_need, figure.no + more)
    assert rank(figure, START + timedelta(days=1)) < rank(refused, START)
    assert rank(figure, START) < rank(figure, START + timedelta(hours=more))
