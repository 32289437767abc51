"""The words on the roof and under the foot of every page, registered by packages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """`label` is lazy; `endpoint` is where it leads; `sections` are the blueprints or
    endpoints it is lit for."""

    label: Any
    endpoint: str
    order: int
    sections: tuple[str, ...] = ()
    shown_to: Callable[[Actor], bool] = lambda _actor: True


_roof: dict[str, Entry] = {}
_foot: dict[str, Entry] = {}


def add_to_roof(entry: Entry) -> None:
    _roof[entry.endpoint] = entry


def add_to_foot(entry: Entry) -> None:
    _foot[entry.endpoint] = entry


_lit: dict[str, set[str]] = {}


def light(endpoint: str, section: str) -> None:
    """Light the word that leads to an endpoint for the pages of one more package, which stands above the word's own."""
    _lit.setdefault(endpoint, set()).add(section)


def is_lit(entry: Entry, here: set[str | None]) -> bool:
    """Say whether an entry is lit for a blueprint and an endpoint."""
    return not here.isdisjoint({*entry.sections, *_lit.get(entry.endpoint, ())})


_doors: dict[str, str] = {}


def name_door(name: str, endpoint: str) -> None:
    """Say which endpoint stands behind a word that every page needs: front, sign_in, sign_out, account, zone."""
    _doors[name] = endpoint


def door(name: str, **values: Any) -> str:
    """Return the address of a door."""
    return url_for(_doors[name], **values)


def _shown(entries: dict[str, Entry], actor: Actor) -> list[Entry]:
    return sorted((entry for entry in entries.values() if entry.shown_to(actor)), key=lambda entry: entry.order)


def roof(actor: Actor) -> list[Entry]:
    return _shown(_roof, actor)


def foot(actor: Actor) -> list[Entry]:
    return _shown(_foot, actor)
