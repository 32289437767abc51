"""The rooms of voices on the pages of others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask, g

from app.core.actors import VISITOR, Actor
from app.core.slots import parts
from app.moments.models import Status
from app.people.models import Person
from app.sessions.models import LearningSession, Track
from tests.conftest import START
from tests.make.people import sign_in
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_session, make_track


@pytest.fixture
def track(app: Flask) -> Track:
    return make_track()


def room_for(app: Flask, slot: str, person: Person | None = None, **values: Track | LearningSession) -> str:
    """What the slot holds for a person, inside a request as a page would make it."""
    client = app.test_client()
    if person:
        sign_in(client, person)
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in client._cookies.values())
    actor: Actor = actor_of(person) if person else VISITOR
    for kept in ("actor", "_login_user"):  # the app context of the test outlives its requests
        g.pop(kept, None)
    with app.test_request_context(headers={"Cookie": cookies}):
        return "".join(parts(slot, actor, **values))


def test_the_way_to_write_stands_at_the_top_for_the_people_of_the_track(app: Flask, track: Track) -> None:
    shown = room_for(app, "sessions.track_member", make_participant(track), track=track)
    assert f"/tracks/{track.slug}/" in shown
    assert "Write a reflection" in shown
    assert room_for(app, "sessions.track_member", track=track) == ""


def test_a_track_invites_its_people_to_open_the_room(app: Flask, track: Track) -> None:
    for_participant = room_for(app, "sessions.track", make_participant(track), track=track)
    for_visitor = room_for(app, "sessions.track", track=track)

    assert f"/tracks/{track.slug}/reflections/new" in for_participant
    assert "The first voice opens the room." in for_participant
    assert "reflections/new" not in for_visitor


def test_a_track_shows_new_voices_how_many_and_in_how_many_languages(app: Flask, track: Track) -> None:
    person = make_participant(track)
    for number, language in enumerate(("ar", "fr", "wo", "es", "es")):
        row = make_reflection(track, person, language=language, written_at=START - timedelta(hours=number))
    make_translation(row)

    room = room_for(app, "sessions.track", person, track=track)

    assert room.count("<blockquote") == 4
    assert "5 reflections in 4 languages" in room
    assert "All 5 reflections" in room
    assert "Write a reflection" in room


def test_the_count_stays_where_some_are_not_for_the_reader(app: Flask, track: Track) -> None:
    make_reflection(track)
    make_reflection(track, audience="public", withdrawn_at=START)
    make_reflection(track, audience="public")

    room = room_for(app, "sessions.track", track=track)

    assert "3 reflections were written here; you may read 1" in room
    assert room.count("<blockquote") == 1


def test_one_voice_is_counted_in_the_singular(app: Flask, track: Track) -> None:
    make_reflection(track, audience="public")

    assert "1 reflection in one language" in room_for(app, "sessions.track", track=track)


def test_a_session_shows_what_was_written_about_it(app: Flask, track: Track) -> None:
    session = make_session(track, wall_start=datetime(2026, 11, 14, 17))
    person = make_participant(track)
    assert f"reflections/new?session={session.id}" in room_for(app, "sessions.session", person, session=session)
    assert room_for(app, "sessions.session", session=session).strip() == ""

    make_reflection(track, person, "About the session", session_id=session.id)
    make_reflection(track, person, "About the track")

    room = room_for(app, "sessions.session", person, session=session)
    assert "About the session" in room
    assert "About the track" not in room


def test_a_session_that_has_not_begun_or_was_called_off_asks_for_no_voice(app: Flask, track: Track) -> None:
    person = make_participant(track)
    past = datetime(2026, 11, 14, 17)
    for session in (make_session(track), make_session(track, wall_start=past, status=Status.CANCELLED)):
        assert room_for(app, "sessions.session", person, session=session).strip() == ""


def test_the_front_page_shows_public_voices_of_different_languages(app: Flask, track: Track) -> None:
    assert room_for(app, "home.front") == ""
    make_reflection(track, None, "Oldest", audience="public", language="fr", written_at=START - timedelta(days=9))
    make_reflection(track, None, "Newer", audience="public")
    make_reflection(track, None, "Newest", audience="public", written_at=START + timedelta(hours=1))
    make_reflection(track, None, "Not public", written_at=START + timedelta(days=1))

    room = room_for(app, "home.front")

    assert [word in room for word in ("Newest", "Oldest", "Newer", "Not public")] == [True, True, False, False]


def test_a_front_page_of_one_language_shows_the_newest(app: Flask, track: Track) -> None:
    for number in range(3):
        make_reflection(track, None, f"Words {number}", audience="public", written_at=START + timedelta(hours=number))

    room = room_for(app, "home.front")

    assert [f"Words {number}" in room for number in range(3)] == [False, True, True]
