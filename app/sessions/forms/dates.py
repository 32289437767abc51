"""Many dates at once are looked at before they are made: what a form adds to show them and to ask about single days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from app.moments.models import Moment
from app.moments.repeating import Answer, Settled, answer
from app.moments.timing import Timing
from app.sessions.models import Gathering
from app.sessions.queries import Reach
from app.sessions.services import Scope


class AnswersField(Field):
    """What was answered about single days: `answers-2027-03-28=second`; other words are no answer."""

    def process(self, formdata: Any, *_args: Any, **_options: Any) -> None:
        self.process_errors: list[Any] = []
        self.data: dict[str, Answer] = {}
        prefix, known = f"{self.name}-", {said.value for said in Answer}
        for key in formdata or ():
            if key.startswith(prefix) and formdata[key] in known:
                self.data[key.removeprefix(prefix)] = Answer(formdata[key])


@dataclass(frozen=True, slots=True)
class DateAsked:
    """One of the dates of a form. `settled` as it follows from what was typed, `answered` after the answer about this
    day (None: left out); `before` is the moment that would get this time, None for a new one."""

    key: str
    settled: Settled
    answered: Settled | None
    said: Answer | None
    session_id: UUID | None = None
    before: Moment | None = None

    @property
    def is_open(self) -> bool:
        """Whether this day still has to be answered about."""
        return self.answered is not None and self.answered.problem is not None


class LooksFirst:
    """Stand it before `Form`: the first sending shows the dates, the second makes them.

    `seen` carries what was looked at. Where the dates have become others in between, by the writer's hand or somebody
    else's, they are shown once more (`is_stale`) and nothing is made.
    """

    dates: list[DateAsked] | None = None
    is_stale = False

    seen = HiddenField()
    again = BooleanField()
    answers = AnswersField(_l("Days with a question"))

    def look(self, dates: Iterable[tuple[Settled, UUID | None, Moment | None]]) -> bool:
        """Keep the dates for the page; True when they were looked at before and every question is answered."""
        self.dates = []
        for place, (settled, session_id, before) in enumerate(dates):
            key = f"{place}-{settled.day.isoformat()}"
            said = self.answers.data.get(key)
            self.dates.append(DateAsked(key, settled, answer(settled, said), said, session_id, before))
        looked_at = self.seen.data or ""
        self.seen.data = _digest(self.dates)
        if looked_at != self.seen.data or self.again.data:
            self.is_stale = bool(looked_at) and looked_at != self.seen.data and not self.again.data
            return False
        if any(date.is_open for date in self.dates):
            self.answers.errors = [_l("Answer the question at each day that has one, or leave the day out.")]
            return False
        return True

    def timings(self) -> list[Timing]:
        """Return the times to be made, without the days left out; call it after `validate()`."""
        return [date.answered.timing for date in self.dates or () if date.answered is not None]

    def timings_by_session(self) -> dict[UUID, Timing]:
        return {
            date.session_id: date.answered.timing
            for date in self.dates or ()
            if date.session_id is not None and date.answered is not None
        }


def _digest(dates: Iterable[DateAsked]) -> str:
    said = [
        [
            str(date.session_id),
            date.before.sequence if date.before else "",
            str(date.settled.timing),
        ]
        for date in dates
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class Reaches:
    """Stand it before `Form`: how far in its series a change goes. `offer` the reach before the form is checked."""

    reach: Reach | None = None

    scope = RadioField(
        _l("Which sessions?"),
        choices=[
            SelectChoice(Scope.ONE.value, _l("This session only")),
            SelectChoice(Scope.FOLLOWING.value, _l("This one and those after it")),
            SelectChoice(Scope.ALL.value, _l("The whole series")),
        ],
        default=Scope.ONE.value,
    )

    def offer(self, reach: Reach) -> None:
        self.reach = reach
        if not reach.is_several:
            self.scope.choices = self.scope.choices[:1]

    @property
    def chosen_scope(self) -> Scope:
        return Scope(self.scope.data)

    @property
    def reached(self) -> Sequence[Gathering]:
        """The gatherings the chosen scope reaches."""
        assert self.reach is not None  # noqa: S101 - the route offers it
        by_scope: dict[Scope, Sequence[Gathering]] = {
            Scope.ONE: [self.reach.session],
            Scope.FOLLOWING: self.reach.following,
            Scope.ALL: self.reach.all,
        }
        return by_scope[self.chosen_scope]
