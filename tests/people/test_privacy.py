"""My data: seen in words, had as a file, deleted when asked; and the secretariat's privacy desk."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import outbox, registries
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.outbox import OutboxMail
from app.core.outbox.forgetting import KEEP_BYTES
from app.core.paging import PAGE_SIZE
from app.core.registries import actor_at, lent
from app.extensions import db
from app.people import services
from app.people.models import Account, ErasureRequest, Person
from app.people.queries import privacy as queries
from app.people.services import AlreadyAnswered, LastSecretary
from tests.conftest import START
from tests.make.people import make_account, make_erasure_request, make_person, make_secretary
from tests.people.test_races import at_once, refusals


@pytest.fixture
def secretary(app, now) -> Person:
    person = make_secretary()
    db.session.get_one(Account, person.id).password_hash = "$"
    db.session.commit()
    return person


def wish_of(person: Person) -> ErasureRequest:
    return db.session.scalar(sa.select(ErasureRequest).where(ErasureRequest.person_id == person.id))


def subjects(mails, now) -> list[str]:
    return sorted(mail["Subject"] for mail in mails(now))


def test_what_is_held_is_said_in_words_and_numbers(known, reader_of):
    reader = reader_of(known.person)
    reader.open("/account/data")
    assert "Account: address, whether it is confirmed 1" in reader.text
    assert "Devices signed in 1" in reader.text


def test_every_part_that_packages_export_has_words(known):
    for package, parts in registries.export_person(known.person_id).items():
        for part in parts:
            assert registries.holding_of(package, part), f"{package}: say in HOLDINGS what {part} is"


def test_everything_is_had_as_a_file(known, reader_of):
    answer = reader_of(known.person).client.get("/account/data.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert json.loads(answer.text) == json.loads(json.dumps(registries.export_person(known.person_id), default=str))
    assert "amina@example.org" in answer.text


def test_deletion_is_asked_twice_told_and_taken_back(known, secretary, reader_of, mails, now):
    reader = reader_of(known.person)
    reader.open("/account/data/delete")
    assert wish_of(known.person) is None
    assert "Goes for good" in reader.text
    reader.send(action="/account/data/delete")
    assert wish_of(known.person).closed_at is None
    assert "You asked on 21 November 2026 that your data be deleted." in reader.text
    assert reader.client.get("/account/data/delete").headers["Location"] == "/account/data"
    assert subjects(mails, now) == ["Somebody asks to be deleted", "Your wish to be deleted"]
    reader.send(action="/account/data/keep")
    db.session.expire_all()
    assert (wish_of(known.person).closed_at, wish_of(known.person).closed_by) == (now, known.person_id)
    assert "Your data stays." in reader.text
    reader.client.post("/account/data/keep")
    assert db.session.get_one(Person, known.person_id).name == "Amina Exemple"


def test_a_wish_that_is_open_is_kept_once(known, now):
    actor = actor_at(known.person_id, now)
    first = services.ask_erasure(actor, known.person, now=now)
    assert services.ask_erasure(actor, known.person, now=now).id == first.id


def test_asked_at_once_it_is_one_wish(own_app):
    with own_app.app_context():
        person_id = make_person().id
        db.session.commit()

    def ask():
        actor = actor_at(person_id, START)
        return services.ask_erasure(actor, db.session.get_one(Person, person_id), now=START).id

    assert len(set(at_once(own_app, *[ask] * 4))) == 1


def test_the_desk_shows_what_goes_and_what_stays_and_deletes_after_asking(known, secretary, reader_of, mails, now):
    wish = make_erasure_request(known.person)
    db.session.commit()
    reader = reader_of(secretary)
    reader.open("/people/erasures")
    assert "Amina Exemple" in reader.text
    reader.open(f"/people/erasures/{wish.id}")
    assert "Goes for good" in reader.text
    reader.open(f"/people/erasures/{wish.id}/carry-out")
    assert known.person.name == "Amina Exemple"
    reader.send(action="/carry-out")
    assert (reader.status, reader.path) == (200, "/people/erasures")
    db.session.expire_all()
    person = db.session.get_one(Person, wish.person_id)
    assert (person.name, person.erased_at, wish.was_done, wish.closed_by) == ("", now, True, secretary.id)
    assert db.session.scalar(sa.select(AuditLine.actor_id).where(AuditLine.code == "people.person.erased"))
    assert "Deleted on 21 November 2026" in reader.text
    reader.open(f"/people/erasures/{wish.id}/carry-out")
    assert reader.status == 404


def test_the_last_mail_reaches_the_address_that_is_gone_and_is_forgotten(known, secretary, mails, now):
    wish = make_erasure_request(known.person)
    services.carry_out_erasure(actor_at(secretary.id, now), wish, now=now)
    db.session.commit()
    mail = mails(now)[-1]
    assert (mail["To"], mail["Subject"]) == ("amina@example.org", "Your data is deleted")
    outbox.drop_old_bytes(now + KEEP_BYTES * 2)
    left = db.session.scalars(sa.select(OutboxMail).where(OutboxMail.kind == "people.erased")).one()
    assert (left.recipient, left.rendered, left.person_id) == ("", None, None)


def test_who_has_no_address_is_deleted_without_a_mail(secretary, mails, now):
    wish = make_erasure_request(make_person())
    services.carry_out_erasure(actor_at(secretary.id, now), wish, now=now)
    db.session.commit()
    assert mails(now) == []


def test_a_refusal_has_a_reason_that_the_person_reads(known, secretary, reader_of, mails, now):
    wish = make_erasure_request(known.person)
    db.session.commit()
    desk = reader_of(secretary)
    desk.open(f"/people/erasures/{wish.id}")
    desk.send(has="answer", answer=" ")
    assert (desk.status, wish_of(known.person).closed_at) == (422, None)
    desk.send(has="answer", answer="The funder checks until March.")
    assert subjects(mails, now) == ["Your data could not be deleted"]
    reader = reader_of(known.person)
    reader.open("/account/data")
    assert "The funder checks until March." in reader.text
    reader.open("/account/data/delete")
    reader.send(action="/account/data/delete")
    assert "The funder checks" not in reader.text


def test_a_reason_is_asked_for_by_the_rule_too(known, secretary, now):
    with pytest.raises(RuleBroken):
        services.refuse_erasure(
            actor_at(secretary.id, now), make_erasure_request(known.person), answer=" ", language="en", now=now
        )


def test_nobody_answers_their_own_wish(secretary, reader_of, now):
    wish = make_erasure_request(secretary)
    db.session.commit()
    with pytest.raises(NotAllowed):
        services.carry_out_erasure(actor_at(secretary.id, now), wish, now=now)
    reader = reader_of(secretary)
    reader.open(f"/people/erasures/{wish.id}")
    assert "This is your own wish." in reader.text
    reader.open(f"/people/erasures/{wish.id}/carry-out")
    assert reader.status == 403


def test_the_last_of_the_secretariat_stays(secretary, now):
    other = make_secretary("Cannot sign in any more")
    actor = actor_at(other.id, now)
    db.session.get_one(Account, other.id).verified_at = None
    wish = make_erasure_request(secretary)
    with pytest.raises(LastSecretary):
        services.carry_out_erasure(actor, wish, now=now)


def test_the_wishes_that_wait_come_in_pages(secretary, reader_of):
    for number in range(PAGE_SIZE + 1):
        make_erasure_request(make_person(f"Waiting {number:03}"), asked_at=START + timedelta(minutes=number))
    make_erasure_request(make_person("Answered before"), closed_at=START, answer="Because.", answer_language="en")
    db.session.commit()
    reader = reader_of(secretary)
    reader.open("/people/erasures")
    assert "Waiting 000" in reader.text
    assert "Answered before" in reader.text
    assert f"Waiting {PAGE_SIZE:03}" not in reader.text
    reader.open(reader.page.find("a", rel="next")["href"])
    assert f"Waiting {PAGE_SIZE:03}" in reader.text
    assert "Waiting 000" not in reader.text
    assert not reader.page.find("a", rel="next")


def test_the_secretariat_notes_a_wish_that_was_spoken(secretary, reader_of, now):
    walk_in = make_person("Spoke To Us")
    db.session.commit()
    reader = reader_of(secretary)
    reader.open(f"/people/{walk_in.id}")
    reader.send(action=f"/people/{walk_in.id}/erasure")
    assert (reader.status, reader.path) == (200, f"/people/erasures/{wish_of(walk_in).id}")


def test_others_ask_for_nobody_and_see_no_desk(known, reader_of, now):
    other = make_person()
    wish = make_erasure_request(known.person)
    db.session.commit()
    with pytest.raises(NotAllowed):
        services.ask_erasure(actor_at(other.id, now), known.person, now=now)
    with pytest.raises(NotFound):
        queries.list_erasures(actor_at(other.id, now))
    reader = reader_of(other)
    for path in ("/people/erasures", f"/people/erasures/{wish.id}", f"/people/erasures/{wish.id}/carry-out"):
        reader.open(path)
        assert reader.status == 404


def test_a_helper_does_not_ask_for_whom_they_help(known, now):
    helped = lent(actor_at(known.person_id, now), make_person().id)
    with pytest.raises(NotAllowed):
        services.ask_erasure(helped, known.person, now=now)


def test_taken_back_and_carried_out_at_once_is_one_of_both(own_app):
    with own_app.app_context():
        person, secretary = make_person(), make_secretary()
        make_account(person)
        wish_id, person_id, secretary_id = make_erasure_request(person).id, person.id, secretary.id
        db.session.commit()

    def wish() -> ErasureRequest:
        return db.session.get_one(ErasureRequest, wish_id)

    answers = at_once(
        own_app,
        lambda: services.take_back_erasure(actor_at(person_id, START), wish(), now=START),
        lambda: services.carry_out_erasure(actor_at(secretary_id, START), wish(), now=START),
    )
    assert refusals(answers) == 1
    assert any(isinstance(answer, AlreadyAnswered) for answer in answers)
    with own_app.app_context():
        assert bool(db.session.get_one(Person, person_id).name) is not wish().was_done
