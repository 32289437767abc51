"""The law of a chantier (R-18), without a database: which letter is in force, and when days alone change the answer.

A chantier is active as long as two or three organisations carry it, each of them has signed one and the same edition
of its mission letter, and the day lies within the days of that edition. A later edition that fulfils this replaces the
earlier ones for good; until then the earlier one stays in force.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

FEWEST, MOST = 2, 3
"""So many organisations carry a chantier: a pair, better a trio."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An edition that nothing has replaced, its days (both included), and the carriers that signed it."""

    letter_id: UUID
    edition: int
    from_on: date
    until_on: date
    carriers: frozenset[UUID]


def in_force(carriers: Collection[UUID], letters: Iterable[Signed], today: date) -> Signed | None:
    """Return the letter in force on a day: the latest of those that count then."""
    counting = (row for row in _whole(carriers, letters) if row.from_on <= today <= row.until_on)
    return max(counting, key=lambda row: row.edition, default=None)


def next_turn(carriers: Collection[UUID], letters: Iterable[Signed], today: date) -> date | None:
    """Return the next day on which a letter begins to count or counts no more; None when days change nothing."""
    whole = _whole(carriers, letters)
    turns = [row.from_on for row in whole] + [row.until_on + timedelta(days=1) for row in whole]
    return min((day for day in turns if day > today), default=None)


def _whole(carriers: Collection[UUID], letters: Iterable[Signed]) -> list[Signed]:
    if not FEWEST <= len(carriers) <= MOST:
        return []
    return [row for row in letters if row.carriers >= set(carriers)]
