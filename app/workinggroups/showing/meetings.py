"""Meetings as the pages of their group show them: lines of a list, and who came how often as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.moments.local import in_zone
from app.moments.models import Precision
from app.moments.zones import reader_zone
from app.outcomes import queries as outcomes
from app.sessions import policy as gatherings
from app.sessions import queries as programme
from app.sessions.hosts import titles_of
from app.sessions.showing.warp import attended_words, days_until
from app.workinggroups import policy, words
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.queries.participation import Participation


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list; `minutes` are the languages in which there are minutes of it."""

    meeting: GroupMeeting
    name: Name
    facts: list[str]
    minutes: list[str]
    is_held: bool


def meeting_lines(
    actor: Actor, group: WorkingGroup, meetings: Sequence[GroupMeeting], *, now: datetime
) -> list[MeetingLine]:
    """Return meetings of one group as lines; as many queries for many as for one."""
    names = titles_of(meetings, page_language())
    counts = programme.count_attendance(meeting.id for meeting in meetings)
    minutes, is_exact = outcomes.languages_among(actor, meetings), policy.can_run(actor, group)
    return [
        MeetingLine(
            meeting=meeting,
            name=names[meeting.id],
            facts=_facts(meeting, counts.get(meeting.id, (0, 0)), now, is_exact=is_exact),
            minutes=minutes[meeting.id],
            is_held=gatherings.is_held(meeting, now),
        )
        for meeting in meetings
    ]


def _facts(meeting: GroupMeeting, attended: tuple[int, int], now: datetime, *, is_exact: bool) -> list[str]:
    if not gatherings.takes_place(meeting):
        return []
    if gatherings.is_over(meeting, now):
        return attended_words(attended, is_exact=is_exact)
    if meeting.moment.precision is not Precision.MINUTE:
        # I18N: of a meeting of a working group
        return [str(_("the hour is still open"))]
    return [days_until(meeting, now)]


def participation_table(rows: Sequence[Participation]) -> list[list[object]]:
    """Return who came how often as rows of a file, in the language of the page; no address of anybody."""
    head = [
        _("Name"),
        _("Name in Latin letters"),
        _("Organisation"),
        # I18N: column of a table of people: what somebody is in the working group: member, observer, guest, coordinator
        _("In the group"),
        # I18N: column of a table of people: at how many meetings they were marked as present
        _("Meetings attended"),
        # I18N: column of a table of people: at how many meetings only they themselves say that they were there
        _("Says so, not marked"),
        # I18N: column of a table of people: how many meetings were held while they belonged to the group
        _("Meetings held meanwhile"),
        # I18N: column of a table of people: the day of the last meeting they attended
        _("Last attended on"),
    ]
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    organisations = names_of("organisation", ids, page_language())
    return [
        [str(cell) for cell in head],
        *(_row(row, organisations[row.organisation_id].text if row.organisation_id else "") for row in rows),
    ]


def _row(row: Participation, organisation: str) -> list[object]:
    return [
        row.person.name,
        row.person.name_latin,
        organisation,
        str(place_words(row)),
        row.came,
        row.says_so,
        row.held,
        in_zone(row.last_at, reader_zone()).date().isoformat() if row.last_at is not None else "",
    ]


def place_words(row: Participation) -> Any:
    """Return what somebody is in the group: observers and guests are told apart from those with a voice."""
    if row.runs:
        # I18N: what somebody is in a working group: runs it
        return _("Coordinator")
    if not row.is_inside:
        # I18N: of somebody who came to the meetings of a working group and has no place in it, or no more
        return _("Not in the group now")
    return words.STANDINGS[row.standing] if row.standing is not None else ""
