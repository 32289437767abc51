"""The edge: languages, headers, errors in words."""

import base64
import io
import json
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.people import signed_in
from tests.journeys.reader import Reader
from tests.make.people import make_member, sign_in
from tests.make.sessions import make_membership, make_track


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html5lib")


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}, "", "fr"),
        ({"Accept-Language": "wo"}, "", "en"),
        ({}, "?lang=es", "es"),
        ({"Accept-Language": "fr"}, "?lang=ar", "ar"),
        ({"Accept-Language": "fr"}, "?lang=klingon", "fr"),
        ({"Accept-Language": "fr"}, "?lang=en-XB", "en-XB"),
    ],
)
def test_the_page_speaks_the_language_asked_for(client, headers, query, language):
    html = page(client.get(f"/{query}", headers=headers)).html
    assert html["lang"] == language
    assert html["dir"] == ("rtl" if language in ("ar", "en-XB") else "ltr")


def test_a_chosen_language_is_remembered(client):
    client.get("/?lang=pt")
    assert page(client.get("/about")).html["lang"] == "pt"


def test_the_account_decides_until_something_else_is_chosen(client, now):
    sign_in(client, make_member(page_language="ar"))
    assert page(client.get("/")).html["lang"] == "ar"
    assert page(client.get("/?lang=fr")).html["lang"] == "fr"
    assert page(client.get("/")).html["lang"] == "fr"


def test_changing_language_keeps_the_place_and_the_question(client):
    links = {a["lang"]: a["href"] for a in page(client.get("/tracks/?x=1")).select("footer a[lang]")}
    assert links["es"] == "/tracks/?x=1&lang=es"


@pytest.mark.parametrize("path", ["/account", "/agenda", "/sessions"])
def test_bytes_in_a_query_that_are_no_letters_break_nothing(client, path):
    answer = client.get(path, environ_overrides={"QUERY_STRING": "zone=\xff&x=%C3%A9"})
    assert answer.status_code < 500
    if path == "/account":
        assert "zone%3D%25ff%26x%3D%25C3%25A9" in answer.location.replace("%25FF", "%25ff")


def test_every_answer_carries_the_guarding_headers(client):
    for path in ("/", "/nowhere", "/healthz", "/static/house.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_with_a_hash_are_kept_for_a_year(client):
    href = page(client.get("/")).find("link", rel="stylesheet")["href"]
    assert client.get(href).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_a_person_sees_is_not_kept_on_the_way(client, now):
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
    sign_in(client, make_member())
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_an_unknown_address_is_a_page_with_the_way_to_sign_in(client):
    answer = client.get("/nowhere?lang=fr")
    assert answer.status_code == 404
    way_in = page(answer).select_one("main a[href^='/sign-in']")["href"]
    assert parse_qs(urlsplit(way_in).query) == {"next": ["/nowhere?lang=fr"]}
    assert page(answer).html["lang"] == "fr"


def test_the_way_to_sign_in_speaks_the_language_that_was_asked_for_and_leads_back(client):
    led = client.get("/account?lang=fr", headers={"Accept-Language": "en"})
    assert parse_qs(urlsplit(led.location).query) == {"next": ["/account?lang=fr"], "lang": ["fr"]}
    assert page(client.get(led.location, headers={"Accept-Language": "en"})).html["lang"] == "fr"
    plain = client.get("/account").location
    assert parse_qs(urlsplit(plain).query) == {"next": ["/account"]}


def test_a_method_that_does_not_fit_is_a_page_too(client):
    answer = client.post("/about")
    assert answer.status_code == 405
    assert page(answer).h1


@pytest.mark.parametrize("path", ["/%00", "/tracks/%ff", "/?lang=%00", "/tracks/..%2f..%2fetc", "/sessions/not-a-uuid"])
def test_odd_addresses_are_answered_calmly(client, path):
    assert client.get(path).status_code in (200, 404, 308)


def test_a_first_visit_weighs_little(client):
    import gzip

    answer = client.get("/")
    css = client.get(page(answer).find("link", rel="stylesheet")["href"])
    assert len(gzip.compress(answer.data)) + len(gzip.compress(css.data)) < 50_000
    assert len(gzip.compress(css.data)) < 10_000


def test_words_sent_after_the_sign_in_has_lapsed_are_kept_and_can_be_sent_again(client, now):
    person = make_member("Fatou Exemple")
    track = make_track()
    make_membership(track, person)
    sign_in(client, person)
    fatou = Reader(client)
    fatou.open(f"/tracks/{track.slug}/reflections/new")
    client.delete_cookie(signed_in.COOKIE)
    words = "Chez nous l’épargne des femmes a surélevé trente maisons."
    fatou.send(has="body", body=words, language="fr", audience="track")
    assert fatou.status == 403
    assert words in fatou.text
    sign_in(client, person)
    fatou.send(has="body")
    assert fatou.status == 200
    assert words in fatou.text
    assert fatou.path.startswith("/reflections/")


@pytest.mark.parametrize(
    "path", ["/tracks/a%00b", "/phases/a%00b", "/reflections/?language=%00", "/organisations/?after=%00"]
)
def test_a_nul_in_an_address_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "cursor",
    [
        ["2026-01-01T00:00:00", str(uuid4())],
        ["0001-01-01T00:00:00+14:00", str(uuid4())],
        ["a\x00", str(uuid4())],
        [7, str(uuid4())],
        ["2026-01-01T00:00:00+00:00", "x"],
        ["2020-01-01T00:00:00+00:00", 5],
        ["2020-01-01T00:00:00+00:00", [1]],
        ["\ud800", str(uuid4())],
        {},
        [],
        None,
        "x",
    ],
)
def test_a_made_up_cursor_leads_nowhere(client, cursor):
    written = base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode()
    for path in ("/reflections/", "/organisations/"):
        assert client.get(f"{path}?after={written}").status_code in (200, 404), path


def test_the_page_of_a_lost_database_asks_it_nothing(client, monkeypatch, now):
    sign_in(client, make_member())

    def lost(*_given, **_more):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with monkeypatch.context() as gone:
        gone.setattr(type(db.session.connection()), "execute", lost)
        answer = client.get("/tracks/")
    assert answer.status_code == 503
    assert "Nothing was lost" in answer.text


class SlowBody(io.BytesIO):
    """A body that arrives late: while it is waited for, somebody else must be able to write."""

    def __init__(self, body: bytes, address: str) -> None:
        super().__init__(body)
        self.address, self.could_write = address, False

    def readinto(self, buffer):
        engine = sa.create_engine(self.address)
        with engine.connect() as other:
            other.exec_driver_sql("CREATE TABLE IF NOT EXISTS slow_body (n INTEGER)")
            other.commit()
            self.could_write = True
        engine.dispose()
        return super().readinto(buffer)


def test_a_slow_line_holds_no_lock_while_its_words_arrive(own_app):
    body = SlowBody(b"email=a@example.org&password=b", own_app.extensions["maloca"].database)
    answer = own_app.test_client().post(
        "/account/profile",
        input_stream=body,
        content_length=30,
        content_type="application/x-www-form-urlencoded",
        headers={"Cookie": f"{signed_in.COOKIE}=x"},
    )
    assert answer.status_code == 303
    assert body.could_write


def test_a_strangers_words_are_not_shown_in_our_frame(client):
    answer = client.post("/account/profile", data={"message": "Your account is closed, write to us", "csrf_token": "x"})
    assert answer.status_code == 303


def test_words_sent_to_a_busy_house_are_kept(client, now, monkeypatch):
    person = make_member()
    track = make_track()
    make_membership(track, person)
    fatou = Reader(sign_in(client, person))
    fatou.open(f"/tracks/{track.slug}/reflections/new")
    words = "Chez nous l’épargne des femmes a surélevé trente maisons."

    def locked(*_given, **_more):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as busy:
        busy.setattr("app.core.forms.claim", locked)
        fatou.send(has="body", body=words, language="fr", audience="track")
    assert fatou.status == 503
    assert words in fatou.text
    fatou.send(has="body")
    assert fatou.path.startswith("/reflections/")
