"""Where Ramadan is kept: said by who leads the track, for its places, and seen by whoever sees the track."""

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.registries import actor_at
from app.extensions import db
from app.sessions import services
from app.sessions.queries.zones import list_places, list_ramadan_zones
from app.sessions.services.ramadan import NotAPlaceOfTheTrack
from tests.make.people import make_member
from tests.make.sessions import make_facilitator

PAGE = "/tracks/climate-justice/ramadan"


@pytest.fixture
def beirut(cast):
    make_facilitator(cast.track, make_member("Huda", zone="Asia/Beirut"), "MENA")
    return "Asia/Beirut"


def lines():
    wanted = sa.select(AuditLine).where(AuditLine.code == "sessions.ramadan.changed")
    return list(db.session.scalars(wanted))


def test_the_places_are_those_of_the_team_and_of_the_sessions(cast, beirut):
    assert list_places(cast.track) == ["Africa/Douala", "Asia/Beirut", "Africa/Nairobi"]


def test_a_facilitator_switches_a_place_on_and_off(cast, beirut, now):
    actor = actor_at(cast.facilitator.id, now)
    assert services.keep_ramadan(actor, cast.track, zones=[beirut], now=now) == {beirut}
    assert list_ramadan_zones(cast.track) == {beirut}
    assert services.keep_ramadan(actor, cast.track, zones=[beirut], now=now) == set()
    assert services.keep_ramadan(actor, cast.track, zones=[], now=now) == {beirut}
    assert list_ramadan_zones(cast.track) == set()
    assert [line.facts for line in lines()] == [{"zones": [beirut]}, {"zones": []}]


def test_a_place_that_nobody_is_known_to_follow_from_is_refused(cast, now):
    actor = actor_at(cast.facilitator.id, now)
    with pytest.raises(NotAPlaceOfTheTrack):
        services.keep_ramadan(actor, cast.track, zones=["Africa/Dakar"], now=now)
    assert list_ramadan_zones(cast.track) == set()


@pytest.mark.parametrize("who", ["participant", "other_facilitator", "member"])
def test_nobody_else_says_it(cast, now, who):
    with pytest.raises(NotAllowed):
        services.keep_ramadan(actor_at(getattr(cast, who).id, now), cast.track, zones=[], now=now)


def test_a_place_that_was_ticked_can_be_unticked_after_its_people_left(cast, now):
    actor = actor_at(cast.facilitator.id, now)
    huda = make_member("Huda", zone="Asia/Beirut")
    leading = make_facilitator(cast.track, huda, "MENA")
    services.keep_ramadan(actor, cast.track, zones=["Asia/Beirut"], now=now)
    leading.ended_at = now
    db.session.flush()
    assert "Asia/Beirut" in list_places(cast.track)
    assert services.keep_ramadan(actor, cast.track, zones=[], now=now) == {"Asia/Beirut"}


def test_the_page_is_reached_from_the_desk_and_says_what_follows(cast, beirut, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice")
    assert page.page.select_one(f'a[href="{PAGE}"]')
    page.open(PAGE)
    assert [box["value"] for box in page.page.select('input[name="zones"]')] == [
        "Africa/Douala", "Asia/Beirut", "Africa/Nairobi",
    ]  # fmt: skip
    page.send(zones=["Asia/Beirut"])
    assert page.path == "/tracks/climate-justice"
    assert "In Ramadan, a session over sunset asks for care at 1 place." in page.text
    assert list_ramadan_zones(cast.track) == {"Asia/Beirut"}
    page.open(PAGE)
    assert page.page.select_one('input[value="Asia/Beirut"]').has_attr("checked")
    page.open(f"/sessions/{cast.session.id}")
    assert "In Beirut the sun sets during the session, in Ramadan." in page.text
    page.open(PAGE)
    page.send(zones=[])
    assert "No place of this track is looked at for Ramadan." in page.text


def test_a_place_that_is_not_on_the_page_comes_back_as_an_error(cast, beirut, browse):
    page = browse(cast.facilitator)
    page.open(PAGE)
    page.send(zones=["Asia/Tokyo"])
    assert page.status == 422
    assert list_ramadan_zones(cast.track) == set()


def test_the_page_is_not_for_others_and_not_there_for_drafts(cast, browse):
    for person, path, status in (
        (cast.participant, PAGE, 403),
        (cast.facilitator, "/tracks/nowhere/ramadan", 404),
    ):
        page = browse(person)
        page.open(path)
        assert page.status == status


def test_a_track_without_places_says_where_they_come_from(cast, browse):
    cast.facilitator.zone, cast.session.moment.zone = "", "UTC"
    page = browse(cast.facilitator)
    page.open(PAGE)
    assert "This track has no places yet." in page.text
