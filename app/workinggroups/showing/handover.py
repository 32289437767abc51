"""The handover sheet of a group, its own part: what somebody reads on the evening they take over. What is open in the
rooms above stands beside it in a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import fold
from app.core.markdown import to_html
from app.core.names import Name, names_of
from app.moments.shown import day_of
from app.people.queries import names_shown, persons_with_account
from app.workinggroups import queries
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import HandoverNote, InvitationState, ObserverRequest, Standing, WorkingGroup
from app.workinggroups.queries.figures import count_acknowledged, languages_of, organisations_of
from app.workinggroups.queries.handing_on import list_notes
from app.workinggroups.queries.invitations import count_invitations
from app.workinggroups.showing.groups import Coordinator, Numbers, coordinators_of, numbers_of
from app.workinggroups.showing.year import DateLine, coming_dates

MOST_DATES = 12
MOST_NAMES = 40
"""So many observers are named; a group that is listened to by more has a list of people."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Who runs the group, and since when."""

    person: Coordinator
    since: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Who is inside: in numbers, by organisation and by language, and those who listen, by name. `members` have
    acknowledged the objectives, `current` of them as they stand now."""

    numbers: Numbers
    members: int
    current: int
    organisations: list[tuple[Name, int]]
    alone: int
    languages: list[tuple[str, int]]
    observers: list[str]
    more_observers: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for an answer, and whose answer is awaited."""

    requests: Sequence[ObserverRequest]
    more_requests: int
    invitations: int


@dataclass(frozen=True, slots=True)
class NoteShown:
    """One version of the note; `by` is who wrote it, "" where nobody knows any more."""

    note: HandoverNote
    text: Markup
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The group's own part of the sheet. `earlier` are the versions of the note before the last."""

    running: list[Runs]
    inside: Inside
    waiting: Waiting
    dates: list[DateLine]
    note: NoteShown | None
    earlier: list[NoteShown]


def sheet_of(actor: Actor, group: WorkingGroup, now: datetime) -> Sheet:
    """Return the group's own part of the sheet; as many queries for a thousand people as for one."""
    notes = notes_shown(list_notes(actor, group))
    since = {row.id: row.appointed_at for row in queries.list_coordinators(group)}
    return Sheet(
        running=[Runs(row, day_of(since[row.row_id])) for row in coordinators_of(actor, group)],
        inside=_inside(actor, group),
        waiting=_waiting(actor, group),
        dates=coming_dates(actor, group, now, most=MOST_DATES),
        note=notes[0] if notes else None,
        earlier=notes[1:],
    )


def _inside(actor: Actor, group: WorkingGroup) -> Inside:
    members, current = count_acknowledged(group)
    counts = organisations_of(group)
    names = names_of("organisation", [one for one in counts if one is not None], page_language())
    organisations = sorted(
        ((name, counts[one]) for one, name in names.items()), key=lambda pair: (-pair[1], fold(pair[0].text))
    )
    observers = [row.person.name for row in queries.list_members(group, standing=Standing.OBSERVER)]
    return Inside(
        numbers=numbers_of(actor, group),
        members=members,
        current=current,
        organisations=organisations,
        alone=counts.get(None, 0),
        languages=[(language, count) for language, count in languages_of(group).items() if language],
        observers=observers[:MOST_NAMES],
        more_observers=len(observers[MOST_NAMES:]),
    )


def _waiting(actor: Actor, group: WorkingGroup) -> Waiting:
    requests = queries.page_requests(actor, group, answered=False).rows
    number = queries.count_asked([group.id]).get(group.id, 0)
    return Waiting(requests, number - len(requests), count_invitations(group)[InvitationState.OPEN])


def notes_shown(notes: Sequence[HandoverNote]) -> list[NoteShown]:
    """Return versions of a note as a page prints them."""
    return [
        NoteShown(row, to_html(row.body), row.writer.name if row.writer is not None else "", day_of(row.written_at))
        for row in notes
    ]


def who_may_take_over(actor: Actor, group: WorkingGroup, now: datetime) -> list[tuple[UUID, Any]]:
    """Return who takes part and signs in, and does not run the group yet, by name."""
    running = {row.person_id for row in queries.list_coordinators(group)}
    ids = persons_with_account(sorted(holders_of_contributors(contributors_key(group.id), now) - running, key=str))
    names = names_shown(actor, ids, frozenset(ids)) if ids else {}
    return sorted(names.items(), key=lambda pair: (fold(str(pair[1])), str(pair[0])))
