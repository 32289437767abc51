"""What pages print: names, beginnings of texts, blocks that can be laid side by side."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core.actors import VISITOR
from app.originals.showing import (
    ALIGNED,
    BEGINNING,
    aligned_blocks,
    beginning_of,
    shown_by,
    shown_name,
    translation_beside,
    translator_names,
)
from app.people.models import Appearance
from app.reflections.models import Reflection
from tests.conftest import START
from tests.make.people import make_member, make_person, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_membership, make_track


@pytest.fixture
def reflection(app: Flask) -> Reflection:
    track = make_track()
    return make_reflection(track, make_participant(track, "Huda Example", place="Beirut"), audience="public")


def test_an_author_signs_with_name_and_place(reflection: Reflection) -> None:
    assert (shown_name(reflection), shown_by(reflection)) == ("Huda Example", "Huda Example، Beirut")


def test_a_signature_is_parted_as_the_language_of_the_text_does(reflection: Reflection) -> None:
    reflection.language = "fr"

    assert shown_by(reflection) == "Huda Example, Beirut"


def test_a_pseudonym_has_no_place(reflection: Reflection) -> None:
    reflection.pseudonym = "A neighbour"

    assert (shown_name(reflection), shown_by(reflection)) == ("A neighbour", "A neighbour")


def test_a_text_whose_author_is_not_known_has_no_name(reflection: Reflection) -> None:
    reflection.author = None

    assert shown_by(reflection) == "a former participant"


def test_a_translator_is_a_person_a_machine_or_forgotten(reflection: Reflection) -> None:
    by_person = make_translation(reflection, make_member("Rosa Example", appearance=Appearance.PUBLIC))
    by_machine = make_translation(reflection, language="es", machine="example-machine")
    forgotten = make_translation(reflection, language="pt")

    assert translator_names(VISITOR, reflection, START) == {
        by_person.id: "Rosa Example",
        by_machine.id: "example-machine",
        forgotten.id: "a former participant",
    }


@pytest.mark.parametrize(
    ("appearance", "read_by"),
    [
        (Appearance.NOBODY, {"mate", "secretary", "self"}),
        (Appearance.NETWORK, {"mate", "secretary", "self", "member"}),
        (Appearance.PUBLIC, {"mate", "secretary", "self", "member", "participant", "visitor"}),
    ],
)
def test_a_translator_is_named_as_the_person_agreed_to_appear(
    reflection: Reflection, appearance: Appearance, read_by: set[str]
) -> None:
    translator = make_member("Rosa Example", appearance=appearance)
    shared, other_person = make_track(), make_person()
    make_membership(shared, translator)
    make_membership(reflection.track, other_person)
    readers = {
        "mate": actor_of(make_participant(shared)),
        "secretary": actor_of(make_secretary()),
        "self": actor_of(translator),
        "member": actor_of(make_member()),
        "participant": actor_of(other_person),
        "visitor": VISITOR,
    }
    row = make_translation(reflection, translator)

    shown = {who: translator_names(actor, reflection, START)[row.id] for who, actor in readers.items()}

    assert {who for who, name in shown.items() if name == "Rosa Example"} == read_by
    assert set(shown.values()) <= {"Rosa Example", "a participant"}


def test_an_author_who_translates_keeps_the_pseudonym(reflection: Reflection) -> None:
    reflection.pseudonym = "A neighbour"

    row = make_translation(reflection, reflection.author)

    assert translator_names(VISITOR, reflection, START) == {row.id: "A neighbour"}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("fr", "fr"), ("pt-BR", "pt-BR"), ("xx", None), ("", None), (None, "en")],
)
def test_the_translation_beside_is_the_one_asked_for_else_the_pages(
    app: Flask, reflection: Reflection, wanted: str | None, shown: str | None
) -> None:
    for language in ("en", "fr", "pt-BR"):
        make_translation(reflection, language=language)

    with app.test_request_context():
        beside = translation_beside(reflection, wanted)

    assert (beside and beside.language) == shown


@pytest.mark.parametrize(("page", "shown"), [("pt", "pt-BR"), ("es", None), ("ar", None)])
def test_the_pages_language_finds_its_regional_form_and_needs_none_for_its_own(
    app: Flask, reflection: Reflection, page: str, shown: str | None
) -> None:
    for language in ("pt-BR", "ar-EG"):
        make_translation(reflection, language=language)

    with app.test_request_context(f"/?lang={page}"):
        beside = translation_beside(reflection, None)

    assert (beside and beside.language) == shown


def test_a_short_text_is_shown_whole() -> None:
    assert beginning_of("كلمة " * 3) == ("كلمة " * 3, True)


def test_a_long_text_is_cut_after_a_paragraph_or_a_word() -> None:
    paragraphs = f"{'word ' * 50}\n\n{'more ' * 200}"

    assert beginning_of(paragraphs) == ("word " * 49 + "word …", False)
    start, is_whole = beginning_of("word " * 400)
    assert start.endswith("word …")
    assert not is_whole


@given(st.text(alphabet="ab \n\u0301\u200dกำ漢😀", min_size=BEGINNING + 1, max_size=BEGINNING + 60))
def test_the_beginning_is_a_beginning_and_never_longer(body: str) -> None:
    start, is_whole = beginning_of(body)

    assert not is_whole
    assert body.startswith(start.removesuffix(" …"))
    assert len(start) <= BEGINNING + 2


def test_a_letter_keeps_its_marks() -> None:
    body = "x" * (BEGINNING - 1) + "e" + "\u0323" * 3 + "x" * 50

    start, _is_whole = beginning_of(body)

    assert not unicodedata.combining(body[len(start) - 2])


def test_texts_of_more_blocks_than_the_grid_has_lines_end_in_one_block() -> None:
    assert aligned_blocks("\n\n".join("word" for _ in range(ALIGNED + 20))).count("<div>") == 1
    assert aligned_blocks("one\n\ntwo").count("<p") == 2
