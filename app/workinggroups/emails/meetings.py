"""The mail about the meetings that a group calls off when it closes: one for all of them."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.moments.mailed import dated_line
from app.moments.shown import shown
from app.people.helping import told_for
from app.people.models import Person
from app.people.queries import own_name_of
from app.sessions.hosts import titles_of
from app.workinggroups import addresses
from app.workinggroups.models import WorkingGroup
from app.workinggroups.telling import meetings as telling


def write_called_off(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """To whoever is inside, or who helps them."""
    write = partial(_called_off, parameters)
    return mails.or_helper(write, parameters, contact, about=told_for(parameters), name_of=own_name_of)


def _called_off(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    group = db.session.get(WorkingGroup, UUID(parameters["group"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    meetings = telling.told_of(parameters)
    if group is None or person is None or not meetings:
        return None
    language = page_language()
    name, titles = names_of("group", [group.id], language)[group.id].text, titles_of(meetings, language)
    opening = ngettext(
        "The group %(group)s is closed. %(num)s meeting will not take place. It was planned for:",
        "The group %(group)s is closed. %(num)s meetings will not take place. They were planned for:",
        len(meetings),
        group=name,
    )
    lines = [dated_line(titles[row.id].text, shown(row.moment, person.zone or None, language)) for row in meetings]
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s is closed", group=name),
        opening,
        "\n".join(lines),
        _("You go on reading what stands in it: %(address)s", address=absolute(addresses.group_path(group.slug))),
        date=min(row.moment.starts_at for row in meetings),
    )


def register() -> None:
    mails.register(telling.CALLED_OFF, write_called_off)
