"""The laws of planning, whatever happens to a date and whenever the worker ticks (R-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reminders.reckoning import Due, is_due, plan

BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 24 * 40)


@dataclass
class Row:
    """A planned reminder, as the table keeps it."""

    minutes: int
    arming: int
    anchor_at: datetime
    due_at: datetime
    until_at: datetime
    done_at: datetime | None = None
    told: int | None = None


@dataclass
class House:
    """A worker that ticks, a moment that moves, goes and comes back, rules that change."""

    now: datetime
    starts_at: datetime | None
    rules: frozenset[int]
    rows: list[Row]
    sent: list[tuple[int, int, datetime, datetime]]

    def wanted(self) -> dict[int, Due]:
        if self.starts_at is None:
            return {}
        dues = (
            Due(minutes, self.starts_at, self.starts_at + timedelta(minutes=minutes), self.starts_at)
            for minutes in self.rules
        )
        return {due.minutes: due for due in dues if due.at < due.until}

    def replan(self) -> None:
        changes = plan(self.wanted(), self.rows, self.now)
        for row in changes.gone:
            row.done_at = self.now
        for row, due in changes.moved:
            row.due_at, row.until_at, row.anchor_at = due.at, due.until, due.anchor
        self.rows += [Row(due.minutes, arming, due.anchor, due.at, due.until) for due, arming in changes.new]
        again = plan(self.wanted(), self.rows, self.now)
        assert [*again.new, *again.moved, *again.gone] == [], "planned twice, nothing more changes"

    def tick(self) -> None:
        self.replan()
        wanted = self.wanted()
        for row in self.rows:
            if row.done_at is None and row.due_at <= self.now < row.until_at:
                assert is_due(row, wanted, self.now)
                row.done_at, row.told = self.now, 1
                self.sent.append((row.minutes, row.arming, row.anchor_at, self.now))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), HOURS),
        st.tuples(st.just("move"), HOURS),
        st.tuples(st.just("off"), st.just(0)),
        st.tuples(st.just("tick"), st.just(0)),
        st.tuples(st.just("rules"), st.integers(0, 7)),
    ),
    max_size=25,
)
OFFSETS = (-7 * 24 * 60, -24 * 60, -60)


def rules_of(bits: int) -> frozenset[int]:
    return frozenset(offset for number, offset in enumerate(OFFSETS) if bits >> number & 1)


def live(steps: list[tuple[str, int]]) -> House:
    """Let all of it happen; a change is planned at once, before the next tick sends."""
    house = House(BEGIN, BEGIN + timedelta(days=20), rules_of(7), [], [])
    house.replan()
    for what, number in steps:
        if what == "pass":
            house.now += timedelta(hours=number)
        elif what == "move":
            house.starts_at = BEGIN + timedelta(hours=number)
        elif what == "off":
            house.starts_at = None
        elif what == "rules":
            house.rules = rules_of(number)
        if what == "tick":
            house.tick()
        elif what != "pass":
            house.replan()
    return house


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_no_arming_is_sent_twice_and_nothing_after_the_date(steps: list[tuple[str, int]]) -> None:
    sent = live(steps).sent
    armings = [(minutes, arming) for minutes, arming, _anchor, _at in sent]
    assert len(armings) == len(set(armings))
    assert all(at < anchor for _minutes, _arming, anchor, at in sent)


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_an_offset_is_sent_again_only_for_a_date_that_is_later_by_it(steps: list[tuple[str, int]]) -> None:
    by_offset: dict[int, list[datetime]] = {}
    for minutes, _arming, anchor, _at in live(steps).sent:
        earlier = by_offset.setdefault(minutes, [])
        assert all(anchor - before >= timedelta(minutes=-minutes) for before in earlier)
        earlier.append(anchor)


@settings(max_examples=400, deadline=None)
@given(STEPS, HOURS)
def test_what_becomes_due_while_the_date_stands_is_sent_however_late(steps: list[tuple[str, int]], late: int) -> None:
    house = live(steps)
    house.replan()
    open_rows = [row for row in house.rows if row.done_at is None]
    house.now += timedelta(hours=late)
    expected = {row.minutes for row in open_rows if row.due_at <= house.now < row.until_at}
    before = len(house.sent)
    house.tick()
    assert {minutes for minutes, _arming, _anchor, _at in house.sent[before:]} == expected
