"""What may be seen of answers, by whom and when: nothing before the close for anybody, whatever was answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import registries, searching
from app.core.registries import actor_at
from app.people.models import Role
from app.polls import queries, services
from app.polls.models import Shows
from app.workinggroups.services import leave_group
from tests.conftest import START
from tests.make.people import make_account, make_member, make_person, make_role
from tests.make.polls import CLOSES_AT, choose, make_answerer, make_poll
from tests.polls.conftest import LAST_SECOND, TOO_LATE

BEFORE = st.integers(min_value=0, max_value=int(timedelta(days=7).total_seconds()) - 1)


def everybody(round_, now):
    """Every actor that could be curious: who asks, who runs the group, the secretariat, members, observers, nobody."""
    office = make_person()
    make_account(office)
    make_role(office, Role.SECRETARIAT)
    ids = [round_.coordinator.id, round_.observer.id, office.id, make_member().id, *(one.id for one in round_.people)]
    return [actor_at(person_id, now) for person_id in ids]


@pytest.mark.parametrize("shows", list(Shows))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.integers(0, 2), min_size=3, max_size=3), seconds=BEFORE)
def test_before_the_close_nobody_sees_a_figure(round_, shows, chosen, seconds):
    now = START + timedelta(seconds=seconds)
    poll = make_poll(round_.group, round_.people[0], shows=shows)
    for number, place in enumerate(chosen):
        choose(round_.actor(number), poll, place)
    assert [queries.results_of(actor, poll, now) for actor in everybody(round_, now)] == [None] * 7
    after = queries.results_of(round_.actor(0, CLOSES_AT), poll, CLOSES_AT)
    assert sum(figure.persons for figure in after.figures.values()) == after.total.persons == 3


def test_after_the_close_everybody_inside_sees_names_where_that_was_said(round_, poll):
    choose(round_.actor(0), poll, 0, because="Porque sí.", language="es")
    choose(round_.actor(1), poll, 2)
    seen = [queries.results_of(actor, poll, TOO_LATE) for actor in everybody(round_, TOO_LATE)]
    assert [result is None for result in seen] == [False, False, False, True, False, False, False]
    assert {(row.person, row.because) for row in seen[0].said} == {
        ("Person Example 1", "Porque sí."), ("Person Example 2", ""),
    }  # fmt: skip
    assert (seen[0].could, seen[0].mine) == (4, frozenset())
    assert seen[4].mine == {poll.options[0].id}


def test_where_only_counts_are_shown_no_name_is_there_even_before_the_house_closed_it(round_):
    poll = make_poll(round_.group, round_.people[0], shows=Shows.COUNTS)
    choose(round_.actor(0), poll, 0, because="B", language="en")
    choose(round_.actor(1), poll, 1, because="A", language="en")
    result = queries.results_of(round_.actor(0, TOO_LATE), poll, TOO_LATE)
    assert (result.said, result.mine, result.reasons) == ([], frozenset(), [("A", "en"), ("B", "en")])


@pytest.mark.parametrize("is_cut", [False, True])
def test_counts_of_fewer_than_three_answers_are_held_back(round_, is_cut):
    few, enough = (make_poll(round_.group, round_.people[0], shows=Shows.COUNTS) for _poll in range(2))
    for number in range(3):
        choose(round_.actor(number), enough, 0)
    for number in range(2):
        choose(round_.actor(number), few, number)
    for poll in (few, enough) if is_cut else ():
        services.close_poll(poll, now=TOO_LATE)
    held = queries.results_of(round_.actor(0, TOO_LATE), few, TOO_LATE)
    assert (held.is_held_back, held.total.persons, held.total.organisations) == (True, 2, 0)
    assert {figure.persons for figure in held.figures.values()} == {0}
    shown = queries.results_of(round_.actor(0, TOO_LATE), enough, TOO_LATE)
    assert (shown.is_held_back, max(figure.persons for figure in shown.figures.values())) == (False, 3)


def test_who_answered_and_left_since_is_among_those_who_could(round_, poll):
    for number in range(3):
        choose(round_.actor(number), poll, number)
        leave_group(round_.actor(number, TOO_LATE), round_.group, now=TOO_LATE)
    assert queries.results_of(round_.lead(TOO_LATE), poll, TOO_LATE).could == 4
    services.close_poll(poll, now=TOO_LATE)
    assert poll.could == 4


def test_nothing_of_an_open_poll_is_found_listed_or_handed_to_others(round_, poll):
    choose(round_.actor(1), poll, 0, because="Geheim.", language="de")
    [document] = searching.kinds()["poll"].documents([poll.id])
    assert (document.title, document.text) == ("When do we meet?", "")
    for person in (round_.people[0], round_.coordinator):
        assert "Geheim." not in str(registries.export_person(person.id))
    assert registries.export_person(round_.people[1].id)["polls"]["answers"][0]["because"] == "Geheim."
    assert [card.title for card in registries.cards([("poll", poll.id)], round_.lead()).values()] == [
        "When do we meet?"
    ]
    assert registries.cards([("poll", poll.id)], actor_at(make_member().id, START)) == {}


def test_the_cards_say_when_a_poll_is_over(round_, poll):
    def state():
        return registries.cards([("poll", poll.id)], round_.lead())[poll.id].state

    assert state() == ""
    services.close_poll(poll, now=TOO_LATE)
    assert state() == "done"
    other = make_poll(round_.group, round_.people[0])
    services.lay_down(round_.lead(), other, "No.", "en", now=START)
    assert registries.cards([("poll", other.id)], round_.lead())[other.id].state == "dropped"


def test_results_and_lists_cost_the_same_however_many_answered(round_, count_queries):
    def cost(poll):
        with count_queries() as statements:
            queries.results_of(round_.lead(TOO_LATE), poll, TOO_LATE)
        return len(statements)

    small, large = (make_poll(round_.group, round_.people[0]) for _number in range(2))
    choose(round_.actor(0), small, 0)
    for number in range(3):
        choose(round_.actor(number), large, 0)
    for number in range(4):
        person = make_answerer(round_.group, round_.organisations[0], f"More Example {number}")
        choose(actor_at(person.id, LAST_SECOND), large, 1, now=LAST_SECOND)
    cost(small)
    assert cost(small) == cost(large)
