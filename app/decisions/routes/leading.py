"""For whoever runs the group: opening and prolonging windows, counting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.decisions import queries, sentences, services
from app.decisions.blueprint import blueprint
from app.decisions.counting import Count
from app.decisions.forms import WindowForm
from app.decisions.models import Decision, Stage, Window
from app.decisions.routes.loading import address, form_page, load
from app.decisions.services.windows import NEXT
from app.decisions.words import STAGES
from app.moments.endings import end_in_words


def _told(window: Window) -> str:
    return str(_("It is open until %(end)s. Everybody in the group is told.", end=end_in_words(window.moment)))


def _end_of(decision: Decision) -> dict[str, Any]:
    """Return the fields of the end that a window has: who gives more time changes what is to be another one."""
    moment = decision.window.moment if decision.window is not None else None
    if moment is None or moment.wall_end is None:
        return {}
    return {"day": moment.wall_end.date(), "hour": moment.wall_end.time(), "zone": moment.zone}


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/open", methods=["GET", "POST"])
def open_window(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.lead")
    form, kind = WindowForm(), NEXT.get(decision.stage)
    done = carry_out(
        form,
        lambda: services.open_window(actor, decision, form.closing(), now=clock.now()),
        lambda _window: address(decision),
        _told,
    )
    title = sentences.asks_for(kind) if kind is not None else STAGES[decision.stage]
    return done or form_page("window.html", decision, form, title=title, is_first=decision.stage is Stage.DRAFTED)


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/prolong", methods=["GET", "POST"])
def prolong_window(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.lead")
    form = WindowForm(data=_end_of(decision))
    done = carry_out(
        form,
        lambda: services.prolong_window(actor, decision, form.closing(), now=clock.now()),
        lambda _window: address(decision),
        _told,
    )
    told = end_in_words(decision.window.moment) if decision.window is not None else ""
    return done or form_page("window.html", decision, form, title=_("Give more time"), is_first=False, told=told)


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/close", methods=["GET", "POST"])
def close_window(slug: str, decision_id: UUID) -> Any:
    """Asked on a page of its own, with the figures."""
    actor, decision = current_actor(), load(slug, decision_id, "decisions.lead")
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.close_window(actor, decision, now=clock.now()),
        lambda _count: address(decision),
        _counted,
    )
    if done:
        return done
    figures = queries.count_of(decision)
    said = {"quorum_sentence": sentences.quorum_sentence(figures), "outcome": sentences.outcome_sentence(figures)}
    return form_page("close.html", decision, form, **said)


def _counted(count: Count) -> Any:
    return _("The voices are counted: %(result)s.", result=STAGES[count.result])
