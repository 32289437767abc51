"""Figures about the house's work: who took part, counted and never named. Owns no table; reads people and sessions.

Writes one thing, the audit line of each exported file.
"""

from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import navigation, permissions, slots
from app.core.actors import Actor
from app.reports import cli, routes
from app.reports.policy import can_read_participation
from app.reports.scope import Scope
from app.sessions.models import Track


def _track_link(actor: Actor, *, track: Track) -> Markup:
    """On a track's page: the way to its figures, for those who may read them."""
    if not can_read_participation(actor, Scope(track=track)):
        return Markup("")
    return Markup(render_template("reports/_track_link.html", track=track))  # noqa: S704 - Jinja has escaped it


def init_app(app: Flask) -> None:
    permissions.register("reports.participation", can_read_participation, "Read participation figures")
    app.register_blueprint(routes.blueprint)
    app.cli.add_command(cli.group)
    slots.fill("sessions.track", "reports", _track_link, order=90)
    navigation.add_to_roof(
        navigation.Entry(
            _l("Reports"),
            "reports.participation",
            order=80,
            sections=("reports",),
            shown_to=lambda actor: actor.is_secretariat,
        )
    )
