"""Pages of material: the list of a track, adding, editing, putting in order, removing; and the files themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.files.answers import send
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language, public, takes_files
from app.extensions import db
from app.materials import queries, services
from app.materials.forms import READERS, EditFileForm, FileForm, LinkForm, MaterialFields
from app.materials.models import Material
from app.materials.readers import readers_of
from app.materials.showing import groups_of
from app.people.models import Person
from app.sessions.models import Track
from app.sessions.queries import get_visible_track, list_sessions

blueprint = Blueprint("materials", __name__, template_folder="templates")


@blueprint.get("/tracks/<slug>/materials")
@public
def list_materials(slug: str) -> str:
    """All material of a track, its sessions' included."""
    actor = current_actor()
    track = get_visible_track(actor, slug)
    groups = groups_of(queries.list_materials(actor, track.id), list_sessions(actor, track))
    return render_template("materials/list.html", **_track_values(track), groups=groups, readers=READERS)


@blueprint.get("/materials/<uuid:material_id>/file")
@public
def send_file(material_id: UUID) -> Response:
    """The file of a material, for whoever sees the material."""
    material = queries.get_visible_material(current_actor(), material_id)
    if material.file is None:
        raise NotFound
    return send(material.file)


@blueprint.route("/tracks/<slug>/materials/new-link", methods=["GET", "POST"])
def add_link(slug: str) -> Any:
    """A link, for the track or one of its sessions."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "materials.add", track)
    form = LinkForm(session=request.args.get("session", ""))
    answer = carry_out(
        form,
        lambda: services.add_link(actor, track, url=form.url.data or "", **_typed(form), now=now),
        leads_to=_place_of,
        said=lambda row: _("“%(title)s” is there for its readers.", title=row.title),
    )
    return answer or _form_page("materials/add_link.html", form, track)


@blueprint.route("/tracks/<slug>/materials/new-file", methods=["GET", "POST"])
@takes_files
def add_file(slug: str) -> Any:
    """A file, for the track or one of its sessions."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "materials.add", track)
    form = FileForm(session=request.args.get("session", ""))
    answer = carry_out(
        form,
        lambda: services.add_file(actor, track, incoming=form.file.checked, **_typed(form), now=now),
        leads_to=_place_of,
        said=lambda row: _("“%(title)s” is there for its readers.", title=row.title),
    )
    return answer or _form_page("materials/add_file.html", form, track)


@blueprint.route("/materials/<uuid:material_id>/edit", methods=["GET", "POST"])
def edit(material_id: UUID) -> Any:
    """Title, language, place, readers, and the address of a link."""
    actor, now = current_actor(), clock.now()
    material = _load(actor, material_id)
    form = _filled(material)
    answer = carry_out(
        form,
        lambda: services.edit_material(
            actor, material, url=form.url.data or "" if isinstance(form, LinkForm) else "", **_typed(form), now=now
        ),
        leads_to=_place_of,
        said=lambda row: _("“%(title)s” is changed.", title=row.title),
    )
    return answer or _form_page("materials/edit.html", form, material.track, material=material)


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
        leads_to=lambda row: f"{_list_of(row.track)}#material-{row.id}",
    )
    if answer:
        return answer
    page, _status = _form_page("materials/edit.html", _filled(material), material.track, material=material)
    return page, form.status


@blueprint.route("/materials/<uuid:material_id>/remove", methods=["GET", "POST"])
def remove(material_id: UUID) -> Any:
    """Asked on its own page."""
    actor, now = current_actor(), clock.now()
    material = _load(actor, material_id)
    form, title = ActionForm(), material.title
    answer = carry_out(
        form,
        lambda: services.remove_material(actor, material, now=now),
        leads_to=_list_of,
        said=lambda _track: _("“%(title)s” is removed.", title=title),
    )
    return answer or (
        render_template("materials/remove.html", **_track_values(material.track), form=form, material=material),
        form.status,
    )


def _load(actor: Actor, material_id: UUID) -> Material:
    material = queries.get_visible_material(actor, material_id)
    require(actor, "materials.edit", material)
    return material


def _filled(material: Material) -> LinkForm | EditFileForm:
    values = {
        "title": material.title,
        "language": material.language,
        "session": str(material.session_id or ""),
        "readers": readers_of(material.audience).value,
    }
    return EditFileForm(**values) if material.file_id else LinkForm(url=material.url, **values)


def _typed(form: MaterialFields) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "language": form.tag(),
        "readers": form.chosen_readers(),
        "session_id": form.session_id(),
    }


def _form_page(template: str, form: MaterialFields, track: Track, **values: Any) -> tuple[str, int]:
    sessions = list_sessions(current_actor(), track)
    names = names_of("session", [session.id for session in sessions], page_language())
    form.offer_sessions((session.id, str(names[session.id])) for session in sessions)
    person = db.session.get_one(Person, current_actor().person_id)
    material = values.get("material")
    spoken = [row.language for row in person.languages]
    form.offer_languages(first=[material.language, *spoken] if material else spoken)
    return render_template(template, **_track_values(track), form=form, **values), form.status


def _track_values(track: Track) -> dict[str, Any]:
    return {"track": track, "track_name": names_of("track", [track.id], page_language())[track.id]}


def _list_of(track: Track) -> str:
    return url_for("materials.list_materials", slug=track.slug)


def _place_of(material: Material) -> str:
    return f"{_list_of(material.track)}#material-{material.id}"
