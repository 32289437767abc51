"""Who acts."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.core.actors import VISITOR, Actor, ActorKind, job


def test_a_person_has_an_id_of_their_own_and_nobody_else_does_what_only_people_do() -> None:
    person_id = uuid4()
    assert Actor(ActorKind.PERSON, person_id).own_id == person_id
    for nobody in (VISITOR, job("load advocacy")):
        with pytest.raises(TypeError, match="only people"):
            _ = nobody.own_id
