"""The date polls of a track or a group, and asking which hour suits."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import pgettext

from app.core import clock
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import at_most_hourly, current_actor
from app.datepolls import policy, queries, services
from app.datepolls.blueprint import blueprint
from app.datepolls.forms import ask_form
from app.datepolls.models import DatePoll
from app.datepolls.policy import Owner
from app.datepolls.routes.loading import address, load_track, owner_values
from app.datepolls.showing.lists import lines_of
from app.datepolls.showing.preview import preview_of
from app.moments.endings import end_in_words
from app.workinggroups.queries import get_inside_group


@blueprint.get("/groups/<slug>/date-polls")
def list_group(slug: str) -> Any:
    return _list(get_inside_group(current_actor(), slug))


@blueprint.get("/tracks/<slug>/date-polls")
def list_track(slug: str) -> Any:
    return _list(load_track(slug))


@blueprint.route("/groups/<slug>/date-polls/new", methods=["GET", "POST"])
@at_most_hourly(10)
def ask_group(slug: str) -> Any:
    return _ask(get_inside_group(current_actor(), slug))


@blueprint.route("/tracks/<slug>/date-polls/new", methods=["GET", "POST"])
@at_most_hourly(10)
def ask_track(slug: str) -> Any:
    return _ask(load_track(slug))


def _list(owner: Owner) -> Any:
    """What is undecided stands first, and of that what waits for the reader's answer."""
    actor, now = current_actor(), clock.now()
    over = queries.list_over(actor, owner, cursor=request.args.get("after", ""))
    return render_template(
        "datepolls/list.html",
        undecided=lines_of(actor, queries.list_undecided(actor, owner), now),
        over=lines_of(actor, over.rows, now),
        next_cursor=over.next_cursor,
        may_ask=policy.can_ask(actor, owner) and policy.meets(owner),
        **owner_values(owner),
    )


def _ask(owner: Owner) -> Any:
    actor, now = current_actor(), clock.now()
    require(actor, "datepolls.ask", owner)
    form = ask_form()
    form.now = now
    done = carry_out(form, lambda: services.ask(actor, owner, form.plan(), now=clock.now()), address, _said)
    if done:
        return done
    values = {"form": form, "preview": preview_of(actor, owner, form, now=now), "meets": policy.meets(owner)}
    return render_template("datepolls/new.html", **values, **owner_values(owner)), form.status


def _said(poll: DatePoll) -> str:
    # I18N: after a date poll was started, in a track or a group
    said = pgettext("date poll", "It is open until %(end)s. Whoever takes part is told.", end=end_in_words(poll.moment))
    return str(said)
