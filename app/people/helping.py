"""Telling people, and whoever helps them: who has no e-mail learns things through who writes for them.

A helper's notice says in `for` whom it is for; its mail is written by `core.mails.or_helper`. Who takes part themselves
is told in their own name besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.types import Facts
from app.extensions import db
from app.people.models import Person
from app.people.queries import helpers_of


def with_helpers(
    person_ids: Iterable[UUID], key: str, parameters: Facts, *, but: UUID | None = None
) -> Iterator[tuple[list[UUID], str, Facts]]:
    """Yield to whom a fact is told, by which key and with which parameters (`notices.tell_many`): the persons first,
    then who helps each. `but` did it themselves and is told nothing."""
    told = sorted(set(person_ids) - {but}, key=str)
    if not told:
        return
    yield told, key, parameters
    for person_id, helpers in helpers_of(told).items():
        if helping := sorted(helpers - {but}, key=str):
            yield helping, _key(key, person_id), parameters | {"for": str(person_id)}


def told_for(parameters: Mapping[str, Any]) -> UUID:
    """Return whom a notice is about: its reader, or whom the reader helps."""
    return UUID(parameters.get("for", parameters["person"]))


def key_of(kind: str, key: str, parameters: Mapping[str, Any]) -> str:
    """Return the key of the notice by which another fact is told to the same reader, for the same person."""
    reader_id, person_id = UUID(parameters["person"]), told_for(parameters)
    return notices.key_of(kind, key if person_id == reader_id else _key(key, person_id), reader_id)


def clock_of(parameters: Mapping[str, Any]) -> str:
    """Return the zone whose hours count for whom a notice is about: theirs, else that of who helps them; "" of
    neither."""
    people = (db.session.get(Person, one) for one in (told_for(parameters), UUID(parameters["person"])))
    return next((person.zone for person in people if person is not None and person.zone), "")


def _key(key: str, person_id: UUID) -> str:
    return f"{key}:{person_id}"


def still_helps(parameters: Mapping[str, Any]) -> bool:
    """Whether the reader of a notice is the one it is about, or helps them still."""
    reader_id, person_id = UUID(parameters["person"]), told_for(parameters)
    return person_id == reader_id or reader_id in helpers_of([person_id])[person_id]
