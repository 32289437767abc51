"""The agenda inside a page of somebody else: public dates, a few lines of HTML, no cookie and no script."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import make_response, render_template

from app.agenda.blueprint import blueprint
from app.agenda.forms import AgendaForm
from app.agenda.queries import Wanted
from app.agenda.showing.lines import Line
from app.agenda.showing.listed import list_of
from app.agenda.showing.offered import offer, wanted_by
from app.core import clock
from app.core.actors import VISITOR
from app.core.web import may_be_framed
from app.moments.ordering import place_of
from app.moments.zones import reader_zone

MOST = 20
"""Dates in somebody else's page."""


@blueprint.get("/agenda/embed")
@may_be_framed
def embed() -> Any:
    """The next dates; `lang`, `zone` and the filters of the agenda in the address."""
    form = AgendaForm()
    wanted = wanted_by(form, offer(VISITOR, form))
    lines = _next(wanted, clock.now())
    response = make_response(render_template("agenda/embed.html", lines=lines, form=form))
    response.headers["Cache-Control"] = "public, max-age=900"
    return response


def _next(wanted: Wanted, now: datetime) -> list[Line]:
    """Return the next dates, those of the network and those of others: half the room at least is for each as far as it
    has as many. What takes place stands first, then what is open for days, then what nobody knows the day of."""
    zone = reader_zone()
    own = list_of(VISITOR, replace(wanted, of_others=False), zone=zone, now=now)
    others = list_of(VISITOR, replace(wanted, of_others=True), zone=zone, now=now)
    someday = {line.moment.id for line in (*own.someday, *others.someday)}
    begun = (*own.begun, *others.begun)
    is_open = {line.moment.id for line in begun if line.window is not None or not line.has_known_days}

    def rank(line: Line) -> tuple[Any, ...]:
        return line.moment.id in someday, line.moment.id in is_open, place_of(line.moment, zone).rank

    of_house, of_others = sorted(own.lines, key=rank), sorted(others.lines, key=rank)
    beside = of_others[: max(MOST - len(of_house), MOST // 2)]
    return sorted([*of_house[: MOST - len(beside)], *beside], key=rank)
