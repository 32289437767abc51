"""What an author and a translator may do, and what R-01 refuses."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from blinker import Signal
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.actors import Actor, job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.originals import services as originals
from app.originals.models import Original, OriginalVersion, Translation
from app.originals.words import LONGEST
from app.people.models import Person
from app.reflections import events, services
from app.reflections.models import Reflection
from app.reflections.readers import Readers, readers_of
from app.sessions.models import Track
from tests.make.people import make_member, make_secretary
from tests.make.reflections import (
    ARABIC,
    FRENCH,
    actor_of,
    make_participant,
    make_reflection,
    make_translation,
)
from tests.make.sessions import make_session, make_track


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


def codes_of(reflection: Reflection) -> list[str]:
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_id == reflection.id))
    return [line.code for line in lines]


def write(author: Actor, track: Track, now: datetime, **overrides: Any) -> Reflection:
    values = {"body": ARABIC, "language": "ar", "readers": Readers.TRACK} | overrides
    return services.write_reflection(author, track, **values, now=now)


# Writing


def test_a_participant_writes_for_the_track(author: Actor, track: Track, now: datetime, heard: Any) -> None:
    calls = heard(events.reflection_written)

    written = write(author, track, now)

    assert (written.language, written.version, written.written_at) == ("ar", 1, now)
    assert written.audience == f"track:{track.id}"
    assert written.author_id == author.person_id
    assert codes_of(written) == ["reflections.reflection.written"]
    assert [call["sender"] for call in calls] == [written]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(typed=st.text(min_size=1).map(lambda text: f"و{text}"))
def test_the_stored_original_is_what_was_typed_in_composed_unicode(
    typed: str, author: Actor, track: Track, now: datetime
) -> None:
    written = write(author, track, now, body=typed)
    db.session.flush()

    one_line_end = typed.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    assert body_of(written.id) == unicodedata.normalize("NFC", one_line_end)


@pytest.mark.parametrize(
    ("readers", "audience"), [(Readers.NETWORK, "network"), (Readers.PUBLIC, "public"), (Readers.TRACK, "track:")]
)
def test_the_author_chooses_the_readers(
    author: Actor, track: Track, now: datetime, readers: Readers, audience: str
) -> None:
    written = write(author, track, now, readers=readers)

    assert written.audience.startswith(audience)
    assert readers_of(written.audience) is readers


@pytest.mark.parametrize(
    ("written_as", "tag"), [("Wolof", "wo"), ("العربية", "ar"), ("pt-br", "pt-BR"), ("kikuyu", "ki")]
)
def test_a_language_is_given_by_name_or_tag(
    author: Actor, track: Track, now: datetime, written_as: str, tag: str
) -> None:
    assert write(author, track, now, language=written_as).language == tag


def test_an_unknown_language_is_refused_at_its_field(author: Actor, track: Track, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(author, track, now, language="Klingonese of the north")

    assert refused.value.field == "language"


@pytest.mark.parametrize("body", [" \n ", "x" * (LONGEST + 1)])
def test_no_words_and_too_many_are_refused_at_the_text(author: Actor, track: Track, now: datetime, body: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(author, track, now, body=body)

    assert refused.value.field == "body"


def test_a_pseudonym_is_kept_without_stray_blanks(author: Actor, track: Track, now: datetime) -> None:
    assert write(author, track, now, pseudonym="  Una  vecina ").pseudonym == "Una vecina"
    assert write(author, track, now, pseudonym="Qui\u202f?").pseudonym == "Qui\u202f?"


def test_a_pseudonym_that_is_too_long_is_refused_with_its_count(author: Actor, track: Track, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(author, track, now, pseudonym="x" * 81)

    assert refused.value.field == "pseudonym"
    assert "81" in str(refused.value.message)


def test_a_reflection_may_be_about_a_session_of_its_track(author: Actor, track: Track, now: datetime) -> None:
    session = make_session(track)

    assert write(author, track, now, session_id=session.id).session_id == session.id


def test_a_session_of_another_track_is_refused_at_its_field(author: Actor, track: Track, now: datetime) -> None:
    for elsewhere in (make_session().id, uuid4()):
        with pytest.raises(RuleBroken) as refused:
            write(author, track, now, session_id=elsewhere)
        assert refused.value.field == "session"


def test_who_does_not_take_part_does_not_write(track: Track, now: datetime) -> None:
    for person in (make_member(), make_secretary()):
        with pytest.raises(NotAllowed):
            write(actor_of(person), track, now)


# Editing


def test_each_edit_is_a_new_version_and_the_old_words_stay(
    author: Actor, reflection: Reflection, now: datetime
) -> None:
    later = now + timedelta(hours=1)

    services.edit_reflection(author, reflection, body="كلمات أخرى", language="ar", based_on=1, now=later)

    assert reflection.version == 2
    assert (reflection.written_at, reflection.changed_at) == (now, later)
    assert (body_of(reflection.id, 1), body_of(reflection.id, 2)) == (ARABIC, "كلمات أخرى")


def test_the_same_words_in_the_same_language_change_nothing(
    author: Actor, reflection: Reflection, now: datetime
) -> None:
    services.edit_reflection(author, reflection, body=ARABIC.replace("\n", "\r\n"), language="ar", now=now)

    assert reflection.version == 1
    assert codes_of(reflection) == []


def test_a_language_is_corrected_with_a_new_version(author: Actor, reflection: Reflection, now: datetime) -> None:
    services.edit_reflection(author, reflection, body=ARABIC, language="ur", now=now)

    assert (reflection.version, reflection.language) == (2, "ur")
    assert body_of(reflection.id, 2) == ARABIC


def test_a_language_that_has_a_translation_is_refused(author: Actor, reflection: Reflection, now: datetime) -> None:
    make_translation(reflection)

    with pytest.raises(RuleBroken) as refused:
        services.edit_reflection(author, reflection, body=ARABIC, language="fr", now=now)

    assert (refused.value.field, refused.value.rule) == ("language", "R-01")


def test_two_devices_do_not_overwrite_each_other(author: Actor, reflection: Reflection, now: datetime) -> None:
    services.edit_reflection(author, reflection, body="من الهاتف", language="ar", based_on=1, now=now)

    with pytest.raises(originals.ChangedMeanwhile):
        services.edit_reflection(author, reflection, body="من الحاسوب", language="ar", based_on=1, now=now)

    assert body_of(reflection.id, 2) == "من الهاتف"


def test_a_new_version_makes_translations_stale(author: Actor, reflection: Reflection, now: datetime) -> None:
    translation = make_translation(reflection)
    assert not translation.is_stale

    services.edit_reflection(author, reflection, body="جديد", language="ar", now=now)

    assert translation.is_stale
    assert translation.body == FRENCH


def test_an_edit_is_told(author: Actor, reflection: Reflection, now: datetime, heard: Any) -> None:
    calls = heard(events.reflection_edited)

    services.edit_reflection(author, reflection, body="جديد", language="ar", now=now)

    assert [(call["sender"], call["actor"]) for call in calls] == [(reflection, author)]


@pytest.mark.parametrize("service", ["edit_reflection", "change_readers", "withdraw", "bring_back", "erase_reflection"])
def test_nobody_but_the_author_touches_an_original(
    reader: Actor, reflection: Reflection, now: datetime, service: str
) -> None:
    extra: dict[str, Any] = {
        "edit_reflection": {"body": "x", "language": "ar"},
        "change_readers": {"readers": Readers.TRACK, "pseudonym": ""},
    }.get(service, {})

    for stranger in (reader, actor_of(make_secretary()), job("any")):
        with pytest.raises(NotAllowed):
            getattr(services, service)(stranger, reflection, **extra, now=now)


# Readers and name


def test_the_author_narrows_the_readers_and_takes_another_name(
    author: Actor, reflection: Reflection, now: datetime, heard: Any
) -> None:
    calls = heard(events.reflection_readers_changed)

    services.change_readers(author, reflection, readers=Readers.TRACK, pseudonym="Una vecina", now=now)

    assert (readers_of(reflection.audience), reflection.pseudonym) == (Readers.TRACK, "Una vecina")
    assert reflection.version == 1
    assert len(calls) == 1


def test_the_same_readers_and_name_change_nothing(author: Actor, reflection: Reflection, now: datetime) -> None:
    services.change_readers(author, reflection, readers=Readers.PUBLIC, pseudonym="", now=now)

    assert codes_of(reflection) == []


# Withdrawing and erasing


def test_the_author_withdraws_and_brings_back(author: Actor, reflection: Reflection, now: datetime, heard: Any) -> None:
    gone, back = heard(events.reflection_withdrawn), heard(events.reflection_brought_back)

    for _twice in range(2):
        services.withdraw(author, reflection, now=now)
    assert reflection.withdrawn_at == now
    for _twice in range(2):
        services.bring_back(author, reflection, now=now)

    assert reflection.withdrawn_at is None
    assert body_of(reflection.id) == ARABIC
    assert (len(gone), len(back)) == (1, 1)


def test_erasing_leaves_a_shell_with_date_and_track(
    author: Actor, reflection: Reflection, track: Track, now: datetime, heard: Any
) -> None:
    make_translation(reflection)
    reflection.pseudonym = "Una vecina"
    calls = heard(events.reflection_erased)

    services.erase_reflection(author, reflection, now=now + timedelta(days=1))
    db.session.expire_all()

    shell = db.session.get_one(Reflection, reflection.id)
    assert (shell.track_id, shell.written_at, shell.erased_at) == (track.id, now, now + timedelta(days=1))
    assert (shell.author_id, shell.pseudonym, shell.language) == (None, "", "")
    for gone in (OriginalVersion, Translation):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(gone)) == 0
    assert len(calls) == 1


def test_what_was_erased_meanwhile_is_not_there_any_more(
    author: Actor, reader: Actor, reflection: Reflection, now: datetime
) -> None:
    erased_elsewhere = sa.update(Original).where(Original.id == reflection.id).values(erased_at=now)
    db.session.execute(erased_elsewhere.execution_options(synchronize_session=False))

    with pytest.raises(NotFound):
        services.edit_reflection(author, reflection, body="x", language="ar", now=now)
    reflection.erased_at = None  # what this session still believes
    db.session.execute(erased_elsewhere.execution_options(synchronize_session=False))
    with pytest.raises(NotFound):
        originals.translate(reader, reflection, language="fr", body=FRENCH, now=now)
