"""How a browser walks through the house: sign in as an example person, follow every link, and look at each page once.

Pages are found by following links from the front page, so that a new page is walked without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.houses import PASSWORD

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()
MOST_PAGES = 600
"""More than the house has for anybody: a walk that meets as many goes round in circles."""
PEOPLE = ("", "member", "facilitator", "coordinator", "secretariat")
"""Who walks: a visitor, then the four example people."""

_NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|(?<=/tracks/)[^/]+|(?<=/phases/)[^/]+"
                      r"|(?<=/groups/)(?!new$|chantiers/)[^/]+|(?<=/spaces/)(?!new$)[^/]+"
                      r"|(?<=/engagements/new/)[^/]+")  # fmt: skip
_NO_PAGE = re.compile(r"[?&](lang|scheme)=|\.(ics|atom|csv|json|md|txt)\b|/static/|/(file|voice|logo)$")

_CUT_TEXT = """() => [...document.querySelectorAll("body *")].filter(e => {
  const style = getComputedStyle(e);
  if (style.overflowX !== "hidden" && style.overflowX !== "clip") return false;
  if (e.closest("svg, .unseen, [hidden], details:not([open]) > :not(summary)") || !e.textContent.trim()) return false;
  return e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1;
}).map(e => e.outerHTML.slice(0, 140))"""
"""Words that do not fit their box and are cut there."""

_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_page(chromium: Browser, address: str, person: str, **options) -> Page:
    """Return a page of a new context, signed in as an example person, or as a visitor where `person` is ""."""
    page = chromium.new_context(base_url=address, **options).new_page()
    page.set_default_timeout(15_000)
    if person:
        sign_in(page, person)
    return page


def sign_in(page: Page, person: str) -> None:
    page.goto("/sign-in")
    page.fill("input[name=email]", f"{person}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    assert urlsplit(page.url).path != "/sign-in"


def walk(page: Page, look: Callable[[str], None], start: str = "/") -> int:
    """Open every page that can be reached from `start`, call `look(path)` on each, and return how many there were.

    Of addresses that differ only in an identifier or in the name of a track or a group, two are enough."""
    found, waiting, seen_kinds = set(), [start], {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        kind = _NUMBERS.sub("*", urlsplit(path).path)
        if path in found or seen_kinds.get(kind, 0) >= 2:
            continue
        response = page.goto(path)
        assert response is not None
        assert response.status < 400, path
        seen_kinds[kind] = seen_kinds.get(kind, 0) + 1
        found.add(path)
        links = page.eval_on_selector_all("a[href^='/']", "links => links.map(a => a.getAttribute('href'))")
        waiting += [clean for link in links if not _NO_PAGE.search(clean := link.split("#")[0])]
        look(path)
    assert len(found) < MOST_PAGES, "the walk ended before the house did"
    return len(found)


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on the page as it stands; `rules` names those to ask, all of them by default."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)  # evaluate() is not bound by the page's policy of content
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def misfits(page: Page) -> list[str]:
    """Return what does not fit: a page that scrolls sideways, words that are cut."""
    wide = page.evaluate(_SIDEWAYS)
    sideways = [f"scrolls sideways by {wide} px"] if wide > 0 else []
    return sideways + [f"cut: {words}" for words in page.evaluate(_CUT_TEXT)]
