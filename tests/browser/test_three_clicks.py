"""Who never saw the house finds the way: from the front page, within three clicks each, on a phone, in English and in
Arabic, with scripts and without – the next session in one's own hour, joining a track, a reflection in Arabic, the
attendance, the summary to take away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator

from app.examples import open_track
from tests.browser.visitors import Visitor

TRACK = "/tracks/example-climate-justice"
WORDS = "السكن اللائق يبدأ من أن يُعرف اسمك."
MOST_CLICKS = 3


class Newcomer(Visitor):
    """One person in Cairo on one phone, whose clicks are counted from the front page on. Filling in is no click."""

    def __init__(self, *given, **options) -> None:
        super().__init__(*given, zone="Africa/Cairo", **options)
        self.clicks = 0

    def go(self, thing: Locator) -> None:
        super().go(thing)
        self.clicks += 1

    def click_here(self, thing: Locator) -> None:
        thing.click()
        self.clicks += 1


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def come(chromium, own_house, scripts) -> Iterator[Callable[[str, str], Newcomer]]:
    """Return a maker of newcomers on the front page; each may click three times."""
    made: list[Newcomer] = []

    def make(person: str, language: str) -> Newcomer:
        made.append(Newcomer(chromium, own_house, person, language, scripts=scripts))
        return made[-1]

    yield make
    for newcomer in made:
        newcomer.leave()
        assert newcomer.clicks <= MOST_CLICKS


def test_a_visitor_finds_the_next_session_in_her_own_hour(come, scripts):
    visitor = come("", "ar")
    visitor.go(visitor.main.locator("a[data-zone-link]").first)
    if not scripts:  # the device cannot say where it is
        visitor.click_here(visitor.main.locator("summary").filter(has_text="أفريقيا"))
    visitor.go(visitor.main.locator("button[value='Africa/Cairo']").first)
    assert visitor.path == "/"
    hour = visitor.main.locator(".hour").first.inner_text()
    assert "القاهرة" in hour
    assert "16:00" in hour


def test_a_member_joins_a_track(come):
    member = come("member", "ar")
    member.follow_to(open_track.TRACK_NAMES["ar"])
    member.press("Join this track")
    member.sees("You take part in this track.")


def test_who_takes_part_writes_in_arabic(come):
    facilitator = come("facilitator", "ar")
    facilitator.follow_to(open_track.TRACK_NAMES["ar"])
    facilitator.follow("Write a reflection")
    facilitator.choose(language="ar", audience="public")
    facilitator.fill(body=WORDS)
    facilitator.press("Publish")
    assert re.fullmatch(r"/reflections/[0-9a-f-]{36}", facilitator.path)
    assert facilitator.main.locator("[lang=ar][dir=rtl]", has_text=WORDS).count() >= 1


def test_a_facilitator_marks_who_was_there(come):
    facilitator = come("facilitator", "en")
    facilitator.follow_to(open_track.TRACK_NAMES["en"])
    facilitator.follow_to(open_track.SESSION_NAMES[0]["en"])
    facilitator.follow("Mark attendance")
    assert facilitator.main.get_by_role("checkbox").count() > 3


def test_the_secretariat_takes_the_summary_away(come):
    jo = come("secretariat", "en")
    jo.go(jo.main.locator("a[href='/reports/participation']").first)
    with jo.page.expect_download() as taken:
        jo.click_here(jo.main.get_by_role("link", name="CSV", exact=True).first)
    assert taken.value.path().read_text(encoding="utf-8-sig").count("\n") > 5
