"""Kinds of originals: what is told apart between a reflection and whatever else people write, said once by each kind.

Filled once per process in a package's `init_app`, as the registries of core are. What all kinds share is nowhere asked
of them: who reads a text is said by its audience, whose it is by its author.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from app.core.actors import Actor
from app.originals.models import Original, Translation


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a text where it is translated: the name beside it, the link back to it, the title of the page,
    and whose pattern the page bears (the slug of a track; "" for none)."""

    name: str
    back: Markup
    title: str
    pattern: str = ""


def _never(_original: Any) -> bool:
    return False


def _nobody(_actor: Actor, _original: Any) -> bool:
    return False


def _nowhere(_actor: Actor) -> sa.ColumnElement[bool]:
    return sa.false()


def _no_place(_original: Any) -> dict[str, Any]:
    return {}


def _no_mates(_actor: Actor, _person_ids: Sequence[UUID], _now: datetime) -> set[UUID]:
    return set()


def _nothing_more(_actor: Actor, _original: Any, _now: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalKind:
    """One kind of original. `code` is its `polymorphic_identity`, and its name in cards, search and audit; the pages of
    translating are mounted on the blueprint called `blueprint`.

    Asked about one text: `get_visible` (raises `NotFound`; default: its author and its audience see it), `page` (its
    address; with the language of a translation to lay beside it, "" for none, None for the reader's own), `place` (the
    parts of the mounted address that stand before its id, as the slug of a group), `frame` (default: plain words for
    any text), `on_translated` (a translation waits for the author, who should be told) and `on_erased` (the words are
    gone: what else of them goes, and the event that says so). `outlives_author`: the words were said for an
    organisation or a group, whose they are; they stay, without the name, when the person is erased from the house
    (default: never).

    Besides the network, people translate where they take part: `takes_part` says so of one text, `taking_part` the same
    as a condition on `Original`. `mates` are those of many persons who appear to the actor by name in any case.
    `cards` draws many texts for the list of what remains to translate (default: their beginning and who wrote them).
    `all_of_them` is the list of all texts of this kind: an endpoint and the lazy words of the link.
    """

    code: str
    model: type[Original]
    blueprint: str
    page: Callable[[Any, str | None], str]
    place: Callable[[Any], dict[str, Any]] = _no_place
    on_translated: Callable[[Actor, Translation, datetime], None]
    on_erased: Callable[[Actor, Any, datetime], None] = _nothing_more
    outlives_author: Callable[[Any], bool] = _never
    get_visible: Callable[[Actor, UUID], Any] | None = None
    frame: Callable[[Actor, Any], Frame] | None = None
    takes_part: Callable[[Actor, Any], bool] = _nobody
    taking_part: Callable[[Actor], sa.ColumnElement[bool]] = _nowhere
    mates: Callable[[Actor, Sequence[UUID], datetime], set[UUID]] = _no_mates
    cards: Callable[[Actor, Sequence[Any]], dict[UUID, Markup]] | None = None
    all_of_them: tuple[str, Any] | None = None


_kinds: dict[str, OriginalKind] = {}


def register(kind: OriginalKind) -> None:
    _kinds[kind.code] = kind


def kinds() -> list[OriginalKind]:
    return list(_kinds.values())


def kind_of(original: Original) -> OriginalKind:
    return _kinds[original.kind]


def kind_called(code: str) -> OriginalKind:
    return _kinds[code]


def way_on() -> tuple[str, Any] | None:
    """Return where somebody goes on reading when a text is gone: the list of the first kind that has one."""
    return next((kind.all_of_them for kind in _kinds.values() if kind.all_of_them), None)
