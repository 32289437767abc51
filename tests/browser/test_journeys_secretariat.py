"""Jo in the secretariat, reading Spanish: a track whose team must come from every region, a Friend who may learn, and
the figures of a season that a funder asks for."""

from __future__ import annotations

import pytest

from tests.browser.visitors import Visitor

FEMINIST = "feminist-approaches-to-habitat"
NEW = "Agua y vivienda (ejemplo)"
LATIN_AMERICA, AFRICA, ARAB_REGION = "América Latina", "África subsahariana", "Oriente Medio y África del Norte"
UNION = "Asamblea de barrios de ejemplo"
ADDRESS, PASSWORD = "clara@example.org", "una casa para todas"


@pytest.fixture
def jo(visit) -> Visitor:
    return visit("secretariat", "es", zone="Europe/Amsterdam")


def appoint(jo: Visitor, name: str, region: str) -> None:
    jo.fill(person=name)
    jo.field("region").select_option(label=region)
    jo.press("Appoint")
    jo.sees("%(name)s leads this track now.", name=name)


def test_a_team_that_leaves_a_region_out_is_warned_of_and_may_still_begin(jo):
    """A4: two regions have their facilitators, the third has none yet."""
    jo.open("/tracks/example-climate-justice")
    jo.go(jo.main.get_by_role("link").first)
    jo.follow("Add a track")
    jo.fill(name_es=NEW)
    jo.press("Save")
    jo.follow("Appoint facilitators")
    appoint(jo, "Rosa Ejemplo", LATIN_AMERICA)
    appoint(jo, "Amina Exemple", AFRICA)

    track = jo.main.get_by_role("link", name=NEW).first
    jo.go(track)
    jo.press("Publish the track")
    assert jo.main.get_by_text(ARAB_REGION).count() >= 1
    jo.sees("A team that covers every region is the practice; the track can be published without.")

    jo.follow("Facilitators")
    appoint(jo, "هدى مثال", ARAB_REGION)
    jo.go(track)
    jo.misses("A team that covers every region is the practice; the track can be published without.")


def test_a_friend_may_learn_once_the_secretariat_has_confirmed_her(visit, jo):
    """A2, its track half."""
    clara = visit("", "es")
    clara.open("/register")
    clara.fill(name="Clara Ejemplo", email=ADDRESS, password=PASSWORD)
    clara.main.locator("[name=languages][value=es]").check()
    clara.choose(preferred_language="es", page_language="es", kind="friend")
    clara.field("organisation").select_option(label=UNION)
    clara.press("Make my account")
    clara.open("/sign-in")
    clara.fill(email=ADDRESS, password=PASSWORD)
    clara.press("Sign in")
    clara.open("/tracks/example-climate-justice")
    assert clara.button("Join this track").count() == 0
    clara.link("Go to your account").wait_for()

    jo.open("/people/?show=pending")
    jo.go(jo.main.get_by_role("link", name="Clara Ejemplo"))
    jo.go(jo.main.locator("a[href^='/affiliations/']").first)
    jo.press("Confirm")

    clara.open("/tracks/example-climate-justice")
    clara.press("Join this track")
    clara.sees("You take part in this track.")


def test_she_reads_how_many_came_and_takes_the_figures_with_her(jo):
    """A11, the internal version: 81 persons of 46 organisations over four Saturdays."""
    jo.open("/")
    jo.go(jo.main.locator("a[href='/reports/participation']").first)
    jo.field("track").select_option(value=FEMINIST)
    jo.press("Show")
    figures = jo.main.locator(".numbers").first.inner_text().split()
    assert {"81", "46", "4", "237"} <= set(figures)
    rows = jo.main.get_by_role("row").filter(has_text=jo.say("Total"))
    assert "81" in rows.first.inner_text()
    with jo.page.expect_download() as taken:
        jo.main.get_by_role("link", name="CSV", exact=True).first.click()
    raw = taken.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "Mfoumou" in raw.decode("utf-8-sig")


def test_she_is_stopped_where_a_file_is_for_the_secretariat_alone(visit):
    member = visit("member", "es")
    response = member.page.goto(f"/reports/participation?track={FEMINIST}")
    assert response.status == 403
    assert member.main.get_by_role("link").count() >= 1, "the way out"
