"""Figures about the house's work: who took part, and what groups undertook in advocacy; counted, and nobody named. Owns
no table; reads people, sessions and engagements.

Writes one thing, the audit line of each exported file.
"""

from collections.abc import Sequence

from flask import Flask, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import navigation, permissions, slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.reports import cli
from app.reports.advocacy.routes import blueprint
from app.reports.policy import can_read_advocacy, can_read_participation
from app.reports.scope import Scope
from app.sessions.models import Track
from app.workinggroups.models import WorkingGroup


def _track_link(actor: Actor, *, track: Track) -> Markup:
    """On a track's page: the way to its figures, for those who may read them."""
    if not can_read_participation(actor, Scope(track=track)):
        return Markup("")
    return Markup(render_template("reports/_track_link.html", track=track))  # noqa: S704 - Jinja has escaped it


def _summaries(actor: Actor, *, tracks: Sequence[Track]) -> Markup:
    """On the front page: the way to the figures, of the whole house or of the tracks one leads."""
    of_house = can_read_participation(actor, None)
    of_tracks = [] if of_house else [track for track in tracks if can_read_participation(actor, Scope(track=track))]
    of_advocacy = can_read_advocacy(actor)
    if not (of_house or of_tracks or of_advocacy):
        return Markup("")
    names = names_of("track", [track.id for track in of_tracks], page_language())
    return slots.rendered(
        "reports/_at_hand.html", of_house=of_house, of_advocacy=of_advocacy, tracks=of_tracks, names=names
    )


def _group_link(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On a group's desk: the way to the figures of its advocacy."""
    if not can_read_advocacy(actor, group):
        return Markup("")
    address = url_for("reports.advocacy", group=group.slug)
    return Markup('<a href="{}">{}</a>').format(address, _("Advocacy in figures"))


def init_app(app: Flask) -> None:
    permissions.register("reports.participation", can_read_participation, "Read participation figures")
    permissions.register("reports.advocacy", can_read_advocacy, "Read advocacy figures")
    app.register_blueprint(blueprint)
    app.cli.add_command(cli.group)
    slots.fill("sessions.track", "reports", _track_link, order=90)
    slots.fill("workinggroups.desk_links", "reports", _group_link, order=90)
    slots.fill("home.at_hand", "reports", _summaries, order=90)
    navigation.add_to_roof(
        navigation.Entry(
            _l("Reports"),
            "reports.participation",
            order=80,
            sections=("reports",),
            shown_to=lambda actor: actor.is_secretariat,
        )
    )
