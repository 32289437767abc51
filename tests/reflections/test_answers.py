"""Answers beneath a text, and words of one text in another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actors import VISITOR, Actor
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.extensions import db
from app.originals import showing as original_showing
from app.people.models import Person
from app.reflections import queries, services, showing
from app.reflections.models import Quote, Reflection
from app.reflections.readers import Readers, readers_of
from app.reflections.services import Quoted
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_member
from tests.make.reflections import actor_of, make_participant, make_reflection
from tests.make.sessions import make_facilitator, make_session, make_track

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def track(app: Flask) -> Track:
    return make_track()


@pytest.fixture
def writer(track: Track) -> Person:
    return make_participant(track, "Huda Example")


@pytest.fixture
def reflection(track: Track, writer: Person) -> Reflection:
    return make_reflection(track, writer, "The roof is hot. The rent is high.", language="en")


@pytest.fixture
def reader(track: Track) -> Actor:
    return actor_of(make_participant(track, "Rosa Example"))


def answer(actor: Actor, answered: Reflection, readers: Readers = Readers.TRACK) -> Reflection:
    return services.answer_reflection(actor, answered, body="Así es.", language="es", readers=readers, now=START)


def quoting(actor: Actor, track: Track, quoted: Reflection, words: str = "The rent is high.") -> Reflection:
    return services.write_reflection(
        actor, track, body="Yes.", language="en", readers=Readers.PUBLIC,
        quotes=[Quoted(quoted.id, words)], now=START,
    )  # fmt: skip


# Answers


def test_an_answer_keeps_its_own_language_beneath_the_text_and_its_author_is_told(
    reflection: Reflection, reader: Actor, writer: Person
) -> None:
    reflection.session_id = make_session(reflection.track).id

    row = answer(reader, reflection)

    assert (row.answers_id, row.language, row.session_id) == (reflection.id, "es", reflection.session_id)
    assert list(queries.list_answers(reader, reflection)) == [row]
    assert queries.count_answers(reader, [reflection]) == {reflection.id: 1}
    notice = db.session.scalars(sa.select(Notice).where(Notice.kind == "reflections.answered")).one()
    assert notice.person_id == writer.id


def test_who_answers_themselves_is_told_nothing(reflection: Reflection, writer: Person) -> None:
    answer(actor_of(writer), reflection)

    assert not db.session.scalars(sa.select(Notice)).all()


def test_an_answer_is_not_answered(reflection: Reflection, reader: Actor) -> None:
    row = answer(reader, reflection)

    with pytest.raises(NotAllowed):
        answer(reader, row)


@pytest.mark.parametrize("hidden", ["withdrawn_at", "withheld_at"])
def test_nobody_answers_what_is_out_of_sight(reflection: Reflection, reader: Actor, hidden: str) -> None:
    setattr(reflection, hidden, START)

    with pytest.raises(NotAllowed):
        answer(reader, reflection)


def test_who_does_not_take_part_does_not_answer(reflection: Reflection) -> None:
    reflection.audience = "public"

    with pytest.raises(NotAllowed):
        answer(actor_of(make_member()), reflection)


def test_an_answer_has_no_more_readers_than_the_text(reflection: Reflection, reader: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        answer(reader, reflection, Readers.PUBLIC)
    assert refused.value.field == "audience"

    row = answer(reader, reflection)
    with pytest.raises(RuleBroken):
        services.change_readers(reader, row, readers=Readers.NETWORK, pseudonym="", now=START)


def test_answers_follow_a_text_whose_author_chooses_fewer_readers(
    reflection: Reflection, reader: Actor, writer: Person
) -> None:
    author = actor_of(writer)
    services.change_readers(author, reflection, readers=Readers.PUBLIC, pseudonym="", now=START)
    wide, narrow = answer(reader, reflection, Readers.PUBLIC), answer(reader, reflection)

    services.change_readers(author, reflection, readers=Readers.NETWORK, pseudonym="", now=START)
    db.session.expire_all()

    assert [readers_of(row.audience) for row in (wide, narrow)] == [Readers.NETWORK, Readers.TRACK]


@pytest.mark.parametrize("what", ["withdrawn", "withheld", "erased"])
def test_an_answer_stays_when_the_text_goes(reflection: Reflection, reader: Actor, writer: Person, what: str) -> None:
    row = answer(reader, reflection)
    if what == "erased":
        services.erase_reflection(actor_of(writer), reflection, now=START)
    else:
        setattr(reflection, f"{what}_at", START)
    db.session.flush()

    (voice,) = showing.voices(reader, [queries.get_visible_reflection(reader, row.id)])
    assert voice.answered == ""
    assert [one.id for one in queries.list_reflections(reader).rows] == [row.id]


def test_rooms_show_texts_and_the_list_answers_too(reflection: Reflection, reader: Actor) -> None:
    row = answer(reader, reflection)

    assert list(queries.list_newest(reader, track_id=reflection.track_id, limit=9)) == [reflection]
    listed = queries.list_reflections(reader).rows
    assert {one.id for one in listed} == {reflection.id, row.id}
    assert {voice.original.id: (voice.answers, voice.answered) for voice in showing.voices(reader, listed)} == {
        reflection.id: (1, ""),
        row.id: (0, "Huda Example"),
    }
    assert queries.count_written(track_id=reflection.track_id) == 2


# Quotes


def test_quoted_words_keep_their_language_and_the_name_their_author_chose(
    reflection: Reflection, reader: Actor, track: Track
) -> None:
    reflection.pseudonym = "A neighbour"
    row = quoting(reader, track, reflection)

    (quote,) = showing.quotes(queries.quotes_of(reader, [row])[row.id])

    assert (quote.language, quote.name, quote.quoted) == ("en", "A neighbour", reflection)
    assert "The rent is high." in quote.words
    assert row.quotes[0].quoted_version == 1


@pytest.mark.parametrize("words", ["The rent is low.", "", "  "])
def test_words_that_are_not_in_the_text_are_no_quote(
    reflection: Reflection, reader: Actor, track: Track, words: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        quoting(reader, track, reflection, words)
    assert refused.value.field == "quoted_words"


def test_a_quote_has_an_end(track: Track, writer: Person, reader: Actor) -> None:
    long = make_reflection(track, writer, "word " * 400, language="en")

    with pytest.raises(RuleBroken):
        quoting(reader, track, long, "word " * 300)


def test_nobody_quotes_what_they_do_not_read(reader: Actor, track: Track) -> None:
    elsewhere = make_reflection(make_track())

    for quoted_id in (elsewhere.id, uuid4()):
        with pytest.raises(RuleBroken):
            services.write_reflection(
                reader, track, body="x", language="en", readers=Readers.TRACK,
                quotes=[Quoted(quoted_id, "x")], now=START,
            )  # fmt: skip


@pytest.mark.parametrize("what", ["withdrawn", "withheld", "erased", "edited"])
def test_quoted_words_go_with_the_text_they_are_from(
    reflection: Reflection, reader: Actor, track: Track, writer: Person, what: str
) -> None:
    row, author = quoting(reader, track, reflection), actor_of(writer)
    if what == "erased":
        services.erase_reflection(author, reflection, now=START)
    elif what == "edited":
        services.edit_reflection(author, reflection, body="The roof is hot.", language="en", now=START)
    else:
        setattr(reflection, f"{what}_at", START)
    db.session.flush()

    (quote,) = showing.quotes(queries.quotes_of(reader, [row])[row.id])

    assert (quote.quoted, quote.words, quote.name) == (None, "", "")
    if what == "erased":
        assert db.session.scalars(sa.select(Quote.words)).all() == [""]


def test_a_quote_opens_no_door_to_words_for_others(reflection: Reflection, reader: Actor, track: Track) -> None:
    row = quoting(reader, track, reflection)

    assert queries.quotes_of(VISITOR, [row])[row.id][0].quoted is None


# Names


def test_the_name_of_somebody_else_of_the_track_is_no_pseudonym(track: Track, reader: Actor, writer: Person) -> None:
    facilitator = make_member("Léa Facilitator")
    make_facilitator(track, facilitator)
    for name in ("Huda Example", "huda  EXAMPLE", "Lea Facilitator"):
        with pytest.raises(RuleBroken) as refused:
            services.write_reflection(
                reader, track, body="x", language="en", readers=Readers.TRACK, pseudonym=name, now=START
            )
        assert refused.value.field == "pseudonym"

    for name in ("Huda", "Rosa Example", "A neighbour"):
        row = services.write_reflection(
            reader, track, body="x", language="en", readers=Readers.TRACK, pseudonym=name, now=START
        )
        assert row.pseudonym == name


def test_a_name_that_stands_already_may_stay(track: Track, reader: Actor) -> None:
    row = services.write_reflection(
        reader, track, body="x", language="en", readers=Readers.TRACK, pseudonym="Newcomer", now=START
    )
    make_participant(track, "Newcomer")

    services.change_readers(reader, row, readers=Readers.NETWORK, pseudonym="Newcomer", now=START)

    assert readers_of(row.audience) is Readers.NETWORK


def test_who_writes_for_somebody_is_named_to_those_who_may_know(track: Track, reader: Actor) -> None:
    helper = make_participant(track, "Helping Example")
    actor = Actor(reader.kind, reader.person_id, reader.keys, helper_id=helper.id)
    row = services.write_reflection(actor, track, body="x", language="en", readers=Readers.PUBLIC, now=START)

    assert row.written_down_by == helper.id
    assert original_showing.helper_names(reader, [row], START) == {row.id: "Helping Example"}
    assert original_showing.helper_names(VISITOR, [row], START) == {row.id: "a helper"}
    row.pseudonym = "A neighbour"
    assert original_showing.helper_names(reader, [row], START) == {row.id: "a helper"}
    row.written_down_by = None
    assert original_showing.helper_names(reader, [row], START) == {}


def test_answers_quotes_and_passages_take_the_same_number_of_queries(
    app: Flask, track: Track, reader: Actor, reflection: Reflection, count_queries: Counter
) -> None:
    def read() -> int:
        db.session.expunge_all()
        answered = db.session.get_one(Reflection, reflection_id)
        with app.test_request_context(), count_queries() as statements:
            showing.voices(reader, queries.list_answers(reader, answered))
            page = queries.list_voices(reader, track_id=track_id, size=500)
            showing.printed(reader, page.rows, "fr", START)
            return len(statements)

    reflection_id, track_id = reflection.id, track.id

    def fill(number: int) -> None:
        answered, there = db.session.get_one(Reflection, reflection_id), db.session.get_one(Track, track_id)
        for _number in range(number):
            answer(actor_of(make_participant(there)), answered)
            quoting(reader, there, answered)

    fill(5)
    few = read()
    fill(60)

    assert read() == few
