"""A3: an Arabic reflection stays Arabic, whatever the language of the page and whoever translates it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.people.models import Appearance
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_person, sign_in
from tests.make.reflections import ARABIC, FRENCH, make_participant
from tests.make.sessions import make_facilitator, make_track

pytestmark = pytest.mark.usefixtures("clock")

PARAGRAPHS = ARABIC.split("\n\n")


def original_on(reader: Reader) -> list[str]:
    """The paragraphs of the first block of words on the page, which must be Arabic from right to left."""
    words = reader.page.select_one(".beside-original, main .voice")
    assert words is not None
    assert (words["lang"], words["dir"]) == ("ar", "rtl")
    return [paragraph.get_text() for paragraph in words.find_all("p")]


def test_an_arabic_reflection_stays_arabic(app: Flask) -> None:
    track = make_track("Climate justice")
    make_facilitator(track, make_person("Example Facilitator"))
    participant = Reader(sign_in(app.test_client(), make_participant(track, "هدى مثال", languages=("ar",))))
    member = Reader(
        sign_in(app.test_client(), make_member("Rosa Exemple", languages=("fr", "ar"), appearance=Appearance.PUBLIC))
    )
    for reader in (participant, member):
        reader.open("/?lang=fr")

    # a participant posts a reflection in Arabic with public consent
    participant.open(f"/tracks/{track.slug}/reflections/new")
    participant.send(has="body", body=ARABIC, language="ar", audience="public")
    address = participant.path

    # another member opens the page: the original first, unchanged, and nothing in its place
    member.open(address)
    assert member.page.html is not None
    assert member.page.html["lang"] == "fr"
    assert original_on(member) == PARAGRAPHS
    assert not member.page.select(".beside-translation")

    # a later French translation appears beside it, with the translator's name
    member.open(f"{address}/translations/new")
    member.send(has="body", language="fr", body=FRENCH)
    visitor = Reader(app.test_client())
    visitor.open(f"{address}?lang=fr")
    assert original_on(visitor) == PARAGRAPHS
    translation = visitor.page.select_one(".beside-translation")
    assert translation is not None
    assert (translation["lang"], translation["dir"]) == ("fr", "ltr")
    assert "Rosa Exemple" in translation.get_text()
    blocks = visitor.page.select(".beside > *")
    assert [block["lang"] for block in blocks] == ["ar", "fr"]

    # deleting the translation leaves the original untouched
    member.open(address)
    link = next(a["href"] for a in member.page.select("main a[href]") if str(a["href"]).endswith("/remove"))
    member.open(str(link))
    member.send(action="/remove")
    visitor.open(address)
    assert original_on(visitor) == PARAGRAPHS
    assert not visitor.page.select(".beside-translation")
