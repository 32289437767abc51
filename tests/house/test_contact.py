"""The contact form: open to everybody, routed to who answers, read by nobody else, forgotten in the end."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import mails
from app.core.actors import VISITOR
from app.core.errors import NotAllowed, NotFound
from app.core.notices import Notice
from app.core.registries import Contact
from app.extensions import db
from app.house import limits, queries, services, telling
from app.house.jobs import drop_answered, tell_of_more
from app.house.limits import TooManyMessages
from app.house.models import ContactMessage
from app.house.personal_data import erase_person, export_person, merge_person
from app.house.services import BadMessage, BadSetting
from app.people.models import Role
from tests.make.people import make_account, make_organisation, make_person, make_role


@pytest.fixture
def speaker(cast):
    """Somebody who speaks for a union."""
    union = make_organisation("Example Union")
    person = make_person("Mandated Example")
    make_account(person)
    make_role(person, Role.MANDATED, union.id)
    return person, union


def send(actor, now, subject=None, **given):
    values = {"name": "Ana", "email": "ana@example.org", "language": "pt", "body": "Onde me inscrevo?"} | given
    return services.send_message(actor, subject=subject, **values, now=now)


def notices():
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.MESSAGE_CAME)))


def test_a_message_without_a_subject_goes_to_the_secretariat(cast, act, now):
    row = send(VISITOR, now)
    assert row.audience == "secretariat"
    assert {notice.person_id for notice in notices()} == {cast.secretary.id}
    with pytest.raises(NotFound):
        queries.get_visible_message(act(cast.facilitator), row.id)


def test_a_subject_leads_to_who_speaks_for_its_organisation(cast, act, now, speaker):
    person, union = speaker
    subject = services.add_subject(act(cast.secretary), labels={"en": "Evictions"}, organisation_id=union.id, now=now)
    row = send(VISITOR, now, subject)
    assert {notice.person_id for notice in notices()} == {person.id}
    assert queries.get_visible_message(act(person), row.id) is row
    assert queries.get_visible_message(act(cast.secretary), row.id) is row


def test_while_nobody_speaks_for_it_the_secretariat_answers(cast, act, now):
    union = make_organisation("Example Union")
    subject = services.add_subject(act(cast.secretary), labels={"en": "Evictions"}, organisation_id=union.id, now=now)
    assert send(VISITOR, now, subject).audience == "secretariat"


def test_the_mail_holds_none_of_the_words(cast, now):
    send(VISITOR, now, body="The landlord is called Mister Example")
    mail = mails.write(telling.MESSAGE_CAME, notices()[0].parameters, Contact("s@example.org", "en", "Sam"))
    assert "landlord" not in mail.text + mail.subject
    assert mail.text.endswith("/house/messages"), "where to read them"


def test_an_answered_message_is_mailed_no_more_and_forgotten_after_a_year(cast, act, now):
    row = send(VISITOR, now)
    services.answer_message(act(cast.secretary), row, now=now)
    services.answer_message(act(cast.secretary), row, now=now + timedelta(days=1))
    db.session.expire_all()
    assert row.answered_at == now
    assert mails.write(telling.MESSAGE_CAME, notices()[0].parameters, Contact("s@example.org", "en", "")) is None
    assert drop_answered(now + timedelta(days=364)) == 0
    assert drop_answered(now + timedelta(days=366)) == 1


def test_who_did_not_receive_it_answers_nothing(cast, act, now):
    row = send(VISITOR, now)
    with pytest.raises(NotAllowed):
        services.answer_message(act(cast.member), row, now=now)


def test_visitors_with_one_address_write_a_few_times_an_hour(cast, now):
    for number in range(5):
        send(VISITOR, now, body=f"Message {number}")
    with pytest.raises(TooManyMessages):
        send(VISITOR, now)
    send(VISITOR, now, email="other@example.org")
    send(VISITOR, now + timedelta(hours=1, seconds=1))


def test_nobody_shuts_the_owner_of_an_address_out(cast, act, now):
    for number in range(5):
        send(VISITOR, now, body=f"Message {number}")
    send(act(cast.participant), now)


def test_who_is_signed_in_is_counted_whatever_address_they_type(cast, act, now):
    for number in range(5):
        send(act(cast.participant), now, email=f"{number}@example.org")
    with pytest.raises(TooManyMessages):
        send(act(cast.participant), now, email="another@example.org")
    send(act(cast.member), now)
    send(act(cast.participant), now + timedelta(hours=1, seconds=1))


def test_a_flood_of_addresses_stops_visitors_and_nobody_else(cast, act, now, monkeypatch):
    monkeypatch.setattr(limits, "MOST_FROM_VISITORS", 3)
    for number in range(3):
        send(VISITOR, now, email=f"{number}@example.org")
    with pytest.raises(TooManyMessages):
        send(VISITOR, now)
    send(act(cast.participant), now)
    send(VISITOR, now + timedelta(hours=1, seconds=1))


def test_of_messages_at_once_no_more_than_the_limit_arrive(own_app, now):
    gate, arrived = threading.Barrier(7), []

    def write():
        with own_app.app_context():
            gate.wait()
            try:
                send(VISITOR, now)
                db.session.commit()
                arrived.append(1)
            except TooManyMessages:
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write) for _number in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(arrived) == 5


def test_the_words_of_a_refused_message_stay_in_the_form(cast, browse, monkeypatch):
    monkeypatch.setattr(limits, "MOST_FROM_VISITORS", 0)
    page = browse(None)
    page.open("/contact")
    page.send(has="body", body="Where do I join?", email="ana@example.org")
    assert page.status == 422
    assert "Very many messages are arriving right now." in page.text
    assert "Where do I join?" in page.page.find("textarea").text


def test_many_messages_are_one_mail_an_hour(cast, act, now):
    start = now.replace(minute=5)
    rows = [send(VISITOR, start + timedelta(minutes=number)) for number in range(3)]
    assert len(notices()) == 1
    assert tell_of_more(start + timedelta(minutes=50)) == 0
    assert tell_of_more(start + timedelta(hours=1)) == 1
    tell_of_more(start + timedelta(hours=1, minutes=15))
    send(VISITOR, start + timedelta(hours=1, minutes=20))
    assert len(notices()) == 2
    for row in rows:
        services.answer_message(act(cast.secretary), row, now=start)
    assert tell_of_more(start + timedelta(hours=1, minutes=30)) == 0


def test_one_message_is_told_once(cast, now):
    send(VISITOR, now)
    assert tell_of_more(now + timedelta(hours=1)) == 0


@pytest.mark.parametrize("body", ["", " \n ", "x" * 5_001])
def test_a_message_has_words_and_an_end(cast, now, body):
    with pytest.raises(BadMessage) as refused:
        send(VISITOR, now, body=body)
    assert refused.value.field == "body"


def test_a_subject_has_words_and_an_organisation_that_exists(cast, act, now, unknown_id):
    with pytest.raises(BadSetting):
        services.add_subject(act(cast.secretary), labels={"en": " "}, now=now)
    with pytest.raises(BadSetting):
        services.add_subject(act(cast.secretary), labels={"en": "X"}, organisation_id=unknown_id, now=now)


def test_a_visitor_writes_in_the_pages_and_what_is_missing_comes_back(cast, browse):
    page = browse(None)
    page.open("/contact")
    page.send(has="body", body="مرحبا", email="not an address", language="ar")
    assert page.status == 422
    assert "مرحبا" in page.page.find("textarea").text
    page.send(has="body", email="huda@example.org")
    assert page.status == 200
    assert "Your message has arrived." in page.page.text
    message = db.session.scalars(sa.select(ContactMessage)).one()
    assert (message.language, message.person_id, message.body) == ("ar", None, "مرحبا")


def test_a_message_keeps_its_lines_and_its_direction(cast, browse):
    page, desk = browse(None), browse(cast.secretary)
    page.open("/contact")
    page.send(has="body", body="سطر\r\nسطر آخر\r\n\r\nفقرة", email="huda@example.org", language="ar")
    message = db.session.scalars(sa.select(ContactMessage)).one()
    desk.open(f"/house/messages/{message.id}")
    shown = desk.page.find("div", class_="voice")
    assert (shown["lang"], shown["dir"]) == ("ar", "rtl")
    assert [len(paragraph.find_all("br")) for paragraph in shown.find_all("p")] == [1, 0]


def test_a_subject_in_another_language_says_so(cast, act, browse, now):
    subject = services.add_subject(act(cast.secretary), labels={"ar": "الإخلاء"}, now=now)
    row = send(VISITOR, now, subject)
    page = browse(cast.secretary)
    for address in ("/house", "/house/messages", f"/house/messages/{row.id}", f"/house/subjects/{subject.id}/remove"):
        page.open(address)
        assert page.page.find(lang="ar", dir="rtl", string="الإخلاء") is not None


def test_who_is_signed_in_types_neither_name_nor_address(cast, browse):
    page = browse(cast.participant)
    page.open("/contact")
    assert page.page.find("input", attrs={"name": "name"})["value"] == "Fatou Exemple"


def test_messages_are_listed_for_who_answers_and_say_when_it_is_done(cast, browse, now):
    row = send(VISITOR, now)
    page, other = browse(cast.secretary), browse(cast.member)
    page.open("/house/messages")
    assert "waits for an answer" in page.text
    page.open(f"/house/messages/{row.id}")
    assert "Onde me inscrevo?" in page.text
    page.send()
    assert "This message was answered on" in page.text
    other.open("/house/messages")
    assert "Nobody has written yet." in other.text
    other.open(f"/house/messages/{row.id}")
    assert other.status == 404


def test_subjects_are_offered_until_they_are_removed(cast, browse):
    page, visitor = browse(cast.secretary), browse(None)
    page.open("/house/subjects/new")
    page.send(has="name_en", name_en="")
    assert page.status == 422
    page.send(has="name_en", name_en="Evictions", name_fr="Expulsions")
    visitor.open("/contact?lang=fr")
    assert "Expulsions" in visitor.text
    page.open(page.page.find("a", href=lambda href: href and href.endswith("/remove"))["href"])
    page.send(action="/remove")
    visitor.open("/contact?lang=fr")
    assert "Expulsions" not in visitor.text


def test_the_list_asks_the_same_questions_for_10_and_for_1000(cast, act, now, count_queries):
    def many(count):
        db.session.add_all(
            ContactMessage(audience="secretariat", email="a@example.org", language="en", body="x", sent_at=now)
            for _number in range(count)
        )
        db.session.flush()
        db.session.expunge_all()
        with count_queries() as asked:
            assert queries.list_messages(act(cast.secretary)).rows
        return len(asked)

    assert many(10) == many(990)


def test_messages_are_a_persons_data(cast, act, now):
    send(act(cast.participant), now)
    assert export_person(cast.participant.id)["messages"][0]["body"] == "Onde me inscrevo?"
    merge_person(cast.member.id, cast.participant.id, now)
    erase_person(cast.member.id, now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContactMessage)) == 0
