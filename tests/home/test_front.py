"""The front page: for a visitor, and for a person who takes part or leads."""

from datetime import datetime

from bs4 import BeautifulSoup

from app.moments.models import Status
from tests.make.people import make_member, make_organisation, make_secretary, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_phase, make_session, make_track
from tests.make.workinggroups import make_group, make_place


def main_of(client, path: str = "/") -> str:
    return " ".join(BeautifulSoup(client.get(path).text, "html5lib").main.get_text(" ", strip=True).split())


def test_a_visitor_reads_what_this_is_and_the_next_open_session(client, now):
    make_session(make_track("Climate justice"), "Who pays for the heat?")
    page = BeautifulSoup(client.get("/").text, "html5lib")
    assert "learn and act together" in page.h1.get_text()
    assert page.select_one("a[href='/register']")
    assert "Who pays for the heat?" in main_of(client)
    assert page.select_one(".hour-time").get_text(strip=True) == "17:00"


def test_an_empty_house_invites(client, now):
    assert "No session is announced yet." in main_of(client)
    assert "No track is published yet." in main_of(client)


def test_a_member_sees_their_own_next_session_in_their_hour(client, now):
    soon, later = make_track("Not mine"), make_track("Mine")
    make_session(soon, "Soon", wall_start=datetime(2026, 12, 1, 17))
    make_session(later, "Later", wall_start=datetime(2026, 12, 8, 17))
    person = make_member("Carlos Ejemplo", zone="America/Mexico_City")
    make_membership(later, person)
    page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
    assert page.h1.get_text() == "Welcome, Carlos Ejemplo"
    first = page.select_one("main .next")
    assert "Later" in first.get_text()
    assert first.select_one(".hour-time").get_text(strip=True) == "08:00"
    assert "Your tracks" in page.main.get_text()


def test_a_facilitator_sees_the_tracks_they_lead_drafts_included(client, now):
    draft = make_track("A draft", audience="secretariat", published_at=None)
    person = make_member()
    make_facilitator(draft, person)
    assert "A draft" not in main_of(client)
    assert "You facilitate" in main_of(sign_in(client, person))
    assert "A draft" in main_of(client)


def test_ones_own_groups_stand_beside_the_tracks(client, now):
    person, group = make_member(), make_group("Land group", slug="land-group")
    make_group("Not mine")
    make_place(group, person)
    page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
    assert [link["href"] for link in page.select("#groups a")] == ["/groups/land-group"]


def test_cancelled_and_past_sessions_are_not_the_next_one(client, now):
    track = make_track()
    make_session(track, "Gone by", wall_start=datetime(2026, 11, 1, 17), number=1)
    make_session(track, "Called off", number=2, status=Status.CANCELLED)
    assert "No session is announced yet." in main_of(client)


def test_the_page_asks_as_many_questions_for_many_tracks_as_for_few(client, now, count_queries):
    phase = make_phase()

    def fill(number: int) -> None:
        for _ in range(number):
            make_session(make_track(phase=phase))

    fill(3)
    client.get("/")
    with count_queries() as few:
        client.get("/")
    fill(60)
    with count_queries() as many:
        client.get("/")
    assert len(many) == len(few)


def test_the_house_explains_itself(client):
    assert "Affero" in main_of(client, "/about")


def test_the_hour_is_said_for_places_elsewhere(client, now):
    track = make_track()
    for _ in range(5):
        make_membership(track, make_member(zone="America/Mexico_City"))
    make_session(track, "Who pays for the heat?")
    elsewhere = BeautifulSoup(client.get("/").text, "html5lib").select_one("main .next .hours")
    assert "08:00" in elsewhere.get_text()


def test_a_visitor_is_asked_to_join_the_track_of_the_next_session(client, now):
    make_session(make_track(is_open=True))
    assert "Join this track" in main_of(client)
    assert len(BeautifulSoup(client.get("/").text, "html5lib").select(".button:not(.button--outlined)")) == 1


def test_whom_a_track_does_not_take_is_led_to_it_and_not_asked_to_join(client, now):
    make_session(make_track(is_open=True))
    sign_in(client, make_secretary())
    assert "Go to the track" in main_of(client)
    assert "Join this track" not in main_of(client)
    sign_in(client, make_member())
    assert "Join this track" in main_of(client)


def test_who_takes_part_goes_to_the_session_and_writes_from_the_front(client, now):
    track = make_track()
    make_session(track, "Held already", wall_start=datetime(2026, 11, 14, 17), number=1)
    make_session(track, "To come", number=2)
    person = make_member()
    make_membership(track, person)
    page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
    assert page.select_one("main .next .button").get_text(strip=True) == "Go to the session"
    written = page.find("a", string="Write a reflection")
    assert "Held already" in written.parent.get_text()
    assert client.get(written["href"]).status_code == 200
    assert page.find("a", string="Mark attendance") is None


def test_who_leads_marks_attendance_from_the_front_when_the_session_is_near(client, now):
    track = make_track()
    make_session(track, "Held already", wall_start=datetime(2026, 11, 14, 17), number=1)
    near = make_session(track, "In a moment", wall_start=datetime(2026, 11, 21, 12, 15), number=2)
    person = make_member()
    make_facilitator(track, person)
    page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
    filled = page.select("main .button:not(.button--outlined)")
    assert [link["href"] for link in filled] == [f"/sessions/{near.id}/attendance"]
    assert "Held already" in " ".join(link.parent.get_text() for link in page.find_all("a", string="Mark attendance"))


def test_figures_are_at_hand_for_those_who_may_read_them(client, now):
    track = make_track("Theirs")
    facilitator, secretary = make_member(), make_secretary()
    make_facilitator(track, facilitator)
    page = BeautifulSoup(sign_in(client, facilitator).get("/").text, "html5lib")
    assert page.find("a", string="Participation summary")["href"] == f"/reports/participation?track={track.slug}"
    page = BeautifulSoup(sign_in(client, secretary).get("/").text, "html5lib")
    assert page.find("a", string="Participation summary")["href"] == "/reports/participation"
    assert "Participation summary" not in main_of(sign_in(client, make_member()))


def test_a_track_stands_once_among_mine_or_the_others(client, now):
    mine, other = make_track("Mine"), make_track("Somebody's")
    person = make_member()
    make_membership(mine, person)
    make_facilitator(mine, person)
    sign_in(client, person)
    rooms = {
        room.h2.get_text(strip=True): room.get_text()
        for room in BeautifulSoup(client.get("/").text, "html5lib").select("main .room")
    }
    assert "Mine" in rooms["Your tracks"]
    assert "Mine" not in rooms["Other tracks"]
    assert "Somebody's" in rooms["Other tracks"]
    assert other.slug in client.get("/").text


def test_the_map_is_drawn_for_visitors_by_the_next_session_with_an_hour(client, now):
    assert "where the sun is up now, at 09:00" in main_of_roof(client)
    make_session(make_track(), wall_start=datetime(2026, 12, 1, 17))
    words = main_of_roof(client)
    assert "14:00 UTC on Tuesday 1 December 2026, the hour of the next open session" in words
    page = BeautifulSoup(client.get("/").text, "html5lib")
    drawing = page.select_one("figure.map svg")
    assert drawing.title.get_text(strip=True)
    assert drawing.desc.get_text(strip=True)
    assert len(str(drawing)) < 6_000


def test_organisations_by_region_stand_in_the_sea_only_where_every_region_has_a_place(client, now):
    make_organisation(region="LAC")
    page = BeautifulSoup(client.get("/").text, "html5lib")
    assert page.select_one(".map-numbers--sea .sea-lac b").get_text() == "1"
    make_organisation(region="OWN")
    page = BeautifulSoup(client.get("/").text, "html5lib")
    assert page.select_one(".map-numbers--sea") is None
    assert len(page.select(".map-numbers li")) == 2


def main_of_roof(client) -> str:
    figure = BeautifulSoup(client.get("/").text, "html5lib").select_one("figure.map figcaption")
    return " ".join(figure.get_text(" ", strip=True).split())
