"""What a session agreed on: noted with its date, edited by two without loss, closed by one click, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.extensions import db
from app.moments.models import Moment, Precision, Status
from app.moments.timing import Timing
from app.outcomes import events
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState
from app.outcomes.services import (
    Agreed,
    OutcomeChangedMeanwhile,
    change_outcome,
    digest_of,
    note_outcome,
    remove_outcome,
    set_state,
)
from app.outcomes.words import LONGEST_WHO, LONGEST_WITH, LONGEST_WORDS
from app.sessions.keys import track_key
from tests.make.outcomes import make_outcome
from tests.make.people import make_organisation
from tests.make.reflections import actor_of
from tests.outcomes.conftest import Cast

AGREED = Agreed(kind=OutcomeKind.ACTION, words="Mesurer la chaleur", language="fr", who="L’équipe de Dakar")
DAY = Timing.days(date(2027, 3, 15))


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The names of the events sent."""
    names: list[str] = []
    signals = (
        events.outcome_noted,
        events.outcome_changed,
        events.outcome_closed,
        events.outcome_reopened,
        events.outcome_removed,
    )
    with ExitStack() as stack:
        for signal in signals:

            def note(_sender: Outcome, name: str = signal.name, **_more: Any) -> None:
                names.append(name.rsplit("_", maxsplit=1)[-1])

            stack.enter_context(signal.connected_to(note))
        yield names


def audited() -> list[str]:
    lines = db.session.scalars(sa.select(AuditLine.code).where(AuditLine.subject_kind == "outcome"))
    return sorted(code.rsplit(".", 1)[1] for code in lines)


def test_an_outcome_keeps_what_was_said(cast: Cast, now: datetime, heard: list[str]) -> None:
    union = make_organisation("Example Union")
    agreed = replace(AGREED, organisation_id=union.id, with_whom="  the   mayor ", by=DAY)
    outcome = note_outcome(actor_of(cast.facilitator), cast.session, agreed, now=now)
    assert (outcome.kind, outcome.state, outcome.words) == (OutcomeKind.ACTION, OutcomeState.OPEN, "Mesurer la chaleur")
    assert (outcome.language, outcome.who, outcome.with_whom) == ("fr", "L’équipe de Dakar", "the mayor")
    assert (outcome.organisation_id, outcome.noted_by, outcome.position) == (union.id, cast.facilitator.id, 1)
    assert (heard, audited()) == (["noted"], ["noted"])


def test_outcomes_stand_in_the_order_they_were_noted(cast: Cast, now: datetime) -> None:
    actor = actor_of(cast.facilitator)
    positions = [note_outcome(actor, cast.session, AGREED, now=now).position for _ in range(3)]
    assert positions == [1, 2, 3]


@pytest.mark.parametrize(
    ("by", "precision"),
    [
        (DAY, Precision.DAY),
        (Timing.month(2027, 3), Precision.MONTH),
        (Timing.year_only(2027), Precision.YEAR),
    ],
)
def test_its_date_is_a_moment_of_the_track_as_exact_as_it_was_said(
    cast: Cast, now: datetime, by: Timing, precision: Precision
) -> None:
    outcome = note_outcome(actor_of(cast.secretary), cast.session, replace(AGREED, by=by), now=now)
    moment = db.session.scalars(sa.select(Moment).where(Moment.subject_kind == "outcome")).one()
    assert outcome.moment is moment
    assert (moment.precision, moment.subject_id, moment.status) == (precision, outcome.id, Status.PLANNED)
    assert moment.audience == track_key(cast.track.id)


@pytest.mark.parametrize("name", ["participant", "member", "other_facilitator"])
def test_nobody_else_notes_or_changes_outcomes(cast: Cast, now: datetime, name: str) -> None:
    actor, outcome = actor_of(getattr(cast, name)), make_outcome(cast.session)
    with pytest.raises(NotAllowed):
        note_outcome(actor, cast.session, AGREED, now=now)
    with pytest.raises(NotAllowed):
        change_outcome(actor, outcome, AGREED, filled_from="", now=now)
    with pytest.raises(NotAllowed):
        set_state(actor, outcome, state=OutcomeState.DONE, now=now)
    with pytest.raises(NotAllowed):
        remove_outcome(actor, outcome, now=now)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * (LONGEST_WORDS + 1)}, "words"),
        ({"language": "no such language"}, "language"),
        ({"who": "x" * (LONGEST_WHO + 1)}, "who"),
        ({"with_whom": "x" * (LONGEST_WITH + 1)}, "with_whom"),
        ({"organisation_id": uuid4()}, "organisation"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast: Cast, now: datetime, said: Any, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        note_outcome(actor_of(cast.facilitator), cast.session, replace(AGREED, **said), now=now)
    assert refused.value.field == field


def test_an_edit_changes_words_people_and_date(cast: Cast, now: datetime, heard: list[str]) -> None:
    actor, outcome = actor_of(cast.colleague), make_outcome(cast.session, by=DAY)
    moment = outcome.moment
    agreed = replace(AGREED, by=Timing.month(2027, 5))
    change_outcome(actor, outcome, agreed, filled_from=digest_of(outcome), now=now)
    assert (outcome.words, outcome.who) == ("Mesurer la chaleur", "L’équipe de Dakar")
    assert outcome.moment is moment
    assert moment.precision is Precision.MONTH
    change_outcome(actor, outcome, agreed, filled_from=digest_of(outcome), now=now)
    assert (heard, audited()) == (["changed"], ["changed"])


def test_a_date_can_be_given_later_and_taken_back(cast: Cast, now: datetime) -> None:
    actor, outcome = actor_of(cast.facilitator), make_outcome(cast.session)
    change_outcome(actor, outcome, replace(AGREED, by=DAY), filled_from="", now=now)
    assert outcome.moment is not None
    change_outcome(actor, outcome, AGREED, filled_from="", now=now)
    assert outcome.moment is None
    assert db.session.scalar(sa.select(Moment.id).where(Moment.subject_kind == "outcome")) is None


def test_the_second_editor_hears_of_the_first(cast: Cast, now: datetime) -> None:
    actor, outcome = actor_of(cast.facilitator), make_outcome(cast.session)
    seen = digest_of(outcome)
    change_outcome(actor, outcome, AGREED, filled_from=seen, now=now)
    with pytest.raises(OutcomeChangedMeanwhile, match="Compare"):
        change_outcome(actor, outcome, replace(AGREED, words="Autre chose"), filled_from=seen, now=now)
    remove_outcome(actor, outcome, now=now)
    with pytest.raises(OutcomeChangedMeanwhile, match="removed"):
        change_outcome(actor, outcome, AGREED, filled_from="", now=now)


def test_an_organisation_that_is_listed_no_more_stays_where_it_was_chosen(cast: Cast, now: datetime) -> None:
    union = make_organisation("Old Union", is_listed=False)
    outcome = make_outcome(cast.session, organisation_id=union.id)
    agreed = replace(AGREED, organisation_id=union.id)
    assert change_outcome(actor_of(cast.facilitator), outcome, agreed, filled_from="", now=now).organisation_id


def test_one_click_closes_once_and_opens_again(cast: Cast, now: datetime, heard: list[str]) -> None:
    actor, outcome = actor_of(cast.facilitator), make_outcome(cast.session, by=DAY)
    for state in (OutcomeState.DONE, OutcomeState.DONE, OutcomeState.OPEN, OutcomeState.DROPPED):
        set_state(actor, outcome, state=state, now=now)
        assert outcome.state is state
    assert heard == ["closed", "reopened", "closed"]
    assert audited() == ["done", "dropped", "reopened"]


def test_the_date_of_what_was_dropped_is_called_off_until_it_is_open_again(cast: Cast, now: datetime) -> None:
    actor, outcome = actor_of(cast.facilitator), make_outcome(cast.session, by=DAY)
    for state, status in (
        (OutcomeState.DROPPED, Status.CANCELLED),
        (OutcomeState.OPEN, Status.PLANNED),
        (OutcomeState.DONE, Status.PLANNED),
    ):
        set_state(actor, outcome, state=state, now=now)
        assert outcome.moment.status is status


def test_a_date_given_to_what_was_dropped_is_called_off_from_the_start(cast: Cast, now: datetime) -> None:
    outcome = make_outcome(cast.session, state=OutcomeState.DROPPED)
    change_outcome(actor_of(cast.facilitator), outcome, replace(AGREED, by=DAY), filled_from="", now=now)
    assert outcome.moment.status is Status.CANCELLED


def test_removing_hides_for_good_calls_the_date_off_and_twice_is_once(
    cast: Cast, now: datetime, heard: list[str]
) -> None:
    actor, outcome = actor_of(cast.facilitator), make_outcome(cast.session, by=DAY)
    remove_outcome(actor, outcome, now=now)
    remove_outcome(actor, outcome, now=now)
    remove_outcome(actor, make_outcome(cast.session), now=now)
    assert outcome.removed_at == now
    assert outcome.moment.status is Status.CANCELLED
    assert heard == ["removed", "removed"]
    assert set_state(actor, outcome, state=OutcomeState.DONE, now=now).state is OutcomeState.OPEN
