"""Named places on a page that packages above may fill: `{% for part in slot("sessions.track", track=track) %}`.

A filler gets the actor and the page's own values and returns safe markup (usually a rendered partial) or "".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.core.actors import Actor

Filler = Callable[..., Markup]

_slots: dict[str, dict[str, tuple[int, Filler]]] = defaultdict(dict)


def fill(slot: str, package: str, filler: Filler, *, order: int = 50) -> None:
    """Register `filler(actor, **values)` for a slot; fillers stand in the order of their numbers."""
    _slots[slot][package] = (order, filler)


def parts(slot: str, actor: Actor, **values: Any) -> list[Markup]:
    """Return the filled parts of a slot in their order, empty ones left out."""
    fillers = [filler for _order, filler in sorted(_slots[slot].values(), key=lambda pair: pair[0])]
    return [part for part in (filler(actor, **values) for filler in fillers) if part]


def rendered(template: str, **values: object) -> Markup:
    """Return a partial as the part of a page: what a filler gives back."""
    return Markup(render_template(template, **values))  # noqa: S704 - a template of ours, which escapes
