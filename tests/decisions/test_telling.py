"""Who is told what, when the house reminds and closes by itself, and what the mails say."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.decisions import jobs, services, telling
from app.decisions.models import Stage, Stand
from app.decisions.texts import Words
from app.extensions import db
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
    questions, _reactions, voices = (told(telling.OPENED)[place] for place in (0, 3, 6))
    address = f"http://127.0.0.1:8000/groups/{circle.group.slug}/decisions/{decision.id}"
    assert written(questions) == mails.Words(
        "Example group: A common letter",
        "Dear Fatou,\n\n"
        "It is about “A common letter”, in the group Example group.\n\n"
        "There is a new proposal. Read it and ask what you do not understand.\n\n"
        f"Read it on its page: {address}",
    )
    assert "consent, abstain, or object with a reason" in written(voices).text


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
    assert "less than two days" in written(told(telling.CLOSING)[0]).text


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
    jobs.remind_silent(DUE)
    closing = next(notice for notice in told(telling.CLOSING) if notice.person_id == circle.speakers[0].id)
    opened = next(notice for notice in told(telling.OPENED) if notice.parameters["stage"] == "objections")
    first = told(telling.OPENED)[0]
    assert still_wanted(closing.kind, closing, DUE)
    assert still_wanted(opened.kind, opened, DUE)
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
    assert "Version 2" in written(amended[0]).text
    assert still_wanted(amended[0].kind, amended[0], CLOSED_AT)
    services.lay_down(circle.lead(CLOSED_AT), decision, words, now=CLOSED_AT)
    assert "laid down" in written(told(telling.CLOSED)[-1]).text


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
