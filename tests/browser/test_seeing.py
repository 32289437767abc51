"""The living page, and its signs for eyes that see colours otherwise or readers who choose their own colours.

The pages were also looked at through the same glasses (docs/look.md says what was seen); here stands what a machine can
hold: signs that mean something else look otherwise even without any colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.test_pages import open_page, violations

EYES = ("deuteranopia", "protanopia", "tritanopia", "achromatopsia")

SIGNS = {
    "confirmed": ".state--confirmed .sign",
    "expected": ".state--expected .sign",
    "moved": ".state--moved .sign",
    "cancelled": ".state--cancelled .sign",
    "held": ".state--held .sign",
    "kind": ".glyph--kind",
    "early or late": ".glyph--care",
    "night": ".glyph--night",
    "held on the warp": ".held > .warp-sign",
    "next on the warp": ".next-one > .warp-sign",
    "confirmed on the warp": ".warp > .confirmed > .warp-sign",
    "expected on the warp": ".warp > .expected > .warp-sign",
}


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = open_page(chromium, address, "", viewport={"width": 1280, "height": 900})
    yield page
    page.context.close()


def seen(page: Page, selector: str) -> bytes:
    """Return what a sign looks like, on its own: its number, where it has one, is the same for all."""
    sign: Locator = page.locator(f"main {selector}").first
    sign.evaluate("sign => { if (sign.classList.contains('warp-sign')) sign.textContent = '' }")
    return sign.screenshot()


def alike(page: Page) -> list[tuple[str, str]]:
    pictures = {meaning: seen(page, selector) for meaning, selector in SIGNS.items()}
    return [pair for pair in combinations(pictures, 2) if pictures[pair[0]] == pictures[pair[1]]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_signs_that_mean_something_else_look_otherwise_to_all_eyes(page: Page, eyes: str, scheme: str):
    page.goto(f"/design?scheme={scheme}")
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": eyes})
    assert alike(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_that_mean_something_else_look_otherwise_in_the_colours_of_the_reader(page: Page, scheme: str):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/design")
    assert alike(page) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_the_living_page_is_reachable_by_everybody_and_fits(page: Page, language: str, scheme: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/design?lang={language}&scheme={scheme}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
