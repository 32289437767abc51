"""What waits for somebody: lines that packages bring together on one page, without the page knowing their tables.

A provider gets the actor and the instant, asks policy what this actor may act on, and returns whole sentences, each
with the way to where it is solved. It is batched: as many questions to the database for many rows as for few. A line
is only for those who can do something about it; there is no view of what others should do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.actors import Actor
from app.core.names import Name

MOST = 12
"""Lines of one kind that are shown; whoever has more of them begins with these."""


class Kind(StrEnum):
    """Somebody waits for an answer, or something will go wrong unless somebody takes care."""

    ANSWER = "answer"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Line:
    """`sentence` says the number and what waits, `action` names the link; `about` is the thing it is about, where
    there are several."""

    kind: Kind
    sentence: str
    href: str
    action: str
    about: Name | str = ""


Provider = Callable[[Actor, datetime], list[Line]]

_providers: dict[str, tuple[int, Provider]] = {}


def register(package: str, provider: Provider, *, order: int = 50) -> None:
    """Register what waits in one package; lines stand in the order of these numbers."""
    _providers[package] = (order, provider)


def lines(actor: Actor, now: datetime) -> list[Line]:
    """Return what waits for this person, answers first; nothing for a visitor."""
    if not actor.is_person:
        return []
    in_order = sorted(_providers.values(), key=lambda pair: pair[0])
    found = [line for _order, provider in in_order for line in provider(actor, now)]
    return sorted(found, key=lambda line: line.kind is not Kind.ANSWER)
