"""Every page, as each example person, in English and in a right-to-left language at 320 px: reachable by everybody.

Pages are found by following links from the front page, so that a new page is in the sweep without a line here.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PASSWORD

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()
MOST_PAGES = 200
PEOPLE = ("", "member", "facilitator", "coordinator", "secretariat")

_NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|(?<=/tracks/)[^/]+|(?<=/phases/)[^/]+")


def open_page(chromium: Browser, address: str, person: str, **options) -> Page:
    context = chromium.new_context(base_url=address, **options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    if person:
        page.goto("/sign-in")
        page.fill("input[name=email]", f"{person}@example.org")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        assert urlsplit(page.url).path != "/sign-in"
    return page


def kinds_of_pages(page: Page) -> list[str]:
    """Walk from the front page; of addresses that differ only in an identifier or in
    the name of a track, two are enough."""
    found, waiting, seen_kinds = [], ["/"], {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        kind = _NUMBERS.sub("*", urlsplit(path).path)
        if path in found or seen_kinds.get(kind, 0) >= 2:
            continue
        response = page.goto(path)
        assert response is not None
        assert response.status < 400, path
        seen_kinds[kind] = seen_kinds.get(kind, 0) + 1
        found.append(path)
        for link in page.eval_on_selector_all("a[href^='/']", "links => links.map(a => a.getAttribute('href'))"):
            clean = link.split("#")[0]
            if not re.search(r"[?&]lang=|\.(ics|csv|json)\b|/static/|/(file|voice|logo)$", clean):
                waiting.append(clean)
    assert len(found) < MOST_PAGES, "the walk ended before the house did"
    return found


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)  # evaluate() is not bound by the page's policy of content
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for found in result["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("en-XB", "dark")], ids=["english-light", "right-to-left-dark"]
)
def test_pages_have_no_accessibility_violation_and_fit_320_px(chromium, address, person, language, scheme):
    page = open_page(chromium, address, person, viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page.goto(f"/?lang={language}")
    problems = []
    for path in kinds_of_pages(page):
        page.goto(path)
        problems += [f"{path}: {violation}" for violation in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems.append(f"{path}: scrolls sideways by {wide} px")
    page.context.close()
    assert problems == []


def test_nothing_is_asked_of_another_host_and_nothing_is_refused_by_the_policy(chromium, address):
    page = open_page(chromium, address, "facilitator", viewport={"width": 1280, "height": 900})
    foreign, refused = [], []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(address) else None)
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    for path in kinds_of_pages(page):
        page.goto(path)
    page.context.close()
    assert (foreign, refused) == ([], [])
