"""Two pages at the same moment: the last link that a person may have is made once."""

from __future__ import annotations

import sqlalchemy as sa

from app.agenda import services
from app.agenda.models import CalendarLink, Reach
from app.agenda.services import MOST_LINKS, TooManyLinks
from app.core.registries import actor_at
from app.extensions import db
from tests.conftest import START
from tests.make.agenda import make_link
from tests.make.people import make_member
from tests.people.test_races import at_once


def test_the_last_link_made_at_once_is_one(own_app):
    with own_app.app_context():
        person = make_member()
        for number in range(MOST_LINKS - 1):
            make_link(person, f"secret-{number}")
        actor = actor_at(person.id, START)
        db.session.commit()

    def make(secret: str):
        return lambda: services.make_link(actor, name="Phone", reach=Reach.MINE, secret=secret, now=START)

    answers = at_once(own_app, *(make(f"at-once-{number}") for number in range(4)))
    assert sum(isinstance(answer, TooManyLinks) for answer in answers) == 3
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CalendarLink)) == MOST_LINKS
