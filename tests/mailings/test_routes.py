"""The pages on which people choose their mails: signed in, and by the links of a mail."""

import sqlalchemy as sa

from app.core import notices
from app.extensions import db
from app.mailings.links import choices_token, read_choices_token, read_stop_token, stop_token
from app.mailings.models import MailRhythm, MailStop, Pace
from tests.journeys.reader import Reader
from tests.make.people import make_person, sign_in


def stops():
    return set(db.session.scalars(sa.select(MailStop.topic)))


def test_choosing_is_one_form_that_is_filled_in(app, now, amina):
    reader = Reader(sign_in(app.test_client(), amina))
    reader.open("/account")
    assert "What can wait comes once a day at 08:00, in one mail." in reader.text
    reader.open("/account/mails")
    assert "These are hours in Cairo." in reader.text
    assert reader.page.select_one("input[name=pace][checked]")["value"] == "daily"
    assert all(box.has_attr("checked") for box in reader.page.select("input[name=topics]"))
    every = [box["value"] for box in reader.page.select("input[name=topics]")]
    reader.send(has="pace", pace="weekly", hour="9", weekday="4", topics=[code for code in every if code != "chat"])
    row = db.session.scalars(sa.select(MailRhythm)).one()
    assert (row.pace, row.hour, row.weekday, row.quiet_from) == (Pace.WEEKLY, 9, 4, 21)
    assert stops() == {"chat"}
    reader.open("/account")
    assert "once a week at 09:00" in reader.text


def test_a_wrong_choice_comes_back(app, now, amina):
    reader = Reader(sign_in(app.test_client(), amina))
    reader.open("/account/mails")
    reader.send(has="pace", hour="99")
    assert reader.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MailRhythm)) == 0


def test_the_link_of_a_mail_chooses_without_signing_in(app, now, amina):
    reader = Reader(app.test_client())
    reader.open(f"/mails/choices/{choices_token(amina.id)}")
    assert reader.status == 200
    reader.send(has="pace", pace="at_once")
    assert db.session.scalars(sa.select(MailRhythm)).one().pace is Pace.AT_ONCE
    reader.open("/account")
    assert reader.path == "/sign-in", "it opens no other page"


def test_a_link_that_was_not_made_here_opens_nothing(app, now, amina):
    client = app.test_client()
    for path in (
        "/mails/choices/x",
        "/mails/stop/x",
        f"/mails/stop/{choices_token(amina.id)}",
        f"/mails/choices/{stop_token(amina.id, 'chat')}",
        f"/mails/stop/{stop_token(amina.id, 'door')}",
        f"/mails/stop/{stop_token(amina.id, 'unknown')}",
        f"/mails/stop/{stop_token(make_person().id, 'chat')}x",
    ):
        assert client.get(path).status_code == 404, path
    assert read_choices_token("x") is None
    assert read_stop_token(choices_token(amina.id)) is None


def test_looking_stops_nothing_and_the_form_does(app, now, amina):
    reader = Reader(app.test_client())
    path = f"/mails/stop/{stop_token(amina.id, 'chat')}"
    for _ in range(2):
        reader.open(path)
        assert "Stop these mails?" in reader.text
        assert "Chat" in reader.text
    assert stops() == set()
    reader.send(has="csrf_token")
    assert stops() == {"chat"}
    reader.open(path)
    assert "These mails are stopped" in reader.text
    reader.send(action="/back")
    assert stops() == set()
    assert "These mails come again." in reader.text


def test_the_click_of_a_mail_program_needs_no_cookie_no_token_and_is_not_sent_elsewhere(app, now, amina):
    path = f"/mails/stop/{stop_token(amina.id, 'chat')}"
    for _ in range(2):
        answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert stops() == {"chat"}
    strange = app.test_client().post("/mails/stop/x", data={"List-Unsubscribe": "One-Click"})
    assert strange.status_code == 404


def test_a_link_of_a_mail_about_many_things_stops_all_that_can_be(app, now, amina):
    path = f"/mails/stop/{stop_token(amina.id, '')}"
    assert "Stop all mails that can be stopped?" in app.test_client().get(path).text
    app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert "chat" in stops()
    assert "door" not in stops()
    notices.tell(amina.id, "test.said", "k", {"n": 1}, now=now)
