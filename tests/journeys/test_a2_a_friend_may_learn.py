"""A2, its track half · Members, Friends and Allies may join a track (R-03); a pending affiliation gives nothing."""

import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.core import outbox
from app.extensions import db
from app.people.models import Person
from app.sessions.models import TrackMembership
from tests.make.people import make_organisation, make_secretary
from tests.make.sessions import make_track


def memberships() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(TrackMembership))


def register(newcomer, organisation, kind: str) -> Person:
    newcomer.open("/register")
    newcomer.send(
        has="password",
        name="Amina Exemple",
        email="amina@example.org",
        password="une maison pour toutes",
        languages=["fr"],
        preferred_language="fr",
        page_language="fr",
        organisation=str(organisation.id),
        kind=kind,
    )
    newcomer.open("/sign-in")
    newcomer.send(has="password", email="amina@example.org", password="une maison pour toutes")
    assert newcomer.page.select_one("header details.person")
    return db.session.scalars(sa.select(Person).where(Person.name == "Amina Exemple")).one()


def test_a_friend_joins_a_track_once_her_affiliation_is_confirmed(app, now, clock, reader):
    organisation, track = make_organisation("Red de ejemplo"), make_track("Justice climatique")
    secretary = reader(make_secretary())
    newcomer = reader(language="fr")

    friend = register(newcomer, organisation, "friend")
    newcomer.open(f"/tracks/{track.slug}")
    assert newcomer.page.html["lang"] == "fr"
    assert not newcomer.page.select(f"form[action='/tracks/{track.slug}/join']")
    assert memberships() == 0

    secretary.open("/people/?show=pending")
    assert "Amina Exemple" in secretary.text
    secretary.open(f"/people/{friend.id}")
    [affiliation] = {a["href"] for a in secretary.page.select("a[href^='/affiliations/']")}
    secretary.open(affiliation)
    secretary.send(action="/confirm")

    newcomer.open(f"/tracks/{track.slug}")
    newcomer.send(action="/join")
    assert newcomer.status == 200
    assert memberships() == 1

    outbox.address_notices(now)
    kinds = set(db.session.scalars(sa.select(outbox.OutboxMail.kind)))
    assert any("affiliation" in kind for kind in kinds), kinds


def test_the_secretariat_makes_a_friend_an_ally_and_the_history_stays(app, now, clock, reader):
    organisation = make_organisation("Red de ejemplo")
    secretary = reader(make_secretary())
    friend = register(reader(), organisation, "friend")
    secretary.open(f"/people/{friend.id}")
    [affiliation] = {a["href"] for a in secretary.page.select("a[href^='/affiliations/']")}
    secretary.open(affiliation)
    secretary.send(action="/confirm")
    secretary.open(affiliation)
    secretary.send(action="/kind", kind="ally", from_on="2026-11-22")
    secretary.open(f"/people/{friend.id}")
    assert "Friend" in secretary.text
    assert "Ally" in secretary.text


def test_pressing_join_by_hand_without_an_affiliation_says_the_rule_and_the_way_out(app, now, clock, reader):
    track = make_track("Climate justice")
    newcomer = reader()
    register(newcomer, make_organisation("Red de ejemplo"), "friend")
    newcomer.open("/account")
    token = newcomer.page.select_one("input[name=csrf_token]")["value"]
    answer = newcomer.client.post(f"/tracks/{track.slug}/join", data={"csrf_token": token}, follow_redirects=True)
    assert answer.status_code == 422
    assert "confirmed" in BeautifulSoup(answer.text, "html5lib").main.get_text()
    assert memberships() == 0
