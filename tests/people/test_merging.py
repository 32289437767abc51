"""Two rows of one person become one: found, compared, asked twice, joined."""

import pytest

from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.people import services
from app.people.models import Account, Person
from app.people.services import LastSecretary
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_secretary


@pytest.fixture
def secretary(app, now) -> Person:
    person = make_secretary()
    db.session.commit()
    return person


def test_a_walk_in_is_found_compared_and_joined(secretary, reader_of):
    walk_in, registered = make_person("Amina Exemple", place="Dakar"), make_person("Amina E. Exemple")
    make_account(registered, "amina@example.org")
    make_affiliation(registered, make_organisation("Example Union"))
    db.session.commit()
    reader = reader_of(secretary)
    reader.open(f"/people/{registered.id}")
    reader.open(reader.page.find("a", string="Join with another row")["href"])
    assert "Amina Exemple" in reader.text
    reader.open(f"/people/{registered.id}/merge/{walk_in.id}")
    assert walk_in.erased_at is None
    assert "Example Union" in reader.text
    reader.send(action=f"/merge/{walk_in.id}")
    assert (reader.status, reader.path) == (200, f"/people/{registered.id}")
    db.session.expire_all()
    assert (registered.place, bool(walk_in.erased_at)) == ("Dakar", True)
    reader.open(f"/people/{registered.id}/merge/{walk_in.id}")
    assert reader.status == 404


def test_the_other_row_is_found_by_its_address(secretary, reader_of):
    person, other = make_person("Amina"), make_person("Somebody Else")
    make_account(other, "amina@example.org")
    db.session.commit()
    reader = reader_of(secretary)
    reader.open(f"/people/{person.id}/merge?q=Amina@example.org")
    assert "Somebody Else" in reader.text
    reader.open(f"/people/{person.id}/merge?q=zzz")
    assert "Nobody else here fits." in reader.text


def test_one_row_is_not_joined_to_itself_nor_oneself_to_another(secretary, now):
    actor, other = actor_at(secretary.id, now), make_person()
    with pytest.raises(RuleBroken):
        services.merge_persons(actor, other, other, now=now)
    with pytest.raises(RuleBroken):
        services.merge_persons(actor, other, secretary, now=now)


def test_the_house_keeps_somebody_of_the_secretariat_who_can_sign_in(secretary, now):
    able = make_secretary("Able")
    actor = actor_at(secretary.id, now)
    db.session.get_one(Account, secretary.id).verified_at = None
    kept = make_account(make_person(), verified_at=None).person
    with pytest.raises(LastSecretary):
        services.merge_persons(actor, kept, able, now=now)


def test_only_the_secretariat_joins(app, now, reader_of):
    person, other = make_person(), make_person()
    db.session.commit()
    with pytest.raises(NotAllowed):
        services.merge_persons(actor_at(person.id, now), person, other, now=now)
    reader = reader_of(person)
    for path in (f"/people/{person.id}/merge", f"/people/{person.id}/merge/{other.id}"):
        reader.open(path)
        assert reader.status == 404
