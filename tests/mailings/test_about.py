"""The log names what a mail is about, as far as whoever reads the log may know of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import outbox, topics
from app.core.audiences import CASE_PREFIX
from app.core.notices import Notice, tell
from app.core.outbox import OutboxMail
from app.core.registries import actor_at
from app.core.topics import Topic
from app.discussions.services import reply
from app.extensions import db
from app.mailings.about import cards_of
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.discussions import make_topic, opening_of
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_place

MORNING = START + timedelta(hours=22)


@pytest.fixture
def secretary(app):
    return Reader(sign_in(app.test_client(), make_secretary()))


def tell_of(person, session, kind="test.said"):
    tell(person.id, kind, f"k{session.id}", {"session": str(session.id), "n": 1}, now=START)


def titles(reader):
    return [link.get_text() for link in reader.page.select("ul.lines .note a")]


def test_a_line_names_the_session_it_is_about(secretary, amina):
    session = make_session(name="Water for all")
    tell_of(amina, session, "test.soon")
    tell(amina.id, "test.soon", "dated", {"moment": str(make_session(name="Heat").moment_id), "n": 1}, now=START)
    outbox.address_notices(START)
    outbox.deliver_due(START)
    secretary.open("/mails/log")
    assert sorted(titles(secretary)) == ["Heat", "Water for all"]
    assert secretary.page.select_one(f"ul.lines a[href$='{session.id}']")


def test_what_is_said_in_a_topic_stands_under_its_title_and_not_under_the_name_of_who_said_it(app, amina):
    jo = make_secretary()
    group = make_group()
    make_place(group, amina)
    make_place(group, jo)
    topic = make_topic(group, amina)
    reply(actor_at(jo.id, START), topic, body="I come too.", language="en", now=START)
    told = db.session.scalars(sa.select(Notice).where(Notice.person_id == amina.id)).one()
    [card] = cards_of([told.parameters], actor_at(jo.id, START))
    assert card.title == opening_of(topic).title


def test_what_waits_names_it_too_and_a_mail_of_many_the_first_three(secretary, amina):
    for number in range(5):
        tell_of(amina, make_session(name=f"Session {number}"))
    outbox.address_notices(START)
    db.session.commit()
    secretary.open("/mails/log/waiting")
    assert len(titles(secretary)) == 5
    outbox.address_notices(MORNING)
    secretary.open("/mails/log")
    assert len(titles(secretary)) == 3
    assert "2 more" in secretary.text


def test_who_may_not_see_a_thing_does_not_read_its_title(secretary, amina):
    session = make_session(name="Confidential case")
    session.moment.audience = f"{CASE_PREFIX}{uuid4()}"
    tell_of(amina, session, "test.soon")
    outbox.address_notices(START)
    db.session.commit()
    secretary.open("/mails/log")
    assert "Amina Example" in secretary.text
    assert "Confidential case" not in secretary.text


def test_what_a_mail_of_many_says_of_a_case_is_not_said_to_who_may_not_see_it(secretary, amina, monkeypatch):
    cases = Topic("cases", "Cases of families", kinds=frozenset({"test.case"}))
    monkeypatch.setattr(topics, "_topics", topics._topics | {"cases": cases})
    monkeypatch.setattr(topics, "_topic_of_kind", topics._topic_of_kind | {"test.case": "cases"})
    tell_of(amina, make_session(name="Water for all"))
    for number in range(3):
        tell(amina.id, "test.case", f"c{number}", {"n": 1}, now=START, audience=f"{CASE_PREFIX}{uuid4()}")
    outbox.address_notices(START)
    outbox.address_notices(MORNING)
    [mail] = db.session.scalars(sa.select(OutboxMail))
    assert mail.kind == "digest"
    secretary.open("/mails/log")
    assert titles(secretary) == ["Water for all"]
    assert "Cases of families" not in secretary.page.select_one("ul.lines").get_text()
    secretary.open("/mails/log?topic=cases")
    assert "Amina Example" not in secretary.text


def test_what_says_most_is_named_and_odd_parameters_name_nothing(app, amina):
    session, task = make_session(), make_task(make_group())
    both = {"session": str(session.id), "track": str(session.track_id)}
    told = [both, {"track": str(session.track_id)}, {"session": "of old"}, {}, {"task": str(task.id)}]
    assert [card and card.title for card in cards_of(told, actor_at(make_secretary().id, START))] == [
        "Example session",
        "Example track",
        None,
        None,
        "Measure the heat",
    ]


def test_however_many_lines_there_are_the_log_asks_as_much(app, secretary, count_queries):
    asked = []
    for number in (2, 18):
        for _one in range(number):
            tell_of(make_member(), make_session(make_track()), "test.soon")
        outbox.address_notices(START)
        db.session.commit()
        with count_queries() as statements:
            secretary.open("/mails/log")
        asked.append(len(statements))
    assert asked[0] == asked[1]
