"""Nour in Cairo, whose pages run from right to left: the hour that changes with the clocks, words found in whatever way
they are spelled, another language on the same page, and an original that stays first."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.examples import open_track
from app.moments.zones import COOKIE
from tests.browser.visitors import Visitor

TRACK = "/tracks/example-climate-justice"
INCLUSIVE = "Les habitant·e·s du quartier écrivent à la mairie."
HOURS = {  # A1: 17:00 in Nairobi on 24 April and on 1 May 2027
    "America/Mexico_City": ("08:00", "08:00"),
    "Africa/Dakar": ("14:00", "14:00"),
    "Africa/Casablanca": ("14:00", "14:00"),
    "Europe/Zurich": ("16:00", "16:00"),
    "Asia/Beirut": ("17:00", "17:00"),
    "Africa/Cairo": ("16:00", "17:00"),
}


@pytest.fixture
def nour(visit) -> Visitor:
    return visit("coordinator", "ar", zone="Africa/Cairo")


def plan_two_saturdays(facilitator: Visitor) -> None:
    facilitator.open(f"{TRACK}/sessions/new")
    facilitator.unfold("Several sessions: every week, every two weeks…")
    facilitator.fill(name_en="Spring", day="2027-04-24", start="17:00", end="19:00", number="2")
    facilitator.choose(zone="Africa/Nairobi", every="1")
    facilitator.field("is_confirmed").check()
    facilitator.press("Plan the session")
    facilitator.press("Plan these sessions")
    facilitator.sees("%(num)s sessions are planned.", num=2)


def addresses_of_both(reader: Visitor) -> list[str]:
    found = []
    for number in (1, 2):
        reader.open(TRACK)
        reader.follow_to(f"Spring {number}")
        found.append(reader.path)
    return found


def hours_of(reader: Visitor, addresses: list[str]) -> list[str]:
    """Return the hour that stands first on the page of each session."""
    found = []
    for address in addresses:
        reader.open(address)
        found.append(reader.main.locator(".hour-time").first.inner_text().strip())
    return found


def test_everybody_reads_their_own_hour_on_both_sides_of_a_clock_change(visit, nour):
    plan_two_saturdays(visit("facilitator", "en"))
    both = addresses_of_both(nour)
    assert hours_of(nour, both) == list(HOURS["Africa/Cairo"])
    nour.open(TRACK)
    assert "14:00 UTC" in nour.text

    reader = visit("", "en")
    for zone, hours in HOURS.items():
        reader.page.context.add_cookies([{"name": COOKIE, "value": zone, "domain": "127.0.0.1", "path": "/"}])
        assert hours_of(reader, both) == list(hours), zone
        reader.open(TRACK)
        assert ("because clocks change" in reader.text) == (zone == "Africa/Cairo"), zone


def test_a_visitor_chooses_her_place_and_every_hour_follows(visit):
    visitor = visit("", "ar", zone="Africa/Cairo")
    before = visitor.main.locator(".hour").first.inner_text()
    visitor.go(visitor.main.locator("a[data-zone-link]"))
    visitor.go(visitor.main.locator("button[value='Africa/Cairo']").first)
    hour = visitor.main.locator(".hour").first.inner_text()
    assert hour != before
    assert "16:00" in hour, "14:00 UTC in the winter of Cairo"


def test_she_finds_an_inclusive_spelling_and_stays_on_the_page_in_another_language(visit, nour):
    writer = visit("facilitator", "fr")
    writer.open(f"{TRACK}/reflections/new")
    writer.choose(language="fr", audience="public")
    writer.fill(body=INCLUSIVE)
    writer.press("Publish")

    nour.open("/search")
    nour.fill(q="habitantes")
    nour.press("Search")
    assert "habitant·e·s" in nour.main.locator("mark").all_inner_texts()
    address = nour.page.url
    nour.go(nour.page.get_by_role("contentinfo").get_by_role("link", name="Español", exact=True))
    expect(nour.page.locator("html")).to_have_attribute("lang", "es")
    assert nour.page.url.split("&lang=")[0] == address
    assert nour.field("q").input_value() == "habitantes"
    nour.language = "es"
    found = nour.main.get_by_role("listitem").filter(has_text=INCLUSIVE)
    nour.go(found.get_by_role("link").first)
    assert nour.path.startswith("/reflections/")
    nour.reads(INCLUSIVE)


def test_an_arabic_original_stays_first_whatever_is_put_beside_it(visit, nour):
    """A3: a French reader translates; the original stays what it was, also when the translation goes."""
    words = "نريد أن نبقى حيث نحن."
    huda = visit("facilitator", "ar")
    huda.open(f"{TRACK}/reflections/new")
    huda.choose(language="ar", audience="public")
    huda.fill(body=words)
    huda.press("Publish")
    address = huda.path

    reader = visit("secretariat", "fr")
    reader.open(address)
    assert reader.main.locator("[lang=ar][dir=rtl]", has_text=words).count() >= 1
    reader.follow("Translate this reflection")
    reader.choose(language="fr")
    reader.fill(body="Nous voulons rester là où nous sommes.")
    reader.press("Publish the translation")
    blocks = reader.main.locator(".beside > *")
    assert [block.get_attribute("lang") for block in blocks.all()] == ["ar", "fr"]
    assert [block.get_attribute("dir") for block in blocks.all()] == ["rtl", "ltr"]

    reader.follow("Remove this translation")
    reader.go(reader.main.get_by_role("button").first)
    nour.open(address)
    nour.reads(words)
    assert nour.main.locator(".beside").count() == 0
    assert open_track.TRACK_NAMES["ar"] in nour.text
