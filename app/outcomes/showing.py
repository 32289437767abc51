"""From rows to what a page prints: notes with the hand that wrote them, outcomes with who, with whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from app.core.actors import Actor
from app.core.context import current_actor, page_language
from app.core.languages import chain
from app.core.markdown import to_blocks, to_html
from app.core.names import Name, names_of
from app.core.registries import Card
from app.moments import words
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.outcomes.models import Outcome, OutcomeState, SessionNotes
from app.outcomes.taken_up import taken_up_by
from app.outcomes.words import KINDS
from app.sessions.hosts import host_of
from app.sessions.models import Gathering

GLIMPSE = 700
"""Characters of the notes that the page of a session shows."""


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """One outcome: `session` is its session's name, `is_late` when it is open and its date has passed, `taken_up` who
    goes on with it."""

    outcome: Outcome
    kind: Any
    text: Markup
    organisation: Name | None
    session: Name | None
    is_late: bool
    taken_up: list[Card]

    @property
    def has_date(self) -> bool:
        return self.outcome.moment is not None and self.outcome.state is not OutcomeState.DROPPED


def outcomes_shown(outcomes: Sequence[Outcome], now: datetime, *, with_session: bool = False) -> list[OutcomeShown]:
    """Return outcomes as a list prints them, with the names of all in one query each."""
    language = page_language()
    organisations = names_of("organisation", {row.organisation_id for row in outcomes if row.organisation_id}, language)
    sessions = names_of("session", {row.session_id for row in outcomes} if with_session else (), language)
    taken_up = taken_up_by(current_actor(), [row.id for row in outcomes])
    return [
        OutcomeShown(
            outcome=row,
            kind=KINDS[row.kind],
            text=to_html(row.words),
            organisation=organisations.get(row.organisation_id) if row.organisation_id else None,
            session=sessions.get(row.session_id),
            is_late=row.state is OutcomeState.OPEN and row.moment is not None and row.moment.until < now,
            taken_up=taken_up.get(row.id, []),
        )
        for row in outcomes
    ]


@dataclass(frozen=True, slots=True)
class NotesShown:
    """The notes of one language; `text` is safe markup, `by` whose hand saved them last ("" where nobody knows)."""

    notes: SessionNotes
    text: Markup
    is_whole: bool
    by: Any
    day: str


def day_of(instant: datetime) -> str:
    """Return a day in words, as the reader's calendar has it."""
    return words.date_of(in_zone(instant, reader_zone()).date(), page_language())


def notes_shown(actor: Actor, gathering: Gathering, notes: SessionNotes, *, longest: int | None = None) -> NotesShown:
    """Return notes as a page prints them, whole or their beginning."""
    hand = notes.changed_by
    by = host_of(gathering).hands(actor, gathering, {hand}).get(hand, "") if hand else ""
    body, is_whole = beginning_of(notes.body, longest)
    return NotesShown(notes, to_html(body), is_whole, by, day_of(notes.changed_at))


def notes_first(rows: Sequence[SessionNotes]) -> SessionNotes | None:
    """Return the notes that best stand in for the page's language."""
    language = chain(page_language(), {row.language for row in rows})
    return next((row for row in rows if row.language == language), None)


def beginning_of(body: str, longest: int | None) -> tuple[str, bool]:
    """Return the first lines of a text and whether that is all of it; cut after a paragraph, else a line or a word."""
    if longest is None or len(body) <= longest:
        return body, True
    start = body[: longest + 1]
    for mark in ("\n\n", "\n", " "):
        if (cut := start.rfind(mark)) > longest // 2:
            return start[:cut].rstrip() + "\n\n…", False
    return body[:longest] + " …", False


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, safe; `differs` where the other text has none like it."""

    text: Markup
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What somebody else saved beside what was typed, paragraph by paragraph."""

    shown: NotesShown
    theirs: list[Part]
    yours: list[Part]


def compared(actor: Actor, gathering: Gathering, there: SessionNotes, typed: str) -> Comparison:
    """Return both texts with the paragraphs marked that only one of them has."""
    theirs, yours = to_blocks(there.body), to_blocks(typed)
    return Comparison(notes_shown(actor, gathering, there), _parts(theirs, yours), _parts(yours, theirs))


def _parts(blocks: list[Markup], others: list[Markup]) -> list[Part]:
    known = set(others)
    return [Part(block, block not in known) for block in blocks]


def joined(theirs: str, yours: str) -> str:
    """Return both texts as one to go on with: theirs, a line, and the paragraphs that only yours has."""
    known = {part.strip() for part in theirs.split("\n\n")}
    own = [part.strip("\n") for part in yours.split("\n\n") if part.strip() not in known]
    return "\n\n".join([theirs, "---", *own]) if own else theirs
