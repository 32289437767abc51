"""Who is meant by a name or an address: everybody for the secretariat; for others those who appear or are known."""

import pytest
import sqlalchemy as sa

from app.core.registries import actor_at
from app.people.forms import PersonForm
from app.people.models import Appearance, Person
from app.people.queries import Meant, find_meant
from app.people.queries.meant import told_apart
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_secretary,
)


def test_a_name_finds_those_who_appear_and_those_one_has_to_do_with(app, now):
    shown = make_person("Luz Ejemplo", appearance=Appearance.NETWORK)
    hidden = make_person("Luz María Ejemplo")
    make_account(hidden, "luz@example.org")
    member = actor_at(make_member().id, now)
    assert find_meant(member, "luz").people == [shown]
    assert find_meant(member, "luz", known=Person.id == hidden.id).people == [shown, hidden]
    assert find_meant(member, "LUZ@example.org") == Meant([hidden], is_exact=True)
    assert find_meant(actor_at(make_secretary().id, now), "luz").people == [shown, hidden]


def test_a_whole_name_is_exact_and_no_name_finds_nobody(app, now):
    luz = make_person("Luz Ejemplo")
    make_person("Luz Ejemplo Mora")
    secretary = actor_at(make_secretary().id, now)
    assert find_meant(secretary, " luz ejemplo ") == Meant([luz], is_exact=True)
    for nobody in ("", "  ", "x" * 300, "nobody@example.org"):
        assert find_meant(secretary, nobody, known=sa.true()) == Meant([])


def test_people_of_one_name_are_told_apart_by_place_and_organisation(app, now):
    luz = make_person("Luz Ejemplo", place="Quito")
    make_affiliation(luz, make_organisation("Example Union"))
    other = make_person("Luz Ejemplo", name_latin="")
    described = dict(told_apart([luz, other], now.date(), "en"))
    assert described == {luz.id: "Luz Ejemplo · Quito · Example Union", other.id: "Luz Ejemplo"}
    assert told_apart([], now.date(), "en") == []


def test_who_is_meant_is_not_asked_before_the_form_was_checked(app):
    meets = pytest.raises(TypeError, match="before the form was checked")
    with app.test_request_context(method="POST", data={"person": "Luz"}), meets:
        _ = PersonForm().meant_id
