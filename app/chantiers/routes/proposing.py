"""Proposing a chantier."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from app.chantiers import services
from app.chantiers.forms import propose_form
from app.chantiers.routes import blueprint
from app.core import clock
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.people.keys import mandated_for
from app.people.queries import get_visible_organisation


@blueprint.route("/groups/chantiers/new", methods=["GET", "POST"])
def propose() -> Any:
    actor = current_actor()
    require(actor, "chantiers.propose")
    form = propose_form()
    speaks_for = mandated_for(actor)
    form.offer({actor.acting_for} if actor.acting_for in speaks_for else speaks_for)
    done = carry_out(
        form,
        lambda: services.propose_chantier(
            actor,
            get_visible_organisation(actor, form.organisation.data),
            words=form.words(),
            audience=str(form.audience.data),
            now=clock.now(),
        ),
        lambda group: url_for("chantiers.list_carriers", slug=group.slug),
        lambda _group: _("The chantier is proposed. Now ask a second organisation to carry it with yours."),
    )
    return done or (render_template("chantiers/propose.html", form=form), form.status)
