"""The room that mails fill on the page of one's account."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.mailings.labels import PACES
from app.mailings.models import Pace
from app.mailings.queries import rhythm_of
from app.mailings.readable import is_place_to_read
from app.mailings.words import digest_words
from app.people.models import Person


def way_to_choices(_actor: Actor, *, person: Person) -> Markup:
    rhythm = rhythm_of(person.id)
    when = digest_words(rhythm)
    said = {
        Pace.DAILY: lambda: _("What can wait comes once a day at %(hour)s, in one mail.", hour=when),
        # I18N: %(when)s is a day of the week and an hour: "Friday, 09:00"
        Pace.WEEKLY: lambda: _("What can wait comes once a week, in one mail: %(when)s.", when=when),
        Pace.AT_ONCE: lambda: (
            _("Every mail comes at once, outside your quiet hours.") if rhythm.has_quiet_hours else PACES[Pace.AT_ONCE]
        ),
    }
    is_readable = is_place_to_read(current_app.extensions["maloca"].mail_url)
    return rendered("mailings/account_room.html", said=said[rhythm.pace](), is_readable=is_readable)


def fill() -> None:
    slots.fill("people.account", "mailings", way_to_choices, order=10)
