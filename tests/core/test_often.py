"""So many times within an hour one person does what others receive; nobody else is kept from anything by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.often import TooOften, check_often, count_try
from app.core.submissions import Submission
from app.extensions import db
from app.proposals.models import Proposal
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_member, sign_in

AMINA = UUID(int=1)

COUNTED = {
    "announcements.announce": 10,
    "chantiers.ask_carrier": 20,
    "datepolls.ask_group": 10,
    "datepolls.ask_track": 10,
    "mailings.send_mail_again": 60,
    "people.ask_affiliation": 10,
    "people.ask_erasure": 5,
    "people.name_helper": 20,
    "proposals.propose": 10,
    "reminders.hand_back": 10,
    "workinggroups.invite": 60,
    "workinggroups.invite_organisation": 60,
}
"""Whose form sends a mail that cannot wait, or one to any address. Mails that wait come once a day, however many facts
they tell of; links to passwords are counted by account (`people.services.mail_links`)."""


def sent(person_id: UUID | None, what: str = "wish", ago: timedelta = timedelta()) -> None:
    db.session.add(Submission(id=uuid4(), person_id=person_id, endpoint=what, digest="", at=START - ago))
    db.session.flush()


def test_what_sends_mails_to_others_is_counted(app):
    marked = {name: view.most_hourly for name, view in app.view_functions.items() if hasattr(view, "most_hourly")}
    assert marked == COUNTED


def test_one_time_too_many_is_refused_until_the_hour_is_over(app):
    for _time in range(2):
        sent(AMINA)
    check_often(AMINA, "wish", 2, now=START)
    sent(AMINA)
    with pytest.raises(TooOften):
        check_often(AMINA, "wish", 2, now=START)
    check_often(AMINA, "wish", 2, now=START + timedelta(hours=1))


def test_others_and_other_things_are_not_counted(app):
    sent(AMINA)
    for _time in range(3):
        sent(UUID(int=2))
        sent(None)
        sent(AMINA, "something else")
        sent(AMINA, ago=timedelta(hours=1))
    check_often(AMINA, "wish", 1, now=START)


def test_of_tries_at_once_no_more_than_so_many_go_through(own_app: Flask):
    def attempt(_number: int) -> bool:
        with own_app.app_context():
            try:
                count_try(AMINA, "fetch", 3, now=START)
            except TooOften:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 3
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == 3
        db.session.rollback()


def test_a_person_is_told_at_the_form_and_nothing_typed_is_lost(app, now, clock):
    member = make_member()
    db.session.commit()
    reader = Reader(sign_in(app.test_client(), member))
    typed = {"title": "Asamblea", "language": "es", "day": "2027-02-13", "zone": "America/Lima"}
    for number in range(COUNTED["proposals.propose"] + 1):
        reader.open("/agenda/propose")
        reader.send(has="title", **typed, email=f"{number}@example.org")
    assert (reader.status, "many times within an hour" in reader.text) == (422, True)
    assert reader.page.find(attrs={"name": "title"})["value"] == "Asamblea"
    assert db.session.scalar(sa.select(sa.func.count(Proposal.id))) == COUNTED["proposals.propose"]
    clock.shift(timedelta(hours=1, seconds=1))
    reader.send(has="title", email="later@example.org")
    assert reader.status == 200
