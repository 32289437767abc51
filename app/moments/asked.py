"""What people are asked until some hour: who was told of that hour, and what is left to say when it is another one.

Each gets a question, and, while silent, one reminder of the end; one notice more where the end moves. Of these, only
one that says something new leaves: a later one takes the place of a question that has not left yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.notices import key_of
from app.core.outbox import left_since, unheard_among, waiting_among
from app.core.remembering import remembered
from app.core.types import Facts
from app.moments.models import Moment, MomentChange
from app.moments.queries import list_changes, says_something


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its end, and the kinds of notices that ask, remind and say that the end moved."""

    id: UUID
    moment: Moment
    asks: str
    reminds: str
    moves: str

    def key_of_end(self, end: datetime | None = None) -> str:
        """Return the key of what is said of one end: once, and anew when the end moves."""
        return f"{self.id}:{end or self.moment.until:%Y%m%dT%H%M}"


def asked_since(asked: Asked, people: Iterable[UUID], since: datetime) -> set[UUID]:
    """Return whose mail that asked has left after an instant."""
    keys = {key_of(asked.asks, f"{asked.id}", person): person for person in people}
    return {keys[key] for key in left_since(since, keys)}


def told_of_end(asked: Asked, change: MomentChange, people: Collection[UUID]) -> set[UUID]:
    """Return who of some people was told of a question before its end moved; the others know no end that is wrong."""
    ends = [(asked.asks, f"{asked.id}"), (asked.reminds, asked.key_of_end(_end(change)))]
    keys = {key_of(kind, key, person): person for kind, key in ends for person in people}
    return {keys[key] for key in notices.left_among(keys)}


def keep_reminders(asked: Asked, change: MomentChange, people: Collection[UUID]) -> None:
    """Let the reminders of an end that new zone data moved stand for the new one, for those who live by its clocks and
    are told of no move: their hour is the same."""
    old, new = asked.key_of_end(_end(change)), asked.key_of_end()
    notices.take_over([asked.reminds], old, new, people, expires_at=asked.moment.until)


def is_said_later(asked: Asked, person_id: UUID, people: frozenset[UUID]) -> bool:
    """Whether a reminder, or the word that the end moved, takes the place of the question for somebody of all `people`
    who may be asked."""
    change = _last_change(asked, person_id, people)
    moved = {_move(asked, change, person_id)} if change is not None else set()
    return bool(_mails(asked, people).there & {*moved, _reminder(asked, person_id)})


def reminds_of_the_end(asked: Asked, notice: Any) -> bool:
    """Whether a reminder is about the end that stands; of another one the word that the end moved tells."""
    return bool(notice.key == _reminder(asked, notice.person_id))


def says_the_end(asked: Asked, notice: Any, people: frozenset[UUID]) -> bool:
    """Whether a notice that the end moved says the last move, to another end than its reader has heard of, and no
    reminder has said the same since, or will. `people` are all who may be asked."""
    change = _last_change(asked, notice.person_id, people)
    if change is None or str(change.id) != notice.parameters["change"]:
        return False
    before = end_before(asked, change, notice.person_id, people)
    is_new = before is None or before["until"] != change.new["until"]
    mails, reminder = _mails(asked, people), _reminder(asked, notice.person_id)
    return is_new and reminder not in mails.waiting and mails.left.get(reminder, change.at) <= change.at


def end_before(
    asked: Asked, change: MomentChange, person_id: UUID, people: frozenset[UUID] = frozenset()
) -> Facts | None:
    """Return the time with the end that somebody was told last, by a question, a reminder or the word that the end
    moved; None for who has heard of none. A move of which they were left no notice they know: they made it."""
    changes, mails = _changes(asked), _mails(asked, people or frozenset([person_id]))
    earlier = [row for row in changes if row.sequence < change.sequence]
    moves = {row.id: _move(asked, row, person_id) for row in earlier}
    reminders = {row.id: key_of(asked.reminds, asked.key_of_end(_end(row)), person_id) for row in changes}
    if mails.left.keys().isdisjoint(
        {key_of(asked.asks, f"{asked.id}", person_id), *moves.values(), *reminders.values()}
    ):
        return None
    later = change
    for row in earlier:
        if moves[row.id] not in mails.unheard or mails.left.get(reminders[later.id], row.at) > row.at:
            break
        later = row
    return later.old


@dataclass(frozen=True, slots=True)
class _Mails:
    """The keys of all that was left to tell people of one question: what is there, what waits, what has not left or was
    dropped, and when the others left."""

    there: set[str]
    waiting: set[str]
    unheard: set[str]
    left: dict[str, datetime]


@remembered
def _mails(asked: Asked, people: frozenset[UUID]) -> _Mails:
    """Asked once for all whom one batch asks the same."""
    changes = _changes(asked)
    facts = {(asked.asks, f"{asked.id}"), (asked.reminds, asked.key_of_end())}
    facts |= {(asked.reminds, asked.key_of_end(_end(row))) for row in changes}
    facts |= {(asked.moves, f"{row.id}") for row in changes}
    keys = {key_of(kind, key, person) for kind, key in facts for person in people}
    left = left_since(asked.moment.starts_at - timedelta(minutes=1), keys)
    return _Mails(notices.left_among(keys), waiting_among(keys), unheard_among(keys), left)


@remembered
def _changes(asked: Asked) -> list[MomentChange]:
    return list_changes(asked.moment)


def _last_change(asked: Asked, person_id: UUID, people: frozenset[UUID]) -> MomentChange | None:
    """Return the last change that is worth telling somebody of all `people`; what new zone data moved is to whom it was
    told alone."""
    there = _mails(asked, people).there
    rows = (row for row in _changes(asked) if says_something(row.old, row.new) or _move(asked, row, person_id) in there)
    return next(rows, None)


def _move(asked: Asked, change: MomentChange, person_id: UUID) -> str:
    return key_of(asked.moves, f"{change.id}", person_id)


def _end(change: MomentChange) -> datetime:
    """Return the end that a change took away."""
    return datetime.fromisoformat(change.old["until"])


def _reminder(asked: Asked, person_id: UUID) -> str:
    return key_of(asked.reminds, asked.key_of_end(), person_id)
