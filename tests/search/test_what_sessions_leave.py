"""Materials, announcements and outcomes: found by those who see their pages, as they are now, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.announcements import services as announcements
from app.core.actors import PUBLIC, SECRETARIAT, VISITOR, Actor
from app.core.registries import actor_at, cards
from app.extensions import db
from app.materials import services as materials
from app.materials.models import Material
from app.materials.readers import Readers
from app.materials.searching import narrowest
from app.outcomes import services as outcomes
from app.outcomes.models import OutcomeKind, OutcomeState
from app.outcomes.services import Agreed, digest_of
from app.search import jobs, queries, services
from app.search.models import SearchEntry, SearchProgress
from app.sessions import services as sessions
from app.sessions.keys import track_key
from tests.conftest import START
from tests.make.announcements import make_announcement
from tests.make.materials import make_material
from tests.make.moments import hours
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_secretary
from tests.make.reflections import make_participant
from tests.make.sessions import make_facilitator, make_session, make_track


@pytest.fixture
def track(app, now):
    return make_track("Land")


@pytest.fixture
def leader(track) -> Actor:
    person = make_member("Example Leader")
    make_facilitator(track, person)
    return actor_at(person.id, START)


@pytest.fixture
def participant(track) -> Actor:
    return actor_at(make_participant(track).id, START)


@pytest.fixture
def elsewhere(app, now) -> Actor:
    """A member of the network who takes part in another track."""
    return actor_at(make_participant(make_track("Water")).id, START)


def found(typed: str, actor: Actor = VISITOR) -> dict[str, int]:
    """Commit, and return how many things of each kind are found; whatever is counted has a card, and is shown."""
    db.session.commit()
    finds = queries.find(actor, typed)
    rows = [(one.kind, one.object_id) for one in finds.page.rows]
    assert len(cards(rows, actor)) == len(rows) == sum(finds.counts.values())
    return finds.counts


def add_link(actor: Actor, track, title: str, readers: Readers, **more: Any) -> Material:
    return materials.add_link(
        actor, track, title=title, url="https://example.org/x", language="en", readers=readers, **more, now=START
    )


def test_material_is_found_by_its_title_as_it_is_now(track, leader, participant):
    row = add_link(leader, track, "Atlas of rivers", Readers.PUBLIC)
    assert found("atlas") == found("rivers", participant) == {"material": 1}
    values = {"url": row.url, "language": "fr", "session_id": None, "now": START}
    materials.edit_material(leader, row, title="Cartes", readers=Readers.TRACK, **values)
    assert (found("atlas", participant), found("carte", participant), found("carte")) == ({}, {"material": 1}, {})
    materials.edit_material(leader, row, title="Cartes", readers=Readers.PUBLIC, **values)
    assert found("carte") == {"material": 1}
    materials.remove_material(leader, row, now=START)
    assert (found("carte", leader), rows_of("material")) == ({}, [])


def test_nobody_else_learns_that_material_for_participants_exists(track, leader, participant, elsewhere):
    session = make_session(track, "Walk")
    add_link(leader, track, "Hidden atlas", Readers.TRACK)
    add_link(leader, track, "Hidden atlas of the walk", Readers.TRACK, session_id=session.id)
    assert found("atlas") == found("atlas", elsewhere) == {}
    assert queries.find(elsewhere, "atlas").languages == ()
    secretary = actor_at(make_secretary().id, START)
    assert found("atlas", participant) == found("atlas", leader) == found("atlas", secretary) == {"material": 2}


def test_public_material_of_a_draft_waits_for_its_track(app, now):
    secretary = actor_at(make_secretary().id, START)
    draft = sessions.create_track(secretary, make_track().phase, names={"en": "Soil"}, now=now)
    session = make_session(draft, "Walk")
    session.moment.audience = draft.audience
    add_link(secretary, draft, "Atlas", Readers.PUBLIC)
    add_link(secretary, draft, "Atlas of the walk", Readers.PUBLIC, session_id=session.id)
    reader = actor_at(make_participant(draft).id, START)
    assert (found("atlas"), found("atlas", reader)) == ({}, {"material": 2})
    sessions.publish_track(secretary, draft, now=now)
    assert found("atlas") == {"material": 2}
    sessions.unpublish_track(secretary, draft, now=now)
    assert (found("atlas"), found("atlas", reader)) == ({}, {"material": 2})


def test_copied_material_is_found_beside_its_original(track, leader):
    session = make_session(track, "Walk")
    add_link(leader, track, "Atlas", Readers.PUBLIC, session_id=session.id)
    assert found("atlas") == {"material": 1}
    values = {"names": {"en": "Again"}, "timing": hours("2027-06-05 18:00", "2027-06-05 20:00"), "now": START}
    sessions.copy_session(leader, session, track=track, chosen=("materials",), **values)
    assert found("atlas") == {"material": 2}


def test_what_two_audiences_guard_is_for_those_of_both():
    people = "track:00000000-0000-0000-0000-000000000001"
    assert narrowest(PUBLIC, PUBLIC) == PUBLIC
    assert narrowest(PUBLIC, people, people) == people
    assert narrowest(people, "track:00000000-0000-0000-0000-000000000002") == SECRETARIAT


def test_an_announcement_is_found_by_the_people_of_the_track_until_it_is_taken_back(
    track, leader, participant, elsewhere
):
    values = {"subject": "Bring your maps", "body": "We *draw* on Saturday.", "language": "en"}
    row = announcements.announce(leader, track, **values, now=START)
    assert found("maps", participant) == found("draw", participant) == {"announcement": 1}
    assert found("maps") == found("maps", elsewhere) == {}
    assert found("Example Leader", participant) == {}, "nobody is found by name"
    announcements.remove_announcement(leader, row, now=START)
    assert (found("maps", leader), rows_of("announcement")) == ({}, [])


def test_an_outcome_is_found_by_the_people_of_the_track_as_it_was_agreed(track, leader, participant, elsewhere):
    session = make_session(track, "Walk")
    agreed = Agreed(OutcomeKind.ACTION, "Measure the heat.", "en", who="Amina Example", with_whom="Bola Example")
    row = outcomes.note_outcome(leader, session, agreed, now=START)
    assert found("measuring", participant) == {"outcome": 1}
    assert found("measuring") == found("measuring", elsewhere) == {}
    assert found("amina", participant) == found("bola", participant) == {}, "nobody is found by name"
    changed = Agreed(OutcomeKind.ACTION, "Medir el calor.", "es")
    outcomes.change_outcome(leader, row, changed, filled_from=digest_of(row), now=START)
    assert (found("measuring", participant), found("calor", participant)) == ({}, {"outcome": 1})
    outcomes.set_state(leader, row, state=OutcomeState.DONE, now=START)
    assert found("calor", participant) == {"outcome": 1}
    outcomes.remove_outcome(leader, row, now=START)
    assert (found("calor", leader), rows_of("outcome")) == ({}, [])


def test_who_left_the_track_finds_none_of_it(track, leader):
    session, person = make_session(track, "Walk"), make_member()
    make_announcement(track, person, subject="Heat")
    make_outcome(session, "Heat")
    make_material(track, "Heat", audience=track_key(track.id))
    services.begin_anew()
    jobs.fill(START)
    assert found("heat", leader) == {"material": 1, "announcement": 1, "outcome": 1}
    assert found("heat", actor_at(person.id, START)) == {}


def test_an_older_house_that_was_written_before_gets_the_new_kinds_without_a_hand(track, participant):
    """Its index is complete but for these kinds: the worker begins at their first thing, and leaves the others."""
    session = make_session(track, "Walk")
    make_announcement(track, make_member(), subject="Heat")
    make_announcement(track, make_member(), subject="Heat, taken back", removed_at=START)
    make_outcome(session, "Heat")
    make_outcome(session, "Heat, by mistake", removed_at=START)
    make_material(track, "Heat")
    jobs.fill(START)
    new = ("material", "announcement", "outcome")
    for table in (SearchProgress, SearchEntry):
        db.session.execute(sa.delete(table).where(table.kind.in_(new)))
    assert found("heat", participant) == {}
    assert jobs.fill(START) == 5
    assert found("heat", participant) == dict.fromkeys(new, 1)
    assert jobs.fill(START) == 0


def rows_of(kind: str) -> list[SearchEntry]:
    return list(db.session.scalars(sa.select(SearchEntry).where(SearchEntry.kind == kind)))


def test_every_row_of_the_index_stands_for_what_somebody_sees(track, participant):
    """What one finds and what one sees on the pages are the same, for each reader."""
    session = make_session(track, "Walk")
    unseen = make_session(track, "Hidden walk")
    unseen.moment.audience = track_key(track.id)
    author = make_member()
    things: list[tuple[str, Any]] = [
        *(("material", make_material(track, "Heat", audience=key)) for key in (PUBLIC, track_key(track.id))),
        *(("material", make_material(track, "Heat", session_id=row.id)) for row in (session, unseen)),
        ("announcement", make_announcement(track, author, subject="Heat")),
        ("outcome", make_outcome(session, "Heat")),
    ]
    services.begin_anew()
    jobs.fill(START)
    for actor in (VISITOR, participant, actor_at(author.id, START)):
        seen = set(cards([(kind, row.id) for kind, row in things], actor))
        assert {one.object_id for one in queries.find(actor, "heat").page.rows} == seen
