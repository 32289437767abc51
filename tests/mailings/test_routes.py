"""The pages on which people choose their mails: signed in, and by the links of a mail."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from itsdangerous import URLSafeSerializer

from app.core import notices, topics
from app.core.mails import letter
from app.core.outbox.composing import Piece, compose
from app.core.registries import Contact
from app.core.signing import mark_of
from app.core.submissions import Submission
from app.core.topics import Topic
from app.extensions import db
from app.mailings.links import SEAL, open_link, token_of
from app.mailings.models import MailRhythm, MailStop, Pace
from app.mailings.queries import rhythm_of
from app.people.models import Account
from tests.journeys.reader import Reader
from tests.make.people import make_person, sign_in

ADDRESS = "amina@example.org"


def link(person, topic="chat", page="stop"):
    return f"/mails/{page}/{token_of(person.id, ADDRESS, topic)}"


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
    assert "What can wait comes once a week, in one mail: Friday, 09:00." in reader.text
    reader.open("/account/mails")
    assert "At which hours: Friday, 09:00, quiet from 21:00 until 08:00" in reader.text


def test_from_an_hour_until_the_same_hour_is_never_quiet_and_the_page_says_so(app, now, amina):
    reader = Reader(sign_in(app.test_client(), amina))
    reader.open("/account/mails")
    reader.send(has="pace", pace="at_once", quiet_from="1", quiet_until="1")
    assert "At which hours: 08:00, no quiet hours" in reader.text
    reader.open("/account")
    assert "quiet hours" not in reader.text
    assert not any(rhythm_of(amina.id).is_quiet(now + timedelta(hours=hour)) for hour in range(24))


def test_a_wrong_choice_comes_back(app, now, amina):
    reader = Reader(sign_in(app.test_client(), amina))
    reader.open("/account/mails")
    reader.send(has="pace", hour="99")
    assert reader.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MailRhythm)) == 0


def test_the_link_of_a_mail_chooses_without_signing_in(app, now, amina):
    reader = Reader(app.test_client())
    reader.open(link(amina, page="choices"))
    assert reader.status == 200
    assert "Stop these mails?" in reader.text
    reader.send(has="pace", pace="at_once")
    assert "From now on your mails come like this." in reader.text
    assert db.session.scalars(sa.select(MailRhythm)).one().pace is Pace.AT_ONCE
    reader.open("/account")
    assert reader.path == "/sign-in", "it opens no other page"


def test_a_link_is_short_and_one_that_was_mailed_when_links_were_long_goes_on_opening(app, now, amina):
    said = [amina.id.hex, "chat", mark_of(ADDRESS).hex()]
    long_one = URLSafeSerializer("k" * 40, salt="mailings.links").dumps(said)
    opened = open_link(long_one)
    assert opened is not None
    assert (opened.person, opened.topics) == (amina, "chat")
    assert opened == open_link(token_of(amina.id, ADDRESS, "chat"))
    assert len(token_of(amina.id, ADDRESS, "chat")) < len(long_one) / 2
    other = URLSafeSerializer("k" * 40, salt="mailings.links").dumps([*said[:2], mark_of("other@example.org").hex()])
    assert open_link(other) is None


def test_a_link_that_was_not_made_here_opens_nothing(app, now, amina):
    client = app.test_client()
    for path in (
        "/mails/choices/x",
        "/mails/stop/x",
        f"/mails/stop/{SEAL.token_of_bytes(b'short')}",
        f"/mails/stop/{SEAL.token_of_bytes(bytes(20) + b'chat')}",
        f"/mails/stop/{SEAL.token_of_bytes(amina.id.bytes + mark_of(ADDRESS)[:4] + bytes([255]))}",
        f"/mails/stop/{URLSafeSerializer('k' * 40, salt='mailings.links').dumps(['x'])}",
        link(amina, "door"),
        link(amina, "unknown"),
        f"{link(make_person())}x",
        f"/mails/stop/{token_of(make_person().id, ADDRESS, 'chat')}",
    ):
        assert client.get(path).status_code == 404, path


def test_links_end_with_the_address_they_were_mailed_to_and_with_their_person(app, now, amina):
    client, paths = app.test_client(), [link(amina), link(amina, page="choices")]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    account = db.session.get(Account, amina.id)
    account.email = "amina@new.example.org"
    db.session.commit()
    for path in paths:
        assert client.get(path).status_code == 404
        assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 404
    account.email = ADDRESS
    amina.erased_at = now
    db.session.commit()
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert stops() == set()
    assert open_link("x") is None


def test_the_pages_of_links_need_no_cookie_speak_the_language_of_the_mail_and_are_kept_nowhere(app, now, amina):
    amina.page_language = "fr"
    db.session.commit()
    client = app.test_client(use_cookies=False)
    for page, typed in (("stop", {}), ("choices", {"pace": "weekly", "hour": "9", "weekday": "4"})):
        path = link(amina, page=page)
        shown = client.get(path, headers={"Accept-Language": "ar"})
        assert BeautifulSoup(shown.text, "html5lib").html["lang"] == "fr"
        assert (shown.headers["Cache-Control"], shown.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert "noindex" in shown.headers["X-Robots-Tag"]
        quiet = {"quiet_from": "21", "quiet_until": "8"} if typed else {}
        sent = client.post(path, data={"submission_id": str(uuid4()), "on_behalf_of": ""} | typed | quiet)
        assert sent.status_code == 303, page
        assert "Set-Cookie" not in sent.headers
    assert "chat" in stops()
    assert set(db.session.scalars(sa.select(Submission.leads_to))) == {""}, "no working link is kept"


def test_the_page_at_the_foot_of_a_mail_stops_its_topic_with_one_touch(app, now, amina):
    reader = Reader(app.test_client())
    reader.open(link(amina, page="choices"))
    reader.send(action=link(amina))
    assert stops() == {"chat"}
    assert "These mails are stopped" in reader.text
    reader.open(link(amina, page="choices"))
    reader.send(action=link(amina), again="1")
    assert stops() == set()


def test_looking_stops_nothing_and_the_form_does(app, now, amina):
    reader = Reader(app.test_client())
    path = link(amina)
    for _ in range(2):
        reader.open(path)
        assert "Stop these mails?" in reader.text
        assert "Chat" in reader.text
    assert stops() == set()
    reader.send(has="submission_id")
    assert stops() == {"chat"}
    reader.open(path)
    assert "These mails are stopped" in reader.text
    reader.send(action=link(amina), again="1")
    assert stops() == set()
    assert "You get these mails again" in reader.page.h1.get_text()
    assert "Chat" in reader.text
    assert [button["class"] for button in reader.page.select("main button")] == [["button", "button--outlined"]]
    reader.send(has="submission_id")
    assert "These mails are stopped" in reader.text
    assert stops() == {"chat"}


def test_the_pages_that_stop_mails_and_bring_them_back_stay_in_the_language_that_was_asked_for(app, now, amina):
    reader = Reader(app.test_client())
    reader.open(f"{link(amina)}?lang=ar")
    for typed in ({"has": "submission_id"}, {"action": link(amina), "again": "1"}):
        reader.send(**typed)
        assert reader.page.html["lang"] == "ar"
    assert stops() == set()


def test_the_click_of_a_mail_program_needs_no_cookie_no_token_and_is_not_sent_elsewhere(app, now, amina):
    path = link(amina)
    for _ in range(2):
        answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert stops() == {"chat"}
    strange = app.test_client().post("/mails/stop/x", data={"List-Unsubscribe": "One-Click"})
    assert strange.status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {}},
        {"data": {"List-Unsubscribe": "no"}},
        {"data": {"again": "1"}},
        {"data": "<x/>", "content_type": "text/xml"},
        {"data": "List-Unsubscribe=One-Click", "content_type": "text/plain"},
    ],
)
def test_what_is_neither_that_click_nor_a_form_of_ours_changes_nothing(app, now, amina, sent):
    answer = app.test_client().post(link(amina), **sent)
    assert answer.status_code == 200
    assert "Stop these mails?" in answer.text
    assert stops() == set()
    page = BeautifulSoup(answer.text, "html5lib")
    whole = {"submission_id": page.select_one("input[name=submission_id]")["value"], "on_behalf_of": ""}
    assert app.test_client().post(link(amina), data=whole).status_code == 303
    assert stops() == {"chat"}


def test_a_mail_of_many_begins_with_what_is_nearest_then_comes_what_became_known_last(app, now, amina):
    """What is over has no date to come; whatever was told first or last, the dates go before."""
    days = {"far": 20, "near": 2, "over": -3}
    pieces = [
        Piece("test.said", letter(name, "Words.", date=now + timedelta(days=days[name])), now - timedelta(hours=told))
        for name, told in (("far", 3), ("near", 9), ("over", 2))
    ]
    pieces.append(Piece("test.said", letter("undated", "Words."), now - timedelta(hours=1)))
    composed = compose(pieces, Contact(ADDRESS, "en", ""), amina.id, now)
    assert re.findall(r"^\d\. (\w+)$", composed.text, re.MULTILINE) == ["near", "far", "undated", "over"]
    assert composed.subject == "near, and 3 more"


def test_the_link_of_a_mail_of_many_stops_what_that_mail_was_about(app, now, amina, monkeypatch):
    talk = Topic("talk", "Talk", kinds=frozenset({"test.talk"}))
    monkeypatch.setattr(topics, "_topics", topics._topics | {"talk": talk})
    monkeypatch.setattr(topics, "_topic_of_kind", topics._topic_of_kind | {"test.talk": "talk"})
    kinds = ("test.said", "test.talk", "test.soon", "test.key")
    pieces = [Piece(kind, letter(kind, "Words."), now) for kind in kinds]
    composed = compose(pieces, Contact(ADDRESS, "en", ""), amina.id, now)
    path = urlsplit(composed.stop).path
    page = BeautifulSoup(app.test_client().get(path).text, "html5lib")
    assert "Stop these mails?" in page.get_text()
    assert [line.get_text() for line in page.select("main li")] == ["Chat", "Talk"]
    app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert stops() == {"chat", "talk"}
    reader = Reader(app.test_client())
    reader.open(path.replace("/stop/", "/choices/"))
    assert "These mails are stopped" in reader.text
    reader.send(action=path, again="1")
    assert stops() == set()


def test_a_link_of_a_mail_about_many_things_from_before_links_named_them_stops_all_that_can_be(app, now, amina):
    path = link(amina, "")
    assert "Stop all mails that can be stopped?" in app.test_client().get(path).text
    app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert "chat" in stops()
    assert "door" not in stops()
    notices.tell(amina.id, "test.said", "k", {"n": 1}, now=now)
