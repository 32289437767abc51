"""What pages say where people are invented, so that nobody takes example figures for real ones."""

from __future__ import annotations

import sqlalchemy as sa
from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.actors import Actor
from app.extensions import db
from app.people.models import Person
from app.sessions.models import Track, TrackMembership


def holds_examples() -> bool:
    """Return whether there are example people in this house."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Person.is_example))))


def say_people_are_invented(_actor: Actor, *, track: Track) -> Markup:
    """Fill the slot `sessions.track` where an example person takes part in the track."""
    invented = sa.exists().where(
        TrackMembership.track_id == track.id, TrackMembership.person_id == Person.id, Person.is_example
    )
    if not db.session.scalar(sa.select(invented)):
        return Markup("")
    message = get_template_attribute("core/messages.html", "message")
    return Markup('<div class="messages">{}</div>').format(message("care", _("These are examples."), _words()))


def say_figures_are_invented(_actor: Actor) -> Markup:
    """Fill the slots of reports in a house with example people: on paper too, where funders read it."""
    if not holds_examples():
        return Markup("")
    return Markup("<p><b>{}</b> {}</p>").format(_("These are examples."), _words())


def _words() -> str:
    return str(_("The people, their words and the attendance shown here are invented."))
