"""Who is told what, when the house reminds and closes by itself, and what the mails say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.registries import Contact, still_wanted
from app.decisions import jobs, services, telling
from app.decisions.models import Stage, Stand
from app.decisions.services import Plan
from app.decisions.texts import Words
from app.extensions import db
from app.originals import services as originals
from app.workinggroups.models import GroupMembership, Standing
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import give_proxy, in_days, make_decision, open_decision, speak
from tests.make.people import make_account, make_person
from tests.make.workinggroups import make_place

AT = VOICES_FROM + timedelta(hours=1)
DUE = CLOSED_AT - timedelta(hours=47)


def told(kind: str) -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.created_at)))


def written(notice: Notice, language: str = "en") -> mails.Words:
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Fatou"))


def test_everybody_inside_is_told_of_each_window_but_who_opened_it(circle):
    observer = make_person()
    make_place(circle.group, observer, standing=Standing.OBSERVER)
    decision = make_decision(circle)
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    people = {notice.person_id for notice in told(telling.OPENED)}
    assert people == {observer.id, *(speaker.id for speaker in circle.speakers)}
    services.open_window(circle.lead(CLOSED_AT), decision, in_days(7, CLOSED_AT), now=CLOSED_AT)
    assert len(told(telling.OPENED)) == 2 * len(people)


def test_the_mail_says_what_is_asked_and_leads_to_the_page(circle, decision):
    questions, reactions, voices = (told(telling.OPENED)[place] for place in (0, 3, 6))
    address = f"http://127.0.0.1:8000/groups/{circle.group.slug}/decisions/{decision.id}"
    assert written(questions) == mails.letter(
        "Until Saturday 28 November 2026: Example group: A common letter",
        "There is a new proposal. Questions are taken until Saturday 28 November 2026, 12:00 in Nairobi (09:00 UTC): "
        "ask what you do not understand.",
        "It is about “A common letter”, in the group Example group.",
        f"Read it on its page: {address}",
        date=datetime(2026, 11, 28, 9, tzinfo=UTC),
    )
    assert "Until Saturday 5 December 2026, 12:00 in Nairobi (09:00 UTC) you can say" in written(reactions).text
    assert (
        "taken until Saturday 12 December 2026, 12:00 in Nairobi (09:00 UTC): consent, abstain" in written(voices).text
    )


def test_no_mail_says_what_is_proposed_or_was_said(circle, decision):
    speak(circle, decision, 0, Stand.OBJECT, now=AT, words="A secret reason.")
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    jobs.remind_silent(DUE)
    for notice in db.session.scalars(sa.select(Notice)):
        text = written(notice).text
        assert "We write a common letter" not in text
        assert "secret" not in text


def test_those_who_have_not_spoken_are_reminded_within_two_days_of_the_end(circle, decision):
    speak(circle, decision, 0, now=AT)
    assert jobs.remind_silent(DUE - timedelta(hours=2)) == 0
    assert jobs.remind_silent(DUE) == 1
    assert {notice.person_id for notice in told(telling.CLOSING)} == {person.id for person in circle.speakers[1:]}
    assert jobs.remind_silent(DUE) == 0
    said = "Voices are taken until Saturday 12 December 2026, 12:00 in Nairobi (09:00 UTC), and a voice"
    assert said in written(told(telling.CLOSING)[0]).text


def test_who_holds_the_voice_of_another_is_reminded_of_it(circle, decision):
    give_proxy(circle, decision, 0, 1, now=AT)
    speak(circle, decision, 1, now=AT)
    speak(circle, decision, 2, now=AT)
    jobs.remind_silent(DUE)
    assert [notice.person_id for notice in told(telling.CLOSING)] == [circle.speakers[1].id]


def test_a_reminder_that_comes_after_the_end_tells_nobody(circle, decision):
    assert jobs.remind_silent(CLOSED_AT + timedelta(minutes=1)) == 1
    assert told(telling.CLOSING) == []


def test_a_mail_is_wanted_as_long_as_what_it_says_is_so(circle, decision):
    opened = next(notice for notice in told(telling.OPENED) if notice.parameters["stage"] == "objections")
    assert still_wanted(opened.kind, opened, DUE)
    jobs.remind_silent(DUE)
    closing = next(notice for notice in told(telling.CLOSING) if notice.person_id == circle.speakers[0].id)
    first = told(telling.OPENED)[0]
    assert still_wanted(closing.kind, closing, DUE)
    assert not still_wanted(first.kind, first, DUE)
    speak(circle, decision, 0, now=DUE)
    assert not still_wanted(closing.kind, closing, DUE)
    assert not still_wanted(opened.kind, opened, CLOSED_AT)


def test_who_left_is_told_nothing_more(circle, decision):
    notice = told(telling.OPENED)[-1]
    assert still_wanted(notice.kind, notice, AT)
    db.session.query(GroupMembership).filter_by(person_id=notice.person_id).update({"left_at": AT})
    db.session.commit()
    assert not still_wanted(notice.kind, notice, AT)


def test_amending_and_closing_are_told(circle, decision):
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    closed = told(telling.CLOSED)
    assert len(closed) == 3
    assert "Too few organisations have spoken" in written(closed[0]).text
    words = Words("We write two letters.", "en")
    services.amend(circle.lead(CLOSED_AT), decision, words, version=1, closing=in_days(7, CLOSED_AT), now=CLOSED_AT)
    assert not still_wanted(closed[0].kind, closed[0], CLOSED_AT)
    amended = told(telling.AMENDED)
    assert "Voices to version 2 are taken until Saturday 19 December 2026" in written(amended[0]).text
    assert still_wanted(amended[0].kind, amended[0], CLOSED_AT)
    assert not still_wanted(amended[0].kind, amended[0], CLOSED_AT + timedelta(days=8))
    services.lay_down(circle.lead(CLOSED_AT), decision, words, now=CLOSED_AT)
    assert "laid down" in written(told(telling.CLOSED)[-1]).text


def test_an_amendment_is_one_mail(circle, decision):
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    opened = len(told(telling.OPENED))
    words = Words("We write two letters.", "en")
    services.amend(circle.lead(CLOSED_AT), decision, words, version=1, closing=in_days(7, CLOSED_AT), now=CLOSED_AT)
    assert (len(told(telling.AMENDED)), len(told(telling.OPENED))) == (3, opened)


def test_before_voices_are_asked_for_an_amendment_is_told_by_its_number(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    services.amend(circle.lead(now), decision, Words("Shorter.", "en"), version=1, now=now)
    (first, *_others) = told(telling.AMENDED)
    assert "The proposal was amended. Version 2 is there to read." in written(first).text
    assert still_wanted(first.kind, first, now + timedelta(days=6))


def test_an_objection_is_told_to_who_proposed_and_who_runs_the_group(circle):
    now = START
    plan = Plan("A letter", Words("We write a letter.", "en"), quorum=2)
    decision = services.propose(circle.speaker(1), circle.group, plan, now=now)
    for _window in range(3):
        services.open_window(circle.lead(now), decision, in_days(7, now), now=now)
        now += timedelta(days=7)
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT)
    speak(circle, decision, 2, now=AT)
    objected = told(telling.OBJECTED)
    assert {notice.person_id for notice in objected} == {circle.coordinator.id, circle.speakers[1].id}
    assert "An organisation objects to the proposal." in written(objected[0]).text
    assert written(objected[0]).subject == "An objection: Example group: A letter"
    assert still_wanted(objected[0].kind, objected[0], AT)
    services.withdraw_objection(circle.speaker(0, AT), decision, voice, now=AT)
    assert not still_wanted(objected[0].kind, objected[0], AT)


def test_a_late_objection_is_kept_and_not_told(circle, decision):
    late = CLOSED_AT + timedelta(hours=1)
    speak(circle, decision, 0, Stand.OBJECT, now=late)
    assert told(telling.OBJECTED) == []


def test_who_asked_or_objected_hears_of_the_answer(circle, decision):
    question = services.ask(circle.speaker(0, AT), decision, Words("Why?", "en"), now=AT)
    answer = services.answer(circle.lead(AT), decision, question, Words("So.", "en"), now=AT)
    voice = speak(circle, decision, 1, Stand.OBJECT, now=AT)
    services.answer(circle.lead(AT), decision, voice.words, Words("We wait.", "en"), now=AT)
    first, second = told(telling.ANSWERED)
    assert written(first).subject == "An answer to you: Example group: A common letter"
    assert [first.person_id, second.person_id] == [circle.speakers[0].id, circle.speakers[1].id]
    assert "Your question was answered." in written(first).text
    assert "can be taken back" in written(second).text
    assert still_wanted(first.kind, first, AT)
    originals.withdraw(circle.lead(AT), answer, now=AT)
    assert not still_wanted(first.kind, first, AT)


def test_who_answers_themselves_is_told_nothing(circle, decision):
    question = services.ask(circle.lead(AT), decision, Words("Why?", "en"), now=AT)
    services.answer(circle.lead(AT), decision, question, Words("So.", "en"), now=AT)
    assert told(telling.ANSWERED) == []


def test_who_speaks_for_the_holder_hears_of_a_proxy(circle, decision):
    proxy = give_proxy(circle, decision, 0, 1, now=AT)
    (notice,) = told(telling.PROXY_GIVEN)
    assert notice.person_id == circle.speakers[1].id
    assert "You can give it until Saturday 12 December 2026, 12:00 in Nairobi (09:00 UTC)." in written(notice).text
    assert written(notice).subject == "A voice for you to give: Example group: A common letter"
    assert still_wanted(notice.kind, notice, AT)
    services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT)
    assert not still_wanted(notice.kind, notice, AT)


def test_a_proxy_before_voices_are_asked_for_says_that_one_is_told(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    give_proxy(circle, decision, 0, 1, now=now)
    (notice,) = told(telling.PROXY_GIVEN)
    assert "You are told when voices are asked for." in written(notice).text


@pytest.mark.parametrize(("stage", "said"), [(Stage.ADOPTED, "adopted"), (Stage.OBJECTED, "objection stands")])
def test_what_came_out_is_said_in_a_sentence(circle, decision, stage, said):
    speak(circle, decision, 0, Stand.OBJECT if stage is Stage.OBJECTED else Stand.CONSENT, now=AT)
    speak(circle, decision, 1, now=AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    notice = told(telling.CLOSED)[0]
    assert said in written(notice).text
    assert still_wanted(notice.kind, notice, CLOSED_AT)


def test_the_house_closes_windows_that_have_ended_however_late(circle, decision):
    other, _at = open_decision(circle, title="Another")
    speak(circle, decision, 0, now=AT)
    speak(circle, decision, 1, now=AT)
    assert jobs.close_ended(CLOSED_AT - timedelta(minutes=1)) == 0
    assert jobs.close_ended(CLOSED_AT + timedelta(days=30)) == 2
    assert (decision.stage, other.stage) == (Stage.ADOPTED, Stage.NO_QUORUM)
    assert jobs.close_ended(CLOSED_AT + timedelta(days=31)) == 0


def test_one_that_fails_keeps_nobody_waiting(circle, decision, monkeypatch):
    other, _at = open_decision(circle, title="Another")
    real = jobs.close_window

    def fails_first(actor, row, *, now):
        if row.id == decision.id:
            raise RuntimeError
        return real(actor, row, now=now)

    monkeypatch.setattr(jobs, "close_window", fails_first)
    assert jobs.close_ended(CLOSED_AT) == 1
    assert (decision.stage, other.stage) == (Stage.OBJECTIONS, Stage.NO_QUORUM)


def test_an_empty_house_has_nothing_to_do(app, now):
    assert (jobs.remind_silent(now), jobs.close_ended(now)) == (0, 0)


def test_a_notice_about_what_is_gone_is_not_wanted(app, now):
    notice = Notice(kind=telling.CLOSED, person_id=make_account(make_person()).person_id, key="x", created_at=now)
    notice.parameters = {"decision": "00000000-0000-0000-0000-000000000000", "stage": "adopted", "version": "1"}
    assert not still_wanted(notice.kind, notice, now)
    assert mails.write(notice.kind, notice.parameters, Contact("x@example.org", "en", "")) is None


def left(kind: str, person_id, at: datetime, state: MailState = MailState.SENT) -> None:
    """Let the mails of what a person was told leave at an instant."""
    for notice in told(kind):
        if notice.person_id == person_id and notice.mail_id is None:
            mail = OutboxMail(
                id=uuid4(), dedupe_key=notice.key, kind=kind, recipient="x@example.org", language="en", state=state,
                not_before=at, message_id=f"<{uuid4()}@example.org>", created_at=at, sent_at=at,
            )  # fmt: skip
            db.session.add(mail)
            db.session.flush()
            notice.mail_id = mail.id
    db.session.commit()


def reminded(person) -> Notice | None:
    return next((notice for notice in told(telling.CLOSING) if notice.person_id == person.id), None)


def test_who_read_the_question_an_hour_ago_is_reminded_a_day_after(circle, decision):
    first, second, third = circle.speakers
    left(telling.OPENED, first.id, DUE - timedelta(hours=1))
    left(telling.OPENED, second.id, DUE - timedelta(hours=25))
    left(telling.OPENED, third.id, DUE - timedelta(hours=1), MailState.FAILED)
    jobs.remind_silent(DUE)
    assert reminded(first).not_before == DUE + timedelta(hours=23)
    assert (reminded(second).not_before, reminded(third).not_before) == (None, None)


def test_a_question_that_has_not_left_gives_way_to_the_reminder(circle, decision):
    speaker, spoke = circle.speakers[:2]
    speak(circle, decision, 1, now=AT)
    asked, other = (
        next(row for row in told(telling.OPENED)[::-1] if row.person_id == person.id) for person in (speaker, spoke)
    )
    assert still_wanted(asked.kind, asked, DUE)
    jobs.remind_silent(DUE)
    assert not still_wanted(asked.kind, asked, DUE)
    assert still_wanted(telling.CLOSING, reminded(speaker), DUE)
    assert still_wanted(other.kind, other, DUE)


def test_who_heard_of_more_time_shortly_before_the_end_is_not_told_again(circle, decision):
    late = CLOSED_AT - timedelta(hours=2)
    jobs.remind_silent(DUE)
    services.prolong_window(circle.lead(late), decision, in_days(1, late), now=late)
    speaker = circle.speakers[0]
    left(telling.PROLONGED, speaker.id, late)
    jobs.remind_silent(late + timedelta(minutes=1))
    assert len([row for row in told(telling.CLOSING) if row.person_id == speaker.id]) == 1
    other = [row for row in told(telling.PROLONGED) if row.person_id == circle.speakers[1].id][-1]
    assert not still_wanted(other.kind, other, late + timedelta(minutes=1))
