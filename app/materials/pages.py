"""What owners of a shelf take for their own pages: the room of material, and the addresses under their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.materials.models import Material
from app.materials.routes.shelf import mount
from app.materials.shelves import kind_of_shelf
from app.materials.showing import lines_of

__all__ = ["mount", "room"]


def room(
    actor: Actor,
    shelf: Any,
    materials: Sequence[Material],
    *,
    session_id: UUID | None = None,
    of_sessions: int = 0,
    most: int | None = None,
    nothing: Any = None,
) -> Markup:
    """Return material as a room of a page, with the ways to add to it and to the whole list (`of_sessions`: how much
    more there is in it, `most`: how many lines stand in the room). Where nothing lies it is there for those alone who
    may add something."""
    kind = kind_of_shelf(shelf)
    if not materials and not of_sessions and not can(actor, kind.adding, shelf):
        return Markup("")
    return rendered(
        "materials/room.html",
        kind=kind,
        shelf=shelf,
        session_id=session_id,
        may_edit=any(can(actor, kind.editing, material) for material in materials),
        lines=lines_of(materials[:most]),
        left_out=len(materials[most:]) if most else 0,
        of_sessions=of_sessions,
        nothing=nothing or kind.words.nothing,
    )
