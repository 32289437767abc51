"""Aïssatou, a member in Dakar on prepaid data: she joins, applies for one of three places, writes in Arabic, is sent
away by a bad line and comes back. With scripts in Portuguese, and all of it again without any in French."""

from __future__ import annotations

import pytest

from app.examples import open_track, second_track
from tests.browser.visitors import Visitor

ARABIC = "السكن اللائق يبدأ من أن يُعرف اسمك."
PLACE = "Le marché de Tilène : tout le quartier y passe."

both_ways = pytest.mark.parametrize(
    ("language", "scripts"), [("pt", True), ("fr", False)], ids=["portuguese-with-scripts", "french-without"]
)


@pytest.fixture
def member(visit, language, scripts) -> Visitor:
    return visit("member", language, scripts=scripts)


def open_track_of(member: Visitor) -> None:
    member.open("/")
    member.follow_to(open_track.TRACK_NAMES[member.language])


@both_ways
def test_she_joins_a_track_reads_her_hour_and_leaves_again(member):
    open_track_of(member)
    member.press("Join this track")
    member.sees("You take part in this track.")

    member.follow_to(open_track.SESSION_NAMES[1][member.language])
    hour = member.main.locator(".hour").first.inner_text()
    assert hour.index("14:00") < hour.index("17:00"), "her own hour stands before that of Nairobi"
    assert "Dakar" in hour
    assert "14:00 UTC" in hour

    open_track_of(member)
    member.follow("Leave this track")
    member.press("Leave the track")
    member.open("/")
    open_track_of(member)
    member.button("Join this track").wait_for()


@both_ways
def test_her_arabic_stays_arabic_and_she_may_take_it_back(member):
    open_track_of(member)
    member.press("Join this track")
    member.go(member.link("Write a reflection").first)  # at the top of the track, and beside its voices
    member.choose(language="ar", audience="public")
    member.fill(body=ARABIC)
    member.press("Publish")

    voice = member.main.locator("[lang=ar][dir=rtl]", has_text=ARABIC).first
    assert voice.inner_text().strip().endswith(ARABIC)
    assert voice.evaluate("words => getComputedStyle(words).textAlign") in ("start", "right")
    assert member.page.locator("html").get_attribute("dir") == "ltr"

    member.follow("Withdraw")
    member.press("Withdraw this reflection")
    member.sees("Nobody but you sees this reflection, not even the secretariat.")


@both_ways
def test_she_applies_and_what_is_missing_is_said_without_losing_a_word(member):
    member.open("/tracks/")
    member.follow_to(second_track.TRACK_NAMES[member.language])
    member.follow("Apply for a place")
    answer = member.main.get_by_label(second_track.FIRST_PLACE[member.language].replace("\u202f", " "))
    answer.fill(PLACE)
    member.fill(spoken="")
    member.press("Send my application")
    member.sees("What you wrote is still here, nothing is lost.")
    assert answer.input_value() == PLACE

    member.fill(spoken="Français, Wolof")
    member.press("Send my application")
    member.sees("You applied for this track. The facilitators answer, and we write to you then.")
    member.follow("Take back my application")
    member.press("Take back my application")
    member.link("Apply for a place").wait_for()


@both_ways
def test_the_line_drops_while_she_sends_and_she_stands_once_in_the_track(visit, member):
    """A15: the house took the form, its answer never came; she presses the button of the same page again."""
    open_track_of(member)
    address = member.page.url.split("?")[0] + "/join"
    sent = []

    def lose_the_first_answer(route) -> None:
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch(max_redirects=0)  # the house has it
            route.abort("aborted")
        else:
            route.continue_()

    member.page.route(address, lose_the_first_answer)
    member.button("Join this track").click()
    member.page.wait_for_timeout(300)
    member.press("Join this track")
    member.sees("You take part in this track.")
    assert len(sent) == 2
    assert sent[0] == sent[1], "the same form, with the same number"
    leader = visit("facilitator", member.language)
    leader.open("/tracks/example-climate-justice/roster")
    assert leader.main.get_by_text("Aïssatou Exemple", exact=True).count() == 1
