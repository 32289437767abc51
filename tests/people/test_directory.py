"""The directory shows who agreed to be found, to whom they agreed, and nobody else."""

import pytest

from app.core.actors import VISITOR
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import AffiliationState, Appearance
from app.people.personal_data import erase_person
from app.people.queries.directory import languages_of_directory, list_directory
from tests.conftest import START
from tests.make.people import (
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_region,
    make_secretary,
)


@pytest.fixture
def people(app, now):
    """One person for each choice, and those who must never appear."""
    region = make_region("SSA")
    found = {
        "public": make_person("Amina Exemple", appearance=Appearance.PUBLIC, languages=("fr", "wo"), place="Dakar"),
        "network": make_person("Bola Ñandú", appearance=Appearance.NETWORK, languages=("en",), region_id=region.id),
        "nobody": make_person("Chen Hidden", languages=("zh",)),
        "erased": make_person("Dada Erased", appearance=Appearance.PUBLIC, languages=("qu",)),
    }
    erase_person(found["erased"].id, now)
    db.session.commit()
    return found


def names(actor, **asked) -> list[str]:
    page = list_directory(actor, "en", on=START.date(), **asked)
    return [line.person.name for line in page.rows]


def test_visitors_find_those_who_chose_everybody(people):
    assert names(VISITOR) == ["Amina Exemple"]
    assert names(actor_at(make_person().id, START)) == ["Amina Exemple"]


def test_people_of_the_network_find_those_who_chose_the_network_too(people):
    assert names(actor_at(make_member().id, START)) == ["Amina Exemple", "Bola Ñandú"]


def test_who_chose_nobody_is_not_found_even_by_the_secretariat(people):
    actor = actor_at(make_secretary().id, START)
    assert "Chen Hidden" not in names(actor)
    assert names(actor, name="Chen") == []
    assert [tag for tag, _name in languages_of_directory(actor, "en")] == ["en", "fr", "wo"]
    assert [tag for tag, _name in languages_of_directory(VISITOR, "en")] == ["fr", "wo"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "bol"}, ["Bola Ñandú"]),
        ({"name": "nandu"}, ["Bola Ñandú"]),
        ({"name": "andu"}, []),
        ({"name": "%"}, []),
        ({"language": "wo"}, ["Amina Exemple"]),
        ({"language": "zh"}, []),
    ],
)
def test_one_looks_by_the_beginning_of_a_name_and_by_language(people, asked, found):
    assert names(actor_at(make_member().id, START), **asked) == found


def test_one_looks_by_region(people):
    actor = actor_at(make_member().id, START)
    assert names(actor, region_id=people["network"].region_id) == ["Bola Ñandú"]


def test_listed_organisations_of_today_are_shown(people):
    person = people["public"]
    make_affiliation(person, make_organisation("Today"))
    make_affiliation(person, make_organisation("Over"), until_on=START.date().replace(year=2021))
    make_affiliation(person, make_organisation("Not confirmed"), state=AffiliationState.PENDING)
    make_affiliation(person, make_organisation("Not listed", is_listed=False))
    line = list_directory(VISITOR, "en", on=START.date()).rows[0]
    assert [str(name) for name in line.organisations.values()] == ["Today"]


def test_the_page_shows_no_place_and_leads_to_ones_own_choice(people, visitor, reader_of):
    visitor.open("/directory")
    assert "Amina Exemple" in visitor.text
    assert "Dakar" not in visitor.text
    assert "Bola" not in visitor.text
    reader = reader_of(people["nobody"])
    reader.open("/directory")
    assert "You appear by name to: Nobody outside my tracks." in reader.text
    reader.open("/account")
    assert reader.page.find("a", href="/directory")


def test_an_empty_search_and_a_strange_address_are_calm(people, visitor):
    visitor.open("/directory?q=zzz")
    assert "Nobody here fits." in visitor.text
    for address in ("/directory?region=nowhere", "/directory?language=xx-zz", "/directory?after=zzz"):
        visitor.open(address)
        assert visitor.status == 404


def test_a_long_directory_is_paged_and_asks_as_many_questions(app, now, visitor, count_queries):
    def fill(number: int, start: int) -> int:
        for one in range(start, start + number):
            person = make_person(f"Example {one:04}", appearance=Appearance.PUBLIC, languages=("fr",))
            make_affiliation(person, make_organisation())
        db.session.commit()
        visitor.open("/directory")
        with count_queries() as statements:
            visitor.open("/directory")
        return len(statements)

    assert fill(10, 0) == fill(70, 10)
    visitor.open(visitor.page.find("a", rel="next")["href"])
    assert "Example 0079" in visitor.text
