"""By how many days a date has come nearer than its reader was told, and how a mail says it."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.moments.local import in_zone
from app.moments.models import Precision
from app.moments.shown import Shown

_VAGUE = (Precision.MONTH, Precision.YEAR, Precision.WINDOW)


def days_earlier(told: Shown, new: Shown, now: datetime, *, closes: bool) -> int:
    """Return by how many days something begins, or (`closes`) ends, before the first day on which it could have been;
    0 where it does not, or where it has passed. Hours are compared on one clock: the reader's, else that of the new
    date."""
    if new.until < now:
        return 0
    if told.has_hour and new.has_hour:
        zone = new.reader_zone or new.timing.zone or "UTC"
        was, comes = (in_zone(time.until if closes else time.starts_at, zone) for time in (told, new))
        return max((was.date() - comes.date()).days, 0)
    first, last = _first_day(told, closes=closes), _last_day(new, closes=closes)
    return max((first - last).days, 0) if first and last else 0


def earlier_subject(days: int, title: str) -> str:
    """Return the subject of a mail about a date that comes earlier."""
    # I18N: subject of a mail: there is less time than one thought
    return str(ngettext("%(num)s day earlier: %(title)s", "%(num)s days earlier: %(title)s", days, title=title))


def before_lines(told: Shown, days: int) -> str:
    """Return what a date was, as the reader of a mail was told it, and by how many days it comes earlier."""
    # I18N: in a mail about a date that changed: what it was
    lines = [str(_("Before: %(date)s", date=told.words))]
    if days:
        # I18N: in a mail about a date that changed, below what it was: there is less time than one thought
        lines.append(str(ngettext("It is now %(num)s day earlier.", "It is now %(num)s days earlier.", days)))
    return "\n".join(lines)


def _first_day(time: Shown, *, closes: bool) -> date | None:
    wall = time.timing.wall_end if closes else time.timing.wall_start
    return wall.date() if wall is not None else None


def _last_day(time: Shown, *, closes: bool) -> date | None:
    return _first_day(time, closes=closes or time.timing.precision in _VAGUE)
