"""Rooms on the pages of others: the notes of a gathering, the outcomes of a session, what a track has agreed on, and
the way to its handover sheet."""

from __future__ import annotations

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.outcomes import queries, showing
from app.outcomes.models import OutcomeState
from app.outcomes.policy import can_hand_over, can_read, can_write
from app.sessions.hosts import words_of
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.policy import takes_place

IN_A_ROOM = 4
"""So many open outcomes stand on the page of a track."""


def notes_of_gathering(actor: Actor, *, gathering: Gathering) -> Markup:
    """The beginning of the notes, for those who take part; for those who lead, the way to write them."""
    rows = queries.list_notes(actor, gathering)
    leads = can_write(actor, gathering)
    first = showing.notes_first(rows)
    if first is None and not (leads and _has_begun(gathering)):
        return Markup("")
    return rendered(
        "outcomes/session_notes_room.html",
        gathering=gathering,
        words=words_of(gathering),
        shown=showing.notes_shown(actor, gathering, first, longest=showing.GLIMPSE) if first is not None else None,
        others=[row.language for row in rows if row is not first],
        leads=leads,
    )


def outcomes_of_session(actor: Actor, *, session: LearningSession) -> Markup:
    """What the session agreed on."""
    outcomes = queries.list_of_session(actor, session)
    leads = can_write(actor, session)
    if not outcomes and not (leads and _has_begun(session)):
        return Markup("")
    lines = showing.outcomes_shown(outcomes, clock.now())
    return rendered("outcomes/session_outcomes_room.html", session=session, lines=lines, leads=leads)


def _has_begun(gathering: Gathering) -> bool:
    return takes_place(gathering) and gathering.moment.starts_at <= clock.now()


def outcomes_of_track(actor: Actor, *, track: Track) -> Markup:
    """The next open outcomes of a track; nothing where nothing was agreed on yet."""
    if not can_read(actor, track):
        return Markup("")
    counts = queries.count_by_state(actor, track)
    if not sum(counts.values()):
        return Markup("")
    rows = queries.page_of_outcomes(actor, track, state=OutcomeState.OPEN, size=IN_A_ROOM).rows
    lines = showing.outcomes_shown(rows, clock.now(), with_session=True)
    return rendered("outcomes/track_room.html", track=track, lines=lines, counts=counts)


def link_to_handover(actor: Actor, *, track: Track) -> Markup:
    """On the desk of those who lead a track: the way to its handover sheet."""
    if not can_hand_over(actor, track):
        return Markup("")
    return rendered("outcomes/desk_link.html", track=track)


def fill() -> None:
    slots.fill("sessions.gathering", "outcomes", notes_of_gathering, order=20)
    slots.fill("sessions.session", "outcomes", outcomes_of_session, order=30)
    slots.fill("sessions.track", "outcomes", outcomes_of_track, order=30)
    slots.fill("sessions.track_desk_links", "outcomes", link_to_handover, order=60)
