"""One date of the agenda, ready for a page: what it is of, when, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.agenda.kinds import DUE
from app.core import registries, searching
from app.core.actors import Actor
from app.core.registries import DONE, DROPPED, PUT_OFF, Card
from app.moments.endings import Ending, window_end
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, Precision, Status

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A date with the card of its thing; `kind` in words, "" where nobody says them; `window` is the end of what people
    answer in time, which is all that counts of it once it is open: `is_ahead` until then."""

    moment: Moment
    card: Card
    kind: Any
    window: Ending | None
    is_over: bool = False
    is_ahead: bool = False

    @property
    def time(self) -> Any:
        """What a page says the time of: the moment, or the end of what people answer, which is shown as one is."""
        return self.window or self.moment

    @property
    def status(self) -> Status:
        """How the thing stands: called off or put off with what it belongs to, else as its moment says."""
        if self.moment.status is not Status.CANCELLED and self.card.state in (DROPPED, PUT_OFF):
            return Status.CANCELLED if self.card.state == DROPPED else Status.POSTPONED
        return self.moment.status

    @property
    def is_expected(self) -> bool:
        """Whether the date may still change: not confirmed, or reckoned by a rule."""
        return self.status is Status.PLANNED or self.moment.certainty is not Certainty.VERIFIED

    @property
    def says_how_it_stands(self) -> bool:
        """Whether there is more to say than that it takes place: until when to answer, that it is off, or expected."""
        is_asked = self.window is not None and not self.is_ahead
        return is_asked or self.status not in (Status.CONFIRMED, Status.HELD) or self.is_expected

    @property
    def is_due(self) -> bool:
        """Whether something is to be done until then; nobody meets."""
        return self.window is not None or self.card.is_deadline or self.moment.subject_kind in DUE

    @property
    def is_deadline(self) -> bool:
        """Whether it is called a deadline: never before somebody has confirmed its date (R-09)."""
        return _is_deadline(self.moment, self.card)

    @property
    def until(self) -> Any:
        """What a list says "until" of: the end of what is open, or the known day or hour by which something is to be
        done; None for all else."""
        if self.window is not None:
            return None if self.is_ahead else self.window
        moment = self.moment
        is_day = moment.precision is Precision.DAY and moment.certainty is not Certainty.ESTIMATED
        is_exact = moment.precision is Precision.MINUTE or (is_day and moment.wall_start == moment.wall_end)
        return moment if self.is_due and is_exact else None

    @property
    def has_known_days(self) -> bool:
        """Whether the days are known, be they certain or reckoned: only such a date has a place in a week."""
        moment = self.moment
        both = moment.wall_start is not None and moment.wall_end is not None
        return moment.precision is Precision.MINUTE or (moment.precision is Precision.DAY and both)

    @property
    def closes_any_day(self) -> bool:
        """Whether this is to be done by a day that nobody knows within some days or a month: it may close on each of
        them, so that it is open now once the first has come. A whole year is no such time."""
        return self.is_due and self.moment.precision is not Precision.YEAR

    def days(self, zone: str | None) -> tuple[date, date]:
        """Return the first and the last day: on a reader's clock (the moment's own without one) where hours are known,
        else those that were said."""
        time = self.time
        if self.moment.precision is Precision.MINUTE:
            clock = zone or self.moment.zone
            return in_zone(time.starts_at, clock).date(), in_zone(time.until, clock).date()
        walls = [wall.date() for wall in (self.moment.wall_start, self.moment.wall_end) if wall is not None]
        return walls[0], walls[-1]

    def takes_days(self, zone: str | None) -> bool:
        """Whether it goes on for more than a day, so that its hours alone say too little: past midnight is none."""
        first, last = self.days(zone)
        is_short = self.moment.precision is Precision.MINUTE and self.moment.until - self.moment.starts_at < ONE_DAY
        return first != last and not is_short


def lines_of(actor: Actor, moments: Sequence[Moment], *, now: datetime) -> list[Line]:
    """Return moments with what they are of, one question for each kind of thing. What its package does not show to this
    actor is left out, and so is what is done."""
    cards = registries.cards(_each_once(moments), actor)
    return [
        Line(
            moment=row,
            card=card,
            kind=_kind(row, card),
            window=window_end(row) if row.status is not Status.CANCELLED else None,
            is_over=row.until < now,
            is_ahead=row.starts_at > now,
        )
        for row in moments
        if (card := cards.get(row.subject_id)) is not None and card.state != DONE
    ]


def _is_deadline(moment: Moment, card: Card) -> bool:
    return card.is_deadline and moment.certainty is Certainty.VERIFIED


def _kind(moment: Moment, card: Card) -> Any:
    if _is_deadline(moment, card):
        return _("Deadline")
    kind = searching.kinds().get(moment.subject_kind)
    return kind.one if kind is not None else ""


def _each_once(moments: Iterable[Moment]) -> list[tuple[str, Any]]:
    return list(dict.fromkeys((row.subject_kind, row.subject_id) for row in moments))


def still_kept(lines: Iterable[Line]) -> list[Line]:
    """Return what somebody still has to keep in mind: without tasks and polls that were given up. What was called off
    stays, struck, wherever people would have met."""
    return [line for line in lines if not (line.card.state == DROPPED and line.moment.status is not Status.CANCELLED)]
