"""How a reminder says when: in so many hours, today, tomorrow, or the day; on the recipient's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_timedelta
from flask_babel import gettext

from app.core import mails
from app.core.context import page_language
from app.core.languages import locale_of
from app.extensions import db
from app.moments.local import in_zone
from app.moments.models import Moment
from app.moments.shown import Shown, shown
from app.people.models import Person
from app.reminders.kinds import Whom
from app.reminders.things import Thing
from app.sessions.models import Gathering
from app.sessions.policy import link_is_there

SOON = timedelta(hours=6)
"""What begins within them is said to begin in so many hours, or minutes."""


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


def shown_to(person_id: UUID, moment: Moment) -> Shown:
    """Return a moment as its recipient reads it."""
    person = db.session.get(Person, person_id)
    return shown(moment, (person.zone if person is not None else "") or None, page_language())


def days_until(time: Shown) -> int:
    """Return on which day from today something begins, on the calendar of whoever reads it: 0 is today."""
    zone = time.first.zone if time.has_hour else time.timing.zone
    return (_day_of(time) - in_zone(mails.now(), zone).date()).days


def _day_of(time: Shown) -> date:
    if time.has_hour:
        return in_zone(time.starts_at, time.first.zone).date()
    wall = time.timing.wall_start or time.timing.wall_end
    assert wall is not None  # noqa: S101 - a constraint of the table
    return wall.date()


def when(time: Shown) -> str:
    """Return the beginning of a subject: "In 1 hour, 14:00 in Dakar", "Tomorrow 14:00 in Dakar", "Saturday 13 February,
    14:00 in Dakar", or the day alone, where no hour is known."""
    if not time.has_hour:
        return _capital(time.words)
    if (soon := _soon(time)) is not None:
        return _("%(day)s, %(hour)s in %(place)s", day=soon, hour=time.first.start, place=time.first.place)
    said = {"hour": time.first.start, "place": time.first.place}
    match days_until(time):
        case 0:
            # I18N: beginning of the subject of a mail: "Today 14:00 in Dakar"
            return _("Today %(hour)s in %(place)s", **said)
        case 1:
            # I18N: beginning of the subject of a mail: "Tomorrow 14:00 in Dakar"
            return _("Tomorrow %(hour)s in %(place)s", **said)
    # I18N: beginning of the subject of a mail: "Saturday 13 February, 14:00 in Dakar"
    return _("%(day)s, %(hour)s in %(place)s", day=time.first.day_of_year, **said)


def _soon(time: Shown) -> str | None:
    """Return "In 3 hours", None of what has begun or is further away."""
    left = time.starts_at - mails.now()
    if not timedelta(0) < left <= SOON:
        return None
    words = format_timedelta(left, granularity="minute", add_direction=True, locale=locale_of(page_language()))
    return _capital(words)


def way_in_is_there(gathering: Gathering) -> bool:
    """Whether those who take part find the link to the meeting on its page already."""
    return link_is_there(gathering, mails.now())


def still_meant(thing: Thing, people: Iterable[UUID], parameters: dict[str, Any]) -> list[UUID]:
    """Return whom of some people a reminder is for while it is written."""
    to_whom, now = [Whom(code) for code in parameters["to"]], mails.now()
    return [one for one in people if thing.still_concerns(one, parameters["minutes"], to_whom, now)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def near_subject(time: Shown, title: str) -> str:
    """Return "Tomorrow 14:00 in Dakar: The session"."""
    # I18N: subject of a mail: when (today, tomorrow or a day), then what
    return _("%(when)s: %(title)s", when=when(time), title=title)
