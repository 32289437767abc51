"""All hours of a date poll are answered from the mail that asks, without signing in."""

from __future__ import annotations

from datetime import timedelta

from app.datepolls import queries, services
from app.datepolls.models import Says
from app.datepolls.telling import ASKED, LAID_DOWN
from app.extensions import db
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import links_in, words_of_notice
from tests.make.datepolls import IF_NEED, NO, YES, say


def link_of(kind, person):
    words = words_of_notice(kind, person)
    assert words is not None
    [path] = links_in(words.text)
    return path


def test_every_hour_is_answered_from_the_mail_on_the_clock_of_its_reader(app, group, poll):
    person = group.people[0]
    person.zone, person.page_language = "America/Lima", "en"
    db.session.commit()
    reader = Reader(app.test_client())
    reader.open(link_of(ASKED, person))
    assert "09:00–10:30 in Lima" in reader.text
    hours = [legend.select_one("bdi[dir=ltr]").get_text() for legend in reader.page.select("legend")]
    assert hours[0] == "09:00–10:30"
    assert len(hours) == 3
    assert "Everybody inside the group reads who said what, at once." in reader.text
    assert queries.said_by(poll, person.id) == {}
    reader.send(has="submission_id", says_1="yes", says_3="no")
    assert reader.status == 422
    assert "Say whether this hour suits you." in reader.text
    reader.send(has="submission_id", says_1="yes", says_2="if_need", says_3="no")
    assert "Your answer is kept." in reader.text
    listed = [line.get_text() for line in reader.page.select("main p") if "in Lima: " in line.get_text()]
    assert [line.partition("in Lima: ")[2] for line in listed] == ["Yes", "If need be", "No"]
    assert "09:00–10:30 in Lima: Yes" in listed[0]
    assert reader.page.select_one("main p > bdi[dir=ltr]").get_text() == "09:00–10:30"
    assert queries.said_by(poll, person.id) == dict(
        zip([option.id for option in poll.options], (YES, IF_NEED, NO), strict=True)
    )


def test_the_page_of_a_used_link_names_the_hour_until_which_an_answer_may_be_changed_before_that_hour_alone(
    app, group, poll, clock
):
    path, reader = link_of(ASKED, group.people[0]), Reader(app.test_client())
    db.session.commit()
    reader.open(path)
    reader.send(has="submission_id", says_1="yes", says_2="no", says_3="no")
    assert "You may change it until" in reader.text
    clock.move_to(START + timedelta(days=7, minutes=1))
    reader.open(path)
    assert reader.status == 200
    assert "This date poll closed on" in reader.text
    assert "in Nairobi: Yes" in reader.text
    assert "You may change it until" not in reader.text


def test_what_was_said_already_stands_on_the_page_of_the_link(app, group, poll):
    person = group.people[0]
    say(group.actor(0), poll, NO, NO, YES)
    db.session.commit()
    reader = Reader(app.test_client())
    reader.open(link_of(ASKED, person))
    checked = [(field["name"], field["value"]) for field in reader.page.select("input[type=radio][checked]")]
    assert checked == [("says_1", Says.NO), ("says_2", Says.NO), ("says_3", Says.YES)]
    reader.open(link_of(ASKED, person) + "?lang=en")
    assert "Your answer is kept. You may change it until" in reader.page.select_one("main .message").get_text()
    assert "nothing has happened yet" not in reader.text
    reader.open(link_of(ASKED, group.people[1]) + "?lang=en")
    assert "nothing has happened yet" in reader.text
    assert "Your answer is kept" not in reader.text


def test_what_is_over_is_answered_no_more_and_says_why(app, group, poll, clock):
    path, person = link_of(ASKED, group.people[0]), group.people[1]
    db.session.commit()
    clock.move_to(START + timedelta(days=7, minutes=1))
    reader = Reader(app.test_client())
    reader.open(path)
    assert reader.status == 410
    assert "This date poll closed on" in reader.text
    services.lay_down(group.lead(), poll, "No hour suits.", "en", now=START)
    words = words_of_notice(LAID_DOWN, person)
    assert words is not None
    assert links_in(words.text) == []
