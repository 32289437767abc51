"""What one gets by mail, how often and when: signed in, or by the link at the foot of a mail."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import link_holder
from app.core.acts.routes import WITHOUT_TOKEN
from app.core.context import acting_by_link, speak, stay_outside
from app.core.forms import ActionForm, carry_out
from app.core.web import by_link, current_actor, public
from app.mailings import services
from app.mailings.forms import RhythmForm
from app.mailings.links import EVERYTHING, open_link
from app.mailings.queries import optional_topics, rhythm_of, stops_of
from app.mailings.routes.blueprint import blueprint
from app.mailings.routes.linked import stale
from app.mailings.routes.stopping import topics_of
from app.mailings.words import digest_words, hour_words
from app.people.models import Person
from app.people.queries import get_visible_person


@blueprint.route("/account/mails", methods=["GET", "POST"])
def choose() -> Response | tuple[str, int]:
    """One's own choices, on the pages of one's account."""
    actor = current_actor()
    person = get_visible_person(actor, actor.own_id)
    form = _form_of(person)
    response = carry_out(
        form,
        lambda: services.choose(actor, person, form.choices(), now=clock.now()),
        lambda _person: url_for("mailings.choose"),
        lambda _person: _("From now on your mails come like this."),
    )
    return response or (_page(form, person, is_at_home=True), form.status)


@blueprint.route("/mails/choices/<token>", methods=["GET", "POST"])
@public
@by_link
def choose_by_link(token: str) -> Response | tuple[str, int]:
    """The same by the link of a mail, for whoever has forgotten how to sign in; on top, stopping what that mail was
    about. Looking changes nothing."""
    stay_outside()
    opened = open_link(token)
    if opened is None:
        return stale()
    speak(opened.language)
    person, holder = opened.person, link_holder(opened.person.id)
    with acting_by_link(holder):
        form = _form_of(person, meta=WITHOUT_TOKEN)
        response = carry_out(
            form,
            lambda: services.choose(holder, person, form.choices(), now=clock.now()),
            lambda _person: f"{request.path}?kept=1",
        )
        stopping = ActionForm(meta=WITHOUT_TOKEN)
    if response is not None:
        return response
    topics = topics_of(opened) if opened.topics != EVERYTHING else []
    page = _page(
        form,
        person,
        is_at_home=False,
        topics=topics,
        stopping=stopping,
        stop=url_for("mailings.stop", token=token),
    )
    return page, form.status


def _form_of(person: Person, **more: Any) -> RhythmForm:
    form = RhythmForm(**more)
    if not form.is_submitted():
        form.fill_from(rhythm_of(person.id), stops_of([person.id])[person.id])
    return form


def _page(form: RhythmForm, person: Person, **more: Any) -> str:
    rhythm = rhythm_of(person.id)
    return render_template(
        "mailings/choices.html",
        form=form,
        notes={topic.code: topic.note for topic in optional_topics()},
        stopped=stops_of([person.id])[person.id],
        zone=rhythm.zone,
        has_quiet_hours=rhythm.has_quiet_hours,
        hours={
            "digest": digest_words(rhythm),
            "from": hour_words(rhythm.quiet_from),
            "until": hour_words(rhythm.quiet_until),
        },
        is_kept="kept" in request.args and not form.is_refused,
        **more,
    )
