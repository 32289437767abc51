"""A government changes its clocks while hours are asked about: who reads another end now hears so, old and new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.actors import job
from app.datepolls import jobs
from app.datepolls.models import DatePoll
from app.datepolls.telling import ASKED, CLOSING, CLOSING_MOVED
from app.extensions import db
from app.moments.zone_data import recompute
from tests.conftest import START
from tests.datepolls.test_telling import notice_for, told
from tests.make.acts import words_of_notice
from tests.make.datepolls import NO, YES, make_date_poll, say
from tests.make.decisions import in_days
from tests.make.outbox import hand_over

HOUSE = job("moments.recompute")
HOUR = timedelta(hours=1)
PLACE = "Africa/Casablanca"
"""Its clocks stay on UTC since release 2026.6; with 2025b they were an hour ahead."""


@pytest.fixture
def by_old_rules(group) -> DatePoll:
    """Until 09:00 in Casablanca: 08:00 UTC as the house knew it. The third person lives there."""
    poll = make_date_poll(group.owner, group.leader, closing=in_days(7, zone=PLACE))
    group.people[2].zone = PLACE
    poll.moment.until -= HOUR
    poll.remind_at -= HOUR
    db.session.flush()
    for person in group.people:
        hand_over(notice_for(person, ASKED), at=START)
    return poll


def test_who_is_silent_hears_of_the_other_hour_but_not_who_lives_by_those_clocks(group, by_old_rules):
    due = by_old_rules.remind_at
    say(group.actor(0), by_old_rules, YES, NO, NO)
    assert len(recompute(HOUSE, now=START, apply=True)) == 1
    assert told(CLOSING_MOVED) == {group.people[1].id}
    text = words_of_notice(CLOSING_MOVED, group.people[1]).text
    assert "until Saturday 28 November 2026, 12:00 in Nairobi (09:00 in Casablanca, 09:00 UTC)" in text
    assert "Before: Saturday 28 November 2026, 11:00 in Nairobi\n" in text
    assert by_old_rules.remind_at == due + HOUR


def test_a_reminder_that_waits_stays_for_who_lives_by_those_clocks(group, by_old_rules):
    due = by_old_rules.remind_at
    jobs.remind_silent(due)
    recompute(HOUSE, now=due, apply=True)
    stays = {
        person.id for person in group.people if notice_for(person, CLOSING).expires_at == by_old_rules.moment.until
    }
    assert stays == {group.people[2].id}
    assert told(CLOSING_MOVED) == {group.leader.id, group.people[0].id, group.people[1].id}


def test_of_what_is_over_nobody_is_told(group, by_old_rules):
    by_old_rules.moment.until += 2 * HOUR
    recompute(HOUSE, now=by_old_rules.moment.until - HOUR / 2, apply=True)
    assert by_old_rules.moment.until == START + timedelta(days=7)
    assert told(CLOSING_MOVED) == set()
