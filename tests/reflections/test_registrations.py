"""What the house asks of reflections: cards, a person's data, merging and erasing a person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import registries
from app.core.actors import VISITOR
from app.extensions import db
from app.originals.showing import translator_names
from app.reflections.models import Quote, Reflection
from app.reflections.registrations import export_person
from tests.conftest import START
from tests.make.people import make_member
from tests.make.reflections import ARABIC, FRENCH, actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_session, make_track


@pytest.fixture
def reflection(app: Flask) -> Reflection:
    track = make_track()
    return make_reflection(track, make_participant(track, "Huda Example"), audience="public")


def test_a_card_bears_the_name_shown(reflection: Reflection) -> None:
    card = registries.cards([("reflection", reflection.id)], VISITOR)[reflection.id]

    assert (card.title, card.href, card.language, card.state) == (
        "Huda Example",
        f"/reflections/{reflection.id}",
        "ar",
        "",
    )


def test_a_card_never_gives_away_who_stands_behind_a_pseudonym(reflection: Reflection) -> None:
    reflection.pseudonym = "A neighbour"
    db.session.flush()

    card = registries.cards([("reflection", reflection.id)], VISITOR)[reflection.id]

    assert card.title == "A neighbour"
    assert "Huda" not in repr(card)
    assert str(reflection.author_id) not in repr(card)


def test_what_one_cannot_read_has_no_card(reflection: Reflection) -> None:
    reflection.withdrawn_at = START
    db.session.flush()
    assert reflection.author

    assert registries.cards([("reflection", reflection.id)], VISITOR) == {}
    own = registries.cards([("reflection", reflection.id)], actor_of(reflection.author))
    assert own[reflection.id].state == "withdrawn"


def test_a_person_takes_everything_along(reflection: Reflection) -> None:
    assert reflection.author
    reflection.session_id = make_session(reflection.track).id
    reflection.withdrawn_at = START
    other = make_reflection()
    make_translation(other, reflection.author, reviewed_at=START)
    make_translation(make_reflection(), reflection.author, language="es")

    exported = registries.export_person(reflection.author.id)

    assert json.loads(json.dumps(exported)) == exported
    texts = exported["reflections"]["reflections"]
    assert [row["versions"][0]["body"] for row in texts] == [ARABIC]
    assert texts[0]["readers"] == "public"
    assert sorted(row["language"] for row in exported["originals"]["translations"]) == ["es", "fr"]
    nobody = registries.export_person(make_member().id)
    assert not any([*nobody["reflections"].values(), *nobody["originals"].values()])


@pytest.mark.parametrize(
    "hidden",
    [{"withdrawn_at": START}, {"withheld_at": START}, {"audience": "track:00000000-0000-0000-0000-000000000000"}],
)
def test_a_person_does_not_take_along_what_others_took_back(reflection: Reflection, hidden: dict[str, Any]) -> None:
    person = make_participant(reflection.track)
    own = make_reflection(reflection.track, person, "Yes.", language="en")
    own.quotes = [
        Quote(position=1, quoted_id=reflection.id, quoted_version=1, words=ARABIC.split("\n")[0], language="ar")
    ]
    make_translation(reflection, person)
    about = {"reflection": str(reflection.id)}
    before = registries.export_person(person.id)
    assert before["reflections"]["reflections"][0]["quotes"] == [about | {"words": ARABIC.split("\n")[0]}]
    assert before["originals"]["translations"][0]["body"] == FRENCH

    for name, value in hidden.items():
        setattr(reflection, name, value)
    db.session.flush()

    exported = registries.export_person(person.id)
    assert exported["reflections"]["reflections"][0]["quotes"] == [about]
    (translation,) = exported["originals"]["translations"]
    assert set(translation) == {"reflection", "language", "of_version", "written_at", "reviewed_at"}


def test_a_person_does_not_take_along_words_that_were_edited_out(reflection: Reflection) -> None:
    person = make_participant(reflection.track)
    own = make_reflection(reflection.track, person, "Yes.", language="en")
    own.quotes = [Quote(position=1, quoted_id=reflection.id, quoted_version=1, words="a name", language="ar")]
    db.session.flush()

    assert export_person(person.id)["reflections"][0]["quotes"] == [{"reflection": str(reflection.id)}]


def test_merging_moves_texts_and_translations(reflection: Reflection) -> None:
    gone, kept = reflection.author, make_member()
    assert gone
    translation = make_translation(make_reflection(), gone)

    registries.merge_person(kept.id, gone.id, START)
    db.session.expire_all()

    assert (reflection.author_id, translation.translator_id) == (kept.id, kept.id)


def test_erasing_a_person_leaves_shells_and_nameless_translations(reflection: Reflection) -> None:
    person = reflection.author
    assert person
    others = make_reflection()
    translation = make_translation(others, person)
    later = START + timedelta(days=3)

    registries.erase_person(person.id, later)
    db.session.expire_all()

    assert (reflection.author_id, reflection.erased_at, reflection.versions) == (None, later, [])
    assert (translation.translator_id, translation.machine, translation.body) == (None, "", FRENCH)
    assert translator_names(VISITOR, others, later) == {translation.id: "a former participant"}
