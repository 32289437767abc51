"""The voice of an organisation where something goes wrong: two who speak for one organisation, a button that is tapped
twice, a mandate that ends meanwhile; and the whole way to it by keyboard alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from playwright.sync_api import expect

from app.decisions import queries
from app.decisions.models import Decision, Stand
from app.extensions import db
from tests.browser.houses import DAY, OpenHouse
from tests.browser.visitors import Visitor
from tests.make.decisions import make_circle, make_speaker, open_decision

GROUP, TITLE = "/groups/roofs", "A letter about cool roofs"
FIRST = "Example Organisation 1"


class Two(NamedTuple):
    """Two people who speak for the same organisation; the mandate of the second ends tonight."""

    first: UUID
    second: UUID


@pytest.fixture
def two(open_house: OpenHouse) -> Two:
    with open_house.app.app_context():
        circle = make_circle(2, name="Cool roofs", slug="roofs")
        open_decision(circle, begun=DAY - timedelta(days=14), title=TITLE)
        second = make_speaker(circle.organisations[0], circle.group, "Dua Example", until_on=DAY.date())
        found = Two(circle.speakers[0].id, second.id)
        db.session.commit()
    return found


@pytest.fixture
def voices(open_house: OpenHouse):
    """Return what was said to this proposal, in the order in which it was."""

    def said() -> list[Stand]:
        with open_house.app.app_context():
            decision = db.session.query(Decision).filter_by(title=TITLE).one()
            return [row.stand for row in queries.voices_of(decision)]

    return said


def come_to_the_form(somebody: Visitor) -> None:
    somebody.open("/")
    somebody.follow("Give its voice")


def test_an_organisation_has_one_voice_also_when_two_speak_for_it(visit, two, voices):
    una, dua = visit(two.first, "pt"), visit(two.second, "fr")
    come_to_the_form(una)
    come_to_the_form(dua)
    una.choose(stand="consent")
    una.press("Give the voice")
    dua.choose(stand="object", language="fr")
    dua.fill(body="Cela nous prendrait le travail.")
    dua.press("Give the voice")
    dua.reads("Speaker Example 1")
    assert dua.field("body").input_value() == "Cela nous prendrait le travail."
    dua.looks_right()
    assert voices() == [Stand.CONSENT]
    dua.press("Change the voice")
    dua.sees("Your organisation has spoken.")
    assert voices() == [Stand.CONSENT, Stand.OBJECT]

    una.open(GROUP)
    una.follow_to(TITLE)
    una.follow("Change the voice of %(name)s", name=FIRST)
    una.choose(stand="abstain")
    una.press("Change the voice")
    assert voices() == [Stand.CONSENT, Stand.OBJECT, Stand.ABSTAIN]


def test_a_button_tapped_twice_gives_one_voice(visit, two, voices):
    una = visit(two.first, "es")
    come_to_the_form(una)
    una.choose(stand="consent")
    una.button("Give the voice").dblclick()
    # Asked again and again: the second tap breaks the way that the first one took off.
    expect(una.page).to_have_url(re.compile(rf"{GROUP}/decisions/[^/]+$"))
    una.sees("Consents")
    assert voices() == [Stand.CONSENT]


def test_a_mandate_that_ends_before_the_form_is_sent_is_said_and_no_word_is_lost(visit, two, voices, open_house):
    dua = visit(two.second, "ar", zone="Africa/Cairo")
    come_to_the_form(dua)
    dua.choose(stand="object", language="ar")
    dua.fill(body="يضرّ بعملنا.")
    open_house.pass_time(days=1)
    dua.press("Give the voice")
    dua.sees("What you wrote is still here, nothing is lost.")
    assert "24" in dua.text
    assert dua.field("body").input_value() == "يضرّ بعملنا."
    dua.looks_right()
    dua.follow("Back to the decision")
    dua.reads(FIRST)
    assert dua.link("Give the voice of %(name)s", name=FIRST).count() == 0
    assert voices() == []


def test_a_voice_is_given_by_keyboard_alone_in_three_presses(visit, two):
    """The line on the front page, what the organisation says, the button; the tab key leads from one to the next."""
    una = visit(two.first, "en", width=1280)
    una.open("/")
    tab_to(una, una.link("Give its voice"))
    with una.page.expect_navigation():
        una.page.keyboard.press("Enter")
    tab_to(una, una.main.locator("[name=stand]").first)
    una.page.keyboard.press("Space")
    tab_to(una, una.button("Give the voice"))
    with una.page.expect_navigation():
        una.page.keyboard.press("Enter")
    una.sees("Your organisation has spoken.")


def tab_to(somebody: Visitor, thing) -> None:
    for _press in range(60):
        somebody.page.keyboard.press("Tab")
        if thing.evaluate("thing => thing === document.activeElement"):
            return
    raise AssertionError(f"the tab key does not reach {thing}")
