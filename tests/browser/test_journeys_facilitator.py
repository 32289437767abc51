"""Amina, who facilitates from Douala: she plans and moves a session, marks who was there on a line that drops, lets
people in, writes to everybody. In French; the attendance again in English without scripts."""

from __future__ import annotations

import pytest

from app.examples import open_track, second_track
from tests.browser.visitors import Visitor

NEW = "Qui répare la digue ?"
WHY = "Le même soir qu’une assemblée à Recife."


@pytest.fixture
def amina(visit) -> Visitor:
    return visit("facilitator", "fr", zone="Africa/Douala")


def open_track_of(reader: Visitor) -> None:
    reader.open("/")
    reader.follow_to(open_track.TRACK_NAMES[reader.language])


def test_she_plans_a_session_and_moves_it_and_the_old_time_is_not_lost(amina):
    open_track_of(amina)
    amina.follow("Plan a session")
    amina.fill(name_fr=NEW, day="2027-02-06", start="17:00", end="19:00")
    amina.choose(zone="Africa/Nairobi")
    amina.press("See for whom it is kind")
    amina.sees("Nothing is planned yet.")
    amina.field("is_confirmed").check()
    amina.press("Plan the session")
    open_track_of(amina)
    amina.follow_to(NEW)
    assert "15:00" in amina.main.locator(".hour").first.inner_text(), "17:00 in Nairobi, on the clocks of Douala"

    amina.follow("Move")
    amina.fill(day="2027-02-13", start="18:00", end="20:00", reason=WHY)
    amina.press("Move the session")
    amina.reads(WHY)
    assert "16:00" in amina.main.locator(".hour").first.inner_text()
    assert amina.main.get_by_text("17:00").count() >= 1, "the old time stays in the history"


@pytest.mark.parametrize(
    ("language", "scripts"), [("fr", True), ("en", False)], ids=["french-with-scripts", "english-without"]
)
def test_she_marks_who_came_while_the_line_drops(visit, language, scripts):
    amina = visit("facilitator", language, zone="Africa/Douala", scripts=scripts)
    open_track_of(amina)
    amina.follow_to(open_track.SESSION_NAMES[0][language])
    amina.follow("Mark attendance")
    sheet = amina.page.url
    late = amina.main.get_by_role("checkbox", name="Wanjiru Example")
    late.check()

    if scripts:
        amina.sees("of %(count)s, not saved yet", count=amina.main.get_by_role("checkbox").count())
    amina.page.route("**/attendance", lambda route: route.abort("internetdisconnected"))
    amina.button("Save").click()
    amina.page.wait_for_timeout(300)  # the browser's own page: there is no line
    amina.page.unroute("**/attendance")
    if scripts:  # what was ticked waits on the device
        amina.page.goto(sheet)
        amina.press_here("Put them back")
        assert late.is_checked()
    else:
        amina.page.goto(sheet)
        late.check()
    amina.press("Save")
    amina.sees("Saved.")
    assert late.is_checked()

    amina.unfold("Add people who are not on the list")
    amina.follow("Somebody by name")
    amina.fill(name="Passante Exemple")
    amina.press("Mark as here")
    assert amina.main.get_by_role("checkbox", name="Passante Exemple").is_checked()
    amina.open(sheet)
    assert late.is_checked()


def test_she_lets_somebody_in_who_then_knows_her_number_on_the_waiting_list(visit, amina):
    member = visit("member", "pt")
    member.open(f"/tracks/{second_track.SLUG}")
    member.follow("Apply for a place")
    member.fill(spoken="Français, Wolof")
    member.main.get_by_label(second_track.FIRST_PLACE["pt"]).fill("O mercado de Tilène.")
    member.press("Send my application")

    amina.open(f"/tracks/{second_track.SLUG}")
    waiting = amina.say_so_many("%(num)s application to answer", "%(num)s applications to answer", 3)
    amina.go(amina.main.get_by_role("link", name=waiting))
    amina.main.get_by_role("checkbox", name="Aïssatou Exemple").check()
    amina.press("Give those ticked a place")
    amina.follow("Waiting list %(count)s", count=3)
    amina.reads("Aïssatou Exemple")

    member.open(f"/tracks/{second_track.SLUG}")
    member.sees("You are number %(position)s on the waiting list.", position=3)


def test_she_writes_to_everybody_after_reading_it_once_more(amina):
    open_track_of(amina)
    amina.follow("Write to everybody")
    amina.choose(language="fr")
    amina.fill(subject="Samedi, une heure plus tôt", body="Nous commençons par les **chiffres** de chaque rue.")
    amina.press("See it first")
    amina.sees("This is how it will look")
    assert amina.main.locator("strong", has_text="chiffres").is_visible()
    amina.press("Send it to everybody")
    open_track_of(amina)
    amina.reads("Samedi, une heure plus tôt")
