"""What two people do in the same instant: on a database of its own, where commits are real."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR, job, link_holder
from app.core.errors import MalocaError
from app.core.registries import actor_at
from app.extensions import db
from app.people import attempts, limits, services
from app.people.models import Account, Affiliation, AffiliationKind, MailLink, MailPurpose, Person, Role, RoleGrant
from app.people.services import Belonging, Profile, Reading
from app.people.services.mail_links import send_link
from tests.conftest import START
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role

PEOPLE_AT_ONCE = 4


def at_once(app, *works: Callable[[], Any]) -> list[Any]:
    """Do every work in a thread and a transaction of its own, all starting together; a refusal is its answer."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                answer = work()
                db.session.commit()
            except MalocaError as refused:
                db.session.rollback()
                return refused
            return answer

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def refusals(answers: list[Any]) -> int:
    return sum(isinstance(answer, MalocaError) for answer in answers)


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_one_address_registered_at_once_is_one_account(own_app):
    def register() -> bool:
        person = services.register(
            VISITOR,
            email="huda@example.org",
            password_hash="$",
            profile=Profile(name="Huda"),
            reading=Reading(),
            belonging=Belonging(),
            kind=AffiliationKind.FRIEND,
            now=START,
        )
        return person is not None

    answers = at_once(own_app, *[register] * PEOPLE_AT_ONCE)
    with own_app.app_context():
        assert (answers.count(True), count(Account), count(Person), count(Affiliation)) == (1, 1, 1, 1)


def test_those_who_register_at_once_are_counted_one_after_the_other(own_app, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TOGETHER", 1)

    def register(number: int) -> None:
        services.register(
            VISITOR,
            email=f"{number}@example.org",
            password_hash="$",
            profile=Profile(name="Huda"),
            reading=Reading(),
            belonging=Belonging(),
            kind=AffiliationKind.FRIEND,
            now=START,
        )

    answers = at_once(own_app, *[lambda number=number: register(number) for number in range(PEOPLE_AT_ONCE)])
    with own_app.app_context():
        assert (refusals(answers), count(Account)) == (PEOPLE_AT_ONCE - 1, 1)


def test_a_link_is_spent_once(own_app):
    with own_app.app_context():
        account = make_account(make_person())
        person_id, link_id = account.person_id, send_link(account, MailPurpose.RESET, now=START).id
        db.session.commit()

    def reset() -> str:
        return services.reset_password(link_holder(person_id), link_id=link_id, password_hash="$", device="", now=START)

    assert refusals(at_once(own_app, *[reset] * PEOPLE_AT_ONCE)) == PEOPLE_AT_ONCE - 1


def test_two_secretaries_cannot_take_the_role_from_each_other(own_app):
    with own_app.app_context():
        persons = [make_person(), make_person()]
        for person in persons:
            make_account(person, password_hash="$")
        grants = [make_role(person, Role.SECRETARIAT).id for person in persons]
        ids = [person.id for person in persons]
        db.session.commit()

    def take(own_id, grant_id) -> None:
        services.take_role(actor_at(own_id, START), db.session.get_one(RoleGrant, grant_id), now=START)

    answers = at_once(own_app, lambda: take(ids[0], grants[1]), lambda: take(ids[1], grants[0]))
    with own_app.app_context():
        held = sa.select(RoleGrant).where(RoleGrant.ended_at.is_(None))
        assert len(db.session.scalars(held).all()) == 1
    assert len(answers) == 2


def test_an_affiliation_is_answered_once(own_app):
    with own_app.app_context():
        secretary = make_person()
        make_account(secretary)
        make_role(secretary, Role.SECRETARIAT)
        waiting = make_affiliation(make_person(), make_organisation(), state="pending")
        secretary_id, waiting_id = secretary.id, waiting.id
        db.session.commit()

    def answer(service: Callable[..., Any]) -> None:
        service(actor_at(secretary_id, START), db.session.get_one(Affiliation, waiting_id), now=START)

    answers = at_once(
        own_app, lambda: answer(services.confirm_affiliation), lambda: answer(services.refuse_affiliation)
    )
    assert refusals(answers) == 1


def test_one_address_invited_at_once_is_one_account_with_one_live_link(own_app):
    def invite() -> object:
        return services.invite(job("people.invite"), email="huda@example.org", role=Role.COORDINATOR, now=START)

    answers = at_once(own_app, *[invite] * PEOPLE_AT_ONCE)
    assert refusals(answers) == 0
    with own_app.app_context():
        assert (count(Account), count(Person), count(RoleGrant), count(MailLink)) == (1, 1, 1, 3)
        assert len(db.session.scalars(sa.select(MailLink).where(MailLink.used_at.is_(None))).all()) == 1


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_kind_is_changed_once(own_app, is_alone):
    with own_app.app_context():
        secretary = make_person()
        make_account(secretary)
        make_role(secretary, Role.SECRETARIAT)
        row = make_affiliation(make_person(), None if is_alone else make_organisation())
        secretary_id, row_id = secretary.id, row.id
        db.session.commit()

    def change() -> None:
        services.change_affiliation_kind(
            actor_at(secretary_id, START),
            db.session.get_one(Affiliation, row_id),
            kind=AffiliationKind.ALLY,
            from_on=START.date(),
            now=START,
        )

    answers = at_once(own_app, *[change] * PEOPLE_AT_ONCE)
    with own_app.app_context():
        open_ones = sa.select(Affiliation).where(Affiliation.until_on.is_(None))
        assert (len(db.session.scalars(open_ones).all()), count(Affiliation)) == (1, 2)
    assert refusals(answers) == PEOPLE_AT_ONCE - 1


def test_guesses_at_once_are_all_counted(own_app):
    with own_app.app_context():
        make_account(make_person(), "amina@example.org", password_hash="$")
        db.session.commit()
    heard = at_once(own_app, *[lambda: attempts.take_chance("amina@example.org", START).person_id] * 8)
    with own_app.app_context():
        assert db.session.scalar(sa.select(Account.failures)) == 5
    assert sum(person_id is not None for person_id in heard) == 5
