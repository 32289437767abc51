from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.moments.zones import COOKIE
from tests.make.people import make_member, sign_in


@pytest.fixture
def send(client: FlaskClient) -> object:
    """Send the picker as a browser does: with the token of the page before."""

    def sending(zone: str, next: str = "/tracks/", **more: str) -> object:
        page = client.get("/zones").get_data(as_text=True)
        token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        number = page.split('name="submission_id"')[1].split('value="')[1].split('"')[0]
        data = {"csrf_token": token, "submission_id": number, "zone": zone, "next": next} | more
        return client.post("/zone", data=data)

    return sending


def test_a_visitor_finds_the_places_of_the_world_by_name(client: FlaskClient) -> None:
    page = client.get("/zones").get_data(as_text=True)
    for said in ("Africa", "Nairobi (Kenya)", "Mexico City (Mexico)", 'value="Africa/Casablanca"'):
        assert said in page
    assert "Nairobi (Kenia)" in client.get("/zones?lang=es").get_data(as_text=True)


def test_places_are_searched_without_a_script(client: FlaskClient) -> None:
    page = client.get("/zones?q=leban").get_data(as_text=True)
    assert "Beirut (Lebanon)" in page
    assert "Nairobi" not in page
    assert 'value="leban"' in page


def test_a_search_that_finds_nothing_says_the_way_out(client: FlaskClient) -> None:
    page = client.get("/zones?q=Macondo").get_data(as_text=True)
    assert "No place has this name." in page
    assert "All places" in page


def test_a_search_as_long_as_a_book_is_no_search(client: FlaskClient) -> None:
    answer = client.get("/zones?q=" + "a" * 500)
    assert answer.status_code == 200
    assert "Nairobi (Kenya)" in answer.get_data(as_text=True)


def test_what_the_device_says_is_offered_first_if_it_is_a_zone(client: FlaskClient) -> None:
    assert "Your device says" in client.get("/zones?suggested=Asia/Beirut").get_data(as_text=True)
    assert "Your device says" not in client.get("/zones?suggested=<script>").get_data(as_text=True)


def test_a_visitor_s_choice_is_remembered_and_leads_back(client: FlaskClient, send) -> None:  # type: ignore[no-untyped-def]
    answer = send("Asia/Beirut", "/tracks/?page=2")
    assert (answer.status_code, answer.location) == (303, "/tracks/?page=2")
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.decoded_value, cookie.http_only, cookie.same_site, cookie.max_age) == (
        "Asia/Beirut",
        True,
        "Lax",
        31_536_000,
    )
    assert "Hours are shown as in Beirut." in client.get("/zones").get_data(as_text=True)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/tracks/\nSet-Cookie: a=b",
        "/\t/evil.example",
        "//[",
        "",
        "tracks",
    ],
)
def test_the_way_back_never_leaves_the_house(send, target: str) -> None:  # type: ignore[no-untyped-def]
    assert send("Asia/Beirut", target).location == "/"


@pytest.mark.parametrize(("zone", "said"), [("Mars/Olympus", "We do not know the place"), ("", "Choose a place.")])
def test_an_unknown_place_is_refused_on_the_page(client: FlaskClient, send, zone: str, said: str) -> None:  # type: ignore[no-untyped-def]
    answer = send(zone)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert client.get_cookie(COOKIE) is None


def test_the_picker_needs_its_token(client: FlaskClient, send) -> None:  # type: ignore[no-untyped-def]
    assert send("Asia/Beirut", csrf_token="forged").status_code == 422
    assert client.get_cookie(COOKIE) is None


def test_a_cookie_with_nonsense_is_no_zone(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "../../etc/passwd")
    assert "Hours are shown as in" not in client.get("/zones").get_data(as_text=True)


def place_shown(client: FlaskClient) -> str:
    page = client.get("/zones").get_data(as_text=True)
    found = re.search(r"Hours are shown as in ([^.]+)\. Choose", page)
    return found[1] if found else ""


def test_a_person_sees_the_account_s_place_whatever_a_visitor_picked_here(client: FlaskClient, now: datetime) -> None:
    client.set_cookie(COOKIE, "Asia/Beirut")
    sign_in(client, make_member(zone="Africa/Nairobi"))
    assert place_shown(client) == "Nairobi"


def test_a_person_s_own_choice_counts_on_this_device_for_this_person_alone(
    client: FlaskClient,
    send,  # type: ignore[no-untyped-def]
    now: datetime,
) -> None:
    sign_in(client, make_member(zone="Africa/Nairobi"))
    send("Asia/Beirut")
    assert place_shown(client) == "Beirut"
    sign_in(client, make_member(zone="Africa/Dakar"))
    assert place_shown(client) == "Dakar"
    sign_in(client, make_member(zone=""))
    assert place_shown(client) == ""


def test_a_person_without_a_place_in_the_account_keeps_what_they_picked_as_a_visitor(
    client: FlaskClient, now: datetime
) -> None:
    client.set_cookie(COOKIE, "Asia/Beirut")
    sign_in(client, make_member(zone=""))
    assert place_shown(client) == "Beirut"


def test_the_cookie_is_for_https_alone_where_the_house_is(app: Flask, monkeypatch: pytest.MonkeyPatch, send) -> None:  # type: ignore[no-untyped-def]
    settings = app.extensions["maloca"].model_copy(update={"https": True})
    page = send("Asia/Beirut")
    assert "Secure" not in page.headers["Set-Cookie"]
    monkeypatch.setitem(app.extensions, "maloca", settings)
    assert "Secure" in send("Asia/Beirut").headers["Set-Cookie"]
