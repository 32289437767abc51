"""Every page × five languages × light and dark × 320 and 1280 px, as each example person: `make matrix`, run by CI.

A page is opened once per language and person; its width and its colours are then changed under it. All rules of axe
are asked at 320 px, those about colours again in the dark and at 1280 px.
"""

from __future__ import annotations

import pytest

from config import LANGUAGES
from tests.browser.walking import PEOPLE, misfits, open_page, violations, walk

PHONE, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
COLOURS = ("color-contrast", "link-in-text-block")

pytestmark = pytest.mark.matrix


def _looks(page) -> list[str]:
    problems = []
    for width, scheme, rules in (
        (PHONE, "light", ()),
        (PHONE, "dark", COLOURS),
        (DESK, "dark", COLOURS),
        (DESK, "light", ()),
    ):
        page.set_viewport_size(width)
        page.emulate_media(color_scheme=scheme)
        found = violations(page, *rules) + misfits(page)
        problems += [f"{width['width']} px, {scheme}: {problem}" for problem in found]
    return problems


@pytest.mark.parametrize("language", [pytest.param(code, marks=pytest.mark.xdist_group(code)) for code in LANGUAGES])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_stands_in_every_language_light_dark_narrow_and_wide(chromium, address, person, language):
    page = open_page(chromium, address, person, viewport=PHONE)
    page.goto(f"/?lang={language}")
    problems = []
    count = walk(page, lambda path: problems.extend(f"{path}, {problem}" for problem in _looks(page)))
    page.context.close()
    print(f"{language}, {person or 'visitor'}: {count} pages")
    assert problems == []
