"""Rows of reflections for tests."""

from __future__ import annotations

from typing import Any

from app.core.actors import Actor
from app.core.registries import actor_at
from app.extensions import db
from app.originals.models import OriginalVersion, Translation
from app.people.models import Person
from app.reflections.models import Reflection
from app.sessions.keys import track_key
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_member
from tests.make.sessions import make_membership, make_track

ARABIC = "في حيّنا كنا نجتمع كل مساء أحد تحت الدرج.\n\nوضعنا القائمة على الطاولة."
FRENCH = "Dans notre quartier, nous nous réunissions chaque dimanche soir.\n\nNous avons posé la liste sur la table."


def actor_of(person: Person) -> Actor:
    """The person as an actor, with the keys that hold at START."""
    db.session.flush()
    return actor_at(person.id, START)


def make_participant(track: Track, name: str = "", **overrides: Any) -> Person:
    """A member of the network who takes part in the track."""
    person = make_member(name, **overrides)
    make_membership(track, person)
    return person


def make_reflection(
    track: Track | None = None,
    author: Person | None = None,
    *bodies: str,
    audience: str = "",
    **overrides: Any,
) -> Reflection:
    """A reflection with one version per body, seen by the people of its track."""
    track = track or make_track()
    author = author or make_participant(track)
    bodies = bodies or (ARABIC,)
    values = {
        "language": "ar",
        "audience": audience or track_key(track.id),
        "version": len(bodies),
        "written_at": START,
        "changed_at": START,
    } | overrides
    reflection = Reflection(track_id=track.id, author_id=author.id, **values)
    reflection.versions = [
        OriginalVersion(number=number, body=body, written_at=START) for number, body in enumerate(bodies, 1)
    ]
    db.session.add(reflection)
    db.session.flush()
    return reflection


def make_translation(
    reflection: Reflection, translator: Person | None = None, language: str = "fr", **overrides: Any
) -> Translation:
    values = {"body": FRENCH, "of_version": reflection.version, "written_at": START} | overrides
    translation = Translation(
        original=reflection, language=language, translator_id=translator and translator.id, **values
    )
    db.session.add(translation)
    db.session.flush()
    return translation
