"""One's own private calendar links: make one, see its address once, revoke it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, session, url_for
from flask_babel import gettext as _

from app.agenda import queries, services
from app.agenda.blueprint import blueprint
from app.agenda.forms import REACHES, LinkForm
from app.agenda.models import Reach
from app.agenda.secrets import secret_for
from app.core import clock
from app.core.actors import Actor
from app.core.addresses import absolute
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import require
from app.core.web import current_actor

SHOWN_ONCE = "new_calendar_link"
"""Where the browser that made a link keeps its secret until the next page has shown it."""


@blueprint.route("/account/calendar", methods=["GET", "POST"])
def my_links() -> Any:
    """The links of this person, and the form for a new one."""
    actor, now, form = current_actor(), clock.now(), LinkForm()
    require(actor, "agenda.keep_link")
    answer = carry_out(
        form,
        lambda: services.make_link(
            actor, name=form.name.data or "", reach=Reach(form.reach.data), secret=_secret(actor, form), now=now
        ),
        lambda _link: url_for("agenda.my_links"),
    )
    if answer is None:
        return _links_page(form)
    secret = _secret(actor, form)
    if queries.is_just_made(actor, secret, now):  # by this form, now or when it was sent for the first time
        session[SHOWN_ONCE] = secret
    return answer


def _secret(actor: Actor, form: LinkForm) -> str:
    return secret_for(actor.own_id, UUID(str(form.submission_id.data)))


def _links_page(form: LinkForm, refused: Form | None = None) -> Any:
    secret = session.pop(SHOWN_ONCE, "")
    page = render_template(
        "agenda/links.html",
        form=form,
        refused=refused or form,
        links=queries.list_links(current_actor()),
        new_address=absolute(url_for("agenda.private_feed", token=secret)) if secret else "",
        reaches=REACHES,
    )
    return page, (refused or form).status


@blueprint.post("/account/calendar/<uuid:link_id>/revoke")
def revoke_link(link_id: UUID) -> Any:
    """End one of one's own links; somebody else's is not there."""
    actor, now, form = current_actor(), clock.now(), ActionForm()
    require(actor, "agenda.keep_link")
    link = queries.get_link(actor, link_id)
    answer = carry_out(
        form,
        lambda: services.revoke_link(actor, link, now=now),
        lambda _none: url_for("agenda.my_links"),
        lambda _none: _("This link shows nothing any more. Your account and your other links are as they were."),
    )
    return answer or _links_page(LinkForm(formdata=None), form)
