"""Who hears of an end that is put off, in which mail, and what that mail says."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from email import policy

from app.core.notices import Notice
from app.core.outbox import address_notices
from app.core.outbox.claiming import claim
from app.core.outbox.handing import hand_over
from app.core.outbox.letters import Letter, write_letters
from app.core.registries import actor_at, still_wanted
from app.decisions import jobs, services, telling
from app.decisions.models import Decision, Stage
from app.decisions.texts import Words
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.decisions.test_telling import left, reminded, told, written
from tests.make.decisions import in_days, make_circle, open_decision
from tests.make.people import make_account, make_person
from tests.make.workinggroups import make_coordinator, make_place

AT = VOICES_FROM + timedelta(hours=1)
DUE = CLOSED_AT - timedelta(hours=47)
ABOUT_WINDOWS = (telling.OPENED, telling.PROLONGED, telling.CLOSING, telling.AMENDED)


def wanted(person, now: datetime) -> list[Notice]:
    """What one person is still to be told of windows."""
    rows = [row for kind in ABOUT_WINDOWS for row in told(kind) if row.person_id == person.id and row.mail_id is None]
    return [row for row in rows if still_wanted(row.kind, row, now)]


def test_everybody_hears_of_an_end_that_is_put_off(circle, decision):
    for speaker in circle.speakers:
        left(telling.OPENED, speaker.id, AT)
    services.prolong_window(circle.lead(AT), decision, in_days(9, AT), now=AT)
    prolonged = told(telling.PROLONGED)
    assert {notice.person_id for notice in prolonged} == {speaker.id for speaker in circle.speakers}
    text = written(prolonged[0]).text
    assert written(prolonged[0]).subject.startswith("Now until ")
    assert written(prolonged[0]).subject.endswith(": A common letter")
    assert "There is more time, until Monday 14 December 2026" in text
    assert "Before: Saturday 12 December 2026" in text
    assert still_wanted(prolonged[0].kind, prolonged[0], AT)
    end = AT + timedelta(days=10)
    services.close_window(circle.lead(end), decision, now=end)
    assert not still_wanted(prolonged[0].kind, prolonged[0], end)
    services.prolong_window(circle.lead(end), decision, in_days(3, end), now=end)
    assert len(told(telling.PROLONGED)) == 2 * len(prolonged)


def test_of_ends_that_are_put_off_in_a_row_the_last_is_told(circle, decision):
    first = circle.speakers[0]
    left(telling.OPENED, first.id, AT)
    services.prolong_window(circle.lead(AT), decision, in_days(9, AT), now=AT)
    services.prolong_window(circle.lead(AT), decision, in_days(11, AT), now=AT)
    [notice] = wanted(first, AT)
    assert "There is more time, until Wednesday 16 December 2026" in written(notice).text
    assert "Before: Saturday 12 December 2026" in written(notice).text


def test_whom_the_question_has_not_reached_is_asked_by_the_word_that_the_end_was_put_off(circle, decision):
    services.prolong_window(circle.lead(AT), decision, in_days(9, AT), now=AT)
    [notice] = wanted(circle.speakers[1], AT)
    text = written(notice).text
    assert notice.kind == telling.PROLONGED
    assert "Voices of organisations are taken until Monday 14 December 2026" in text
    assert "Before: " not in text
    later = AT + timedelta(hours=1)
    left(telling.PROLONGED, circle.speakers[1].id, later)
    services.prolong_window(circle.lead(later), decision, in_days(11, later), now=later)
    text = written(wanted(circle.speakers[1], later)[0]).text
    assert "There is more time, until Wednesday 16 December 2026" in text
    assert "Before: Monday 14 December 2026" in text


def test_who_opened_a_window_is_not_asked_where_somebody_else_puts_its_end_off(circle, decision):
    other, person_id = make_person(), circle.coordinator.id
    make_account(other)
    make_coordinator(circle.group, other)
    make_place(circle.group, circle.coordinator)
    services.prolong_window(actor_at(other.id, AT), decision, in_days(9, AT), now=AT)
    [notice] = [row for row in told(telling.PROLONGED) if row.person_id == person_id]
    assert "There is more time, until Monday 14 December 2026" in written(notice).text
    assert "Before: Saturday 12 December 2026" in written(notice).text


def test_an_amendment_whose_end_is_put_off_before_its_mail_left_is_one_mail(circle, decision):
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    words = Words("We write two letters.", "en")
    services.amend(circle.lead(CLOSED_AT), decision, words, version=1, closing=in_days(7, CLOSED_AT), now=CLOSED_AT)
    later = CLOSED_AT + timedelta(minutes=5)
    services.prolong_window(circle.lead(later), decision, in_days(9, later), now=later)
    [notice] = wanted(circle.speakers[2], later)
    assert "The proposal was amended. Voices to version 2 are taken until Monday 21 December" in written(notice).text
    left(telling.PROLONGED, circle.speakers[2].id, later)
    left(telling.AMENDED, circle.speakers[1].id, later)
    [notice] = wanted(circle.speakers[1], later)
    assert "There is more time, until Monday 21 December 2026" in written(notice).text


def test_a_reminder_that_waits_gives_way_to_the_word_that_the_end_was_put_off(circle, decision):
    speaker = circle.speakers[0]
    left(telling.OPENED, speaker.id, AT)
    jobs.remind_silent(DUE)
    later = DUE + timedelta(minutes=30)
    services.prolong_window(circle.lead(later), decision, in_days(20, later), now=later)
    assert [notice.kind for notice in wanted(speaker, later)] == [telling.PROLONGED]


def test_an_end_that_a_reminder_said_is_the_one_that_was_before(circle, decision):
    speaker = circle.speakers[0]
    left(telling.OPENED, speaker.id, AT)
    services.prolong_window(circle.lead(AT), decision, in_days(9, AT), now=AT)
    due = decision.window.remind_at
    jobs.remind_silent(due)
    assert reminded(speaker) is not None
    left(telling.CLOSING, speaker.id, due)
    services.prolong_window(circle.lead(due), decision, in_days(9, due), now=due)
    [notice] = [row for row in wanted(speaker, due) if row.kind == telling.PROLONGED]
    assert "Before: Monday 14 December 2026" in written(notice).text


def asked_at_once() -> Decision:
    """A decision that takes questions, of people who read mails at any hour."""
    circle = make_circle()
    for person in circle.speakers:
        rhythm = MailRhythm(person_id=person.id, pace=Pace.AT_ONCE, hour=7, weekday=0, changed_at=START)
        rhythm.quiet_from = rhythm.quiet_until = 7
        db.session.add(rhythm)
    decision, _now = open_decision(circle, Stage.CLARIFICATION)
    db.session.commit()
    return decision


def put_off(decision: Decision, days: int, now: datetime) -> None:
    services.prolong_window(actor_at(decision.window.opened_by, now), decision, in_days(days, START), now=now)
    db.session.commit()


def letters(now: datetime) -> tuple[list[Letter], object]:
    address_notices(now)
    db.session.commit()
    return write_letters(claim(now), now)


def text_of(letter: Letter) -> str:
    body = email.message_from_bytes(letter.content, policy=policy.default).get_body(("plain",))
    return body.get_content()


def test_a_question_on_its_way_while_the_end_is_put_off_stays_and_the_other_mail_leaves(own_app):
    with own_app.app_context():
        decision = asked_at_once()
        now = START + timedelta(seconds=1)
        asking, look = letters(now)
        assert {letter.kind for letter in asking} == {telling.OPENED}
        put_off(decision, 9, now + timedelta(seconds=5))
        now += timedelta(seconds=25)
        news, second = letters(now)
        assert {one.kind for one in news if one.content is not None} == {telling.PROLONGED}
        assert not any(hand_over(one.claimed, now, told=one.told, look=look) for one in asking)
        for one in news:
            assert "Questions are taken until Monday 30 November 2026" in text_of(one)
            assert hand_over(one.claimed, now, told=one.told, look=second)


def test_where_nothing_left_until_the_old_end_was_over_the_later_one_is_told(own_app):
    with own_app.app_context():
        put_off(asked_at_once(), 12, START + timedelta(hours=5))
        found, _look = letters(START + timedelta(days=7, hours=3))
        assert {one.kind for one in found if one.content is not None} == {telling.PROLONGED}
