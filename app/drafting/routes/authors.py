"""For authors of comments: withdraw, bring back, erase."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.drafting import services
from app.drafting.blueprint import blueprint
from app.drafting.forms import EraseForm
from app.drafting.routes.comments import head_of
from app.drafting.routes.loading import address, address_of_comment, load_comment

CHANGE = "drafting.change_comment"


@blueprint.route("/groups/<slug>/comments/<uuid:comment_id>/withdraw", methods=["GET", "POST"])
def withdraw(slug: str, comment_id: UUID) -> Any:
    """Asked on its own page, then hidden from everybody but its author."""
    actor, comment, form = current_actor(), load_comment(slug, comment_id, CHANGE), ActionForm()
    done = carry_out(
        form,
        lambda: services.withdraw(actor, comment, now=clock.now()),
        address_of_comment,
        lambda _comment: _("Withdrawn. Nobody but you sees this comment. You can bring it back."),
    )
    return done or (render_template("drafting/withdraw.html", **head_of(comment), form=form), form.status)


@blueprint.post("/groups/<slug>/comments/<uuid:comment_id>/bring-back")
def bring_back(slug: str, comment_id: UUID) -> Any:
    """Shown again to the people of the group."""
    actor, comment, form = current_actor(), load_comment(slug, comment_id, CHANGE), ActionForm()
    done = carry_out(
        form,
        lambda: services.bring_back(actor, comment, now=clock.now()),
        address_of_comment,
        lambda _comment: _("Your comment is back, for the people of the group."),
    )
    return done or (render_template("drafting/withdraw.html", **head_of(comment), form=form), form.status)


@blueprint.route("/groups/<slug>/comments/<uuid:comment_id>/erase", methods=["GET", "POST"])
def erase(slug: str, comment_id: UUID) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, comment, form = current_actor(), load_comment(slug, comment_id, CHANGE), EraseForm()
    head = head_of(comment)
    leads_to = address(comment.text) if head["is_inside"] else url_for("workinggroups.list_groups")
    done = carry_out(
        form,
        lambda: services.erase_comment(actor, comment, now=clock.now()),
        lambda _comment: leads_to,
        lambda _comment: _("Your comment is erased, with its translations."),
    )
    return done or (render_template("drafting/erase.html", **head, form=form), form.status)
