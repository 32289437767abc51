"""The agenda as list, week and month, and how to take it along."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from app.agenda.blueprint import blueprint
from app.agenda.forms import AgendaForm
from app.agenda.queries import Wanted
from app.agenda.showing.grid import Asked, day_in, month_of, week_of
from app.agenda.showing.listed import further_begun, list_of
from app.agenda.showing.offered import offer, wanted_by
from app.core import clock
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.web import current_actor, public, readable_offline
from app.moments.printed import print_line
from app.moments.zones import reader_zone


def _asked() -> tuple[AgendaForm, Wanted]:
    form = AgendaForm()
    return form, wanted_by(form, offer(current_actor(), form))


@blueprint.get("/agenda")
@public
@readable_offline
def show_list() -> Any:
    """What is now and what is to come, page by page."""
    now, zone = clock.now(), reader_zone()
    form, wanted = _asked()
    if begun := request.args.get("begun", ""):
        agenda = further_begun(current_actor(), wanted, zone=zone, now=now, cursor=begun)
    else:
        agenda = list_of(current_actor(), wanted, zone=zone, now=now, cursor=request.args.get("after", ""))
    return render_template("agenda/list.html", form=form, agenda=agenda, print_line=print_line(now))


@blueprint.get("/agenda/week")
@public
def show_week() -> Any:
    """Seven days, as weeks begin where the reader is; `day` is one of them."""
    return _grid_page("week")


@blueprint.get("/agenda/month")
@public
def show_month() -> Any:
    """A month in whole weeks; `day` is one of its days."""
    return _grid_page("month")


def _grid_page(view: str) -> Any:
    now, zone = clock.now(), reader_zone()
    form, wanted = _asked()
    asked = Asked(current_actor(), wanted, zone, now)
    day = day_in(request.args.get("day", ""), asked.today)
    grid = {"week": week_of, "month": month_of}[view](asked, day)
    return render_template(f"agenda/{view}.html", form=form, grid=grid, day=day, view=view, print_line=print_line(now))


@blueprint.get("/agenda/take-along")
@public
def take_along() -> Any:
    """The addresses of feeds, and what a partner copies into a page of theirs."""
    form, _wanted = _asked()
    query: dict[str, Any] = {"lang": page_language(), **form.public_query}
    embedded = url_for("agenda.embed", zone=reader_zone(), **query)
    return render_template(
        "agenda/take_along.html",
        form=form,
        feed=absolute(url_for("agenda.public_feed", **query)),
        news=absolute(url_for("agenda.public_news", **query)),
        embedded=absolute(embedded),
        embedded_path=embedded,
    )
