"""Another kind of original needs a few lines, and has everything: versions, translations, the list, search, erasing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import app as house
from app.core import registries
from app.core.actors import VISITOR
from app.core.errors import NotAllowed
from app.extensions import db
from app.originals import kinds, queries, services, showing
from app.originals.models import Original
from app.originals.services import Change
from app.people.models import Person
from tests.conftest import START, build_app, undone_after
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_person, sign_in
from tests.make.reflections import actor_of, make_reflection
from tests.originals import notes
from tests.originals.notes import Note, write_note

WORDS = "Notre quartier tient debout.\n\nVenez voir."
IN_SPANISH = "Nuestro barrio resiste.\n\nVengan a ver."
LATER = START + timedelta(days=1)


@pytest.fixture(scope="module")
def house_with_notes(new_address: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with notes in it, on a database of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "PACKAGES", (*house.PACKAGES, notes))
        patch.setattr(kinds, "_kinds", dict(kinds._kinds))
        built = build_app(new_address(), tmp_path_factory.mktemp("instance"))
        yield built
        with built.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def wider_house(house_with_notes: Flask, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[Flask]:
    monkeypatch.setattr(notes, "told", [])
    monkeypatch.setattr(notes, "erased", [])
    with undone_after(house_with_notes):
        yield house_with_notes


@pytest.fixture
def author(wider_house: Flask) -> Person:
    return make_member("Amina Exemple", languages=("fr",))


@pytest.fixture
def note(author: Person) -> Note:
    written = write_note(actor_of(author), body=WORDS, language="fr", now=START)
    db.session.commit()
    return written


def browser(wider_house: Flask, person: Person) -> Reader:
    db.session.commit()
    return Reader(sign_in(wider_house.test_client(), person))


def test_it_keeps_versions_and_nobody_but_its_author_changes_it(author: Person, note: Note) -> None:
    another = actor_of(make_member())

    with pytest.raises(NotAllowed):
        services.write_version(another, note, body="x", language="fr", now=LATER)
    for refused in (services.withdraw, services.erase):
        with pytest.raises(NotAllowed):
            refused(another, note, now=LATER)
    change = services.write_version(actor_of(author), note, body="Autrement.", language="fr", now=LATER)

    assert (change, [version.body for version in note.versions]) == (Change.WORDS, [WORDS, "Autrement."])
    again = services.write_version(actor_of(author), note, body="Autrement.", language="fr", now=LATER)
    assert not again


def test_it_is_translated_reviewed_and_removed_on_pages_under_its_own_address(
    wider_house: Flask, author: Person, note: Note
) -> None:
    reader = browser(wider_house, make_member("Rosa Ejemplo", languages=("es", "fr")))
    page = reader.open(f"/boards/main/notes/{note.id}")
    assert "Nobody has translated this note." in page.text
    page = reader.open(f"/boards/main/notes/{note.id}/translations/new")
    assert page.title.text.startswith("Translate a text by Amina Exemple")
    assert "Text by Amina Exemple" in " ".join(page.text.split())

    reader.send(has="body", language="es", body=IN_SPANISH)

    assert reader.path == f"/boards/main/notes/{note.id}"
    assert [p.get_text() for p in reader.page.select(".beside-original > p")] == WORDS.split("\n\n")
    assert [p.get_text() for p in reader.page.select(".beside-translation > p")] == IN_SPANISH.split("\n\n")
    assert len(notes.told) == 1
    (translation,) = note.translations
    one = f"/boards/main/notes/{note.id}/translations/{translation.id}"
    reader.open(f"{one}/edit")
    reader.send(has="body", body="Nuestro barrio.")
    writer = browser(wider_house, author)
    writer.open(f"/boards/main/notes/{note.id}?with=es")
    writer.send(action="/review")
    assert "reviewed by the author" in writer.text
    writer.open(f"{one}/remove")
    writer.send(action="/remove")
    assert writer.path == f"/boards/main/notes/{note.id}"
    assert note.translations == []


def test_elsewhere_unseen_or_of_another_kind_it_is_not_found(wider_house: Flask, author: Person, note: Note) -> None:
    reflection = make_reflection(audience="network")
    stranger, member = make_person("A Stranger"), make_member()
    assert browser(wider_house, member).open(f"/boards/main/notes/{note.id}")
    for person, address in (
        (member, f"/boards/other/notes/{note.id}/translations/new"),
        (member, f"/boards/main/notes/{reflection.id}/translations/new"),
        (member, f"/reflections/{note.id}/translations/new"),
        (stranger, f"/boards/main/notes/{note.id}/translations/new"),
    ):
        assert browser(wider_house, person).client.get(address).status_code == 404


def test_what_remains_to_translate_holds_all_kinds_in_one_list(wider_house: Flask, author: Person, note: Note) -> None:
    reflection = make_reflection(audience="network", written_at=LATER)
    translator = make_member("Rosa Ejemplo", languages=("es", "fr", "ar"))
    services.offer_languages(actor_of(translator), ["es"], now=START)
    actor = actor_of(translator)

    assert queries.list_untranslated(actor, into="es").rows == [note, reflection]
    with wider_house.test_request_context():
        assert set(showing.cards(actor, [note, reflection])) == {note.id, reflection.id}
    page = browser(wider_house, translator).open("/reflections/translations?into=es")
    leads_to = [link["href"] for link in page.select(".stack a.button--outlined")]
    assert leads_to == [
        f"/boards/main/notes/{note.id}/translations/new?into=es",
        f"/reflections/{reflection.id}/translations/new?into=es",
    ]


def test_a_list_of_many_of_both_kinds_takes_as_many_queries_as_of_few(wider_house: Flask, author: Person) -> None:
    actor, writer = actor_of(make_member()), actor_of(author)

    connection = db._app_engines[wider_house][None]

    def statements() -> int:
        db.session.commit()
        db.session.expunge_all()
        sent: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *given: sent.append(given[2]))
        with wider_house.test_request_context():
            showing.cards(actor, queries.list_untranslated(actor, into="es").rows)
        return len([one for one in sent if "SAVEPOINT" not in one])

    for _ in range(2):
        make_reflection(audience="network")
        write_note(writer, body=WORDS, language="fr", now=START)
    statements()
    few = statements()
    for _ in range(6):
        make_reflection(audience="network")
        write_note(writer, body=WORDS, language="fr", now=START)
    assert statements() == few


def test_who_is_not_of_the_network_finds_only_what_they_take_part_in(wider_house: Flask, note: Note) -> None:
    note.audience = "public"
    outsider = actor_of(make_person("Example Outsider"))

    assert queries.list_untranslated(outsider, into="es").rows == []
    assert queries.readable_ids(outsider, [note.id]) == {note.id}


def test_it_is_found_by_its_words(note: Note) -> None:
    (document,) = notes.documents([note.id])

    assert (document.kind, document.language, document.text, document.part_of) == ("note", "fr", WORDS, None)


def test_a_person_who_is_erased_leaves_shells_of_every_kind(author: Person, note: Note) -> None:
    registries.erase_person(author.id, LATER)
    db.session.expire_all()

    shell = db.session.scalars(sa.select(Original)).one()
    assert (shell.author_id, shell.versions, shell.language, shell.erased_at) == (None, [], "", LATER)
    assert notes.erased == [note.id]
    assert queries.readable_ids(VISITOR, [note.id]) == set()


def test_two_persons_who_are_one_have_the_texts_of_both(author: Person, note: Note) -> None:
    kept = make_member()
    registries.merge_person(kept.id, author.id, LATER)
    db.session.expire_all()

    assert note.author_id == kept.id
