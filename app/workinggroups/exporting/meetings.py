"""The meetings of a group in its export: when, in which languages, how many came, and their agenda and minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import Name
from app.core.paging import each_page
from app.moments.models import Moment, Precision, Status
from app.moments.shown import shown
from app.moments.words import stamp
from app.outcomes import queries as outcomes
from app.outcomes.models import SessionNotes
from app.sessions.hosts import host_of, titles_of
from app.sessions.models import LanguageMode
from app.sessions.queries import figures_of
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.queries.meetings import page_of_all

STATES: dict[Status, Any] = {
    Status.PLANNED: _l("Expected"),
    Status.CONFIRMED: _lp("date", "Confirmed"),
    Status.POSTPONED: _l("Postponed"),
    Status.CANCELLED: _l("Cancelled"),
    Status.HELD: _l("Held"),
}


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the table of all meetings, then the agenda and the minutes of each that has some."""
    yield _table(actor, group)
    for page in _pages(actor, group):
        names, written = titles_of(page, page_language()), outcomes.languages_among(actor, page)
        for meeting in page:
            notes = outcomes.list_notes(actor, meeting) if written[meeting.id] else []
            if notes or meeting.agenda:
                yield _text(actor, meeting, names[meeting.id], notes)


def _pages(actor: Actor, group: WorkingGroup) -> Iterator[Sequence[GroupMeeting]]:
    return each_page(lambda cursor: page_of_all(actor, group, cursor=cursor))


def _table(actor: Actor, group: WorkingGroup) -> Table:
    def rows() -> Iterator[Sequence[object]]:
        for page in _pages(actor, group):
            names, figures = titles_of(page, page_language()), figures_of([meeting.id for meeting in page])
            for meeting in page:
                yield _row(meeting, names[meeting.id], figures[meeting.id])

    columns = (
        # I18N: column of a table of meetings: what a meeting is called
        ("name", _("Meeting")),
        # I18N: column of a table of meetings: day and hour in words
        ("when", _("When")),
        ("state", _("State")),
        ("starts_at", _("Begins (UTC)")),
        ("until", _("Ends (UTC)")),
        ("zone", _("Time zone")),
        # I18N: column of a table of meetings: the languages spoken
        ("spoken", _("Spoken in")),
        # I18N: column of a table of meetings: the languages interpreted into
        ("interpreted", _("Interpreted into")),
        ("marked", _("Marked")),
        ("say_so", _("Said so")),
        ("behind_screens", _("Behind a screen")),
        ID,
    )
    return Table(name="meetings", columns=columns, rows=rows())


def _row(meeting: GroupMeeting, name: Name, figures: Any) -> Sequence[object]:
    moment = meeting.moment
    starts_at, until = _hours(moment)
    return (
        name,
        shown(moment).words,
        Coded(moment.status, STATES[moment.status]),
        starts_at,
        until,
        moment.zone,
        _languages(meeting, LanguageMode.SPOKEN),
        _languages(meeting, LanguageMode.INTERPRETED),
        figures.marked,
        figures.say_so,
        figures.behind_screens,
        meeting.id,
    )


def _hours(moment: Moment) -> tuple[datetime | None, datetime | None]:
    """No hour where nobody has said one."""
    if moment.precision is not Precision.MINUTE:
        return None, None
    return moment.starts_at, moment.until if moment.wall_end is not None else None


def _languages(meeting: GroupMeeting, mode: LanguageMode) -> str:
    return ", ".join(row.language for row in meeting.languages if row.mode is mode)


def _text(actor: Actor, meeting: GroupMeeting, name: Name, notes: Sequence[SessionNotes]) -> Text:
    when = shown(meeting.moment)
    facts = {"id": meeting.id, "meeting": name.text, "when": when.words, "languages": [row.language for row in notes]}
    title = f"{when.for_machines[:10]} {name.text}"
    return Text(folder="meetings", name=title, facts=facts, body=_body(actor, meeting, name, notes))


def _body(actor: Actor, meeting: GroupMeeting, name: Name, notes: Sequence[SessionNotes]) -> Iterator[str]:
    yield f"# {name.text}\n\n"
    if meeting.agenda:
        yield "## " + _("Agenda") + "\n\n"
        for item in meeting.agenda:
            who = f" ({item.who})" if item.who else ""
            yield f"* +{item.minutes_after_start} min: {item.title}{who}\n"
        yield "\n"
    hands = {row.changed_by for row in notes if row.changed_by is not None}
    names = host_of(meeting).hands(actor, meeting, hands)
    for row in notes:
        # I18N: heading over the minutes of a meeting in a file; %(language)s is a language
        yield "## " + _("Minutes (%(language)s)", language=own_name(row.language)) + "\n\n"
        if row.changed_by is not None:
            by = str(names.get(row.changed_by, ""))
            yield f"{_stamped(row.changed_at, by)}\n\n"
        yield f"{row.body.strip()}\n\n"


def _stamped(at: datetime, by: str) -> str:
    """Return the line under a heading: when, and by whom where that is known."""
    return " · ".join(part for part in (stamp(at), by) if part)


ROOM = Room(
    code="meetings",
    holds=_l("Meetings: when, in which languages, how many were there in three figures, agendas and minutes."),
    leaves_out=_l("The links to join a meeting, and who was at which one: only how often each person came."),
    parts=parts_of,
)
