"""A government changes its clocks while voices are asked for: silence would consent, so who reads another hour hears of
it, old and new."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.core import mails
from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import contacts
from app.decisions import jobs, services, telling
from app.decisions.models import Decision, Stage
from app.extensions import db
from app.moments.zone_data import recompute
from tests.conftest import START
from tests.decisions.test_telling import left, told
from tests.decisions.test_telling_ends import wanted
from tests.make.decisions import Circle, in_days, open_decision

HOUSE = job("moments.recompute")
HOUR = timedelta(hours=1)
PLACE = "Africa/Casablanca"
"""Its clocks stay on UTC since release 2026.6; with 2025b they were an hour ahead."""


def at_place(circle: Circle, stage: Stage, by: timedelta) -> tuple[Decision, datetime]:
    """A decision whose window ends at an hour of Casablanca which stood `by` earlier, and when it opened. The third
    speaker lives there, the others have read the question."""
    decision, now = open_decision(circle, stage)
    window = decision.window
    services.prolong_window(circle.lead(now), decision, in_days(9, now, PLACE), now=now)
    for row in told(telling.PROLONGED):
        db.session.delete(row)
    window.moment.until -= by
    window.remind_at = window.remind_at and window.remind_at - by
    circle.speakers[2].zone = PLACE
    db.session.flush()
    for speaker in circle.speakers:
        left(telling.OPENED, speaker.id, now)
    return decision, now


def read(notice: Notice) -> mails.Words:
    words = mails.write(notice.kind, notice.parameters, contacts([notice.person_id])[notice.person_id])
    assert words is not None
    return words


def change_clocks(now: datetime) -> None:
    assert len(recompute(HOUSE, now=now, apply=True)) == 1


def whom(kind: str) -> set:
    return {notice.person_id for notice in told(kind)}


@pytest.mark.parametrize("stage", [Stage.CLARIFICATION, Stage.REACTIONS, Stage.OBJECTIONS])
def test_who_reads_another_end_hears_of_it_but_not_who_lives_by_those_clocks(circle, stage):
    decision, now = at_place(circle, stage, HOUR)
    due = decision.window.remind_at
    change_clocks(now)
    first, second, third = circle.speakers
    assert whom(telling.PROLONGED) == {circle.coordinator.id, first.id, second.id}
    [notice] = wanted(first, now)
    text = read(notice).text
    assert read(notice).subject.startswith("Now until 12:00 on "), "the day is the same"
    assert "There is more time, until " in text
    assert "12:00 in Nairobi (09:00 in Casablanca, 09:00 UTC)" in text
    assert ", 11:00 in Nairobi\n" in text.partition("Before: ")[2]
    assert decision.window.remind_at == (due and due + HOUR)
    assert wanted(third, now) == []


def test_where_less_time_is_left_the_mail_asks_and_does_not_say_more(circle):
    decision, now = at_place(circle, Stage.OBJECTIONS, -HOUR)
    change_clocks(now)
    [notice] = wanted(circle.speakers[0], now)
    text = read(notice).text
    assert "more time" not in text
    assert "Voices of organisations are taken until Monday 14 December 2026, 12:00 in Nairobi" in text
    assert "Before: Monday 14 December 2026, 13:00 in Nairobi" in text
    assert notice.happens_at == decision.window.moment.until


def test_a_reminder_that_waits_stays_for_who_lives_by_those_clocks_and_gives_way_for_others(circle):
    decision, _now = at_place(circle, Stage.OBJECTIONS, HOUR)
    due = decision.window.remind_at
    jobs.remind_silent(due)
    assert whom(telling.CLOSING) == {speaker.id for speaker in circle.speakers}
    change_clocks(due)
    first, _second, third = circle.speakers
    assert [row.kind for row in wanted(first, due)] == [telling.PROLONGED]
    assert [row.kind for row in wanted(third, due)] == [telling.CLOSING]
    assert jobs.remind_silent(due + 2 * HOUR) == 0, "they were reminded already"


def test_an_end_that_somebody_put_off_before_is_still_told_to_who_lives_by_those_clocks(circle):
    decision, now = at_place(circle, Stage.OBJECTIONS, HOUR)
    services.prolong_window(circle.lead(now), decision, in_days(12, now, PLACE), now=now)
    decision.window.moment.until -= HOUR
    old = telling.key_of_end(decision.window)
    for row in told(telling.PROLONGED):
        row.key = telling.key_of(telling.PROLONGED, old, row.person_id)
    change_clocks(now)
    [notice] = wanted(circle.speakers[2], now)
    assert "There is more time, until Thursday 17 December 2026" in read(notice).text


def test_of_what_is_over_by_the_new_hour_nobody_is_told(circle):
    decision, _now = at_place(circle, Stage.OBJECTIONS, -HOUR)
    change_clocks(decision.window.moment.until - HOUR / 2)
    assert whom(telling.PROLONGED) == set()
    assert decision.window.moment.until > START
