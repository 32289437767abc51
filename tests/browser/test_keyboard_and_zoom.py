"""By keyboard alone, and twice as large: whoever does not use a mouse, or reads large, loses nothing."""

from __future__ import annotations

import pytest

from tests.browser.walking import misfits, open_page, walk

_TABBABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio")]
  .filter(e => !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})
    && !(e.type === "radio" && !e.checked && e.closest("fieldset, form").querySelector(`[name="${e.name}"]:checked`))
    && !(e.type === "radio" && !e.checked
         && e.closest("fieldset, form").querySelector(`[type=radio][name="${e.name}"]`) !== e))
  .length"""
"""How many things the tab key should reach: of a group of radio buttons only one."""

_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const ring = x => {
    const style = x && getComputedStyle(x);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const line = e.getClientRects()[0] || box;  // of words that break over lines, the first line
  const points = [[line.left + line.width / 2, line.top + Math.min(line.height / 2, 20)], [box.left + 2, box.top + 2]];
  const top = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
  return {
    what: e.outerHTML.slice(0, 120),
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: top.length > 0 && !top.some(t => t === e || e.contains(t) || t.contains(e) || t.control === e
      || (t.closest("label") && t.closest("label").control === e)),
    ringed: ring(e) || ring(e.closest("label")) || e.type === "date",  // its parts bear the browser's own mark
  };
}"""

PLACES = (
    ("", "/"),
    ("", "/sign-in"),
    ("", "/tracks/"),
    ("", "/agenda"),
    ("", "/agenda/month"),
    ("member", "/"),
    ("member", "/tracks/example-climate-justice"),
    ("member", "/tracks/example-climate-justice/reflections/new"),
    ("facilitator", "/tracks/example-climate-justice"),
    ("secretariat", "/reports/participation"),
)


@pytest.mark.parametrize(("person", "path"), PLACES)
@pytest.mark.parametrize("width", [320, 1280])
def test_the_tab_key_reaches_everything_and_the_focus_is_always_seen(chromium, address, person, path, width):
    page = open_page(chromium, address, person, viewport={"width": width, "height": 700})
    page.goto(path)
    expected = page.evaluate(_TABBABLE)
    seen, problems = 0, []
    for _press in range(expected + 20):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None:
            break
        seen += 1
        if not focused["inside"]:
            problems.append(f"out of sight: {focused['what']}")
        if focused["covered"]:
            problems.append(f"covered: {focused['what']}")
        if not focused["ringed"]:
            problems.append(f"no ring: {focused['what']}")
    page.context.close()
    assert problems == []
    assert seen >= expected, "the tab key misses something"


def test_the_first_press_of_tab_offers_the_way_past_the_roof(chromium, address):
    page = open_page(chromium, address, "", viewport={"width": 360, "height": 700})
    page.goto("/tracks/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_the_menu_of_a_phone_opens_and_leads_on_by_keyboard(chromium, address):
    page = open_page(chromium, address, "", viewport={"width": 360, "height": 700})
    page.goto("/")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != f"{address}/"
    page.context.close()


@pytest.mark.parametrize("person", ["", "facilitator"])
def test_nothing_is_cut_or_scrolls_sideways_when_the_page_is_twice_as_large(chromium, address, person):
    page = open_page(chromium, address, person, viewport={"width": 640, "height": 450})
    problems = []
    walk(page, lambda path: problems.extend(f"{path}: {problem}" for problem in misfits(page)))
    page.context.close()
    assert problems == []


def test_nothing_is_cut_or_scrolls_sideways_for_readers_who_chose_letters_of_twice_the_size(address, large_letters):
    page = open_page(large_letters, address, "facilitator", viewport={"width": 1280, "height": 900})
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    problems = []
    walk(page, lambda path: problems.extend(f"{path}: {problem}" for problem in misfits(page)))
    page.context.close()
    assert problems == []
