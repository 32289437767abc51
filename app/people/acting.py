"""In whose name this device acts, at the edge: the line that every page shows, and the rooms that are closed while
somebody writes for another person.

Closed is whatever is about the helper's own account or their powers: in this package every page but those named here,
so that a new one is closed until somebody has thought about it. Packages above need no such list: the powers are not
lent (`core.registries.lent`).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request
from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.context import act_as_oneself, current_actor, page_language, signed_in
from app.core.names import names_of
from app.extensions import db
from app.people.keys import mandate_key
from app.people.models import Account, Person
from app.people.policy import can_help
from app.people.queries.assistance import list_helpers
from app.people.routes.account import day_words
from app.people.signed_in import SignedInPerson

DONE_BY_ONESELF = frozenset(
    {
        "people.choose_acting",
        "people.stop_acting",
        "people.register_assisted",
        "people.end_assistance",
        "people.sign_out",
    }
)
"""What is done by the person at the device, whomever they act for otherwise."""

OPEN_TO_HELPERS = frozenset({"people.list_organisations", "people.show_organisation", "people.sign_in"})
"""The other pages of people that stay open while somebody writes for another person."""


def _keep_to_oneself() -> tuple[str, int] | None:
    device = signed_in() if request.blueprint == "people" else None
    if not isinstance(device, SignedInPerson):
        return None
    if request.endpoint in DONE_BY_ONESELF:
        act_as_oneself(device.own_actor(clock.now()))
        return None
    if current_actor().is_helped and request.endpoint not in OPEN_TO_HELPERS:
        return render_template("people/closed.html", name=device.helped_name), 403
    return None


def standing_line(actor: Actor) -> Markup:
    """Return the line that says for whom the reader acts; nothing where it is for themselves. It looks at the device
    and not at the actor, who is the person alone where they choose."""
    device = signed_in()
    if not isinstance(device, SignedInPerson):
        return Markup()
    if actor.is_helped or (device.helped_id is not None and can_help(actor)):
        return Markup(render_template("people/standing.html", helped=device.helped_name))  # noqa: S704 - a template of ours
    organisation_id = device.speaks_for
    if organisation_id is None or not actor.holds(mandate_key(organisation_id)):
        return Markup()
    name = names_of("organisation", [organisation_id], page_language())[organisation_id]
    return Markup(render_template("people/standing.html", organisation=name))  # noqa: S704 - a template of ours


def menu_of_helper(actor: Actor) -> Markup:
    """Return what stands in the reader's menu instead of their account, which is closed while they write for somebody
    else; nothing otherwise."""
    device = signed_in()
    if not isinstance(device, SignedInPerson) or device.helped_id is None or not (actor.is_helped or can_help(actor)):
        return Markup()
    return Markup(render_template("people/person_menu.html"))  # noqa: S704 - a template of ours


def helpers_of_mine(actor: Actor, *, person: Person) -> Markup:
    """On the account page: the way to choose, and who wrote for the reader before they had an account."""
    return _helpers(person, is_own=True)


def helpers_of_theirs(actor: Actor, *, person: Person) -> Markup:
    """On a person's page at the secretariat's desk: who helps them, where somebody does or may."""
    has_account = db.session.get(Account, person.id) is not None
    helpers = list_helpers(person.id)
    return _helpers(person, helpers=helpers, has_account=has_account) if helpers or not has_account else Markup()


def _helpers(person: Person, **values: Any) -> Markup:
    values = {"helpers": list_helpers(person.id), "day_words": day_words} | values
    return Markup(render_template("people/helped_by.html", person=person, **values))  # noqa: S704 - a template of ours


def init_app(app: Flask) -> None:
    app.before_request(_keep_to_oneself)
    slots.fill("core.standing", "people", standing_line)
    slots.fill("core.person_menu", "people", menu_of_helper)
    slots.fill("people.account", "people", helpers_of_mine, order=10)
    slots.fill("people.person", "people", helpers_of_theirs, order=10)
