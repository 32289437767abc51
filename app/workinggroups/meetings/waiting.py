"""What waits for those who run groups: sheets that nobody filled, minutes that nobody wrote, missing links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name
from app.core.permissions import can
from app.core.waiting import MOST, Kind, Line
from app.moments.models import Modality, Precision
from app.moments.shown import shown
from app.outcomes import queries as outcomes
from app.sessions import queries as programme
from app.sessions.hosts import owner_names, words_of
from app.workinggroups import queries
from app.workinggroups.models import GroupMeeting

SOON = timedelta(days=14)
"""So long before a meeting its link should be known; so long after, who was there and what was said is remembered."""


@dataclass(frozen=True, slots=True)
class _Meetings:
    """The meetings with an hour that this actor leads, just held and coming soon, with the names of their groups."""

    actor: Actor
    just_held: Sequence[GroupMeeting]
    soon: Sequence[GroupMeeting]
    names: dict[UUID, Name]


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever runs groups; the secretariat runs all of them."""
    led = [
        row
        for row in queries.list_meetings_between(actor, now - SOON, now + SOON)
        if row.moment.precision is Precision.MINUTE and can(actor, "sessions.lead_session", row)
    ]
    if not led:
        return []
    meetings = _Meetings(
        actor,
        just_held=[row for row in led if now - SOON < row.moment.until < now],
        soon=[row for row in led if row.moment.until >= now],
        names=owner_names(led, page_language()),
    )
    kinds: tuple[Callable[[_Meetings], Iterator[Line]], ...] = (_unmarked, _without_minutes, _without_link)
    return [line for kind in kinds for line in islice(kind(meetings), MOST)]


def _unmarked(meetings: _Meetings) -> Iterator[Line]:
    marked = programme.count_attendance(row.id for row in meetings.just_held)
    for row in meetings.just_held:
        if not marked.get(row.id, (0, 0))[0]:
            yield Line(
                Kind.CARE,
                _("Nobody is marked as here yet at the meeting of %(day)s.", day=_day(row)),
                url_for("sessions.mark_attendance", session_id=row.id),
                _("Mark attendance"),
                meetings.names[row.id],
            )


def _without_minutes(meetings: _Meetings) -> Iterator[Line]:
    written = outcomes.languages_among(meetings.actor, meetings.just_held)
    for row in meetings.just_held:
        if row.id not in written:
            yield Line(
                Kind.CARE,
                _("Nobody has written the minutes of the meeting of %(day)s yet.", day=_day(row)),
                url_for("outcomes.write_notes", session_id=row.id),
                str(words_of(row).notes_write),
                meetings.names[row.id],
            )


def _without_link(meetings: _Meetings) -> Iterator[Line]:
    for row in meetings.soon:
        if not row.join_link and row.moment.modality is not Modality.ON_SITE:
            yield Line(
                Kind.CARE,
                _("The meeting of %(day)s has no link yet.", day=_day(row)),
                url_for("sessions.change_session", session_id=row.id),
                _("Add the link"),
                meetings.names[row.id],
            )


def _day(meeting: GroupMeeting) -> str:
    return shown(meeting.moment).first.day_of_year
