"""The dates of advocacy for calendar programs and spreadsheets. What is estimated says so in its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import pgettext

from app.advocacy import words
from app.advocacy.addresses import occurrence_path, step_path
from app.advocacy.models import Occurrence, Step
from app.advocacy.queries import short_names
from app.advocacy.showing.dates import is_sure
from app.core.context import page_language
from app.core.names import Name
from app.moments.calendar_file import CalendarEntry, is_within_a_span
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.shown import shown

KEPT = timedelta(days=90)
"""So long after its end a date stays in a file that is subscribed to."""


def start_of_file(now: datetime) -> datetime:
    """Return from when on dates stand in a file of the calendar."""
    return now - KEPT


def calendar_entries(sessions: Sequence[Occurrence], deadlines: Sequence[Step], address: str) -> list[CalendarEntry]:
    """Return sessions and deadlines as entries of a calendar file, titled "expected around" until somebody has
    confirmed them, or by the days between which they lie. Nothing is called a deadline before (R-09)."""
    spaces = _spaces(sessions, deadlines)
    entries = [
        _entry(row, words.occurrence_name(row, spaces[row.space_id]), address + occurrence_path(row.id))
        for row in sessions
    ]
    for step in deadlines:
        of = step.occurrence
        called = words.step_called(words.step_name(step), words.occurrence_name(of, spaces[of.space_id]))
        is_known = step.moment.certainty is Certainty.VERIFIED
        # I18N: title of a date in a calendar program: "Deadline: Parallel reports, CEDAW: Session 86"
        title = _("Deadline: %(what)s", what=called) if is_known else called
        entries.append(_entry(step, title, address + step_path(of.id, step.id)))
    return entries


def _entry(fact: Occurrence | Step, name: object, url: str) -> CalendarEntry:
    moment, status = fact.moment, _status_of(fact)
    title, description = str(name), shown(moment).words
    if status is Status.POSTPONED:
        # I18N: title of a date in a calendar program that was put off: "Postponed, no new date yet: CEDAW: Session 86"
        title = str(_("Postponed, no new date yet: %(what)s", what=title))
        description = str(_("before: %(date)s", date=description))
    elif is_within_a_span(moment) and status not in (Status.CANCELLED, Status.HELD):
        title = f"{title} ({description})"
    elif not is_sure(moment) and status not in (Status.CANCELLED, Status.HELD):
        # I18N: title of a date in a calendar program that nobody has confirmed: "Expected around: CEDAW: Session 86"
        title = str(_("Expected around: %(what)s", what=title))
    language = name.language if isinstance(name, Name) else page_language()
    return CalendarEntry(moment=moment, title=title, language=language, url=url, description=description)


def _status_of(fact: Occurrence | Step) -> Status:
    return fact.status_now if isinstance(fact, Step) else fact.moment.status


def _spaces(sessions: Iterable[Occurrence], deadlines: Iterable[Step]) -> dict[UUID, Name]:
    found = {row.space_id: row.space for row in sessions} | {
        row.occurrence.space_id: row.occurrence.space for row in deadlines
    }
    return short_names(found.values())


def rows_of(sessions: Sequence[Occurrence], deadlines: Sequence[Step], address: str) -> Iterator[Sequence[Any]]:
    """Yield a table of dates, its heads first."""
    spaces = _spaces(sessions, deadlines)
    yield (
        _("Space"), _("What"), _("Deadline"), _("Date"), _("First day"), _("Last day"), _("Hour"), _("Time zone"),
        _("State of the date"), _("How sure"), _("Goals"), _("States under review"), _("Source"), _("Last checked"),
        _("Address"),
    )  # fmt: skip
    for row in sessions:
        yield _row(row, row, spaces[row.space_id], address + occurrence_path(row.id))
    for step in deadlines:
        of = step.occurrence
        yield _row(of, step, spaces[of.space_id], address + step_path(of.id, step.id))


def _row(row: Occurrence, fact: Occurrence | Step, space: Name, url: str) -> tuple[Any, ...]:
    """Return one line: of a session, or of a deadline that belongs to it."""
    moment = fact.moment
    has_hour = moment.precision is Precision.MINUTE and moment.wall_start is not None
    goals = [str(goal.goal) for goal in row.goals or row.space.goals]
    return (
        str(space),
        str(words.occurrence_name(row, space)),
        str(words.step_name(fact)) if isinstance(fact, Step) else "",
        shown(moment).words,
        moment.wall_start.date() if moment.wall_start else "",
        moment.wall_end.date() if moment.wall_end else "",
        f"{moment.wall_start:%H:%M}" if has_hour else "",
        moment.zone or "",
        _state_words(moment, _status_of(fact)),
        words.CERTAINTIES[moment.certainty],
        " ".join(goals),
        " ".join(state.country for state in row.states),
        fact.source,
        fact.checked_on or "",
        url,
    )


def _state_words(moment: Moment, status: Status) -> str:
    match status:
        case Status.CANCELLED:
            return str(_("Cancelled"))
        case Status.POSTPONED:
            return str(_("Postponed"))
        case Status.HELD:
            return str(_("Held"))
    return pgettext("date", "Confirmed") if is_sure(moment) else str(_("Expected"))
