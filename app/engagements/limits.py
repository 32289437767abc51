"""Which word limit holds for a text, and how far a text is from it (R-12).

Pure: limits, standings and numbers in, an answer out. Limits may differ by the standing of the organisation that leads,
and for what several organisations hand in together; the one that says most about the case holds. Where nobody knows
the standing, all that could hold are named and the smallest counts: a text that is short enough for it is short enough
for all. A cover page that counts leaves fewer words for the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.advocacy.access import holds_on, is_sure
from app.advocacy.models import ModeCode, OrganisationAccess, ParticipationMode, WordLimit

NEEDS_TEXT = frozenset(
    {
        ModeCode.WRITTEN_SUBMISSION,
        ModeCode.PARALLEL_REPORT,
        ModeCode.LIST_OF_ISSUES,
        ModeCode.CALL_FOR_INPUT,
        ModeCode.WRITTEN_STATEMENT,
        ModeCode.POSITION_PAPER,
        ModeCode.FOLLOW_UP,
    }
)
"""What is handed in as a text. Urgent communications and complaints are too, but nobody is made to bring theirs here:
they may name people in danger (R-14)."""


@dataclass(frozen=True, slots=True)
class Applies:
    """The limit that counts, and which others could hold, the smallest first; there are others only where the standing
    of the lead organisation is not known."""

    limit: WordLimit
    could_hold: tuple[WordLimit, ...] = ()

    @property
    def usable(self) -> int:
        """Words left for the text itself."""
        return usable_words(self.limit)

    @property
    def is_certain(self) -> bool:
        return not self.could_hold

    def over(self, words: int) -> int:
        """Return by how many words a text is too long; negative: so many are left."""
        return words - self.usable


def needs_text(mode: ParticipationMode | None) -> bool:
    """Whether something has to be written before it can be handed in."""
    return mode is not None and mode.code in NEEDS_TEXT


def usable_words(limit: WordLimit) -> int:
    return limit.words - limit.cover_words


def standings_on(rows: Iterable[OrganisationAccess], day: date) -> frozenset[str]:
    """Return what one organisation has been granted on a day; a standing that is to be checked is none yet."""
    return frozenset(row.standing.value for row in rows if is_sure(row) and holds_on(row, day))


def limit_for(limits: Iterable[WordLimit], standings: Collection[str], *, is_joint: bool) -> Applies | None:
    """Return the limit for an organisation with these standings, None where there is none.

    Of the limits that fit, the one that names the standing holds before one for all standings, then the one that says
    whether it is for joint texts before one for both; of two that say the same, the smaller.
    """
    fitting = [limit for limit in limits if limit.is_joint in (None, is_joint)]
    named = [limit for limit in fitting if limit.status in standings]
    candidates = named or [limit for limit in fitting if not limit.status]
    if candidates and (named or not any(limit.status for limit in fitting)):
        return Applies(min(candidates, key=_order))
    could_hold = _one_for_each_standing(fitting)
    return Applies(could_hold[0], tuple(could_hold[1:])) if could_hold else None


def _order(limit: WordLimit) -> tuple[bool, int]:
    return limit.is_joint is None, usable_words(limit)


def _one_for_each_standing(fitting: Iterable[WordLimit]) -> list[WordLimit]:
    """Return what would hold for each standing, the smallest first."""
    by_standing: dict[str, list[WordLimit]] = {}
    for limit in fitting:
        by_standing.setdefault(limit.status, []).append(limit)
    return sorted((min(group, key=_order) for group in by_standing.values()), key=usable_words)
