"""Who stands behind a link: asked anew each time it is used. The package of persons says it (`register_finder`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Contact


@dataclass(frozen=True, slots=True)
class Holder:
    """The person in whose name a link acts, with the keys that hold now, and whom the mail went to: the same person, or
    who helps them. `zone` is the reader's ("" where nobody knows it), `day_of` says an instant as a day there, `when`
    as a day and an hour."""

    actor: Actor
    name: str
    reader: Contact
    zone: str
    day_of: Callable[[datetime], str]
    when: Callable[[datetime], str]


Finder = Callable[[UUID, UUID, datetime], Holder | None]
"""Person, reader, instant → who may act by a link; None where nobody may: gone, or no longer the helper."""

_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def find_holder(person_id: UUID, reader_id: UUID, now: datetime) -> Holder | None:
    found = (finder(person_id, reader_id, now) for finder in _finders)
    return next((holder for holder in found if holder is not None), None)
