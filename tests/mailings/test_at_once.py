"""The first choices of a person, sent twice at the same moment by an impatient hand."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from app.core.actors import Actor, ActorKind
from app.extensions import db
from app.mailings import services
from app.mailings.models import MailRhythm, MailStop, Pace
from app.people.models import Person
from tests.conftest import START
from tests.make.people import make_person

HANDS = 4


def test_choices_sent_several_times_at_once_are_one_row(own_app):
    with own_app.app_context():
        person_id = make_person("Amina Example").id
        db.session.commit()
    together = Barrier(HANDS)

    def choose(hour: int) -> None:
        with own_app.app_context():
            person = db.session.get_one(Person, person_id)
            chosen = services.Choices(Pace.DAILY, hour, 0, 21, 8, frozenset())
            db.session.rollback()
            together.wait()
            services.choose(Actor(ActorKind.PERSON, person_id), person, chosen, now=START)
            db.session.commit()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(choose, range(HANDS)))
    with own_app.app_context():
        assert db.session.scalars(sa.select(MailRhythm)).one().hour in range(HANDS)
        stopped = db.session.scalars(sa.select(MailStop.topic)).all()
        assert len(stopped) == len(set(stopped)) > 0
