"""Dates as entries of a calendar file: in words that say how sure a date is, and with nothing that is not on its
page."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.agenda.showing.lines import Line
from app.core.addresses import absolute
from app.core.context import page_language
from app.moments.calendar_file import CalendarEntry, is_within_a_span
from app.moments.models import Certainty, Precision, Status
from app.moments.shown import shown

MET_BY_LINK = frozenset({"session", "meeting"})
"""Kinds of things whose page shows a link to the meeting, for those who take part."""


def entries_of(lines: Iterable[Line]) -> list[CalendarEntry]:
    """Return dates as entries. The address of the page is the way in: no link to a meeting, and no person."""
    return [
        CalendarEntry(
            moment=line.moment,
            title=titled(line),
            language=line.card.language or page_language(),
            url=absolute(line.card.href),
            description=_described(line),
            status=line.status,
            is_due=line.window is not None,
        )
        for line in lines
    ]


def titled(line: Line) -> str:
    """Return what a date is called outside the house: after what it is part of, and with its state in words, which not
    every program shows."""
    title, part_of = line.card.title, line.card.part_of
    if part_of:
        # I18N: what a date is part of (a track, a group, an advocacy space), then its title
        title = str(_("%(group)s: %(title)s", group=part_of, title=title))
    if line.is_deadline:
        # I18N: title of a date in a calendar program: "Deadline: Parallel reports, CEDAW: Session 86"
        title = str(_("Deadline: %(what)s", what=title))
    match line.status:
        case Status.CANCELLED:
            # I18N: title of a date in a calendar program that does not take place: "Cancelled: Who owns the land?"
            return str(_("Cancelled: %(what)s", what=title))
        case Status.POSTPONED:
            return str(_("Postponed, no new date yet: %(what)s", what=title))
        case Status.HELD:
            return title
    if line.window is not None:
        # I18N: title of a date in a calendar program: until then people answer a decision or a poll
        return str(_("To be answered: %(what)s", what=title))
    if is_within_a_span(line.moment):
        return f"{title} ({shown(line.moment).words})"
    return title if _is_sure(line) else str(_("Expected around: %(what)s", what=title))


def _is_sure(line: Line) -> bool:
    moment = line.moment
    is_known = moment.certainty is Certainty.VERIFIED and moment.precision in (Precision.MINUTE, Precision.DAY)
    return is_known and (moment.status is Status.CONFIRMED or line.is_due or moment.precision is Precision.MINUTE)


def _described(line: Line) -> str:
    if line.moment.precision is not Precision.MINUTE:
        return shown(line.moment).words
    if line.moment.subject_kind in MET_BY_LINK and line.status in (Status.PLANNED, Status.CONFIRMED):
        return str(_("The link to the meeting is on this page, from 24 hours before, for participants."))
    return ""
