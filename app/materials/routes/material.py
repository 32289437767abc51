"""Pages of one material, whatever shelf it stands on: its file, editing, putting in order, removing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.files.answers import send
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor, public
from app.materials import queries, services
from app.materials.forms import EditFileForm, LinkForm
from app.materials.models import Material
from app.materials.routes.filling import form_page, shelf_values, typed
from app.materials.routes.shelf import mount
from app.materials.shelves import kind_of
from app.materials.showing import href_of
from app.materials.tracks import TRACKS

blueprint = Blueprint("materials", "app.materials", template_folder="templates")
mount(blueprint, TRACKS)


@blueprint.get("/materials/<uuid:material_id>/file")
@public
def send_file(material_id: UUID) -> Response:
    """The file of a material, for whoever sees the material."""
    material = queries.get_visible_material(current_actor(), material_id)
    if material.file is None:
        raise NotFound
    return send(material.file)


@blueprint.route("/materials/<uuid:material_id>/edit", methods=["GET", "POST"])
def edit(material_id: UUID) -> Any:
    """Title, language, place, readers, and the address of a link."""
    actor, now = current_actor(), clock.now()
    material = _load(actor, material_id)
    form = _filled(material)
    answer = carry_out(
        form,
        lambda: services.edit_material(
            actor, material, url=form.url.data or "" if isinstance(form, LinkForm) else "", **typed(form), now=now
        ),
        leads_to=href_of,
        said=lambda row: _("“%(title)s” is changed.", title=row.title),
    )
    return answer or form_page("materials/edit.html", form, material.shelf, material=material)


@blueprint.post("/materials/<uuid:material_id>/move")
def move(material_id: UUID) -> Any:
    """One place up or down."""
    actor, now = current_actor(), clock.now()
    material = _load(actor, material_id)
    form = ActionForm()
    is_up = request.form.get("direction") == "up"
    answer = carry_out(
        form,
        lambda: services.move_material(actor, material, up=is_up, now=now),
        leads_to=href_of,
    )
    if answer:
        return answer
    page, _status = form_page("materials/edit.html", _filled(material), material.shelf, material=material)
    return page, form.status


@blueprint.route("/materials/<uuid:material_id>/remove", methods=["GET", "POST"])
def remove(material_id: UUID) -> Any:
    """Asked on its own page."""
    actor, now = current_actor(), clock.now()
    material = _load(actor, material_id)
    kind, form, title = kind_of(material), ActionForm(), material.title
    answer = carry_out(
        form,
        lambda: services.remove_material(actor, material, now=now),
        leads_to=kind.list_href,
        said=lambda _shelf: _("“%(title)s” is removed.", title=title),
    )
    return answer or (
        render_template("materials/remove.html", **shelf_values(kind, material.shelf), form=form, material=material),
        form.status,
    )


def _load(actor: Actor, material_id: UUID) -> Material:
    material = queries.get_visible_material(actor, material_id)
    require(actor, kind_of(material).editing, material)
    return material


def _filled(material: Material) -> LinkForm | EditFileForm:
    kind = kind_of(material)
    values = {
        "title": material.title,
        "language": material.language,
        "session": str(kind.session_of(material) or ""),
        "readers": kind.readers_of(material).code,
    }
    return EditFileForm(kind, **values) if material.file_id else LinkForm(kind, url=material.url, **values)
