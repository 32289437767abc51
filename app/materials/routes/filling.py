"""What the pages of material share: what was typed, the lists to choose from, the shelf as every page names it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.core.context import stand_in
from app.core.web import current_actor, page_language
from app.materials.forms import MaterialFields
from app.materials.shelves import ShelfKind, kind_of_shelf
from app.people.queries import own_languages


def typed(form: MaterialFields) -> dict[str, Any]:
    """Return the values that services take from every form of material."""
    return {
        "title": form.title.data or "",
        "language": form.tag(),
        "readers": form.readers.data,
        "session_id": form.session_id(),
    }


def form_page(template: str, form: MaterialFields, shelf: Any, **values: Any) -> tuple[str, int]:
    """Return the page of a form with its choices, and its status."""
    actor, kind = current_actor(), kind_of_shelf(shelf)
    if kind.sessions is not None:
        form.offer_sessions((part.id, str(part.name)) for part in kind.sessions.listed(actor, shelf))
    material = values.get("material")
    spoken = own_languages(actor)
    form.offer_languages(first=[material.language, *spoken] if material else spoken)
    notes = {choice.code: choice.note(shelf) for choice in kind.readers}
    return render_template(template, **shelf_values(kind, shelf), form=form, notes=notes, **values), form.status


def shelf_values(kind: ShelfKind, shelf: Any) -> dict[str, Any]:
    """Return a shelf as templates name it; the page stands in the section of its owner."""
    stand_in(kind.section)
    return {"kind": kind, "shelf": shelf, "shelf_name": kind.name(shelf, page_language())}
