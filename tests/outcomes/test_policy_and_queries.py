"""Who reads what a track's sessions left behind, in which order, and who writes it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.core import permissions, registries
from app.core.actors import VISITOR, Actor
from app.core.errors import NotFound
from app.moments.timing import Timing
from app.outcomes import queries
from app.outcomes.models import OutcomeKind, OutcomeState
from app.outcomes.personal_data import erase_person, export_person, merge_person
from tests.make.outcomes import make_notes, make_outcome
from tests.make.people import make_person
from tests.make.reflections import actor_of
from tests.make.sessions import make_session
from tests.outcomes.conftest import Cast

ROLES = ("facilitator", "secretary", "participant", "member", "other_facilitator")


def actor(cast: Cast, role: str) -> Actor:
    return VISITOR if role == "visitor" else actor_of(getattr(cast, role))


@pytest.mark.parametrize("role", [*ROLES, "visitor"])
def test_the_people_of_the_track_read_and_those_who_lead_it_write(cast: Cast, role: str) -> None:
    outcome = make_outcome(cast.session)
    reads, leads = role in ("facilitator", "secretary", "participant"), role in ("facilitator", "secretary")
    who = actor(cast, role)
    assert permissions.can(who, "outcomes.read", cast.track) is reads
    for code, thing in (("write_notes", cast.session), ("note", cast.session), ("change", outcome)):
        assert permissions.can(who, f"outcomes.{code}", thing) is leads, code
    assert permissions.can(who, "outcomes.hand_over", cast.track) is leads


@pytest.mark.parametrize("role", ["member", "other_facilitator", "visitor"])
def test_who_does_not_hold_the_key_of_the_track_finds_nothing(cast: Cast, role: str) -> None:
    make_notes(cast.session)
    outcome, who = make_outcome(cast.session), actor(cast, role)
    assert queries.list_notes(who, cast.session) == []
    assert queries.languages_of_notes(who, cast.track) == {}
    assert queries.list_outcomes(who, cast.track) == []
    assert queries.list_of_session(who, cast.session) == []
    assert sum(queries.count_by_state(who, cast.track).values()) == 0
    assert registries.cards([("outcome", outcome.id)], who) == {}
    for look in (
        lambda: queries.get_visible_notes(who, cast.session, "fr"),
        lambda: queries.get_visible_outcome(who, outcome.id),
        lambda: queries.page_of_outcomes(who, cast.track),
    ):
        with pytest.raises(NotFound):
            look()


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    who = actor_of(cast.facilitator)
    with pytest.raises(NotFound):
        queries.get_visible_notes(who, cast.session, "fr")
    with pytest.raises(NotFound):
        queries.get_visible_outcome(who, uuid4())


def test_outcomes_come_by_their_date_and_those_without_one_last(cast: Cast) -> None:
    make_outcome(cast.session, "no date")
    make_outcome(cast.session, "some time in 2027", by=Timing.year_only(2027))
    make_outcome(cast.coming, "in March", by=Timing.month(2027, 3))
    make_outcome(cast.session, "on the 2nd", by=Timing.days(date(2027, 3, 2)))
    who = actor_of(cast.participant)
    in_order = ["on the 2nd", "in March", "some time in 2027", "no date"]
    assert [row.words for row in queries.list_outcomes(who, cast.track)] == in_order
    first = queries.page_of_outcomes(who, cast.track, size=3)
    rest = queries.page_of_outcomes(who, cast.track, size=3, cursor=first.next_cursor)
    assert [row.words for row in (*first.rows, *rest.rows)] == in_order
    assert rest.next_cursor == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, {"a", "b", "c"}),
        ({"kind": OutcomeKind.ACTION}, {"b"}),
        ({"state": OutcomeState.OPEN}, {"a", "b"}),
        ({"kind": OutcomeKind.ACTION, "state": OutcomeState.DONE}, set()),
    ],
)
def test_outcomes_are_narrowed_by_kind_and_state(cast: Cast, now: Any, asked: dict[str, Any], words: set[str]) -> None:
    make_outcome(cast.session, "a")
    make_outcome(cast.coming, "b", kind=OutcomeKind.ACTION)
    make_outcome(cast.session, "c", state=OutcomeState.DONE)
    make_outcome(cast.session, "removed", removed_at=now)
    who = actor_of(cast.facilitator)
    assert {row.words for row in queries.list_outcomes(who, cast.track, **asked)} == words
    assert queries.count_by_state(who, cast.track) == {
        OutcomeState.OPEN: 2,
        OutcomeState.DONE: 1,
        OutcomeState.DROPPED: 0,
    }
    assert {row.words for row in queries.list_of_session(who, cast.session)} == {"a", "c"}


def test_others_can_print_an_outcome_they_do_not_know(cast: Cast, now: Any) -> None:
    outcome = make_outcome(cast.session, "Mesurer la chaleur " * 20, language="fr", state=OutcomeState.DONE)
    removed = make_outcome(cast.session, removed_at=now)
    found = registries.cards([("outcome", outcome.id), ("outcome", removed.id)], actor_of(cast.participant))
    card = found.pop(outcome.id)
    assert found == {}
    assert (card.language, card.state) == ("fr", "done")
    assert card.title.endswith("…")
    assert len(card.title) <= 122
    assert card.href == f"/sessions/{cast.session.id}#outcome-{outcome.id}"


def test_the_languages_of_notes_are_known_by_session(cast: Cast) -> None:
    other = make_session(cast.track, "Third", number=3)
    for session, language in ((cast.session, "fr"), (cast.session, "ar"), (other, "es")):
        make_notes(session, language)
    found = queries.languages_of_notes(actor_of(cast.participant), cast.track)
    assert found == {cast.session.id: ["ar", "fr"], other.id: ["es"]}


def test_a_hand_is_handed_out_joined_and_forgotten_and_the_words_stay(cast: Cast, now: Any) -> None:
    kept = make_person("Kept Example")
    notes = make_notes(cast.session, changed_by=cast.facilitator.id)
    outcome = make_outcome(cast.session, noted_by=cast.facilitator.id)
    merge_person(kept.id, cast.facilitator.id, now)
    exported = export_person(kept.id)
    assert [row["body"] for row in exported["notes"]] == [notes.body]
    assert [row["words"] for row in exported["outcomes"]] == [outcome.words]
    assert export_person(cast.facilitator.id) == {"notes": [], "outcomes": []}
    erase_person(kept.id, now)
    assert (notes.changed_by, outcome.noted_by) == (None, None)
    assert notes.body
    assert outcome.words
