"""From notices to mails by a person's rhythm: what can wait comes in one mail a day, what cannot comes at once."""

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core import outbox
from app.core.actors import Actor, ActorKind
from app.core.notices import Notice, tell
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from app.mailings import pacing, services
from app.mailings.models import Pace
from app.mailings.queries import optional_topics
from tests.make.people import make_account, make_person

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Twelve in Cairo, whose clocks are two hours ahead in November; a Monday."""
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def work(now):
    """What the worker does at its ticks."""
    outbox.address_notices(now)
    outbox.deliver_due(now)


def sent(person):
    rows = db.session.scalars(
        sa.select(OutboxMail)
        .where(OutboxMail.person_id == person.id, OutboxMail.state == MailState.SENT)
        .order_by(OutboxMail.sent_at, OutboxMail.dedupe_key)
    )
    return [email.message_from_bytes(row.rendered, policy=email.policy.default) for row in rows]


def choices(**chosen):
    every = frozenset(topic.code for topic in optional_topics())
    facts = {"pace": Pace.DAILY, "hour": 8, "weekday": 0, "quiet_from": 21, "quiet_until": 8, "topics": every}
    return services.Choices(**facts | chosen)


def myself(person):
    return Actor(ActorKind.PERSON, person.id)


def test_what_can_wait_comes_in_one_mail_in_the_morning(amina):
    for number in range(3):
        tell(amina.id, "test.said", f"k{number}", {"n": number}, now=NOON + timedelta(hours=number))
        work(NOON + timedelta(hours=number))
    work(MORNING - timedelta(seconds=1))
    assert sent(amina) == []
    work(MORNING)
    [mail] = sent(amina)
    assert mail["Subject"] == "About 2, and 2 more", "what became known last comes first"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.startswith("Dear Amina Example,\n\n1. About 2\n\nThis is said of 2.\n\nIt is all.\n\n2. About 1\n\n")
    assert "\n\nMaloca\n\n--\n" in text
    assert db.session.scalar(sa.select(OutboxMail.dedupe_key)) == f"digest:{amina.id}:2026-11-24"


def test_one_alone_reads_as_its_own_mail(amina):
    tell(amina.id, "test.said", "k", {"n": 1}, now=NOON)
    work(NOON)
    work(MORNING)
    [mail] = sent(amina)
    assert mail["Subject"] == "About 1"
    assert mail.get_content().replace("\r\n", "\n").startswith("Dear Amina Example,\n\nThis is said of 1.\n\nIt")


def test_what_cannot_wait_comes_at_once_by_day_and_in_the_morning_by_night(amina):
    tell(amina.id, "test.soon", "day", {"n": 1}, now=NOON)
    work(NOON)
    assert [mail["Subject"] for mail in sent(amina)] == ["About 1"]
    night = NOON + timedelta(hours=12)
    tell(amina.id, "test.soon", "night", {"n": 2}, now=night)
    work(night)
    assert len(sent(amina)) == 1
    work(MORNING)
    assert [mail["Subject"] for mail in sent(amina)] == ["About 1", "About 2"]


def test_a_key_to_the_door_comes_in_the_night_too(amina):
    night = NOON + timedelta(hours=12)
    tell(amina.id, "test.key", "k", {"n": 1}, now=night)
    work(night)
    [mail] = sent(amina)
    assert mail["List-Unsubscribe"] is None
    assert "--" not in mail.get_content()


def test_what_was_told_after_the_mail_of_the_day_comes_with_the_next(amina):
    tell(amina.id, "test.said", "k1", {"n": 1}, now=NOON)
    work(NOON)
    work(MORNING + timedelta(seconds=3))
    tell(amina.id, "test.said", "k2", {"n": 2}, now=MORNING + timedelta(seconds=4))
    for hours in range(24):
        work(MORNING + timedelta(hours=hours, minutes=-1))
    assert len(sent(amina)) == 1
    work(MORNING + timedelta(days=1))
    assert len(sent(amina)) == 2


def test_only_the_mails_of_the_last_days_are_looked_at(amina):
    for day in range(8):
        tell(amina.id, "test.said", f"k{day}", {"n": day}, now=NOON + timedelta(days=day))
        work(NOON + timedelta(days=day))
        work(MORNING + timedelta(days=day))
    assert len(sent(amina)) == 8
    used = pacing._days_used({amina.id}, NOON + timedelta(days=8))[amina.id]
    assert used == {(MORNING + timedelta(days=day)).date() for day in range(4, 8)}


def test_whoever_changes_the_hour_gets_no_second_mail_that_day(amina):
    tell(amina.id, "test.said", "k1", {"n": 1}, now=NOON)
    work(NOON)
    work(MORNING)
    tell(amina.id, "test.said", "k2", {"n": 2}, now=MORNING)
    work(MORNING)
    services.choose(myself(amina), amina, choices(hour=18), now=MORNING)
    work(MORNING + timedelta(hours=10))
    assert len(sent(amina)) == 1
    work(MORNING + timedelta(hours=11, days=1))
    assert len(sent(amina)) == 2


def test_the_rhythm_that_is_chosen_holds_for_what_waits_already(amina):
    tell(amina.id, "test.said", "k1", {"n": 1}, now=NOON)
    work(NOON)
    services.choose(myself(amina), amina, choices(pace=Pace.AT_ONCE), now=NOON)
    work(NOON)
    assert len(sent(amina)) == 1
    services.choose(myself(amina), amina, choices(pace=Pace.WEEKLY, weekday=4, hour=9), now=NOON)
    tell(amina.id, "test.said", "k2", {"n": 2}, now=NOON)
    work(NOON)
    friday = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    work(friday - timedelta(seconds=1))
    assert len(sent(amina)) == 1
    work(friday)
    assert len(sent(amina)) == 2


def test_a_stopped_topic_is_not_mailed_and_it_is_known_why(amina):
    tell(amina.id, "test.said", "k1", {"n": 1}, now=NOON)
    work(NOON)
    services.stop(myself(amina), amina, ["chat", "door"], now=NOON)
    tell(amina.id, "test.key", "k2", {"n": 2}, now=NOON)
    work(NOON)
    work(MORNING)
    assert [mail["Subject"] for mail in sent(amina)] == ["About 2"], "what is not optional is mailed"
    stopped = db.session.scalars(sa.select(Notice).where(Notice.kind == "test.said")).one()
    assert (stopped.dropped_because, stopped.mail_id) == ("opted_out", None)
    services.want_again(myself(amina), amina, ["chat"], now=MORNING)
    tell(amina.id, "test.soon", "k3", {"n": 3}, now=MORNING)
    work(MORNING)
    assert len(sent(amina)) == 2


def test_what_is_stopped_while_the_mail_waits_falls_out_of_it(amina):
    tell(amina.id, "test.soon", "k1", {"n": 1}, now=NOON)
    outbox.address_notices(NOON)
    services.stop(myself(amina), amina, ["chat"], now=NOON)
    outbox.deliver_due(NOON)
    mail = db.session.scalars(sa.select(OutboxMail)).one()
    assert (mail.state, mail.last_error) == (MailState.CANCELLED, "opted_out")


@pytest.mark.parametrize(("left", "subject"), [(2, "About 2, and 1 more"), (1, "About 2"), (0, None)])
def test_what_is_no_longer_so_falls_out_of_the_mail_of_the_day(amina, monkeypatch, left, subject):
    from app.core import registries

    for number in (1, 2):
        tell(amina.id, "test.said", f"k{number}", {"n": number}, now=NOON + timedelta(minutes=number))
    work(NOON + timedelta(hours=1))
    monkeypatch.setitem(registries._still_wanted, "test.said", lambda notice, _now: notice.parameters["n"] > 2 - left)
    work(MORNING)
    assert [mail["Subject"] for mail in sent(amina)] == ([subject] if subject else [])


def test_a_mail_can_be_stopped_by_the_mail_program(amina):
    tell(amina.id, "test.soon", "k1", {"n": 1}, now=NOON)
    work(NOON)
    [mail] = sent(amina)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/mails/stop/")
    text = mail.get_content().replace("\r\n", "\n")
    foot = text.split("\n\n--\n")[1].splitlines()
    assert foot[0] == "You get this because you get mails about: Chat."
    token = mail["List-Unsubscribe"].strip(" <>").rpartition("/")[2]
    assert foot[1:] == [f"Choose what you get, and when: http://127.0.0.1:8000/mails/choices/{token}"]


def test_people_of_many_zones_get_one_mail_each_at_their_own_eight(app):
    zones = ("America/Mexico_City", "Africa/Dakar", "Africa/Nairobi", "Asia/Kathmandu", "")
    people = [make_person(f"Person {number} Example") for number in range(len(zones))]
    for person, zone in zip(people, zones, strict=True):
        person.zone = zone
        make_account(person)
        for number in (1, 2):
            tell(person.id, "test.said", f"k{number}", {"n": number}, now=NOON)
    for quarter in range(24 * 4 + 1):
        work(NOON + timedelta(minutes=15 * quarter))
    hours = dict(db.session.execute(sa.select(OutboxMail.person_id, OutboxMail.sent_at)).all())
    local = ["14:00", "08:00", "05:00", "02:15", "08:00"]
    assert [f"{hours[person.id]:%H:%M}" for person in people] == local
