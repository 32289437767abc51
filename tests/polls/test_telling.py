"""Who hears of a poll: once when it opens, once a day before the close if silent, once when it is over."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import mails, waiting
from app.core.notices import Notice
from app.core.registries import Contact, actor_at, contacts, still_wanted
from app.extensions import db
from app.polls import jobs, services
from app.polls.telling import CLOSING, CLOSING_MOVED, ENDED, OPENED
from app.workinggroups.models import GroupState
from app.workinggroups.services import leave_group
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.outbox import hand_over
from tests.make.polls import CLOSES_AT, choose, make_poll
from tests.polls.conftest import LAST_SECOND, TOO_LATE

A_DAY_LEFT = CLOSES_AT - timedelta(hours=24)


def told(kind: str) -> set:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def notice_for(person, kind: str) -> Notice:
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind, Notice.person_id == person.id)).one()


def test_whoever_may_answer_hears_that_it_opened_but_for_who_asks(round_, poll):
    assert told(OPENED) == {round_.coordinator.id, round_.people[1].id, round_.people[2].id}
    notice = notice_for(round_.people[1], OPENED)
    assert (notice.parameters, notice.expires_at) == (
        {"poll": str(poll.id), "person": str(round_.people[1].id)},
        CLOSES_AT,
    )


def test_who_is_silent_hears_once_a_day_before(round_, poll):
    choose(round_.actor(1), poll, 0)
    assert jobs.remind_silent(A_DAY_LEFT - timedelta(minutes=1)) == 0
    assert jobs.remind_silent(A_DAY_LEFT) == 1
    assert jobs.remind_silent(A_DAY_LEFT) == 0
    assert told(CLOSING) == {round_.coordinator.id, round_.people[0].id, round_.people[2].id}


def test_who_was_asked_within_the_last_day_is_not_reminded(round_, poll):
    asked = notice_for(round_.people[1], OPENED)
    hand_over(asked, at=A_DAY_LEFT - timedelta(hours=23))
    hand_over(notice_for(round_.people[2], OPENED), at=A_DAY_LEFT - timedelta(hours=25))
    assert jobs.remind_silent(A_DAY_LEFT) == 1
    assert told(CLOSING) == {round_.coordinator.id, round_.people[0].id, round_.people[2].id}


def test_a_question_that_has_not_left_is_replaced_by_its_reminder(round_, poll):
    asked = notice_for(round_.people[1], OPENED)
    assert still_wanted(OPENED, asked, A_DAY_LEFT)
    jobs.remind_silent(A_DAY_LEFT)
    assert not still_wanted(OPENED, asked, A_DAY_LEFT)
    assert still_wanted(CLOSING, notice_for(round_.people[1], CLOSING), A_DAY_LEFT)


def test_a_reminder_that_comes_too_late_tells_nobody(round_, poll):
    assert jobs.remind_silent(TOO_LATE) == 1
    assert told(CLOSING) == set()


def still_told(kind: str, now) -> list[Notice]:
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind == kind))
    return [row for row in rows if still_wanted(row.kind, row, now)]


def test_who_was_asked_and_is_silent_hears_once_that_the_close_moved_but_not_who_moved_it(round_, poll):
    later = START + timedelta(hours=2)
    for person in (round_.coordinator, round_.people[1], round_.people[2]):
        hand_over(notice_for(person, OPENED), at=START)
    choose(round_.actor(1), poll, 0)
    services.move_closing(round_.lead(), poll, in_days(4), now=START + timedelta(hours=1))
    services.move_closing(round_.lead(), poll, in_days(10), now=later)
    [notice] = still_told(CLOSING_MOVED, later)
    assert notice.person_id == round_.people[2].id, "who put the question knows its end from its page"
    assert (notice.happens_at, notice.expires_at) == (START + timedelta(days=4), poll.moment.until)
    written = mails.write(CLOSING_MOVED, notice.parameters, contacts([notice.person_id])[notice.person_id])
    assert written.subject == "Now until Tuesday 1 December 2026: When do we meet?"
    assert "Answers are taken until Tuesday 1 December 2026, 12:00" in written.paragraphs[0]
    assert "Before: Saturday 28 November 2026, 12:00" in written.paragraphs[1]
    services.move_closing(round_.lead(), poll, in_days(7), now=later + timedelta(hours=1))
    assert still_told(CLOSING_MOVED, later + timedelta(hours=1)) == [], "it closes when it did"


def test_a_question_that_has_not_left_is_replaced_by_the_word_that_the_close_moved(round_, poll):
    services.move_closing(round_.lead(), poll, in_days(4), now=START)
    assert {row.person_id for row in still_told(OPENED, START)} == {round_.coordinator.id}, (
        "who moved it is asked still"
    )
    notice = still_told(CLOSING_MOVED, START)[0]
    written = mails.write(CLOSING_MOVED, notice.parameters, contacts([notice.person_id])[notice.person_id])
    assert "Before: " not in written.text
    assert "You are asked for your advice" in written.text
    assert written.subject.startswith("Until ")


def test_whoever_is_reminded_of_the_new_end_hears_of_it_from_that_mail_alone(round_, poll):
    services.move_closing(round_.lead(), poll, in_days(4), now=START)
    at = poll.remind_at
    jobs.remind_silent(at)
    assert still_told(CLOSING_MOVED, at) == []
    assert len(still_told(CLOSING, at)) == 4


def moved(round_, poll, days: int, now) -> Notice | None:
    """Move the close, and let the mail of the third person that says so leave; None where none was to leave."""
    services.move_closing(round_.lead(now), poll, in_days(days), now=now)
    news = [row for row in still_told(CLOSING_MOVED, now) if row.person_id == round_.people[2].id]
    for notice in news:
        hand_over(notice, at=now)
    return news[0] if news else None


def words_of(notice: Notice) -> str:
    return mails.write(notice.kind, notice.parameters, contacts([notice.person_id])[notice.person_id]).text


def test_a_close_that_goes_back_to_an_earlier_hour_is_told_to_who_heard_of_the_later_one(round_, poll):
    hand_over(notice_for(round_.people[2], OPENED), at=START)
    jobs.remind_silent(A_DAY_LEFT)
    hand_over(notice_for(round_.people[2], CLOSING), at=A_DAY_LEFT)
    assert moved(round_, poll, 20, A_DAY_LEFT + timedelta(hours=1)) is not None
    back = moved(round_, poll, 7, A_DAY_LEFT + timedelta(hours=2))
    assert back is not None, "its reminder was read before the close was put off"
    assert "Before: Friday 11 December 2026, 12:00" in words_of(back)


def test_who_heard_of_the_close_from_a_reminder_alone_hears_that_it_went_back(round_, poll):
    hand_over(notice_for(round_.people[2], OPENED), at=START)
    services.move_closing(round_.lead(), poll, in_days(4), now=START + timedelta(hours=1))
    at = poll.remind_at
    jobs.remind_silent(at)
    assert [row for row in still_told(CLOSING_MOVED, at) if row.person_id == round_.people[2].id] == []
    hand_over(notice_for(round_.people[2], CLOSING), at=at)
    back = moved(round_, poll, 7, at + timedelta(hours=1))
    assert back is not None
    assert "Before: Wednesday 25 November 2026, 12:00" in words_of(back)


def test_a_reminder_that_waits_gives_way_to_the_word_that_the_close_moved(round_, poll):
    hand_over(notice_for(round_.people[2], OPENED), at=START)
    jobs.remind_silent(A_DAY_LEFT)
    assert moved(round_, poll, 20, A_DAY_LEFT + timedelta(minutes=30)) is not None
    assert still_told(CLOSING, A_DAY_LEFT + timedelta(minutes=30)) == []


def test_everybody_who_could_answer_hears_once_of_the_result(round_, poll):
    assert jobs.close_ended(LAST_SECOND) == 0
    assert jobs.close_ended(TOO_LATE) == 1
    assert jobs.close_ended(TOO_LATE) == 0
    assert Counter(told(ENDED)) == Counter([round_.coordinator.id, *(one.id for one in round_.people)])


def test_a_mail_leaves_only_as_long_as_it_says_something_true(round_, poll):
    opened = notice_for(round_.people[1], OPENED)
    assert still_wanted(OPENED, opened, A_DAY_LEFT)
    jobs.remind_silent(A_DAY_LEFT)
    closing = notice_for(round_.people[1], CLOSING)
    assert still_wanted(CLOSING, closing, A_DAY_LEFT)
    choose(round_.actor(1), poll, 0, now=A_DAY_LEFT)
    assert not still_wanted(CLOSING, closing, A_DAY_LEFT)
    assert not still_wanted(OPENED, opened, TOO_LATE)
    jobs.close_ended(TOO_LATE)
    ended = notice_for(round_.people[1], ENDED)
    assert still_wanted(ENDED, ended, TOO_LATE)
    leave_group(round_.actor(1, TOO_LATE), round_.group, now=TOO_LATE)
    assert not still_wanted(ENDED, ended, TOO_LATE)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OPENED, "You are asked for your advice until "),
        (CLOSING, "Answers are taken until "),
        (ENDED, "It is advice, not a decision."),
    ],
)
def test_a_mail_carries_question_and_way_and_no_answer(app, round_, poll, kind, words):
    choose(round_.actor(1), poll, 0, because="Secret.", language="en")
    with app.test_request_context():
        written = mails.write(kind, {"poll": str(poll.id)}, Contact("a@example.org", "en", "Amina"))
    of_group = "Example group: When do we meet?"
    assert written.subject == (of_group if kind == ENDED else "Until Saturday 28 November 2026: When do we meet?")
    assert words in written.text
    assert written.date == poll.moment.until
    assert f"/groups/{round_.group.slug}/polls/{poll.id}" in written.text
    assert "Secret." not in written.text
    assert "In June" not in written.text


def test_a_laid_down_poll_is_told_as_such(app, round_, poll):
    services.lay_down(round_.lead(), poll, "Decided.", "en", now=START)
    assert round_.coordinator.id not in told(ENDED)
    with app.test_request_context():
        written = mails.write(ENDED, {"poll": str(poll.id)}, Contact("a@example.org", "en", "Amina"))
    assert "The poll was laid down." in written.text
    assert written.date is None


def test_what_waits_is_the_own_answer_as_long_as_there_is_time(app, round_, poll):
    other = make_poll(round_.group, round_.people[0], question="Where?")

    def abouts(actor, now=START):
        with app.test_request_context():
            return [line.about.text for line in waiting.lines(actor, now) if "poll waits" in line.sentence]

    assert set(abouts(round_.actor(1))) == {"When do we meet?", "Where?"}
    choose(round_.actor(1), other, 0)
    assert abouts(round_.actor(1)) == ["When do we meet?"]
    assert abouts(actor_at(round_.observer.id, START)) == []
    assert abouts(round_.actor(1), TOO_LATE) == []
    round_.group.state = GroupState.CLOSED
    db.session.flush()
    assert abouts(round_.actor(1)) == []
