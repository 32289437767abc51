"""The date polls of a group in its export: the hours that were asked about, and who said what, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.names import Name
from app.datepolls import queries
from app.datepolls.counting import figure_of
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll
from app.datepolls.policy import can_see_names
from app.datepolls.showing.words import SAYS, state_of
from app.workinggroups.exports import ID, Coded, Part, Room, Table
from app.workinggroups.models import WorkingGroup

CODES = {"confirmed": "open", "held": "chosen", "expected": "closed", "cancelled": "laid_down"}
"""The tone of a badge, and the code of the same state for machines."""


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the date polls, each of their hours with its figures, and who said what of it."""
    polls = queries.list_date_polls(actor, group)
    titles = queries.titles_of(polls)
    yield Table(
        name="date_polls", columns=_of_polls(), rows=(_poll_row(row, str(titles[row.id]), now) for row in polls)
    )
    yield Table(name="date_poll_hours", columns=_of_hours(), rows=_hours(polls, titles))
    yield Table(name="date_poll_answers", columns=_of_answers(), rows=_answers(actor, polls, titles))


def _of_polls() -> Sequence[tuple[str, Any]]:
    return (
        ("title", _("Title")),
        ("state", _("State")),
        ("started_at", _("Opened (UTC)")),
        ("closes_at", _("Closes (UTC)")),
        # I18N: column of a table: the meeting that was planned
        ("meeting", _("Meeting")),
        ID,
    )


def _poll_row(poll: DatePoll, title: str, now: datetime) -> Sequence[object]:
    words, tone = state_of(poll, now)
    meeting = poll.gathering_id or ""
    return title, Coded(CODES[tone], words), poll.started_at, poll.moment.until, meeting, poll.id


def _of_hours() -> Sequence[tuple[str, Any]]:
    return (
        ("date_poll", _("Date poll")),
        ("starts_at", _("Begins (UTC)")),
        ("ends_at", _("Ends (UTC)")),
        ("yes", SAYS["yes"]),
        ("if_need", SAYS["if_need"]),
        ("no", SAYS["no"]),
        ID,
    )


def _named(poll: DatePoll, titles: dict[Any, Name]) -> Coded:
    """The poll by its title for people, by its id for machines."""
    return Coded(str(poll.id), titles[poll.id].text)


def _hours(polls: Sequence[DatePoll], titles: dict[Any, Name]) -> Iterator[Sequence[object]]:
    for poll in polls:
        said = queries.said_of(poll)
        for option, hour in hours_of(poll).items():
            figure = figure_of(says for _name, says in said[option.id].values())
            yield _named(poll, titles), hour.starts_at, hour.until, figure.yes, figure.if_need, figure.no, option.id


def _of_answers() -> Sequence[tuple[str, Any]]:
    return (
        ("date_poll", _("Date poll")),
        ("starts_at", _("Begins (UTC)")),
        ("by", _("Name")),
        # I18N: column of a table: what somebody said of an hour: yes, if need be, no
        ("says", _("Says")),
    )


def _answers(actor: Actor, polls: Sequence[DatePoll], titles: dict[Any, Name]) -> Iterator[Sequence[object]]:
    for poll in polls:
        said = queries.said_of(poll) if can_see_names(actor, poll) else {}
        for option, hour in hours_of(poll).items() if said else ():
            for name, says in said[option.id].values():
                yield _named(poll, titles), hour.starts_at, name, Coded(says.value, SAYS[says])


ROOM = Room(
    code="date_polls",
    holds=_l("Date polls: the hours that were asked about, and who said what of them."),
    parts=parts_of,
)
