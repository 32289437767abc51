"""The catalogue that came with the house: what it would change here, and one button to take it over."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from app.advocacy.blueprint import blueprint
from app.advocacy.catalogue import load_catalogue, shipped_catalogue
from app.advocacy.showing.catalogue_file import compare
from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor


@blueprint.route("/catalogue", methods=["GET", "POST"])
def show_catalogue() -> Any:
    """For the secretariat. What people of this house stand by stays whatever the file says."""
    actor, form = current_actor(), ActionForm()
    require(actor, "advocacy.keep_catalogue")
    done = carry_out(
        form,
        lambda: load_catalogue(actor, shipped_catalogue(), now=clock.now()),
        lambda _report: url_for("advocacy.show_catalogue"),
        lambda _report: _("Taken over: this house knows what the catalogue says."),
    )
    if done:
        return done
    return render_template("advocacy/catalogue_file.html", form=form, found=compare(shipped_catalogue())), form.status
