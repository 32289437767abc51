"""The living page: open to everybody, the same by day and by night, with figures that come from the stylesheet."""

from __future__ import annotations

import gzip

import pytest
from bs4 import BeautifulSoup

from app.design.stylesheet import STYLESHEET, tokens
from app.design.words import COLOURS, DYED, SIZES, SPACES


def page_of(client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


LIGHT = tokens(STYLESHEET.read_text(), "light")


def test_a_visitor_sees_every_token_of_the_page(client):
    page = page_of(client, "/design")
    words = page.get_text(" ", strip=True)
    assert all(name in words for name in COLOURS)
    assert "#a0195a · 7.2 · 6.6" in words
    assert "#ff8fbe · 8.5 · 7.6" in words


def test_the_page_names_no_token_that_the_stylesheet_has_not():
    assert {*COLOURS, *DYED, *SIZES, *SPACES} <= set(LIGHT.values)


@pytest.mark.parametrize(("asked", "scheme"), [("dark", "dark"), ("light", "light"), ("", None), ("neon", None)])
def test_the_page_can_be_seen_by_day_and_by_night_without_a_script(client, asked, scheme):
    page = page_of(client, f"/design?scheme={asked}")
    assert page.html.get("data-scheme") == scheme


def test_a_change_of_language_keeps_the_scheme(client):
    page = page_of(client, "/design?scheme=dark")
    assert page.select_one('main a[hreflang="ar"]')["href"] == "/design?scheme=dark&lang=ar"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_words_of_the_page_are_english_and_say_so_while_components_speak_its_language(client, language):
    page = page_of(client, f"/design?lang={language}")
    assert page.html["lang"] == language
    assert page.h1.bdi["lang"] == "en"
    for heading in page.select("main h2"):
        assert heading.bdi["lang"] == "en", heading


def test_the_page_is_light(client):
    assert len(gzip.compress(client.get("/design", headers={"Accept-Encoding": "identity"}).data)) < 15_000
