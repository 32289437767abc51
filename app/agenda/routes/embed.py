"""The agenda inside a page of somebody else: public dates, a few lines of HTML, no cookie and no script."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template

from app.agenda.blueprint import blueprint
from app.agenda.forms import AgendaForm
from app.agenda.showing.listed import list_of
from app.agenda.showing.offered import offer, wanted_by
from app.core import clock
from app.core.actors import VISITOR
from app.core.web import may_be_framed

MOST = 20
"""Dates in somebody else's page."""


@blueprint.get("/agenda/embed")
@may_be_framed
def embed() -> Any:
    """The next dates; `lang`, `zone` and the filters of the agenda in the address."""
    form = AgendaForm()
    wanted = wanted_by(form, offer(VISITOR, form))
    agenda = list_of(VISITOR, wanted, now=clock.now())
    response = make_response(render_template("agenda/embed.html", lines=agenda.lines[:MOST], form=form))
    response.headers["Cache-Control"] = "public, max-age=900"
    return response
