"""What may be seen of the answers of a poll, and when: the one place that reads what others chose.

Before the close nobody sees a figure or a name, whoever they are: neither who started it, nor who runs the group, nor
the secretariat. After the close figures are for everybody inside; names where the poll said so before it was answered.
Where it shows counts alone, no name leaves this module, whether the house has cut the answers from persons already or
not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.extensions import db
from app.polls.counting import Answered, Figure, count, figure_of
from app.polls.models import Poll, PollAnswer, PollReason, Shows
from app.polls.queries.reading import count_could
from app.workinggroups.policy import is_inside

FEWEST_SHOWN = 3
"""Where names are not shown, fewer answers than this are not shown either: in a small group people know who answered,
and the figures of one or two answers say what each of them chose (as R-31 keeps small numbers back)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person chose and why. `person` is their name; None for somebody who has left the house, of whom the
    organisation is not said either: where one person speaks for it, it would name them."""

    person: str | None
    organisation_id: UUID | None
    choices: frozenset[UUID]
    because: str
    language: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A poll after its close. `said` is filled where names are shown, `reasons` (words, language) where only counts
    are; `could` is how many could have answered. `is_held_back`: counts alone were promised, and so few answered that
    figures would point at persons: how many answered is there, and the reasons, which were written to be read."""

    total: Figure
    could: int
    figures: dict[UUID, Figure]
    said: list[Said]
    reasons: list[tuple[str, str]]
    is_held_back: bool = False

    @property
    def mine(self) -> frozenset[UUID]:
        """The options that the reader chose; none where the house does not know it any more."""
        return next((row.choices for row in self.said if row.is_mine), frozenset())


def results_of(actor: Actor, poll: Poll, now: datetime) -> Result | None:
    """Return what the actor may see of the answers; None as long as that is nothing."""
    if not is_inside(actor, poll.group) or not poll.is_over(now):
        return None
    could = poll.could if poll.could is not None else count_could(poll, now)
    if poll.is_cut:
        return _without_names(could, _kept_total(poll), _kept_figures(poll), _kept_reasons(poll))
    answers = answers_of(poll)
    total, figures = figures_of(poll, answers)
    if poll.shows is Shows.COUNTS:
        return _without_names(could, total, figures, in_no_order((row.because, row.language) for row in answers))
    return Result(total, could, figures, [_said(actor, row) for row in answers], [])


def _without_names(could: int, total: Figure, figures: dict[UUID, Figure], reasons: list[tuple[str, str]]) -> Result:
    if 0 < total.persons < FEWEST_SHOWN:
        return Result(Figure(total.persons, 0, 0), could, dict.fromkeys(figures, Figure(0, 0, 0)), [], reasons, True)
    return Result(total, could, figures, [], reasons)


def answers_of(poll: Poll) -> list[PollAnswer]:
    """Return every answer. For this module and for the closing, which counts them: nobody else asks."""
    rows = (
        sa.select(PollAnswer)
        .where(PollAnswer.poll_id == poll.id)
        .options(joinedload(PollAnswer.person))
        .order_by(PollAnswer.answered_at, PollAnswer.id)
    )
    return list(db.session.scalars(rows))


def figures_of(poll: Poll, answers: Iterable[PollAnswer]) -> tuple[Figure, dict[UUID, Figure]]:
    """Return the figures of all answers, and those of each option."""
    counted = [
        Answered(frozenset(choice.option_id for choice in row.choices), row.organisation_id, row.region_id)
        for row in answers
    ]
    return figure_of(counted), count([option.id for option in poll.options], counted)


def in_no_order(reasons: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return reasons sorted by their words, so that their order says nothing of who wrote when."""
    return sorted(reason for reason in reasons if reason[0])


def _said(actor: Actor, row: PollAnswer) -> Said:
    return Said(
        person=row.person.name if row.person is not None else None,
        organisation_id=row.organisation_id if row.person_id is not None else None,
        choices=frozenset(choice.option_id for choice in row.choices),
        because=row.because,
        language=row.language,
        is_mine=row.person_id is not None and row.person_id == actor.person_id,
    )


def _kept_total(poll: Poll) -> Figure:
    return Figure(poll.persons or 0, poll.organisations or 0, poll.regions or 0)


def _kept_figures(poll: Poll) -> dict[UUID, Figure]:
    return {row.id: Figure(row.persons or 0, row.organisations or 0, row.regions or 0) for row in poll.options}


def _kept_reasons(poll: Poll) -> list[tuple[str, str]]:
    rows = db.session.execute(sa.select(PollReason.because, PollReason.language).where(PollReason.poll_id == poll.id))
    return in_no_order((because, language) for because, language in rows)
