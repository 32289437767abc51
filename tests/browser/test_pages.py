"""Every page, as each example person, in English and in Arabic at 320 px: reachable by everybody, nothing cut.

The whole matrix of languages, schemes and widths is in `test_matrix.py`.
"""

from __future__ import annotations

import pytest

from tests.browser.walking import PEOPLE, misfits, open_page, violations, walk


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("ar", "dark")], ids=["english-light", "arabic-dark"]
)
def test_pages_have_no_accessibility_violation_and_fit_320_px(chromium, address, person, language, scheme):
    page = open_page(chromium, address, person, viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page.goto(f"/?lang={language}")
    problems = []
    walk(page, lambda path: problems.extend(f"{path}: {problem}" for problem in violations(page) + misfits(page)))
    page.context.close()
    assert problems == []


def test_nothing_is_asked_of_another_host_and_nothing_is_refused_by_the_policy(chromium, address):
    page = open_page(chromium, address, "facilitator", viewport={"width": 1280, "height": 900})
    foreign, refused = [], []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(address) else None)
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    walk(page, lambda _path: None)
    page.context.close()
    assert (foreign, refused) == ([], [])
