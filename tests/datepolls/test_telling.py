"""Who hears of a date poll, in which words and on whose clock; and for whom it waits."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails, waiting
from app.core.notices import Notice
from app.core.registries import Contact, actor_at, contacts, still_wanted
from app.datepolls import jobs, services
from app.datepolls.telling import ASKED, CLOSING, CLOSING_MOVED, LAID_DOWN
from app.extensions import db
from app.sessions.services import Plan
from app.workinggroups import services as groups
from tests.conftest import START
from tests.make.acts import words_of_notice
from tests.make.datepolls import NO, YES, make_date_poll, say
from tests.make.decisions import in_days
from tests.make.outbox import hand_over
from tests.make.people import make_member
from tests.make.workinggroups import make_place

CLOSES_AT = START + timedelta(days=7)
A_DAY_LEFT = CLOSES_AT - timedelta(hours=24)
LATER = CLOSES_AT + timedelta(seconds=1)


def told(kind: str) -> set:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def notice_for(person, kind: str) -> Notice:
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind, Notice.person_id == person.id)).one()


def test_whoever_may_answer_hears_that_they_are_asked_but_for_who_asks(group, poll):
    assert told(ASKED) == {person.id for person in group.people}
    assert notice_for(group.people[0], ASKED).expires_at == CLOSES_AT
    assert notice_for(group.people[0], ASKED).audience == f"group:{group.owner.id}"


def test_who_is_silent_hears_once_a_day_before(track, track_poll):
    say(track.actor(1), track_poll, YES, NO, NO)
    assert jobs.remind_silent(A_DAY_LEFT - timedelta(minutes=1)) == 0
    assert [jobs.remind_silent(A_DAY_LEFT), jobs.remind_silent(A_DAY_LEFT)] == [1, 0]
    assert told(CLOSING) == {track.leader.id, track.people[0].id, track.people[2].id}


def test_nobody_is_reminded_late_nor_of_what_is_over_nor_of_what_is_short(group, poll):
    settled = make_date_poll(group.owner, group.leader)
    services.choose(group.lead(), settled, settled.options[0], names={"en": "x"}, plan=Plan(), now=START)
    short = make_date_poll(group.owner, group.leader, closing=in_days(0.5))
    assert (settled.remind_at, short.remind_at) == (None, None)
    assert jobs.remind_silent(LATER) == 1
    assert told(CLOSING) == set()


def test_a_prolonged_poll_reminds_again(group, poll):
    jobs.remind_silent(A_DAY_LEFT)
    services.move_closing(group.lead(LATER), poll, in_days(10), now=LATER)
    assert poll.remind_at == CLOSES_AT + timedelta(days=2)
    assert jobs.remind_silent(poll.remind_at) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == CLOSING)) == 8


def test_who_has_not_answered_hears_that_the_close_moved_but_not_who_moved_it(group, poll):
    say(group.actor(0), poll, YES, NO, NO)
    for person in group.people:
        hand_over(notice_for(person, ASKED), at=START)
    make_place(group.owner, make_member("New Example"))
    services.move_closing(group.lead(), poll, in_days(4), now=START)
    services.move_closing(group.lead(), poll, in_days(10), now=START + timedelta(minutes=1))
    later = START + timedelta(minutes=2)
    assert told(CLOSING_MOVED) == {person.id for person in group.people[1:]}
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind == CLOSING_MOVED))
    [last, _other] = [row for row in rows if still_wanted(row.kind, row, later)]
    words = mails.write(last.kind, last.parameters, contacts([last.person_id])[last.person_id])
    assert words.subject.startswith("Now until Tuesday 1 December 2026: ")
    assert "until Tuesday 1 December 2026" in words.paragraphs[0]
    assert words.paragraphs[1].startswith("Before: ")
    services.move_closing(group.lead(later), poll, in_days(7), now=later)
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind == CLOSING_MOVED))
    assert not any(still_wanted(row.kind, row, later) for row in rows), "it closes when it did"


def test_a_question_that_has_not_left_is_replaced_by_the_word_that_the_close_moved(group, poll):
    services.move_closing(group.lead(), poll, in_days(4), now=START)
    later = START + timedelta(minutes=1)
    services.move_closing(group.lead(later), poll, in_days(7), now=later)
    rows = db.session.scalars(sa.select(Notice).where(Notice.person_id == group.people[0].id))
    [only] = [row for row in rows if still_wanted(row.kind, row, later)]
    words = mails.write(only.kind, only.parameters, contacts([only.person_id])[only.person_id])
    assert only.kind == CLOSING_MOVED
    assert "until Saturday 28 November 2026, 12:00" in words.text
    assert "Before: " not in words.text
    assert not words.subject.startswith("Now until")


def test_whoever_is_reminded_of_an_end_hears_of_its_move_from_that_mail_alone(group, poll):
    services.move_closing(group.lead(), poll, in_days(4), now=START)
    at = poll.remind_at
    jobs.remind_silent(at)
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind.in_([CLOSING, CLOSING_MOVED])))
    assert {row.kind for row in rows if still_wanted(row.kind, row, at)} == {CLOSING}


def test_a_reminder_that_waits_gives_way_to_the_word_that_the_close_moved(group, poll):
    for person in group.people:
        hand_over(notice_for(person, ASKED), at=START)
    jobs.remind_silent(A_DAY_LEFT)
    later = A_DAY_LEFT + timedelta(minutes=30)
    services.move_closing(group.lead(later), poll, in_days(10), now=later)
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind.in_([CLOSING, CLOSING_MOVED])))
    wanted = [(row.kind, row.person_id) for row in rows if still_wanted(row.kind, row, later)]
    assert sorted(wanted, key=str) == sorted(((CLOSING_MOVED, person.id) for person in group.people), key=str)


def test_of_a_chosen_hour_people_hear_as_of_every_meeting(group, poll):
    services.choose(group.lead(), poll, poll.options[0], names={"en": "x"}, plan=Plan(), now=START)
    planned = set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind.like("sessions.%planned"))))
    assert planned >= {person.id for person in group.people}
    words = words_of_notice("sessions.session_planned", group.people[0])
    assert words is not None
    assert f"This hour was chosen in the date poll: http://127.0.0.1:8000/date-polls/{poll.id}" in words.text
    assert told(LAID_DOWN) == set()


def test_mails_that_are_no_longer_true_are_not_sent(group, poll):
    first, second, third = (notice_for(person, ASKED) for person in group.people)
    assert still_wanted(first.kind, first, START)
    assert not still_wanted(first.kind, first, LATER)
    say(group.actor(0), poll, YES, NO, NO)
    groups.leave_group(group.actor(1), group.owner, now=START)
    assert [still_wanted(one.kind, one, START) for one in (first, second, third)] == [False, False, True]
    services.lay_down(group.lead(), poll, "Why not.", "en", now=START)
    assert not still_wanted(third.kind, third, START)
    assert still_wanted(LAID_DOWN, notice_for(group.people[2], LAID_DOWN), START)


def test_a_mail_says_each_hour_on_the_clock_of_whoever_reads_it(app, group, poll):
    group.people[0].zone, group.people[1].zone = "America/Mexico_City", "Africa/Cairo"
    with app.test_request_context():
        texts = [written(poll, person, ASKED) for person in group.people]
    assert "Saturday 5 December 2026, 08:00–09:30 in Mexico City (17:00 in Nairobi, 14:00 UTC)" in texts[0]
    assert "until Saturday 28 November 2026, 03:00 in Mexico City" in texts[0]
    assert "Saturday 5 December 2026, 16:00–17:30 in Cairo" in texts[1]
    assert "Saturday 5 December 2026, 17:00–18:30 in Nairobi (14:00 UTC)" in texts[2]
    assert f"/date-polls/{poll.id}" in texts[0]


def test_every_mail_of_it_has_words(app, group, poll):
    with app.test_request_context(), force_locale("en"):
        assert "you have not yet" in written(poll, group.people[0], CLOSING)
        assert "was laid down" in written(poll, group.people[0], LAID_DOWN)
        asks = "Example group: which hour for “A first meeting”?"
        called = [words_of(poll, group.people[0], kind).subject for kind in (ASKED, CLOSING, LAID_DOWN)]
        assert called == [asks, f"Until Saturday 28 November 2026: {asks}", f"Cancelled: {asks}"]
        gone = {"date_poll": str(group.people[0].id), "person": str(group.people[0].id)}
        assert mails.write(ASKED, gone, Contact("a@example.org", "en", "")) is None


def words_of(poll, person, kind: str) -> mails.Words:
    parameters = {"date_poll": str(poll.id), "person": str(person.id)}
    words = mails.write(kind, parameters, Contact("a@example.org", "en", person.name))
    assert words is not None
    return words


def written(poll, person, kind: str) -> str:
    return words_of(poll, person, kind).text


def lines_for(app, person, now=START) -> list[str]:
    with app.test_request_context():
        return [line.sentence for line in waiting.lines(actor_at(person.id, now), now) if "/date-polls/" in line.href]


def test_it_waits_for_who_has_not_answered_then_for_who_chooses(app, group, track, poll, track_poll):
    say(group.actor(0), poll, YES, NO, NO)
    assert lines_for(app, group.people[0]) == []
    assert lines_for(app, group.people[1]) == [
        "You are asked which hours suit you, until Saturday 28 November 2026, 12:00 in Nairobi."
    ]
    assert lines_for(app, group.observer) == []
    assert len(lines_for(app, track.people[0])) == 1
    assert lines_for(app, group.people[1], LATER) == []
    assert lines_for(app, group.leader, LATER) == ["A date poll is closed, and no hour is chosen yet."]
    assert lines_for(app, track.leader, LATER) == ["A date poll is closed, and no hour is chosen yet."]
    assert lines_for(app, group.leader, LATER + timedelta(days=31)) == []
    services.lay_down(group.lead(LATER), poll, "Why not.", "en", now=LATER)
    assert lines_for(app, group.leader, LATER) == []
