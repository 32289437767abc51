"""The front page: for a visitor, and for a person who takes part or leads."""

from datetime import datetime

from bs4 import BeautifulSoup

from app.moments.models import Status
from tests.make.people import make_member, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_phase, make_session, make_track


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
    make_session(soon, "Soon", wall_start=datetime(2026, 12, 1, 17))  # noqa: DTZ001 - a wall clock
    make_session(later, "Later", wall_start=datetime(2026, 12, 8, 17))  # noqa: DTZ001 - a wall clock
    person = make_member("Carlos Ejemplo", zone="America/Mexico_City")
    make_membership(later, person)
    page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
    assert page.h1.get_text(strip=True) == "Welcome, Carlos Ejemplo"
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


def test_cancelled_and_past_sessions_are_not_the_next_one(client, now):
    track = make_track()
    make_session(track, "Gone by", wall_start=datetime(2026, 11, 1, 17), number=1)  # noqa: DTZ001 - a wall clock
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
