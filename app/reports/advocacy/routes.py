"""Page and file of the advocacy report. Taking the file along writes one audit line, as in `app.reports.routes`."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.advocacy.models import SPACE
from app.advocacy.queries import list_spaces
from app.advocacy.words import MODES
from app.core import clock
from app.core.actors import Actor
from app.core.database import writing_briefly
from app.core.errors import BadInput
from app.core.languages import fold
from app.core.names import names_of
from app.core.permissions import require
from app.core.tables import CSV_TYPE
from app.core.web import current_actor, page_language
from app.recommendations.words import STATUSES
from app.reports import services
from app.reports.advocacy import queries
from app.reports.advocacy.formats import to_csv
from app.reports.advocacy.forms import AdvocacyForm
from app.reports.advocacy.report import GENDER_INTEGRATED, numbered_goal, report_on
from app.reports.advocacy.scope import AdvocacyScope
from app.reports.days import days_from
from app.reports.routes import blueprint

__all__ = ["blueprint"]


def _asked(actor: Actor) -> tuple[AdvocacyForm, AdvocacyScope]:
    """Read the query: what it names must be seen, and its figures allowed, before anything is said about days."""
    form = AdvocacyForm(request.args)
    scope = queries.find_scope(actor, **form.asked)
    require(actor, "reports.advocacy", scope.group)
    return form, scope


@blueprint.get("/reports/advocacy")
def advocacy() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    form, scope = _asked(actor)
    is_valid = form.validate()
    report = None
    if is_valid:
        scope = scope.between(form.from_on.data, form.to_on.data)
        report = report_on(actor, scope, language=page_language(), now=now)
    _offer_choices(form, actor)
    page = render_template(
        "reports/advocacy.html",
        form=form,
        report=report,
        is_narrowed=any(value for name, value in form.asked.items() if name != "group"),
        kept={name: value for name, value in scope.filters.items() if value},
        days=days_from(*report.days) if report is not None else "",
        statuses=STATUSES,
    )
    return page, 200 if is_valid else 422


def _offer_choices(form: AdvocacyForm, actor: Actor) -> None:
    form.offer(
        group=_by_name("group", [(group.id, group.slug) for group in queries.list_groups(actor)]),
        space=_by_name(SPACE, [(space.id, space.slug) for space in list_spaces()]),
        mode=sorted(((mode.value, str(label)) for mode, label in MODES.items()), key=lambda pair: fold(pair[1])),
        goal=[(str(goal), numbered_goal(goal)) for goal in queries.GOALS],
        region=_by_name("region", [(region.id, region.code) for region in queries.list_regions()], in_order=True),
        gender=[("1", GENDER_INTEGRATED)],
    )


def _by_name(kind: str, things: list[tuple[Any, str]], *, in_order: bool = False) -> list[tuple[str, Any]]:
    """Choices of things with names, sorted by them unless the things have an order of their own."""
    names = names_of(kind, [thing_id for thing_id, _code in things], page_language())
    choices = [(code, str(names[thing_id])) for thing_id, code in things]
    return choices if in_order else sorted(choices, key=lambda pair: fold(pair[1]))


@blueprint.get("/reports/advocacy.csv")
def advocacy_file() -> Response:
    actor, now = current_actor(), clock.now()
    form, scope = _asked(actor)
    if not form.validate():
        raise BadInput(form.first_error)
    report = report_on(actor, scope.between(form.from_on.data, form.to_on.data), language=page_language(), now=now)
    name = "-".join(["advocacy", *(value for value in report.scope.filters.values() if value)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    response = Response(to_csv(report), content_type=CSV_TYPE, headers=headers)
    with writing_briefly():
        services.record_advocacy_export(actor, report, now=now)
    return response
