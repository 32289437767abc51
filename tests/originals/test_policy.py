"""Who translates a text, and who decides about a translation; reflections stand for every kind."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.core.actors import VISITOR, Actor, job
from app.core.audiences import PUBLIC
from app.core.permissions import can
from app.extensions import db
from app.originals.models import Translation
from app.people.models import AffiliationKind
from app.reflections.models import Reflection
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_member, make_person, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_track


@dataclass
class Cast:
    track: Track
    reflection: Reflection
    translation: Translation
    author: Actor
    participant: Actor
    facilitator: Actor
    translator: Actor
    member: Actor
    secretary: Actor
    outsider: Actor


@pytest.fixture
def cast(app: Flask) -> Cast:
    track = make_track()
    author, participant, translator = (make_participant(track) for _ in range(3))
    facilitator = make_person("Example Facilitator")
    make_facilitator(track, facilitator)
    reflection = make_reflection(track, author, audience=PUBLIC)
    return Cast(
        track,
        reflection,
        make_translation(reflection, translator),
        *(actor_of(person) for person in (author, participant, facilitator, translator)),
        actor_of(make_member(kind=AffiliationKind.FRIEND)),
        actor_of(make_secretary()),
        actor_of(make_person("Example Outsider")),
    )


def test_who_is_of_the_network_or_of_the_track_translates(cast: Cast) -> None:
    translators = [
        who
        for who in ("author", "participant", "facilitator", "member", "secretary", "outsider")
        if can(getattr(cast, who), "originals.translate", cast.reflection)
    ]

    assert translators == ["author", "participant", "facilitator", "member", "secretary"]
    assert not can(VISITOR, "originals.translate", cast.reflection)


def test_a_machine_translates_as_a_job_of_the_house(cast: Cast) -> None:
    assert can(job("reflections.machine"), "originals.translate", cast.reflection)


def test_nobody_translates_what_they_do_not_see(cast: Cast) -> None:
    cast.reflection.audience = f"track:{cast.track.id}"

    assert can(cast.participant, "originals.translate", cast.reflection)
    assert not can(cast.member, "originals.translate", cast.reflection)


def test_nobody_translates_what_was_withdrawn(cast: Cast) -> None:
    cast.reflection.withdrawn_at = START

    assert not can(cast.author, "originals.translate", cast.reflection)


def test_the_translator_alone_edits_a_translation(cast: Cast) -> None:
    assert can(cast.translator, "originals.edit_translation", cast.translation)
    assert not any(
        can(actor, "originals.edit_translation", cast.translation)
        for actor in (cast.author, cast.participant, cast.secretary, VISITOR)
    )


def test_a_machines_translation_is_edited_by_nobody(cast: Cast) -> None:
    row = make_translation(cast.reflection, language="es", machine="example-machine")

    assert not can(VISITOR, "originals.edit_translation", row)
    assert not can(cast.translator, "originals.edit_translation", row)


def test_the_author_alone_marks_a_translation_as_reviewed(cast: Cast) -> None:
    assert can(cast.author, "originals.review_translation", cast.translation)
    assert not can(cast.translator, "originals.review_translation", cast.translation)
    assert not can(cast.secretary, "originals.review_translation", cast.translation)


def test_the_translator_and_the_author_remove_a_translation(cast: Cast) -> None:
    assert can(cast.author, "originals.remove_translation", cast.translation)
    assert can(cast.translator, "originals.remove_translation", cast.translation)
    assert not can(cast.secretary, "originals.remove_translation", cast.translation)
    assert not can(cast.participant, "originals.remove_translation", cast.translation)


def test_a_translator_who_no_longer_sees_the_original_leaves_it_alone(cast: Cast) -> None:
    cast.reflection.audience = "secretariat"
    db.session.flush()

    assert not can(cast.translator, "originals.edit_translation", cast.translation)
