"""Stopping the mails of one topic by the link of a mail: one click of a mail program, or a page that asks first.

A mail program sends `List-Unsubscribe=One-Click` without a cookie or a token against forged requests (RFC 8058); the
link itself is the secret. Looking at the page changes nothing: scanners of mail open every link.
"""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import link_holder
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form, carry_out
from app.core.topics import Topic, find_topic
from app.core.web import public
from app.extensions import db
from app.mailings import services
from app.mailings.links import EVERYTHING, choices_token, read_stop_token
from app.mailings.queries import optional_topics, stops_of
from app.mailings.routes.blueprint import blueprint
from app.people.models import Person


@blueprint.route("/mails/stop/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> Response | tuple[str, int]:
    """Ask, then stop. The page of what is stopped has the way back."""
    person, topics = _meant(token)
    codes = [topic.code for topic in topics]
    if request.form.get("List-Unsubscribe") == "One-Click":
        services.stop(link_holder(person.id), person, codes, now=clock.now())
        db.session.commit()
        return _page(token, person.id, topics, ActionForm())
    form = ActionForm()
    response = carry_out(
        form,
        lambda: services.stop(link_holder(person.id), person, codes, now=clock.now()),
        lambda _person: url_for("mailings.stop", token=token),
        lambda _person: _("It is stopped."),
    )
    return response or _page(token, person.id, topics, form)


@blueprint.post("/mails/stop/<token>/back")
@public
def send_again(token: str) -> Response | tuple[str, int]:
    """The way back: these mails come again."""
    person, topics = _meant(token)
    form, codes = ActionForm(), [topic.code for topic in topics]
    response = carry_out(
        form,
        lambda: services.want_again(link_holder(person.id), person, codes, now=clock.now()),
        lambda _person: url_for("mailings.stop", token=token),
        lambda _person: _("These mails come again."),
    )
    return response or _page(token, person.id, topics, form)


def _meant(token: str) -> tuple[Person, list[Topic]]:
    """Return for whom a link was made and what it stops; a link that opens nothing is no address of ours."""
    read = read_stop_token(token)
    person = db.session.get(Person, read[0]) if read is not None else None
    if read is None or person is None:
        raise NotFound
    if read[1] == EVERYTHING:
        return person, optional_topics()
    topic = find_topic(read[1])
    if topic is None or not topic.is_optional:
        raise NotFound
    return person, [topic]


def _page(token: str, person_id: UUID, topics: list[Topic], form: Form) -> tuple[str, int]:
    stopped = stops_of([person_id])[person_id]
    page = render_template(
        "mailings/stop.html",
        form=form,
        token=token,
        topics=topics,
        is_stopped=all(topic.code in stopped for topic in topics),
        choices=url_for("mailings.choose_by_link", token=choices_token(person_id)),
    )
    return page, form.status
