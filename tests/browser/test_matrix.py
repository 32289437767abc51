"""Every page × five languages × light and dark × 320 and 1280 px, as each example person: `make matrix`.

A page is opened once per language and person; its width and its colours are then changed under it. All rules of axe
are asked at 320 px and at 1280 px by day, those about colours again in the dark. A page whose main part is, letter by
letter, what somebody before saw in the same language is not looked at again: nothing on it can have changed.
"""

from __future__ import annotations

import hashlib
import re

import pytest

from config import LANGUAGES
from tests.browser.walking import PEOPLE, misfits, open_page, violations, walk

PHONE, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
COLOURS = ("color-contrast", "link-in-text-block")

pytestmark = pytest.mark.matrix

_NUMBERS = re.compile(r'name="(csrf_token|submission_id)" type="hidden" value="[^"]*"'
                      r'|type="hidden" name="(csrf_token|submission_id)" value="[^"]*"')  # fmt: skip
"""What differs each time a page is made."""


@pytest.fixture(scope="session")
def looked_at() -> dict[str, set[str]]:
    """By language: what was seen so far. All that is in one language runs in one process, the visitor first."""
    return {}


def _main_part(page) -> str:
    words = page.evaluate("document.querySelector('main').outerHTML")
    return hashlib.sha256(_NUMBERS.sub("", words).encode()).hexdigest()


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
def test_every_page_stands_in_every_language_light_dark_narrow_and_wide(
    chromium, address, *, looked_at, record_property, person, language
):
    page = open_page(chromium, address, person, viewport=PHONE)
    page.goto(f"/?lang={language}")
    seen, new, problems = looked_at.setdefault(language, set()), [], []

    def look(path: str) -> None:
        if (part := _main_part(page)) not in seen:
            seen.add(part)
            new.append(path)
            problems.extend(f"{path}, {problem}" for problem in _looks(page))

    count = walk(page, look)
    page.context.close()
    record_property("walk", {"language": language, "person": person or "visitor", "pages": count, "looked": len(new)})
    assert problems == []
