"""What one gets by mail, how often and when: signed in, or by the link at the foot of a mail."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor, link_holder
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.web import current_actor, public
from app.extensions import db
from app.mailings import services
from app.mailings.forms import RhythmForm
from app.mailings.links import read_choices_token
from app.mailings.queries import optional_topics, rhythm_of, stops_of
from app.mailings.routes.blueprint import blueprint
from app.people.models import Person
from app.people.queries import get_visible_person


@blueprint.route("/account/mails", methods=["GET", "POST"])
def choose() -> Response | tuple[str, int]:
    """One's own choices, on the pages of one's account."""
    actor = current_actor()
    person = get_visible_person(actor, actor.own_id)
    return _page(actor, person, leads_to=url_for("mailings.choose"), is_at_home=True)


@blueprint.route("/mails/choices/<token>", methods=["GET", "POST"])
@public
def choose_by_link(token: str) -> Response | tuple[str, int]:
    """The same by the link of a mail, for whoever has forgotten how to sign in. Looking changes nothing."""
    person_id = read_choices_token(token)
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        raise NotFound
    leads_to = url_for("mailings.choose_by_link", token=token)
    return _page(link_holder(person.id), person, leads_to=leads_to, is_at_home=False)


def _page(actor: Actor, person: Person, *, leads_to: str, is_at_home: bool) -> Response | tuple[str, int]:
    form, rhythm = RhythmForm(), rhythm_of(person.id)
    if not form.is_submitted():
        form.fill_from(rhythm, stops_of([person.id])[person.id])
    response = carry_out(
        form,
        lambda: services.choose(actor, person, form.choices(), now=clock.now()),
        lambda _person: leads_to,
        lambda _person: _("From now on your mails come like this."),
    )
    if response is not None:
        return response
    notes = {topic.code: topic.note for topic in optional_topics()}
    page = render_template(
        "mailings/choices.html",
        form=form,
        notes=notes,
        zone=rhythm.zone,
        is_at_home=is_at_home,
        hours={name: f"{getattr(rhythm, name):02d}:00" for name in ("hour", "quiet_from", "quiet_until")},
    )
    return page, form.status
