"""Who acts: a person, a visitor, a job, the holder of a mail link. The first argument of every service.

An actor carries a frozen set of **keys**, computed from roles, affiliations and memberships that hold at one
instant. Keys are audiences (`public`, `network`, `track:<id>`) and powers (`secretariat`, `facilitators:<track id>`):
whoever holds a key sees what is addressed to it, and policies ask for keys by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

PUBLIC = "public"
NETWORK = "network"
SECRETARIAT = "secretariat"


class ActorKind(StrEnum):
    PERSON = "person"
    VISITOR = "visitor"
    JOB = "job"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Actor:
    """`person_id` is set for persons and holders of a mail link; `name` says which job or command acts.

    `acting_for` is the organisation in whose name a mandated person acts. `helper_id` is who writes on behalf of a
    person without an account: keys, rights and authorship are the assisted person's, the hand is the helper's.
    `is_by_link` says that the person acts by a link mailed to them, without being signed in: they may what they may,
    and the audit tells it.
    """

    kind: ActorKind
    person_id: UUID | None = None
    keys: frozenset[str] = frozenset({PUBLIC})
    name: str = ""
    acting_for: UUID | None = None
    helper_id: UUID | None = None
    is_by_link: bool = False

    def holds(self, key: str) -> bool:
        return key in self.keys

    @property
    def is_secretariat(self) -> bool:
        return SECRETARIAT in self.keys

    @property
    def is_person(self) -> bool:
        return self.kind is ActorKind.PERSON

    @property
    def own_id(self) -> UUID:
        """The person who acts, in what only people do: its policy has let nobody else come so far. `TypeError` for a
        visitor or a job."""
        if self.person_id is None:
            raise TypeError(f"a {self.kind} does what only people do")
        return self.person_id

    @property
    def is_helped(self) -> bool:
        """Whether somebody else's hand writes for this person."""
        return self.helper_id is not None

    @property
    def stand(self) -> str:
        """In whose name the actor acts, as forms carry it: "" for oneself. A form that was made in one name is not
        carried out in another."""
        if self.helper_id is not None and self.person_id is not None:
            return f"person:{self.person_id.hex}"
        return f"organisation:{self.acting_for.hex}" if self.acting_for is not None else ""


VISITOR = Actor(ActorKind.VISITOR)


def job(name: str) -> Actor:
    """The house itself, at work without a person: sees what the secretariat sees, so that it can tell everybody."""
    return Actor(ActorKind.JOB, keys=frozenset({PUBLIC, NETWORK, SECRETARIAT}), name=name)


def link_holder(person_id: UUID) -> Actor:
    """Somebody who came by a link mailed to a person: known by name, without the person's keys."""
    return Actor(ActorKind.LINK, person_id=person_id)
