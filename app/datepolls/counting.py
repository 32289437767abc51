"""The figures of a date poll, pure: how many say what of each hour, and which hour is the best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.datepolls.models import Says


@dataclass(frozen=True, slots=True)
class Figure:
    """How many say that an hour suits them, that it does if need be, that it does not."""

    yes: int = 0
    if_need: int = 0
    no: int = 0

    def of(self, says: Says) -> int:
        return {Says.YES: self.yes, Says.IF_NEED: self.if_need, Says.NO: self.no}[says]


def figure_of(said: Iterable[Says]) -> Figure:
    counted = Counter(said)
    return Figure(counted[Says.YES], counted[Says.IF_NEED], counted[Says.NO])


def rank(figure: Figure, starts_at: datetime) -> tuple[int, int, datetime]:
    """The best hour sorts first: most people whom it suits, then fewest whom it does not, then the earlier one."""
    return -figure.yes, figure.no, starts_at
