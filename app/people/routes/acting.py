"""In whose name somebody acts on this device."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.people import queries, services
from app.people.forms import ActingForm
from app.people.forms.acting import ONESELF
from app.people.keys import mandated_for
from app.people.models import Assistance
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import here


@blueprint.route("/acting", methods=["GET", "POST"])
def choose_acting() -> Response | tuple[str, int]:
    """For oneself, for an organisation one speaks for, or for a person one helps: on this device, until changed."""
    actor, form = current_actor(), ActingForm()
    helped = queries.list_helped(actor)
    with_account = queries.persons_with_account([row.person_id for row in helped])
    form.offer(_choices(actor, [row for row in helped if row.person_id not in with_account]))
    if not form.is_submitted():
        form.acting.data = _present(actor)
    response = carry_out(
        form,
        lambda: _choose(actor, str(form.acting.data)),
        lambda _none: url_for("home.front"),
        lambda _none: _said(str(form.acting.data), helped),
    )
    return response or (
        render_template(
            "people/acting.html",
            form=form,
            notes=_notes(form),
            helped=helped,
            with_account=with_account,
            day_words=day_words,
        ),
        form.status,
    )


def _choices(actor: Actor, helped: list[Assistance]) -> list[tuple[str, Any]]:
    organisation_ids = mandated_for(actor)
    names = names_of("organisation", organisation_ids, page_language())
    offered: list[tuple[str, Any]] = [(ONESELF, _("for myself"))]
    for organisation_id in sorted(organisation_ids, key=lambda row_id: (names[row_id].text, row_id)):
        offered.append(
            (f"organisation:{organisation_id}", _("for %(organisation)s", organisation=names[organisation_id].text))
        )
    for row in helped:
        offered.append((f"person:{row.person_id}", _("as the hand of %(name)s", name=row.person.name)))
    return offered


def _notes(form: ActingForm) -> dict[str, Any]:
    """What each choice changes."""
    notes = {
        "organisation": _(
            "You join tracks and say that you were there for it, unless you choose otherwise there. What you do is "
            "written down in its name, with yours beside it."
        ),
        "person": _("What you join, write and say counts as theirs. Your own account stays closed meanwhile."),
    }
    kinds = {choice.value: str(choice.value).partition(":")[0] for choice in form.acting.choices or ()}
    return {value: notes[kind] for value, kind in kinds.items() if kind in notes}


def _said(chosen: str, helped: list[Assistance]) -> str:
    """Name what was chosen: the next page is another one."""
    kind, _colon, identifier = chosen.partition(":")
    if kind == ONESELF:
        return str(_("You act for yourself again."))
    if kind == "organisation":
        name = names_of("organisation", [UUID(identifier)], page_language())[UUID(identifier)].text
        return str(
            _(
                "You act for %(organisation)s on this device. You can change it at the top of every page.",
                organisation=name,
            )
        )
    name = next(row.person.name for row in helped if str(row.person_id) == identifier)
    return str(_("You write for %(name)s on this device. You can change it at the top of every page.", name=name))


def _present(actor: Actor) -> str:
    """What is chosen on this device and still holds."""
    device = here()
    if device.helped_id is not None:
        return f"person:{device.helped_id}"
    if device.speaks_for in mandated_for(actor):
        return f"organisation:{device.speaks_for}"
    return ONESELF


def _choose(actor: Actor, chosen: str) -> None:
    kind, _colon, identifier = chosen.partition(":")
    device, now = here().auth_session_id, clock.now()
    if kind == ONESELF:
        return services.act_as_oneself(actor, auth_session_id=device, now=now)
    try:
        chosen_id = UUID(identifier)
    except ValueError:
        raise RuleBroken(_l("Choose in whose name you act."), field="acting") from None
    if kind == "organisation":
        return services.act_for_organisation(actor, auth_session_id=device, organisation_id=chosen_id, now=now)
    return services.write_for(actor, auth_session_id=device, person_id=chosen_id, now=now)


@blueprint.post("/acting/stop")
def stop_acting() -> Response | tuple[str, int]:
    """Act for oneself again, from wherever the line at the top was touched."""
    actor, form = current_actor(), ActionForm()
    response = carry_out(
        form,
        lambda: services.act_as_oneself(actor, auth_session_id=here().auth_session_id, now=clock.now()),
        lambda _none: url_for("people.choose_acting"),
        lambda _none: _("You act for yourself again."),
    )
    return response or (render_template("people/try_again.html", form=form), form.status)
