"""The polls of a group, and starting one."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.moments.endings import end_in_words
from app.polls import policy, queries, services
from app.polls.blueprint import blueprint
from app.polls.forms import PollForm
from app.polls.models import Poll
from app.polls.routes.loading import address, group_values, languages_first
from app.polls.showing import lines_of
from app.workinggroups.queries import get_inside_group


@blueprint.get("/groups/<slug>/polls")
def list_polls(slug: str) -> Any:
    """The polls of a group, what waits for the reader's answer first."""
    actor = current_actor()
    group = get_inside_group(actor, slug)
    lines = lines_of(actor, queries.list_polls(actor, group), clock.now())
    return render_template(
        "polls/list.html",
        open_ones=[line for line in lines if line.is_open],
        over=[line for line in lines if not line.is_open],
        may_start=policy.can_start(actor, group) and policy.writes(group),
        **group_values(group),
    )


@blueprint.route("/groups/<slug>/polls/new", methods=["GET", "POST"])
def start(slug: str) -> Any:
    actor = current_actor()
    group = get_inside_group(actor, slug)
    require(actor, "polls.start", group)
    form = PollForm()
    form.offer()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form, lambda: services.start_poll(actor, group, form.plan(), now=clock.now()), address, _said_of_start
    )
    return done or (render_template("polls/new.html", form=form, poll=None, **group_values(group)), form.status)


def _said_of_start(poll: Poll) -> str:
    return str(_("It is open until %(end)s. Whoever takes part is told.", end=end_in_words(poll.moment)))
