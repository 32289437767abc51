"""Who may do what with a reflection: its author alone, and nobody else, whatever role they have."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.core.actors import VISITOR, Actor, job, link_holder
from app.core.audiences import NETWORK, PUBLIC
from app.core.permissions import can
from app.originals.models import Translation
from app.people.models import AffiliationKind
from app.reflections.models import Reflection
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_member, make_person, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_track

OWN = ("reflections.edit", "reflections.change_readers", "reflections.withdraw", "reflections.erase")


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


def test_participants_and_facilitators_write_in_their_track(cast: Cast) -> None:
    assert can(cast.participant, "reflections.write", cast.track)
    assert can(cast.facilitator, "reflections.write", cast.track)


@pytest.mark.parametrize("who", ["member", "secretary", "outsider"])
def test_nobody_else_writes_in_it(cast: Cast, who: str) -> None:
    assert not can(getattr(cast, who), "reflections.write", cast.track)
    assert not can(VISITOR, "reflections.write", cast.track)


def test_a_participant_of_one_track_does_not_write_in_another(cast: Cast) -> None:
    assert not can(cast.participant, "reflections.write", make_track())


@pytest.mark.parametrize("action", OWN)
def test_the_author_alone_changes_an_original(cast: Cast, action: str) -> None:
    others = (cast.participant, cast.facilitator, cast.translator, cast.secretary, cast.outsider, VISITOR, job("any"))

    assert can(cast.author, action, cast.reflection)
    assert not any(can(other, action, cast.reflection) for other in others)


def test_the_holder_of_a_mail_link_is_not_the_author_yet(cast: Cast) -> None:
    assert cast.author.person_id
    assert not can(link_holder(cast.author.person_id), "reflections.edit", cast.reflection)


def test_an_erased_reflection_is_nobodys(cast: Cast) -> None:
    cast.reflection.author_id = None

    assert not any(can(actor, "reflections.edit", cast.reflection) for actor in (cast.author, VISITOR))


def test_older_versions_are_for_the_author_and_the_secretariat(cast: Cast) -> None:
    readers = [
        who
        for who in ("author", "participant", "facilitator", "translator", "member", "secretary", "outsider")
        if can(getattr(cast, who), "reflections.read_versions", cast.reflection)
    ]

    assert readers == ["author", "secretary"]


def test_withdrawn_versions_are_for_the_author_alone(cast: Cast) -> None:
    cast.reflection.withdrawn_at = START

    assert can(cast.author, "reflections.read_versions", cast.reflection)
    assert not can(cast.secretary, "reflections.read_versions", cast.reflection)


def test_network_readers_hold_an_affiliation_of_any_kind(cast: Cast) -> None:
    assert cast.member.holds(NETWORK)
