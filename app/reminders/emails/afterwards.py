"""The mails once something is over: who was there, what people take with them, whether it was handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.registries import Contact
from app.engagements.addresses import engagement_path
from app.extensions import db
from app.moments.mailed import time_words
from app.reminders.emails.dates import card_of, of_groups
from app.reminders.emails.when import shown_to
from app.reminders.things import find_thing
from app.reminders.things.cares import units_of_steps
from app.sessions.addresses import attendance_path, session_path
from app.sessions.hosts import host_of, owner_of, title_of
from app.sessions.models import Gathering


def write_held(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """To whoever leads: that nobody is marked as here yet. To whoever took part: that they can write a reflection."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    row: Gathering = thing.row
    person_id, language = UUID(parameters["person"]), page_language()
    title, owner = title_of(row, language).text, owner_of(row, language).name.text
    time = time_words(shown_to(person_id, thing.moment))
    # I18N: in a mail about a session or a meeting that is over; %(owner)s is a track or a group
    opening = _("%(owner)s met: “%(title)s”.", owner=owner, title=title)
    if person_id in set(db.session.scalars(host_of(row).team(row))):
        return letter(
            # I18N: subject of a mail to those who led a session: its attendance sheet is still empty
            _("Who was there? %(title)s", title=title),
            opening,
            time,
            _(
                "Nobody is marked as here yet. Mark who was there: %(address)s",
                address=absolute(attendance_path(row.id)),
            ),
        )
    return letter(
        # I18N: subject of a mail to those who took part in a session: they can write a reflection about it
        _("What do you take with you? %(title)s", title=title),
        opening,
        time,
        # I18N: in a mail after a session: a reflection is written on its page
        _("Write it in your own language, or speak it: %(address)s", address=absolute(session_path(row.id))),
    )


def write_closed(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """To one person of a group: a deadline has passed, and nobody has said that anything was handed in."""
    thing = find_thing(UUID(parameters["moment"]))
    card = card_of(thing) if thing is not None else None
    if thing is None or card is None:
        return None
    person_id = UUID(parameters["person"])
    units = units_of_steps([thing.row])[thing.row.id]
    own = [unit for unit in units if unit.engagements and person_id in unit.coordinators]
    href = engagement_path(min(own[0].engagements)) if own else card.href
    return letter(
        # I18N: subject of a mail about a deadline that has passed
        _("Was it handed in? %(title)s", title=card.title),
        _("“%(title)s” has closed:", title=card.title),
        time_words(shown_to(person_id, thing.moment)),
        of_groups(units, person_id),
        # I18N: in a mail; a group prepared something for a deadline, and says on a page what became of it
        _("Nobody has said yet that it was handed in, or given up. Say so here: %(address)s", address=absolute(href)),
    )
