"""Which reflections whom a list shows, and what counting may tell."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from app.core.actors import VISITOR, Actor
from app.core.errors import NotFound
from app.extensions import db
from app.originals import queries as original_queries
from app.people.models import Person
from app.reflections import queries, services
from app.reflections.models import Reflection
from app.sessions.keys import facilitators_key
from app.sessions.models import Track, TrackMembership
from tests.conftest import START
from tests.make.people import make_member, make_person, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_session, make_track

Counter = Callable[[], AbstractContextManager[list[str]]]


@dataclass
class Cast:
    track: Track
    writer: Person
    author: Actor
    participant: Actor
    member: Actor
    secretary: Actor
    outsider: Actor
    visitor: Actor = VISITOR


@pytest.fixture
def cast(app: Flask) -> Cast:
    track = make_track()
    writer = make_participant(track)
    return Cast(
        track,
        writer,
        actor_of(writer),
        actor_of(make_participant(track)),
        actor_of(make_member()),
        actor_of(make_secretary()),
        actor_of(make_person()),
    )


READERS = ("author", "participant", "member", "secretary", "outsider", "visitor")


def readers_of(cast: Cast, reflection: Reflection) -> list[str]:
    """Who gets it, asked both by its address and in the list."""
    db.session.flush()
    by_list = [
        who for who in READERS if reflection.id in {r.id for r in queries.list_reflections(getattr(cast, who)).rows}
    ]
    by_address = []
    for who in READERS:
        try:
            queries.get_visible_reflection(getattr(cast, who), reflection.id)
        except NotFound:
            continue
        by_address.append(who)
    assert by_list == by_address
    return by_list


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("public", list(READERS)),
        ("network", ["author", "participant", "member", "secretary"]),
        ("", ["author", "participant", "secretary"]),
    ],
)
def test_the_audience_decides_who_reads(cast: Cast, audience: str, seen_by: list[str]) -> None:
    assert readers_of(cast, make_reflection(cast.track, cast.writer, audience=audience)) == seen_by


def test_withdrawn_words_are_for_their_author_alone(cast: Cast) -> None:
    reflection = make_reflection(cast.track, cast.writer, audience="public", withdrawn_at=START)

    assert readers_of(cast, reflection) == ["author"]


def test_erased_words_are_for_nobody(cast: Cast) -> None:
    reflection = make_reflection(cast.track, cast.writer, audience="public")
    services.erase_reflection(cast.author, reflection, now=START)

    assert readers_of(cast, reflection) == []


def test_who_left_the_track_still_sees_their_own_words(cast: Cast) -> None:
    reflection = make_reflection(cast.track, cast.writer)
    for membership in db.session.query(TrackMembership).filter_by(person_id=cast.writer.id):
        membership.left_at = START
    cast.author = actor_of(cast.writer)

    assert not cast.author.holds(reflection.audience)
    assert readers_of(cast, reflection) == ["author", "participant", "secretary"]


def test_unknown_is_like_unseen(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.get_visible_reflection(cast.secretary, uuid4())


def test_versions_and_translations_are_found_on_their_own_reflection_alone(cast: Cast) -> None:
    reflection, other = make_reflection(cast.track, cast.writer), make_reflection(cast.track, cast.writer)
    translation = make_translation(other)

    assert original_queries.get_version(reflection, 1).body
    assert original_queries.get_translation(other, translation.id) is translation
    with pytest.raises(NotFound):
        original_queries.get_version(reflection, 2)
    with pytest.raises(NotFound):
        original_queries.get_translation(reflection, translation.id)


def test_the_list_is_newest_first_and_goes_on_where_it_stopped(cast: Cast) -> None:
    written = [
        make_reflection(cast.track, cast.writer, audience="public", written_at=START - timedelta(hours=hours // 2))
        for hours in range(7)
    ]

    first = queries.list_reflections(VISITOR, size=4)
    second = queries.list_reflections(VISITOR, size=4, cursor=first.next_cursor)

    listed = [*first.rows, *second.rows]
    assert second.next_cursor == ""
    assert {row.id for row in listed} == {row.id for row in written}
    assert [row.written_at for row in listed] == sorted((row.written_at for row in written), reverse=True)


def test_a_spoilt_cursor_is_an_address_that_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.list_reflections(VISITOR, cursor="spoilt")


def test_the_list_is_filtered_by_language_and_track(cast: Cast) -> None:
    wanted = make_reflection(cast.track, cast.writer, audience="public", language="wo")
    make_reflection(cast.track, cast.writer, audience="public")
    elsewhere = make_reflection(audience="public", language="wo")

    found = queries.list_reflections(VISITOR, track_slug=cast.track.slug, language="wo").rows

    assert list(found) == [wanted]
    assert queries.languages_seen(VISITOR) == ["ar", "wo"]
    assert {slug for _id, slug in queries.tracks_seen(VISITOR)} == {cast.track.slug, elsewhere.track.slug}
    assert not queries.list_reflections(VISITOR, track_slug="no-such-track").rows


def test_a_draft_track_is_no_filter_for_those_who_do_not_see_it(cast: Cast) -> None:
    draft = make_track(audience=facilitators_key(uuid4()))
    make_reflection(draft, cast.writer, audience="public")

    assert queries.tracks_seen(VISITOR) == []
    assert not queries.list_reflections(VISITOR, track_slug=draft.slug).rows


def test_rooms_leave_out_what_their_reader_withdrew(cast: Cast) -> None:
    make_reflection(cast.track, cast.writer, withdrawn_at=START)

    assert not queries.list_newest(cast.author, track_id=cast.track.id, limit=5)
    assert queries.count_seen(cast.author, track_id=cast.track.id) == (0, 0)


def test_rooms_show_a_track_a_session_or_what_is_public(cast: Cast) -> None:
    session = make_session(cast.track)
    about_session = make_reflection(cast.track, cast.writer, session_id=session.id)
    public = make_reflection(cast.track, cast.writer, audience="public", written_at=START - timedelta(days=1))
    elsewhere = make_reflection(audience="public", written_at=START - timedelta(days=2))

    assert list(queries.list_newest(cast.author, track_id=cast.track.id, limit=5)) == [about_session, public]
    assert list(queries.list_newest(cast.author, session_id=session.id, limit=5)) == [about_session]
    assert list(queries.list_newest(cast.author, only_public=True, limit=5)) == [public, elsewhere]
    assert queries.count_seen(cast.author, session_id=session.id) == (1, 1)
    assert queries.count_written(session_id=session.id) == 1


def test_counts_stay_when_a_text_is_withdrawn_or_erased(cast: Cast) -> None:
    kept, withdrawn, erased = (make_reflection(cast.track, cast.writer, audience="public") for _ in range(3))
    services.withdraw(cast.author, withdrawn, now=START)
    services.erase_reflection(cast.author, erased, now=START)

    assert queries.count_written(track_id=cast.track.id) == 3
    assert queries.count_written() == 3
    assert queries.count_seen(VISITOR, track_id=cast.track.id) == (1, 1)
    assert [row.id for row in queries.list_newest(VISITOR, limit=9)] == [kept.id]


def test_the_current_words_are_those_of_the_newest_version(cast: Cast) -> None:
    twice = make_reflection(cast.track, cast.writer, "first", "second")
    once = make_reflection(cast.track, cast.writer, "only")

    bodies = {key: version.body for key, version in original_queries.current_versions([twice, once]).items()}
    assert bodies == {twice.id: "second", once.id: "only"}
    assert original_queries.current_versions([]) == {}


def test_ten_reflections_and_two_hundred_take_the_same_number_of_queries(
    app: Flask, cast: Cast, count_queries: Counter
) -> None:
    from app.reflections.showing import voices

    def read() -> int:
        db.session.expire_all()
        with app.test_request_context(), count_queries() as statements:
            page = queries.list_reflections(cast.participant, size=500)
            voices(cast.author, page.rows)
            return len(statements)

    def write(how_many: int) -> None:
        for _ in range(how_many):
            make_translation(make_reflection(cast.track, make_participant(cast.track), "a", "b"), make_member())

    write(10)
    few = read()
    write(190)
    db.session.expunge_all()

    assert read() == few
