"""A date poll becomes a session: asked over a clock change, read by three people in three zones and three languages."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.datepolls.models import DatePoll
from app.extensions import db
from app.sessions.models import LearningSession
from tests.make.datepolls import Asked, make_asked_track

PEOPLE = (("Rosa Ejemplo", "America/Mexico_City", "es"), ("Awa Exemple", "Africa/Dakar", "fr"),
          ("نور مثال", "Africa/Cairo", "ar"))  # fmt: skip


@pytest.fixture
def asked(app, now) -> Asked:
    asked = make_asked_track(slug="example-heat")
    asked.leader.zone = "Africa/Nairobi"
    for person, (name, zone, language) in zip(asked.people, PEOPLE, strict=True):
        person.name, person.zone, person.preferred_language = name, zone, language
    db.session.commit()
    return asked


def hours_on(page) -> list[str]:
    """The hours that a reader is asked about, as their own clock shows them."""
    legends = page.select("form fieldset.choices > legend")
    return [" ".join(one.get_text().replace("\u2060", "").split()) for one in legends]


def test_a_date_poll_becomes_a_session(asked, reader, clock):
    leader = reader(asked.leader, language="en")
    rosa, awa, nour = (
        reader(person, language=language) for person, (_name, _zone, language) in zip(asked.people, PEOPLE, strict=True)
    )

    # Cairo's clocks go forward in the night before Friday 30 April 2027
    leader.open("/tracks/example-heat/date-polls/new")
    leader.send(
        has="name_en",
        name_en="An evening for questions",
        name_es="Una tarde de preguntas",
        name_fr="Une soirée de questions",
        zone="Africa/Nairobi",
        lasts="90",
        day_1="2027-04-29", hour_1="18:00",
        day_2="2027-05-01", hour_2="18:00",
        day="2027-04-20", hour="18:00",
    )  # fmt: skip
    assert "Clocks change" not in leader.text, "a place where fewer than three live is not looked at"
    leader.send(has="name_en")
    poll = db.session.scalars(sa.select(DatePoll)).one()
    page = f"/date-polls/{poll.id}"

    # each reads the hours on their own clock, and the title in their language or the nearest there is
    assert [rosa.open(page).h1.get_text(), awa.open(page).h1.get_text()] == [
        "Una tarde de preguntas", "Une soirée de questions",
    ]  # fmt: skip
    assert [("15:00" in one, "16:30" in one) for one in hours_on(awa.page)] == [(True, True)] * 2
    assert [("09:00" in one, "10:30" in one) for one in hours_on(rosa.page)] == [(True, True)] * 2
    before, after = hours_on(nour.open(page))
    assert "17:00" in before
    assert "18:00" in after, "after the change it is an hour later in Cairo"
    assert nour.page.html["dir"] == "rtl"

    for who, said in ((rosa, ("no", "yes")), (awa, ("yes", "if_need")), (nour, ("no", "yes"))):
        who.open(page)
        who.send(has="says_1", says_1=said[0], says_2=said[1])
        assert who.status == 200, who.text
        assert all(name not in who.page.find(id="result").get_text() for name, _zone, _language in PEOPLE)

    # the second hour suits most; who leads takes it
    best = leader.open(page).select("#result tbody tr")[0]
    assert "Saturday 1 May 2027, 18:00–19:30 in Nairobi" in best.get_text().replace("\u2060", "")
    assert "Rosa Ejemplo" in best.get_text()
    leader.open(best.find("a", string="Choose this hour")["href"])
    leader.send(has="name_en")
    session = db.session.scalars(sa.select(LearningSession)).one()
    assert leader.path == f"/sessions/{session.id}"

    # it is a session as every other: each reads it on their clock, and the poll leads to it
    assert rosa.open(f"/sessions/{session.id}").h1.get_text() == "Una tarde de preguntas"
    assert "09:00" in rosa.text
    assert "18:00" in nour.open(f"/sessions/{session.id}").get_text()
    assert awa.open(page).find("a", href=f"/sessions/{session.id}")
    assert awa.page.select("#answer") == []
