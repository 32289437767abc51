"""The invented participants of 2022 add up to what the report of the track has to say."""

from __future__ import annotations

from collections import Counter

from app.core.languages import direction
from app.examples.historic import participants
from app.examples.organisations import COALITION, UNIONS, ZONES
from app.moments.local import known_zones
from app.people.models import Gender

MARKS = ("ejemplo", "exemple", "exemplo", "example", "مثال")


def test_81_persons_of_46_organisations_in_five_regions() -> None:
    people = participants()
    assert Counter(person.region for person in people) == {"LAC": 30, "SSA": 26, "MENA": 18, "EUR": 4, "ASP": 3}
    unions = {region: {person.union.name for person in people if person.region == region} for region in UNIONS}
    assert {region: len(names) for region, names in unions.items()} == {
        "LAC": 17,
        "SSA": 15,
        "MENA": 9,
        "EUR": 3,
        "ASP": 2,
    }


def test_four_sessions_of_58_63_55_and_61() -> None:
    people = participants()
    assert Counter(number for person in people for number in person.came_to) == {1: 58, 2: 63, 3: 55, 4: 61}
    assert Counter(len(person.came_to) for person in people) == {4: 38, 3: 17, 2: 8, 1: 18}


def test_languages_and_genders() -> None:
    people = participants()
    assert Counter(person.union.language for person in people) == {"es": 28, "fr": 21, "ar": 15, "en": 12, "pt": 5}
    genders = Counter(person.gender for person in people)
    assert (genders[Gender.WOMAN], genders[Gender.MAN]) == (52, 17)
    assert genders[None] + genders[Gender.OTHER] + genders[Gender.UNDISCLOSED] == 12


def test_everybody_and_everything_bears_the_word_example() -> None:
    people = participants()
    for name in [person.name for person in people] + [person.union.name for person in people] + [COALITION.name]:
        assert any(mark in name.casefold() for mark in MARKS), name


def test_no_name_comes_twice_and_all_scripts_are_there() -> None:
    people = participants()
    assert len({person.name for person in people}) == 81
    text = " ".join(f"{person.name} {person.union.name}" for person in people)
    assert all(word in text for word in ("Mfoumou", "Québec", "عدن", "Ñáñez", "N’Guessan"))
    for person in people:
        assert bool(person.name_latin) == (direction(person.union.language) == "rtl")


def test_the_same_people_each_time() -> None:
    assert participants() == participants()


def test_every_country_has_a_zone_that_exists() -> None:
    countries = {union.country for unions in UNIONS.values() for union in unions}
    assert countries == set(ZONES)
    assert set(ZONES.values()) <= known_zones()
