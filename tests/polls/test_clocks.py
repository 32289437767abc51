"""A government changes its clocks while a poll is open: who reads another hour now hears so, once, old and new."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.core.actors import job
from app.extensions import db
from app.moments.zone_data import recompute
from app.polls import jobs
from app.polls.models import Poll
from app.polls.services import move_closing
from app.polls.telling import CLOSING, CLOSING_MOVED, OPENED
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.outbox import hand_over
from tests.make.polls import choose, make_poll
from tests.polls.test_telling import notice_for, still_told, told, words_of

HOUSE = job("moments.recompute")
HOUR = timedelta(hours=1)
PLACE = "Africa/Casablanca"
"""Its clocks stay on UTC since release 2026.6; with 2025b they were an hour ahead."""


@pytest.fixture
def by_old_rules(round_) -> Poll:
    """Until 28 November, 09:00 in Casablanca: 08:00 UTC as the house knew it. The third person lives there."""
    poll = make_poll(round_.group, round_.people[0], closing=in_days(7, zone=PLACE))
    round_.people[2].zone = PLACE
    before(poll, HOUR)
    return poll


def before(poll: Poll, by: timedelta) -> None:
    """Let the end stand so much earlier, as other rules of clocks had it."""
    poll.moment.until -= by
    poll.remind_at -= by
    db.session.flush()


def change_clocks(now: datetime) -> None:
    assert len(recompute(HOUSE, now=now, apply=True)) == 1


def test_who_was_asked_and_is_silent_hears_of_the_other_hour_but_not_who_lives_by_those_clocks(round_, by_old_rules):
    at = START + timedelta(days=1)
    for person in (round_.coordinator, *round_.people[1:]):
        hand_over(notice_for(person, OPENED), at=START)
    due = by_old_rules.remind_at
    change_clocks(at)
    [notice] = [row for row in still_told(CLOSING_MOVED, at) if row.person_id != round_.coordinator.id]
    assert told(CLOSING_MOVED) == {round_.coordinator.id, round_.people[1].id}
    assert notice.happens_at == by_old_rules.moment.until - HOUR
    text = words_of(notice)
    assert "until Saturday 28 November 2026, 12:00 in Nairobi (09:00 in Casablanca, 09:00 UTC)" in text
    assert "Before: Saturday 28 November 2026, 11:00 in Nairobi\n" in text
    assert by_old_rules.remind_at == due + HOUR


def test_an_end_that_comes_an_hour_earlier_is_told_too_and_who_has_answered_hears_nothing(round_, by_old_rules):
    before(by_old_rules, -2 * HOUR)
    choose(round_.actor(1), by_old_rules, 0)
    hand_over(notice_for(round_.coordinator, OPENED), at=START)
    change_clocks(START)
    [notice] = still_told(CLOSING_MOVED, START)
    assert notice.person_id == round_.coordinator.id
    assert told(CLOSING_MOVED) == {round_.coordinator.id}
    assert "Before: Saturday 28 November 2026, 13:00 in Nairobi" in words_of(notice)
    assert notice.happens_at == by_old_rules.moment.until


def test_a_reminder_that_waits_stays_for_who_lives_by_those_clocks_and_gives_way_for_others(round_, by_old_rules):
    due = by_old_rules.remind_at
    for person in (round_.coordinator, *round_.people[1:]):
        hand_over(notice_for(person, OPENED), at=START)
    jobs.remind_silent(due)
    change_clocks(due)
    assert {row.person_id for row in still_told(CLOSING, due)} == {round_.people[2].id}
    assert notice_for(round_.people[2], CLOSING).expires_at == by_old_rules.moment.until
    assert {row.person_id for row in still_told(CLOSING_MOVED, due)} == told(CLOSING) - {round_.people[2].id}
    assert jobs.remind_silent(due + 2 * HOUR) == 0, "they were reminded already"


def test_what_somebody_moved_before_is_still_told_to_who_lives_by_those_clocks(round_, by_old_rules):
    hand_over(notice_for(round_.people[2], OPENED), at=START)
    move_closing(round_.lead(), by_old_rules, in_days(9, zone=PLACE), now=START)
    before(by_old_rules, HOUR)
    change_clocks(START)
    [notice] = [row for row in still_told(CLOSING_MOVED, START) if row.person_id == round_.people[2].id]
    assert "Before: Saturday 28 November 2026" in words_of(notice)


def test_a_poll_that_is_over_by_the_new_hour_is_told_with_its_result_alone(round_, by_old_rules):
    before(by_old_rules, -2 * HOUR)
    change_clocks(by_old_rules.moment.until - HOUR + timedelta(minutes=1))
    assert told(CLOSING_MOVED) == set()
