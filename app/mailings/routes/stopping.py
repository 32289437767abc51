"""Stopping the mails of one topic by the link of a mail: one click of a mail program, or a page that asks first.

A mail program sends `List-Unsubscribe=One-Click` without a cookie or a token against forged requests (RFC 8058); the
link itself is the secret, on the page too. Looking at the page changes nothing, nor does anything that is sent to it
but that word or a form of ours: scanners of mail open every link, and some send an empty form.
"""

from __future__ import annotations

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import link_holder
from app.core.acts.routes import WITHOUT_TOKEN
from app.core.context import acting_by_link, speak, stay_outside
from app.core.forms import ActionForm, Form, carry_out
from app.core.topics import Topic, find_topic
from app.core.web import by_link, public
from app.extensions import db
from app.mailings import services
from app.mailings.links import EVERYTHING, Opened, open_link
from app.mailings.queries import optional_topics, stops_of
from app.mailings.routes.blueprint import blueprint
from app.mailings.routes.linked import stale


@blueprint.route("/mails/stop/<token>", methods=["GET", "POST"])
@public
@by_link
def stop(token: str) -> Response | tuple[str, int]:
    """Ask, then stop. The page of what is stopped has the way back."""
    stay_outside()
    opened = open_link(token)
    topics = topics_of(opened) if opened is not None else []
    if opened is None or not topics:
        return stale()
    speak(opened.language)
    if request.form.get("List-Unsubscribe") == "One-Click":
        codes = [topic.code for topic in topics]
        services.stop(link_holder(opened.person.id), opened.person, codes, now=clock.now())
        db.session.commit()
        return _page(token, opened, topics, ActionForm(meta=WITHOUT_TOKEN))
    if request.method == "POST" and not request.form.get("submission_id"):
        return _page(token, opened, topics, ActionForm(formdata=None, meta=WITHOUT_TOKEN))
    response, form = _carry_out(token, opened, topics)
    return response if response is not None else _page(token, opened, topics, form)


def topics_of(opened: Opened) -> list[Topic]:
    """Return what a link stops: what its mail was about; [] where that cannot be stopped."""
    if opened.topics == EVERYTHING:
        return optional_topics()
    found = (find_topic(code) for code in opened.topics.split(","))
    return [topic for topic in found if topic is not None and topic.is_optional]


def _carry_out(token: str, opened: Opened, topics: list[Topic]) -> tuple[Response | None, Form]:
    """Stop, or send again what was stopped; then lead to this address again, which says what holds."""
    holder, codes = link_holder(opened.person.id), [topic.code for topic in topics]
    again = request.form.get("again")
    act = services.want_again if again else services.stop
    next_page = _address(token, again="1") if again else _address(token)
    with acting_by_link(holder):
        form = ActionForm(meta=WITHOUT_TOKEN)
        return carry_out(
            form, lambda: act(holder, opened.person, codes, now=clock.now()), lambda _person: next_page
        ), form


def _address(token: str, again: str | None = None) -> str:
    """Return this address, in the language that was asked for."""
    return url_for("mailings.stop", token=token, lang=request.args.get("lang"), again=again)


def _page(token: str, opened: Opened, topics: list[Topic], form: Form) -> tuple[str, int]:
    stopped = stops_of([opened.person.id])[opened.person.id]
    page = render_template(
        "mailings/stop.html",
        form=form,
        here=_address(token),
        topics=topics,
        is_all=opened.topics == EVERYTHING,
        is_stopped=all(topic.code in stopped for topic in topics),
        is_back=bool(request.args.get("again")),
        choices=url_for("mailings.choose_by_link", token=token),
    )
    return page, form.status
