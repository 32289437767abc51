"""Whatever happens to a date, and wherever its reminders are by then, the laws of R-09 hold on the line itself.

Planned, noticed, in a mail that waits, leased by a worker that died, handed over, sent, presumed, refused, withdrawn,
over: what was not sent follows the date, what was sent is never repeated, a change is told once and only the last one,
and nobody gets the same reminder twice or about a date that does not stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.advocacy.models import StepCode
from app.advocacy.services.dates import postpone_occurrence
from app.advocacy.services.steps import confirm_step, drop_step, reopen_step
from app.core.actors import Actor
from app.core.outbox import MailState, OutboxMail
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Certainty
from app.reminders.kinds import DAY, HOUR
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement
from tests.make.people import make_member, make_secretary
from tests.make.reminders import planned
from tests.make.workinggroups import make_coordinator, make_group
from tests.reminders.states import (
    MINUTE,
    OVER,
    STATES,
    TAKES_PLACE,
    WITHDRAWN,
    House,
    Line,
    a_house,
    a_session,
    check_that_nothing_came_twice,
    check_that_the_rest_comes,
    timing_in,
)

CHANGES = st.one_of(
    st.tuples(st.just("move"), st.sampled_from((3 * HOUR, 30 * HOUR, 5 * DAY, 8 * DAY, 16 * DAY))),
    st.tuples(st.sampled_from(("cancel", "reopen", "confirm", "put off", "nothing")), st.none()),
)
ONCE = {
    "earlier": ("move", 30 * HOUR),
    "a little later": ("move", None),
    "later": ("move", 40 * DAY),
    "to the past": ("go back", None),
    "cancelled": ("cancel", None),
    "postponed": ("put off", None),
    "confirmed": ("confirm", None),
}
ROUNDS = st.lists(
    st.tuples(st.sampled_from(STATES), st.lists(CHANGES, max_size=2), st.sampled_from((1, 3, 90, 12 * HOUR, 2 * DAY))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=ROUNDS)
def test_reminders_follow_their_date_at_every_state_of_the_outbox(
    house: Flask, rounds: list[tuple[str, list[tuple[str, int | None]], int]]
) -> None:
    with a_house(house) as alive:
        for state, changes, minutes in rounds:
            alive.bring_to(state)
            for what, how in changes:
                alive.change(what, how)
            alive.now += timedelta(minutes=minutes)
            alive.work()
            check_that_nothing_came_twice(alive)
        check_that_the_rest_comes(alive)
        check_that_nothing_came_twice(alive)


@dataclass
class Deadline(House):
    """A deadline that is only expected: it moves by being confirmed for another date (R-09). `mona` is the one whom it
    concerns."""

    mona: Actor | None = None

    def withdraw(self):
        keeper, self.leader = self.leader, self.mona
        self.change("cancel")  # nobody is told what they did themselves
        self.leader = keeper

    def _change(self, what, how):
        step, more = self.dated, {"now": self.now}
        match what:
            case "move":
                self._confirm(timing_in(self.now, how))
            case "go back":
                self._confirm(timing_in(self.now, -2 * DAY), is_afterwards=True)
            case "confirm":
                self._confirm(timing_in(step.moment.starts_at, 0))
            case "cancel":
                drop_step(self.leader, step, reason="So", **more)
            case "reopen":
                reopen_step(self.leader, step, **more)
            case "put off":
                postpone_occurrence(self.leader, step.occurrence, reason="So", **more)

    def _confirm(self, timing, **said):
        confirm_step(
            self.leader, self.dated, timing=replace(timing, wall_end=None), source="Note", now=self.now, **said
        )

    @property
    def takes_place(self):
        return self.dated.status_now in TAKES_PLACE


def a_deadline() -> House:
    """Registrations close in 31 days, as far as anybody knows; one person runs the group that prepares something."""
    space = make_space()
    timing = replace(timing_in(START, 31 * DAY), wall_end=None)
    step = make_step(make_occurrence(space), START.date(), StepCode.REGISTRATION, timing=timing)
    group, mona = make_group("Housing group"), make_member("Mona Example", zone="Africa/Cairo")
    make_coordinator(group, mona)
    make_engagement(space, group, made_by=mona.id, step=step, occurrence=step.occurrence)
    keeper, mona_herself = (actor_at(person.id, START) for person in (make_secretary(), mona))
    return Deadline(step, keeper, Line(), told=1, mona=mona_herself)


@pytest.mark.parametrize("change", ONCE)
@pytest.mark.parametrize("state", [*STATES, WITHDRAWN, OVER])
@pytest.mark.parametrize("thing", [a_session, a_deadline])
def test_at_every_state_every_change_keeps_the_laws(house: Flask, thing, state: str, change: str) -> None:
    with a_house(house, thing) as alive:
        alive.bring_to(state)
        mails = {mail.state for mail in db.session.scalars(db.select(OutboxMail))}
        assert {WITHDRAWN: MailState.CANCELLED, OVER: MailState.EXPIRED}.get(state) in {None, *mails}
        is_expected = thing is a_deadline
        assert not is_expected or -2 * DAY not in dict(planned(alive.dated.moment)), "expected: the first two alone"
        what, how = ONCE[change]
        if change == "a little later":
            how = (max(alive.dated.moment.starts_at, alive.now) - alive.now) // MINUTE + 2 * DAY
        alive.change(what, how)
        assert what not in ("move", "go back") or (alive.dated.moment.starts_at > alive.now) is (what == "move")
        alive.now += timedelta(minutes=3)
        alive.work()
        check_that_nothing_came_twice(alive)
        if is_expected and change == "confirmed" and state != OVER:
            assert alive.dated.moment.certainty is Certainty.VERIFIED
            assert -2 * DAY in dict(planned(alive.dated.moment)), "confirmed: the last one too"
        check_that_the_rest_comes(alive)
        check_that_nothing_came_twice(alive)
