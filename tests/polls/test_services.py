"""What may happen to a poll: started, said in another language, answered, moved, laid down, closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.core.submissions import Submission
from app.extensions import db
from app.moments.endings import Closing
from app.moments.models import Status
from app.moments.queries import list_changes
from app.people.models import Role
from app.polls import queries, services
from app.polls.models import Poll, PollAnswer, PollChoice, PollReason, Shows
from app.polls.services import Given, Wording
from app.polls.services.answering import NothingChosen, TooManyChosen
from app.polls.services.locking import GroupClosed, LaidDown, PollOver
from app.polls.services.starting import ClosesBeforeItOpens
from app.polls.services.wording import AnsweredInTheseWords, OptionMissing, SaidAlready, SameOptionTwice, TooFewOptions
from app.workinggroups.models import GroupState
from app.workinggroups.services import leave_group
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.people import make_member, make_role
from tests.make.polls import CLOSES_AT, OPTIONS, choose, make_poll
from tests.polls.conftest import LAST_SECOND, TOO_LATE


def rows(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def close(poll: Poll, now: datetime = TOO_LATE) -> bool:
    return services.close_poll(poll, now=now)


# Starting


def test_a_poll_opens_at_once_with_its_options_and_its_moment(round_, poll):
    assert [option.place for option in poll.options] == [0, 1, 2]
    assert (poll.moment.until, poll.moment.audience) == (CLOSES_AT, f"group:{round_.group.id}")
    assert (poll.is_open(START), poll.starter, poll.remind_at) == (
        True,
        round_.people[0],
        CLOSES_AT - timedelta(hours=24),
    )


@pytest.mark.parametrize(
    ("said", "error", "field"),
    [
        ({"options": ("Yes",)}, TooFewOptions, "options"),
        ({"options": tuple(f"Option {number}" for number in range(13))}, TooFewOptions, "options"),
        ({"options": ("Yes", "No", " YES ")}, SameOptionTwice, "options"),
        ({"options": ("Yes", "Yes\u200b")}, SameOptionTwice, "options"),
        ({"options": ("Yes", "\u200b")}, TooFewOptions, "options"),
        ({"options": ("Yes", "N" * 161)}, RuleBroken, "options"),
        ({"question": "\u200b\u2060"}, RuleBroken, "question"),
        ({"question": "  "}, RuleBroken, "question"),
        ({"question": "W" * 201}, RuleBroken, "question"),
        ({"explanation": "W" * 4001}, RuleBroken, "explanation"),
        ({"language": "no language"}, RuleBroken, "language"),
        ({"closing": in_days(-1)}, ClosesBeforeItOpens, "day"),
        ({"closing": in_days(0)}, ClosesBeforeItOpens, "day"),
        ({"most": 0}, RuleBroken, "most"),
        ({"most": 4}, RuleBroken, "most"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field_and_nothing_is_left(round_, said, error, field):
    with pytest.raises(error) as refused:
        make_poll(round_.group, round_.people[0], **said)
    assert refused.value.field == field
    assert rows(Poll) == 0


def test_in_a_closed_group_nothing_is_asked_answered_or_moved(round_, poll):
    round_.group.state = GroupState.CLOSED
    for act in (
        lambda: make_poll(round_.group, round_.people[0]),
        lambda: choose(round_.actor(0), poll, 0),
        lambda: services.take_back(round_.actor(0), poll, now=START),
        lambda: services.move_closing(round_.lead(), poll, in_days(9), now=START),
        lambda: services.lay_down(round_.lead(), poll, "No.", "en", now=START),
        lambda: services.say_in(round_.lead(), poll, Wording("fr", "Quand ?", ("a", "b", "c")), now=START),
    ):
        with pytest.raises(GroupClosed):
            act()


def test_observers_and_the_secretariat_neither_ask_nor_answer(round_, poll):
    office = make_member()
    make_role(office, Role.SECRETARIAT)
    for person in (round_.observer, office):
        with pytest.raises(NotAllowed):
            make_poll(round_.group, person)
        with pytest.raises(NotAllowed):
            choose(actor_at(person.id, START), poll, 0)


# Other languages


def test_a_poll_is_said_in_another_language_with_all_its_options(round_, poll):
    french = Wording("fr", "Quand se voit-on ?", ("En juin", "En septembre", "Jamais"))
    services.say_in(round_.actor(1), poll, french, now=START)
    assert {row.language: row.options for row in poll.wordings} == {"en": list(OPTIONS), "fr": list(french.options)}


@pytest.mark.parametrize(
    ("wording", "error"),
    [
        (Wording("fr", "Quand ?", ("En juin", "Jamais")), OptionMissing),
        (Wording("en", "When?", OPTIONS), RuleBroken),
        (Wording("fr", "", OPTIONS), RuleBroken),
    ],
)
def test_what_was_asked_stays_and_no_option_is_left_out(round_, poll, wording, error):
    with pytest.raises(error):
        services.say_in(round_.actor(1), poll, wording, now=START)
    assert [row.language for row in poll.wordings] == ["en"]


def test_words_that_people_answered_stay_once_a_poll_is_over(round_, poll):
    french = Wording("fr", "Quand ?", ("En juin", "En septembre", "Jamais"))
    services.say_in(round_.actor(1), poll, french, now=START)
    turned = Wording("fr", "Quand ?", ("En septembre", "En juin", "Jamais"))
    for person in (round_.actor(1, TOO_LATE), round_.lead(TOO_LATE)):
        with pytest.raises(AnsweredInTheseWords) as refused:
            services.say_in(person, poll, turned, now=TOO_LATE)
    assert refused.value.field == "language"
    services.say_in(round_.actor(1, TOO_LATE), poll, Wording("es", "¿Cuándo?", ("a", "b", "c")), now=TOO_LATE)
    assert {row.language: row.options[0] for row in poll.wordings} == {"en": OPTIONS[0], "fr": "En juin", "es": "a"}


def test_words_in_a_language_are_changed_by_who_wrote_them_and_who_leads(round_, poll):
    def say(actor, question):
        return services.say_in(actor, poll, Wording("fr", question, ("a", "b", "c")), now=START)

    say(round_.actor(1), "Quand ?")
    with pytest.raises(SaidAlready):
        say(round_.actor(2), "Où ?")
    say(round_.actor(1), "Quand se voit-on ?")
    assert say(round_.lead(), "Quand nous voyons-nous ?").question == "Quand nous voyons-nous ?"


# Answering


def test_an_answer_keeps_organisation_and_region_and_is_changed_without_a_trace(round_, poll):
    first = choose(round_.actor(1), poll, 0, because=" The\nholidays. ", language="en")
    assert (first.organisation_id, first.region_id) == (
        round_.organisations[1].id,
        round_.organisations[1].region_id,
    )
    assert (first.because, first.language) == ("The holidays.", "en")
    second = choose(round_.actor(1), poll, 2, now=LAST_SECOND)
    assert (second.id, rows(PollAnswer), rows(PollChoice)) == (first.id, 1, 1)
    assert (second.because, [choice.option_id for choice in second.choices]) == ("", [poll.options[2].id])


def test_who_coordinates_without_a_place_answers_as_a_person(round_, poll):
    row = choose(round_.lead(), poll, 0)
    assert (row.organisation_id, row.region_id) == (None, round_.coordinator.region_id)


def test_several_options_at_most_as_many_as_said(round_):
    several = make_poll(round_.group, round_.people[0], most=2)
    assert len(choose(round_.actor(0), several, 0, 1).choices) == 2
    assert len(choose(round_.actor(0), several, 1, 2).choices) == 2
    with pytest.raises(TooManyChosen, match="at most 2"):
        choose(round_.actor(0), several, 0, 1, 2)


def test_nothing_two_of_one_and_options_of_another_poll_are_refused(round_, poll):
    other = make_poll(round_.group, round_.people[0], question="Where?")
    with pytest.raises(NothingChosen):
        choose(round_.actor(0), poll)
    with pytest.raises(TooManyChosen, match="Choose one option"):
        choose(round_.actor(0), poll, 0, 1)
    with pytest.raises(NothingChosen):
        services.answer(round_.actor(0), poll, Given(frozenset({other.options[0].id})), now=START)
    with pytest.raises(RuleBroken) as refused:
        choose(round_.actor(0), poll, 0, because="W" * 401, language="en")
    assert refused.value.field == "because"
    with pytest.raises(RuleBroken):
        choose(round_.actor(0), poll, 0, because="Why not", language="")


def test_an_answer_is_taken_back_and_given_again(round_, poll):
    assert not services.take_back(round_.actor(0), poll, now=START)
    choose(round_.actor(0), poll, 0)
    assert services.take_back(round_.actor(0), poll, now=START)
    assert (rows(PollAnswer), rows(PollChoice)) == (0, 0)
    choose(round_.actor(0), poll, 1)


def test_one_second_after_the_close_is_refused_and_the_moment_named(app, round_, poll):
    choose(round_.actor(0), poll, 0, now=LAST_SECOND)
    for now in (CLOSES_AT, TOO_LATE):
        with app.test_request_context(), pytest.raises(PollOver) as refused:
            choose(round_.actor(1), poll, 0, now=now)
        with app.test_request_context():
            assert "28 November 2026, 12:00 in Nairobi" in str(refused.value.message)
    with pytest.raises(PollOver):
        services.take_back(round_.actor(0), poll, now=TOO_LATE)


def test_no_line_of_the_audit_says_who_answered_or_what(round_, poll):
    choose(round_.actor(1), poll, 0, because="Secret.", language="en")
    services.take_back(round_.actor(1), poll, now=START)
    lines = list(db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_id == poll.id)))
    assert {line.actor_id for line in lines} == {round_.people[0].id}
    assert [line.code for line in lines] == ["polls.poll.started"]


# Who leaves


def test_who_leaves_takes_answers_to_open_polls_along_and_leaves_closed_ones(round_, poll):
    choose(round_.actor(1), poll, 0)
    closed = make_poll(round_.group, round_.people[0], question="Where?", closing=in_days(1))
    choose(round_.actor(1), closed, 0)
    later = START + timedelta(days=2)
    leave_group(round_.actor(1, later), round_.group, now=later)
    assert queries.count_answers([poll, closed]) == {poll.id: 0, closed.id: 1}


def test_who_leaves_and_still_runs_the_group_keeps_the_answer(round_, poll):
    choose(round_.lead(), poll, 0)
    assert services.drop_answers(round_.group.id, round_.coordinator.id, now=START) == 0
    assert rows(PollAnswer) == 1


# The closing


def test_the_closing_moves_both_ways_as_long_as_it_is_open_and_leaves_a_trace(round_, poll):
    services.move_closing(round_.actor(0), poll, in_days(9), now=START)
    services.move_closing(round_.lead(), poll, in_days(2), now=START)
    assert poll.moment.until == START + timedelta(days=2)
    assert poll.remind_at == START + timedelta(days=1)
    assert len(list_changes(poll.moment)) == 2
    services.move_closing(round_.lead(), poll, in_days(2), now=START)
    assert len(list_changes(poll.moment)) == 2
    with pytest.raises(ClosesBeforeItOpens):
        services.move_closing(round_.lead(), poll, in_days(-1), now=START)
    with pytest.raises(NotAllowed):
        services.move_closing(round_.actor(1), poll, in_days(9), now=START)
    with pytest.raises(PollOver):
        services.move_closing(round_.actor(0), poll, in_days(9), now=TOO_LATE)


def test_an_hour_that_no_clock_shows_is_refused(round_):
    gap = Closing(datetime(2027, 3, 28, 2, 30), "Europe/Madrid")
    with pytest.raises(RuleBroken):
        make_poll(round_.group, round_.people[0], closing=gap)


def test_laying_down_needs_a_reason_and_throws_the_answers_away(round_, poll):
    choose(round_.actor(1), poll, 0)
    for because, language, field in (
        ("", "en", "because"),
        ("\u200b", "en", "because"),
        ("W" * 1001, "en", "because"),
        ("No.", "?", "language"),
    ):
        with pytest.raises(RuleBroken) as refused:
            services.lay_down(round_.actor(0), poll, because, language, now=START)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        services.lay_down(round_.actor(1), poll, "Mine.", "en", now=START)
    services.lay_down(round_.actor(0), poll, "It was decided elsewhere.", "en", now=START)
    assert (rows(PollAnswer), poll.moment.status) == (0, Status.CANCELLED)
    for act in (
        lambda: choose(round_.actor(1), poll, 0),
        lambda: services.lay_down(round_.lead(), poll, "x", "en", now=START),
    ):
        with pytest.raises(LaidDown):
            act()
    assert queries.results_of(round_.lead(TOO_LATE), poll, TOO_LATE) is None
    assert not close(poll)


def test_the_house_closes_once_and_never_before_the_time(round_, poll):
    assert not close(poll, LAST_SECOND)
    assert close(poll)
    assert not close(poll)
    assert (poll.could, poll.persons) == (4, None)


def test_with_names_the_answers_stay(round_, poll):
    choose(round_.actor(1), poll, 0)
    close(poll)
    assert rows(PollAnswer) == 1


def test_where_only_counts_are_shown_nothing_leads_back_to_a_person(round_):
    poll = make_poll(round_.group, round_.people[0], shows=Shows.COUNTS)
    choose(round_.actor(0), poll, 0, because="Zut.", language="fr")
    choose(round_.actor(1), poll, 0)
    choose(round_.actor(2), poll, 1, because="A reason.", language="en")
    before = queries.results_of(round_.lead(TOO_LATE), poll, TOO_LATE)
    close(poll)
    assert (rows(PollAnswer), rows(PollChoice), rows(PollReason), rows(Submission)) == (0, 0, 2, 0)
    assert queries.results_of(round_.lead(TOO_LATE), poll, TOO_LATE) == before
    assert [(figure.persons, figure.organisations, figure.regions) for figure in before.figures.values()] == [
        (2, 2, 2), (1, 1, 1), (0, 0, 0),
    ]  # fmt: skip
    assert before.reasons == [("A reason.", "en"), ("Zut.", "fr")]
    assert queries.find_answer(poll, round_.people[0].id) is None
    assert queries.count_answers([poll]) == {poll.id: 3}
