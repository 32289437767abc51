"""A2 · A Friend may learn, but a working group asks for Member or Ally: R-03 for tracks, R-04 for groups; a pending
affiliation gives nothing."""

from datetime import timedelta

import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.core import outbox
from app.extensions import db
from app.people.models import Person
from app.sessions.models import TrackMembership
from app.workinggroups.models import GroupMembership, Standing
from tests.make.people import make_member, make_organisation, make_secretary
from tests.make.sessions import make_track
from tests.make.workinggroups import make_coordinator, make_group


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
    outbox.address_notices(now + timedelta(days=1))
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


def group_places() -> list[tuple[Standing, bool]]:
    rows = db.session.scalars(sa.select(GroupMembership).where(GroupMembership.left_at.is_(None)))
    return [(row.standing, row.acknowledged_at is not None) for row in rows]


def make_friend(reader, secretary, organisation) -> tuple[Person, str]:
    """A Friend whose affiliation the secretariat has confirmed, and the address of that affiliation."""
    friend = register(reader, organisation, "friend")
    secretary.open(f"/people/{friend.id}")
    [affiliation] = {a["href"] for a in secretary.page.select("a[href^='/affiliations/']")}
    secretary.open(affiliation)
    secretary.send(action="/confirm")
    return friend, affiliation


def post_by_hand(reader, address: str, **typed: str):
    """What a form would send that the page does not offer to this reader."""
    reader.open("/account")
    token = reader.page.select_one("input[name=csrf_token]")["value"]
    return reader.client.post(address, data={"csrf_token": token, **typed}, follow_redirects=True)


def test_a_group_refuses_a_friend_with_the_rule_and_takes_her_as_an_ally(app, now, clock, reader):
    group = make_group("Terre et expulsions", slug="terre")
    secretary, newcomer = reader(make_secretary()), reader(language="fr")
    _friend, affiliation = make_friend(newcomer, secretary, make_organisation("Red de ejemplo"))

    newcomer.open(f"/groups/{group.slug}")
    assert newcomer.page.html["lang"] == "fr"
    assert not newcomer.page.select("form[action$='/join']")
    assert newcomer.page.select_one("main a[href='/groups/terre/observe']")
    answer = post_by_hand(newcomer, "/groups/terre/join", acknowledge="y")
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.select_one("#mistakes li")
    assert page.select_one("main a[href='/groups/terre/observe']")
    assert group_places() == []

    secretary.open(affiliation)
    secretary.send(action="/kind", kind="ally", from_on=now.date().isoformat())
    newcomer.open("/groups/terre")
    newcomer.send(action="/join")
    assert newcomer.status == 422
    assert newcomer.page.select_one("#mistakes a[href='#acknowledge']")
    assert group_places() == []
    newcomer.send(action="/join", acknowledge="y")
    assert newcomer.status == 200
    assert group_places() == [(Standing.MEMBER, True)]


def test_a_friend_observes_until_she_may_join(app, now, clock, reader):
    group = make_group("Terre et expulsions", slug="terre")
    coordinator = make_member("Samira Example")
    make_coordinator(group, coordinator)
    secretary, newcomer, running = reader(make_secretary()), reader(), reader(coordinator)
    _friend, affiliation = make_friend(newcomer, secretary, make_organisation("Red de ejemplo"))

    newcomer.open("/groups/terre/observe")
    newcomer.send(has="words", words="Je veux écouter.")
    assert newcomer.client.get("/groups/terre/people").status_code == 403
    running.open("/groups/terre/observers")
    [wish] = {a["href"] for a in running.page.select("main a[href^='/groups/terre/observers/']")}
    running.open(wish)
    assert "Je veux écouter." in running.text
    running.send(has="reason", button=("decision", "accept"))
    assert group_places() == [(Standing.OBSERVER, False)]
    assert newcomer.client.get("/groups/terre/people").status_code == 200
    outbox.address_notices(now)
    outbox.address_notices(now + timedelta(days=1))
    assert "workinggroups.observer_accepted" in set(db.session.scalars(sa.select(outbox.OutboxMail.kind)))

    secretary.open(affiliation)
    secretary.send(action="/kind", kind="ally", from_on=now.date().isoformat())
    newcomer.open("/groups/terre")
    newcomer.send(action="/join", acknowledge="y")
    assert group_places() == [(Standing.MEMBER, True)]
