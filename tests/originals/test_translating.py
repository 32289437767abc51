"""Translations beside an original, and what R-01 refuses; reflections stand for every kind."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from blinker import Signal
from flask import Flask

from app.core.actors import Actor, job
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.originals import events as original_events
from app.originals import services as originals
from app.originals.models import OriginalVersion, Translation
from app.originals.words import LONGEST_TRANSLATION
from app.people.models import Person
from app.reflections import services
from app.reflections.models import Reflection
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_person
from tests.make.reflections import (
    ARABIC,
    FRENCH,
    actor_of,
    make_participant,
    make_reflection,
    make_translation,
)
from tests.make.sessions import make_track


@pytest.fixture
def track(app: Flask) -> Track:
    return make_track()


@pytest.fixture
def writer(track: Track) -> Person:
    return make_participant(track, "هدى مثال")


@pytest.fixture
def author(writer: Person) -> Actor:
    return actor_of(writer)


@pytest.fixture
def reflection(track: Track, writer: Person) -> Reflection:
    return make_reflection(track, writer, audience="public")


@pytest.fixture
def reader(track: Track) -> Actor:
    return actor_of(make_participant(track, "Rosa Ejemplo"))


@pytest.fixture
def heard() -> Any:
    """Return a function that listens to a signal and gives the list of what it hears."""
    receivers = []

    def listen(signal: Signal) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def receive(sender: Any, **given: Any) -> None:
            calls.append({"sender": sender} | given)

        receivers.append(receive)
        signal.connect(receive)
        return calls

    return listen


def body_of(reflection_id: UUID, number: int = 1) -> str:
    body = sa.select(OriginalVersion.body).where(
        OriginalVersion.original_id == reflection_id, OriginalVersion.number == number
    )
    return db.session.scalars(body).one()


def test_a_translation_stands_beside_the_untouched_original(
    reader: Actor, reflection: Reflection, now: datetime, heard: Any
) -> None:
    calls = heard(original_events.translation_written)

    row = originals.translate(reader, reflection, language="fr", body=FRENCH, now=now)

    assert (row.language, row.body, row.translator_id, row.machine) == ("fr", FRENCH, reader.person_id, "")
    assert (row.of_version, row.reviewed_at) == (1, None)
    assert reflection.translations == [row]
    assert body_of(reflection.id) == ARABIC
    assert [call["translation"] for call in calls] == [row]


def test_a_machine_signs_with_its_name(reflection: Reflection, now: datetime) -> None:
    row = originals.translate(job("x"), reflection, language="fr", body=FRENCH, machine="example-machine", now=now)

    assert (row.translator_id, row.machine) == (None, "example-machine")


def test_a_translation_follows_the_version_the_translator_read(
    author: Actor, reader: Actor, reflection: Reflection, now: datetime
) -> None:
    services.edit_reflection(author, reflection, body="جديد", language="ar", now=now)

    row = originals.translate(reader, reflection, language="fr", body=FRENCH, of_version=1, now=now)

    assert row.is_stale


@pytest.mark.parametrize(("said", "kept"), [(0, 1), (1, 1), (7, 1)])
def test_a_version_that_never_was_is_not_believed(
    reader: Actor, reflection: Reflection, now: datetime, said: int, kept: int
) -> None:
    row = originals.translate(reader, reflection, language="fr", body=FRENCH, of_version=said, now=now)

    assert row.of_version == kept


def test_the_originals_own_language_is_refused(reader: Actor, reflection: Reflection, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        originals.translate(reader, reflection, language="Arabic", body=ARABIC, now=now)

    assert (refused.value.field, refused.value.rule) == ("language", "R-01")


def test_a_second_translation_into_a_language_is_refused_by_name(
    reader: Actor, reflection: Reflection, now: datetime
) -> None:
    first = make_translation(reflection)

    with pytest.raises(originals.AlreadyTranslated) as refused:
        originals.translate(reader, reflection, language="fr", body="Autrement", now=now)

    assert refused.value.field == "language"
    assert reflection.translations == [first]


@pytest.mark.parametrize("body", ["", "x" * (LONGEST_TRANSLATION + 1)])
def test_a_translation_needs_words_and_has_a_limit(
    reader: Actor, reflection: Reflection, now: datetime, body: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        originals.translate(reader, reflection, language="fr", body=body, now=now)

    assert refused.value.field == "body"


def test_who_is_not_of_the_network_does_not_translate(reflection: Reflection, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        originals.translate(actor_of(make_person()), reflection, language="fr", body=FRENCH, now=now)


def test_an_edited_translation_waits_for_a_new_review(
    author: Actor, reader: Actor, reflection: Reflection, now: datetime
) -> None:
    row = originals.translate(reader, reflection, language="fr", body=FRENCH, now=now)
    for _twice in range(2):
        originals.review_translation(author, row, now=now)
    assert row.reviewed_at == now
    services.edit_reflection(author, reflection, body="جديد", language="ar", now=now)

    originals.edit_translation(reader, row, body="Nouveau", now=now)

    assert (row.body, row.of_version, row.reviewed_at) == ("Nouveau", 2, None)


def test_only_the_translator_edits_and_only_the_author_reviews(
    author: Actor, reader: Actor, reflection: Reflection, now: datetime
) -> None:
    row = originals.translate(reader, reflection, language="fr", body=FRENCH, now=now)

    with pytest.raises(NotAllowed):
        originals.edit_translation(author, row, body="Autre", now=now)
    with pytest.raises(NotAllowed):
        originals.review_translation(reader, row, now=now)


@pytest.mark.parametrize("by_author", [True, False])
def test_removing_a_translation_leaves_the_original_untouched(
    author: Actor, reader: Actor, reflection: Reflection, heard: Any, by_author: bool
) -> None:
    row = originals.translate(reader, reflection, language="fr", body=FRENCH, now=START)
    calls = heard(original_events.translation_removed)

    originals.remove_translation(author if by_author else reader, row, now=START)

    assert reflection.translations == []
    assert body_of(reflection.id) == ARABIC
    assert (reflection.version, reflection.language) == (1, "ar")
    assert [call["language"] for call in calls] == ["fr"]


def test_a_stranger_removes_no_translation(reader: Actor, track: Track, reflection: Reflection, now: datetime) -> None:
    row = originals.translate(reader, reflection, language="fr", body=FRENCH, now=now)

    with pytest.raises(NotAllowed):
        originals.remove_translation(actor_of(make_participant(track)), row, now=now)


def test_a_translation_removed_elsewhere_is_not_there_any_more(
    author: Actor, reader: Actor, reflection: Reflection, now: datetime
) -> None:
    row = make_translation(reflection, db.session.get_one(Person, reader.person_id))
    db.session.execute(
        sa.delete(Translation).where(Translation.id == row.id).execution_options(synchronize_session=False)
    )

    with pytest.raises(NotFound):
        originals.review_translation(author, row, now=now)
