"""On paper: what was looked for, without the ways to look for it."""

from __future__ import annotations

import pytest

from tests.browser.walking import open_page


@pytest.mark.parametrize("path", ["/agenda", "/agenda/month"])
def test_a_printed_agenda_shows_the_dates_and_neither_the_form_nor_the_ways_on(chromium, address, path):
    page = open_page(chromium, address, "", viewport={"width": 800, "height": 1100})
    page.goto(path)
    dates = page.locator("main .lines--dates li, main .month time")
    ways = page.locator("main form, main summary, main .views, .menu, nav[aria-label=Languages]")
    assert ways.count() > 2
    assert any(way.is_visible() for way in ways.all())
    page.emulate_media(media="print")
    assert dates.count() > 0
    assert dates.first.is_visible()
    assert [way.evaluate("e => e.outerHTML.slice(0, 80)") for way in ways.all() if way.is_visible()] == []
    page.context.close()
