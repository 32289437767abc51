"""Reading persons: names by consent, lists for the secretariat alone, cards for other packages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.core import registries
from app.core.actors import VISITOR
from app.core.errors import NotFound
from app.core.registries import Contact, actor_at
from app.extensions import db
from app.people import queries
from app.people.devices import open_session
from app.people.models import AffiliationState, Appearance, Person, Role
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)


@pytest.fixture
def secretary(app, now):
    return actor_at(make_secretary("Zoe Secretary").id, now)


def test_a_name_is_shown_by_consent_and_else_a_participant(app, now):
    shy, open_ = make_person("Shy Example"), make_person("Open Example", appearance=Appearance.PUBLIC)
    assert str(queries.shown_name(VISITOR, shy)) == "A participant"
    assert queries.shown_name(VISITOR, open_) == "Open Example"
    assert queries.shown_name(VISITOR, shy, True) == "Shy Example"
    assert str(queries.shown_name(VISITOR, Person(name="", appearance=Appearance.PUBLIC))) == "A participant"


def test_names_of_many_are_asked_for_at_once(app, count_queries):
    persons = [make_person(appearance=Appearance.PUBLIC) for _ in range(20)]
    shy = make_person("Shy Example")
    ids = [person.id for person in (*persons, shy)]
    shy_id = shy.id
    db.session.expunge_all()
    with count_queries() as statements:
        names = queries.names_shown(VISITOR, ids, frozenset({shy_id}))
    assert names[shy_id] == "Shy Example"
    assert len(names) == 21
    assert len(statements) <= 2


def test_a_person_is_seen_by_themselves_and_by_the_secretariat(secretary, now):
    person = make_member()
    assert queries.get_visible_person(secretary, person.id) is person
    assert queries.get_visible_person(actor_at(person.id, now), person.id) is person
    for actor in (VISITOR, actor_at(make_member().id, now)):
        with pytest.raises(NotFound):
            queries.get_visible_person(actor, person.id)
    person.erased_at = now
    for person_id in (person.id, uuid4()):
        with pytest.raises(NotFound):
            queries.get_visible_person(secretary, person_id)


def test_the_list_of_people_is_the_secretariats(secretary, now):
    for actor in (VISITOR, actor_at(make_member().id, now)):
        with pytest.raises(NotFound):
            queries.list_people(actor)
        with pytest.raises(NotFound):
            queries.count_pending(actor)
        with pytest.raises(NotFound):
            queries.open_roles(actor)
        with pytest.raises(NotFound):
            queries.list_pending(actor, make_organisation())
    assert "Zoe Secretary" in [line.person.name for line in queries.list_people(secretary).rows]


def test_people_are_found_by_a_part_of_their_name_and_by_what_waits(secretary, now):
    amina = make_person("Amína Exemple", name_fold="amina exemple")
    make_affiliation(amina, make_organisation(), state=AffiliationState.PENDING)
    make_person("Erased", erased_at=now)
    assert [line.person for line in queries.list_people(secretary, name="AMÍNA").rows] == [amina]
    assert [line.person for line in queries.list_people(secretary, only_pending=True).rows] == [amina]
    assert queries.list_people(secretary, name="Erased").rows == []
    assert queries.list_people(secretary, name="%").rows == []
    assert queries.count_pending(secretary) == 1


def test_a_line_tells_account_affiliations_and_roles(secretary):
    person = make_member("Amina Exemple")
    make_role(person, Role.COORDINATOR)
    line = queries.list_people(secretary, name="amina").rows[0]
    assert line.account.person_id == person.id
    assert (len(line.affiliations), [grant.role for grant in line.roles]) == (1, [Role.COORDINATOR])


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(secretary, count_queries, count):
    organisation = make_organisation()
    for number in range(count):
        make_affiliation(make_person(f"Example {number:04}", languages=("fr",)), organisation)
    db.session.expunge_all()
    with count_queries() as statements:
        page = queries.list_people(secretary)
    assert len(page.rows) == min(50, count + 1)
    assert len(statements) == 5


def test_the_list_goes_on_after_the_last_name(secretary):
    for number in range(60):
        make_person(f"Example {number:04}")
    first = queries.list_people(secretary)
    second = queries.list_people(secretary, cursor=first.next_cursor)
    assert [len(first.rows), len(second.rows), second.next_cursor] == [50, 11, ""]


def test_roles_held_now_are_listed_by_role_and_name(secretary, now):
    zoe, ana = make_member("Zoe"), make_member("Ana")
    for person in (zoe, ana):
        make_role(person, Role.COORDINATOR)
    ended = make_role(make_member("Eve"), Role.COORDINATOR)
    ended.ended_at = now
    db.session.flush()
    assert [grant.person.name for grant in queries.open_roles(secretary)[Role.COORDINATOR]] == ["Ana", "Zoe"]
    assert queries.open_roles(secretary)[Role.MANDATED] == []
    assert len(queries.roles_of([ended.person_id])[ended.person_id]) == 1
    assert queries.roles_of([ended.person_id], only_open=True) == {}


def test_only_living_devices_are_listed(app, now):
    person = make_person()
    open_session(person.id, device="today", now=now)
    open_session(person.id, device="long ago", now=now - timedelta(days=31))
    assert [device.device for device in queries.list_devices(person.id, now)] == ["today"]


def test_an_affiliation_is_seen_by_its_person_and_by_those_who_decide(secretary, now):
    organisation = make_organisation()
    affiliation = make_affiliation(make_member(), organisation)
    mandated = make_member()
    make_role(mandated, Role.MANDATED, organisation.id)
    for actor in (secretary, actor_at(mandated.id, now), actor_at(affiliation.person_id, now)):
        assert queries.get_visible_affiliation(actor, affiliation.id) is affiliation
    for actor, wanted in ((VISITOR, affiliation.id), (secretary, uuid4())):
        with pytest.raises(NotFound):
            queries.get_visible_affiliation(actor, wanted)
    with pytest.raises(NotFound):
        queries.get_visible_affiliation(actor_at(make_member().id, now), affiliation.id)


def test_cards_of_persons_follow_consent_and_erasure(secretary, now):
    shy, open_ = make_person("Shy Example"), make_person("Open Example", appearance=Appearance.PUBLIC)
    gone = make_person("Gone", appearance=Appearance.PUBLIC, erased_at=now)
    things = [("person", person.id) for person in (shy, open_, gone)]
    assert {card.title for card in registries.cards(things, VISITOR).values()} == {"Open Example"}
    seen = registries.cards(things, secretary)
    assert (seen[shy.id].title, seen[shy.id].href) == ("Shy Example", f"/people/{shy.id}")
    assert registries.cards(things, VISITOR)[open_.id].href == ""


def test_cards_of_organisations_leave_out_what_is_not_listed(app, secretary):
    union, hidden = make_organisation("Example Union"), make_organisation(is_listed=False)
    things = [("organisation", union.id), ("organisation", hidden.id)]
    cards = registries.cards(things, VISITOR)
    assert set(cards) == {union.id}
    assert (cards[union.id].title, cards[union.id].language) == ("Example Union", "en")
    assert set(registries.cards(things, secretary)) == {union.id, hidden.id}


def test_people_are_written_to_in_the_language_of_their_pages(app):
    french, unsaid, walk_in = make_person("F", page_language="fr"), make_person("U"), make_person("W")
    make_account(french, "f@example.org")
    make_account(unsaid, "u@example.org")
    for name, preferred, spoken in (("P", "pt-BR", ("fr",)), ("S", "wo", ("wo", "es", "fr")), ("W", "", ("wo",))):
        speaker = make_person(name, preferred_language=preferred, languages=spoken)
        make_account(speaker, f"{name}@example.org")
        language = {"P": "pt", "S": "es", "W": "en"}[name]
        assert registries.contacts([speaker.id])[speaker.id] == Contact(
            f"{name}@example.org", language, name, "Africa/Nairobi"
        )
    assert registries.contacts([french.id, unsaid.id, walk_in.id]) == {
        french.id: Contact("f@example.org", "fr", "F", "Africa/Nairobi"),
        unsaid.id: Contact("u@example.org", "en", "U", "Africa/Nairobi"),
    }
