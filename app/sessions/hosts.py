"""What differs from one kind of gathering to another. Each kind registers its host; all the rest is shared.

A gathering belongs to something (a session to its track): the host says who sees and leads it, who is expected, how
it is called, and with which words the pages and mails speak of it. `app.sessions.kinds` makes the house know a kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from app.core.actors import Actor
from app.core.names import Name, names_of
from app.core.remembering import remembered
from app.sessions.models import Gathering
from app.sessions.wording import Wording


@dataclass(frozen=True, slots=True)
class Owner:
    """What a gathering belongs to, as a page names it: `href` is its page, `cloth` the word its band is woven from."""

    name: Name
    href: str
    cloth: str


def _named_by_rows(gatherings: Sequence[Any], language: str) -> dict[UUID, Name]:
    """Gatherings that people gave a title: their name rows."""
    return names_of(gatherings[0].kind, [gathering.id for gathering in gatherings], language)


def _nobody(_gathering: Any, _person_ids: Collection[UUID]) -> dict[UUID, Any]:
    return {}


def _nowhere(_gathering: Any) -> set[str]:
    return set()


def _nothing(_actor: Actor, _gathering: Any, _now: datetime) -> Markup:
    return Markup("")


def _at_once(_gathering: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One kind of gathering: `model` is its class, `words` how it is spoken of, `order` where it stands in a search.

    `members_key` and `leaders_key` read the gathering alone and ask no database: policies stand on them.
    `memberships` selects `person_id`, `organisation_id`, `joined_at` and `left_at` of whoever takes or took part in
    what it belongs to: they are expected, by the rules of the attendance sheet. `team` selects the ids of those who
    lead it now, `siblings` the ids of all gatherings of the same owner.

    `owner` and `names` are for one language; `part_of` is the owner as kind and id; `number` the stored one,
    which tells the gatherings of an owner apart. `hands` says for one reader who changed something, by person:
    everybody asked about is in the answer.

    `beside` is said beside a name on the sheet, by person: what somebody is here, where it is not the usual. Of the
    others nothing is said.

    `ramadan` are the zones where the fast is kept. `standing` is what stands beside the calendar button: where the
    reader stands towards the owner. Nobody is told of what is not `is_announced`.
    """

    model: type[Gathering]
    words: Wording
    order: int
    members_key: Callable[[Any], str]
    leaders_key: Callable[[Any], str]
    memberships: Callable[[Any], sa.Select[UUID, UUID | None, datetime, datetime | None]]
    team: Callable[[Any], sa.Select[UUID]]
    siblings: Callable[[Any], sa.Select[UUID]]
    owner: Callable[[Any, str], Owner]
    part_of: Callable[[Any], tuple[str, UUID]]
    number: Callable[[Any], int]
    hands: Callable[[Actor, Any, Collection[UUID]], dict[UUID, Any]]
    names: Callable[[Sequence[Any], str], dict[UUID, Name]] = _named_by_rows
    beside: Callable[[Any, Collection[UUID]], dict[UUID, Any]] = _nobody
    ramadan: Callable[[Any], set[str]] = _nowhere
    standing: Callable[[Actor, Any, datetime], Markup] = _nothing
    is_announced: Callable[[Any], bool] = _at_once

    @property
    def kind(self) -> str:
        """The word that names, audits, moments and the search know it by."""
        return str(self.model.__mapper__.polymorphic_identity)


_hosts: dict[str, Host] = {}
_origins: dict[str, Callable[[Gathering], str]] = {}


def add(host: Host) -> None:
    """Keep the host of a kind; `kinds.register` calls it."""
    _hosts[host.kind] = host


def say_origin(package: str, origin: Callable[[Gathering], str]) -> None:
    """Let a package say in the mail about a new gathering what it came of; "" where that is nothing of its own."""
    _origins[package] = origin


def origin_of(gathering: Gathering) -> str:
    return next((words for origin in _origins.values() if (words := origin(gathering))), "")


def kinds() -> Collection[str]:
    """Return the kinds of gatherings that the house knows."""
    return _hosts.keys()


def host_of(gathering: Gathering) -> Host:
    return _hosts[gathering.kind]


def words_of(gathering: Gathering) -> Wording:
    """Return how one speaks of this kind of gathering."""
    return host_of(gathering).words


def members_key(gathering: Gathering) -> str:
    """Return the key of those who take part, the ones who lead included."""
    return host_of(gathering).members_key(gathering)


def leaders_key(gathering: Gathering) -> str:
    """Return the key of those who lead this gathering."""
    return host_of(gathering).leaders_key(gathering)


@remembered
def owner_of(gathering: Gathering, language: str) -> Owner:
    return host_of(gathering).owner(gathering, language)


def titles_of(gatherings: Iterable[Gathering], language: str) -> dict[UUID, Name]:
    """Return the names of gatherings of any kinds, one question for each kind."""
    by_kind: dict[str, list[Gathering]] = defaultdict(list)
    for gathering in gatherings:
        by_kind[gathering.kind].append(gathering)
    found: dict[UUID, Name] = {}
    for kind, rows in by_kind.items():
        found |= _hosts[kind].names(rows, language)
    return found


def owner_names(gatherings: Iterable[Gathering], language: str) -> dict[UUID, Name]:
    """Return how what gatherings of any kinds belong to is called, by gathering: one question for each kind."""
    parts = {gathering.id: host_of(gathering).part_of(gathering) for gathering in gatherings}
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for kind, owner_id in parts.values():
        by_kind[kind].add(owner_id)
    names = {kind: names_of(kind, ids, language) for kind, ids in by_kind.items()}
    return {gathering_id: names[kind][owner_id] for gathering_id, (kind, owner_id) in parts.items()}


@remembered
def title_of(gathering: Gathering, language: str) -> Name:
    return titles_of([gathering], language)[gathering.id]
