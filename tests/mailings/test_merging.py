"""Two rows of one person become one: one mail a day, each fact once, one set of choices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core import outbox, registries
from app.core.notices import Notice, tell
from app.core.outbox import OutboxMail
from app.extensions import db
from app.mailings.models import MailRhythm, MailStop, Pace
from tests.mailings.test_pacing import MORNING, NOON, choices, myself, sent, services, work
from tests.make.people import make_account, make_person

EVENING = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
def other(amina):
    """A second row of the same person."""
    person = make_person("Amina E. Example", zone="Africa/Cairo")
    make_account(person, "amina.e@example.org")
    db.session.commit()
    return person


def merged(amina, other, now) -> None:
    registries.merge_person(amina.id, other.id, now)
    db.session.commit()


@pytest.mark.parametrize("is_mail_made", [False, True])
def test_what_waited_for_both_comes_in_one_mail_and_each_fact_once(amina, other, is_mail_made):
    for number, people in enumerate(([amina], [other], [amina, other])):
        for person in people:
            tell(person.id, "test.said", f"k{number}", {"n": number}, now=NOON)
    db.session.commit()
    outbox.address_notices(MORNING if is_mail_made else NOON)
    merged(amina, other, MORNING if is_mail_made else EVENING)
    work(MORNING)
    work(MORNING + timedelta(hours=1))
    assert len(sent(amina)) == 1
    work(MORNING + timedelta(days=1))
    mails = sent(amina)
    assert len(mails) == (2 if is_mail_made else 1), "the mail of the day was under way: the rest comes with the next"
    text = "".join(mail.get_content() for mail in mails)
    assert [text.count(f"This is said of {number}.") for number in range(3)] == [1, 1, 1]
    assert sent(other) == []
    assert set(db.session.scalars(sa.select(Notice.person_id))) == {amina.id}
    assert {notice.parameters["person"] for notice in db.session.scalars(sa.select(Notice))} == {str(amina.id)}


def test_what_the_other_row_was_sent_stays_in_the_log_and_no_second_mail_leaves_that_day(amina, other):
    tell(other.id, "test.said", "k1", {"n": 1}, now=NOON)
    work(MORNING)
    merged(amina, other, MORNING + timedelta(hours=1))
    tell(amina.id, "test.said", "k2", {"n": 2}, now=MORNING + timedelta(hours=1))
    work(MORNING + timedelta(hours=2))
    assert db.session.scalars(sa.select(OutboxMail.person_id)).all() == [amina.id]
    work(MORNING + timedelta(days=1))
    assert len(sent(amina)) == 2


@pytest.mark.parametrize(("own", "pace"), [(True, Pace.WEEKLY), (False, Pace.AT_ONCE)])
def test_one_set_of_choices_is_left_and_what_either_stopped_stays_stopped(amina, other, own, pace):
    every = choices().topics
    services.choose(myself(other), other, choices(pace=Pace.AT_ONCE, topics=every - {"chat"}), now=NOON)
    if own:
        services.choose(myself(amina), amina, choices(pace=Pace.WEEKLY, topics=every - {"desk"}), now=NOON)
    db.session.commit()
    merged(amina, other, NOON)
    [rhythm] = db.session.scalars(sa.select(MailRhythm))
    assert (rhythm.person_id, rhythm.pace) == (amina.id, pace)
    stopped = {(row.person_id, row.topic) for row in db.session.scalars(sa.select(MailStop))}
    assert stopped == {(amina.id, topic) for topic in (("chat", "desk") if own else ("chat",))}
