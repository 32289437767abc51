"""Pages of one shelf: all its material, adding a link, adding a file.

Each kind of shelf has them under the address of what owns it (`mount`), on the blueprint of its own package, so that
the roof is lit for that capability.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import current_actor, public, takes_files
from app.materials import queries, services
from app.materials.forms import FileForm, LinkForm, MaterialFields
from app.materials.routes.filling import form_page, shelf_values, typed
from app.materials.shelves import ShelfKind
from app.materials.showing import groups_of, href_of


def mount(blueprint: Blueprint, kind: ShelfKind) -> None:
    """Hang the pages of the shelves of one kind under their address: `/tracks` makes `/tracks/<slug>/materials` and,
    under it, `new-link` and `new-file`."""
    root = f"{kind.root.removeprefix(blueprint.url_prefix or '')}/<slug>/materials"
    for rule, view, methods in (
        (root, list_materials, ["GET"]),
        (f"{root}/new-link", add_link, ["GET", "POST"]),
        (f"{root}/new-file", add_file, ["GET", "POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _bound(view, kind), methods=methods)


def _bound(view: Callable[..., Any], kind: ShelfKind) -> Callable[..., Any]:
    """Return a view for one kind of shelf, with the marks of the view."""
    bound: Callable[..., Any] = partial(view, kind)
    return update_wrapper(bound, view)


@public
def list_materials(kind: ShelfKind, slug: str) -> str:
    """All material of a shelf, that of its sessions included."""
    actor = current_actor()
    shelf = kind.get_visible(actor, slug)
    parts = kind.sessions.listed(actor, shelf) if kind.sessions else []
    groups = groups_of(queries.list_materials(actor, shelf), parts)
    return render_template("materials/list.html", **shelf_values(kind, shelf), groups=groups)


def add_link(kind: ShelfKind, slug: str) -> Any:
    """A link, for the shelf as a whole or one of its sessions."""
    actor, now = current_actor(), clock.now()
    shelf = _open(kind, actor, slug)
    form = LinkForm(kind, session=request.args.get("session", ""))
    work = partial(services.add_link, actor, shelf, now=now)
    return _added(form, lambda: work(url=form.url.data or "", **typed(form))) or form_page(
        "materials/add_link.html", form, shelf
    )


@takes_files
def add_file(kind: ShelfKind, slug: str) -> Any:
    """A file, for the shelf as a whole or one of its sessions."""
    actor, now = current_actor(), clock.now()
    shelf = _open(kind, actor, slug)
    form = FileForm(kind, session=request.args.get("session", ""))
    work = partial(services.add_file, actor, shelf, now=now)
    return _added(form, lambda: work(incoming=form.file.checked, **typed(form))) or form_page(
        "materials/add_file.html", form, shelf
    )


def _open(kind: ShelfKind, actor: Actor, slug: str) -> Any:
    shelf = kind.get_visible(actor, slug)
    require(actor, kind.adding, shelf)
    return shelf


def _added(form: MaterialFields, work: Callable[[], Any]) -> Any:
    return carry_out(
        form,
        work,
        leads_to=href_of,
        said=lambda row: _("“%(title)s” is there for its readers.", title=row.title),
    )
