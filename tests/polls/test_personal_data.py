"""A person's traces in polls: handed out, joined to one voice, taken away; figures that were shown stay."""

from __future__ import annotations

from datetime import timedelta

from app.core import registries
from app.polls import queries, services
from app.polls.services import Wording
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.people import make_person
from tests.make.polls import choose, make_poll
from tests.polls.conftest import TOO_LATE


def test_what_somebody_asked_and_answered_is_handed_out(round_, poll):
    choose(round_.actor(0), poll, 1, because="Calor.", language="es")
    services.say_in(round_.actor(1), poll, Wording("fr", "Quand ?", ("a", "b", "c")), now=START)
    found = registries.export_person(round_.people[0].id)["polls"]
    assert [(row["chosen"], row["because"]) for row in found["answers"]] == [(["In September"], "Calor.")]
    assert [row["question"] for row in found["polls"]] == ["When do we meet?"]
    other = registries.export_person(round_.people[1].id)["polls"]
    assert (other["polls"], other["wordings"][0]["language"]) == ([], "fr")
    services.lay_down(round_.lead(), poll, "Ya no.", "es", now=START)
    [led] = registries.export_person(round_.coordinator.id)["polls"]["polls"]
    assert (led["started_at"], led["laid_down_because"]) == (None, "Ya no.")


def test_two_rows_of_one_person_who_both_answered_have_one_voice(round_, poll):
    choose(round_.actor(0), poll, 0)
    choose(round_.actor(1), poll, 2)
    registries.merge_person(round_.people[0].id, round_.people[1].id, START)
    result = queries.results_of(round_.actor(0, TOO_LATE), poll, TOO_LATE)
    assert (result.total.persons, result.mine) == (1, {poll.options[0].id})


def test_an_answer_of_the_row_that_goes_moves_where_the_kept_one_was_silent(round_, poll):
    row = choose(round_.actor(1), poll, 2)
    kept = make_person()
    registries.merge_person(kept.id, round_.people[1].id, START)
    registries.merge_person(kept.id, round_.people[0].id, START)
    assert (row.person_id, poll.started_by, poll.wordings[0].written_by) == (kept.id, kept.id, kept.id)


def test_who_leaves_the_house_takes_open_answers_along_and_their_name_from_closed_ones(round_, poll):
    closed = make_poll(round_.group, round_.people[1], question="Where?", closing=in_days(1))
    for one in (poll, closed):
        choose(round_.actor(1), one, 0, because="Porque sí.", language="es")
    later = START + timedelta(days=2)
    registries.erase_person(round_.people[1].id, later)
    assert queries.count_answers([poll, closed]) == {poll.id: 0, closed.id: 1}
    [said] = queries.results_of(round_.lead(later), closed, later).said
    assert (said.person, said.because, said.organisation_id) == (None, "", None)
    assert (closed.started_by, closed.wordings[0].written_by) == (None, None)
