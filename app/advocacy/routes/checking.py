"""What should be compared with its source again, and the click that says it was and is right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.advocacy import services
from app.advocacy.addresses import occurrence_path, space_path, step_path
from app.advocacy.blueprint import blueprint
from app.advocacy.models import AdvocacySpace, Fact, Occurrence, ParticipationMode, Step, StepRule
from app.advocacy.queries.rechecking import PAGE, get_fact, list_due
from app.advocacy.showing.rechecking import due_lines
from app.core import clock
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import require
from app.core.web import current_actor

LAST_PAGE = 1000


@blueprint.get("/recheck")
def list_recheck() -> Any:
    """For whoever keeps dates: the most urgent first."""
    require(current_actor(), "advocacy.keep_dates")
    return _render_list()


def _render_list(refused: Form | None = None) -> Any:
    found, number = list_due(clock.now()), _page_asked()
    page = found[(number - 1) * PAGE : number * PAGE]
    rendered = render_template(
        "advocacy/recheck.html",
        lines=due_lines(page),
        count=len(found),
        further=number + 1 if number * PAGE < len(found) else None,
        refused=refused,
    )
    return rendered, refused.status if refused else 200


def _page_asked() -> int:
    said = request.args.get("page", "")
    return max(1, min(int(said), LAST_PAGE)) if said.isascii() and said.isdigit() and len(said) < 5 else 1


@blueprint.post("/recheck/<any(space, mode, rule, occurrence, step):kind>/<uuid:thing_id>")
def check(kind: str, thing_id: UUID) -> Any:
    """One tap: compared with its source, still right. It leads back to the list, or to the page of the thing."""
    actor, form, fact = current_actor(), ActionForm(), get_fact(kind, thing_id)
    require(actor, "advocacy.keep_dates", fact)
    done = carry_out(
        form,
        lambda: services.check(actor, fact, now=clock.now()),
        lambda _fact: _page_of(fact) if request.args.get("back") == "page" else url_for("advocacy.list_recheck"),
        lambda _fact: _("Noted: checked today."),
    )
    return done or _render_list(form)


def _page_of(fact: Fact) -> str:
    match fact:
        case Occurrence():
            return occurrence_path(fact.id)
        case Step():
            return step_path(fact.occurrence_id, fact.id)
        case AdvocacySpace():
            return space_path(fact.slug)
        case ParticipationMode() | StepRule():
            return space_path(fact.space.slug)
    raise TypeError(type(fact))
