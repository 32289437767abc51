"""The reader's place: a list of the world's places to choose from, remembered on this device."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import navigation
from app.core.addresses import local_path
from app.core.context import page_language, signed_in
from app.core.errors import RuleBroken
from app.core.web import public
from app.moments.forms import ZoneForm, ZoneSearch
from app.moments.local import known_zones
from app.moments.zones import COOKIE, check_zone, cookie_value, place_of, reader_zone, search_zones

blueprint = Blueprint("moments", __name__, template_folder="templates")

A_YEAR = 365 * 24 * 3600


@blueprint.get("/zones")
@public
def list_zones() -> str | tuple[str, int]:
    """The places of the world by name, part by part; `q` searches them, `suggested` is what the device says."""
    return _zones_page(ZoneForm(formdata=None))


@blueprint.post("/zone")
@public
def choose_zone() -> Response | str | tuple[str, int]:
    """Remember the reader's place on this device and go back to the page they came from."""
    form = ZoneForm()
    if not form.validate():
        return _zones_page(form)
    try:
        zone = check_zone(str(form.zone.data))
    except RuleBroken as error:
        form.refuse(error)
        return _zones_page(form)
    person = signed_in()
    flash(_("Hours are shown as in %(place)s from now on.", place=place_of(zone)), "kept")
    response = redirect(_way_back(str(form.next.data or "")), 303)
    response.set_cookie(
        COOKIE,
        cookie_value(zone, person.person_id if person else None),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.extensions["maloca"].https,
    )
    return response


def _zones_page(form: ZoneForm) -> str | tuple[str, int]:
    search = ZoneSearch(request.args)
    wanted = str(search.q.data or "") if search.validate() else ""
    suggested = request.args.get("suggested", "")
    form.next.data = _way_back(str(form.next.data or request.args.get("next", "")))
    page = render_template(
        "moments/zones.html",
        form=form,
        search=search,
        wanted=wanted,
        groups=search_zones(wanted, page_language()),
        suggested=suggested if suggested in known_zones() else "",
        chosen=reader_zone(),
    )
    return (page, form.status) if form.is_refused else page


def _way_back(target: str) -> str:
    """Return a path of this house, the front page for anything else."""
    return local_path(target) or navigation.door("front")
