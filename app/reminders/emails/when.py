"""How the subject of a reminder says when: today, tomorrow, or the day; on the recipient's clock."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask_babel import gettext

from app.core import clock
from app.core.context import page_language
from app.extensions import db
from app.moments.local import in_zone
from app.moments.models import Moment
from app.moments.shown import Shown, shown
from app.people.models import Person


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


def shown_to(person_id: UUID, moment: Moment) -> Shown:
    """Return a moment as its recipient reads it."""
    person = db.session.get(Person, person_id)
    return shown(moment, (person.zone if person is not None else "") or None, page_language())


def days_until(time: Shown) -> int:
    """Return on which day from today something begins, on the calendar of whoever reads it: 0 is today."""
    zone = time.first.zone if time.has_hour else time.timing.zone
    return (_day_of(time) - in_zone(clock.now(), zone).date()).days


def _day_of(time: Shown) -> date:
    if time.has_hour:
        return in_zone(time.starts_at, time.first.zone).date()
    wall = time.timing.wall_start or time.timing.wall_end
    assert wall is not None  # noqa: S101 - a constraint of the table
    return wall.date()


def when(time: Shown) -> str:
    """Return the beginning of a subject: "Tomorrow 14:00 in Dakar", "Saturday 13 February, 14:00 in Dakar", or the day
    alone, where no hour is known."""
    if not time.has_hour:
        words = time.words
        return words[:1].upper() + words[1:]
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


def near_subject(time: Shown, title: str) -> str:
    """Return "Tomorrow 14:00 in Dakar: The session"."""
    # I18N: subject of a mail: when (today, tomorrow or a day), then what
    return _("%(when)s: %(title)s", when=when(time), title=title)
