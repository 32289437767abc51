from __future__ import annotations

import zoneinfo
from datetime import date

import pytest
from flask import Flask

from app.moments import words
from app.moments.zones import UnknownZone, _inhabited, check_zone, place_of, reader_zone, search_zones, zone_choices


def test_zone_data_come_from_the_pinned_package_and_not_from_the_machine() -> None:
    assert zoneinfo.TZPATH == ()


@pytest.mark.parametrize(
    ("zone", "en", "fr", "ar"),
    [
        ("Africa/Nairobi", "Nairobi", "Nairobi", "نيروبي"),
        ("Africa/Casablanca", "Casablanca", "Casablanca", "الدار البيضاء"),
        ("America/Mexico_City", "Mexico City", "Mexico", "مكسيكو سيتي"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires", "بوينوس أيرس"),
        ("Asia/Kolkata", "Kolkata", "Calcutta", "كالكتا"),
        ("Asia/Ho_Chi_Minh", "Ho Chi Minh City", "Hô-Chi-Minh-Ville", "مدينة هو تشي منة"),
        ("UTC", "UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_in_the_language_of_the_page(zone: str, en: str, fr: str, ar: str) -> None:
    assert [place_of(zone, language) for language in ("en", "fr", "ar")] == [en, fr, ar]


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "en-XB"])
def test_every_place_has_a_name_and_a_part_of_the_world(language: str) -> None:
    choices = zone_choices(language)
    assert len(choices) == 7
    places = [choice for group in choices.values() for choice in group.items()]
    assert len(places) > 400
    assert all("/" not in label and label.strip() for _zone, label in places)
    assert len({zone for zone, _label in places}) == len(places)


def test_places_stand_in_order_below_their_part_of_the_world() -> None:
    choices = zone_choices("en")
    assert list(choices) == ["Africa", "Americas", "Asia", "Europe", "Oceania", "Antarctica", "UTC"]
    assert list(choices["Africa"].values())[:2] == ["Abidjan (Côte d’Ivoire)", "Accra (Ghana)"]
    areas = {zone: area for zone, _country, area in _inhabited()}
    assert (areas["Atlantic/Cape_Verde"], areas["Indian/Mauritius"]) == ("002", "002")
    assert (areas["Atlantic/Canary"], areas["Arctic/Longyearbyen"]) == ("150", "150")


@pytest.mark.parametrize(
    ("text", "language", "zone"),
    [
        ("dakar", "en", "Africa/Dakar"),
        ("COTE D", "en", "Africa/Abidjan"),
        ("kenia", "es", "Africa/Nairobi"),
        ("Liban", "fr", "Asia/Beirut"),
        ("نيروبي", "ar", "Africa/Nairobi"),
        ("Lebanon", "ar", "Asia/Beirut"),
        ("mexico_city", "ar", "America/Mexico_City"),
        ("Europe/Zurich", "fr", "Europe/Zurich"),
    ],
)
def test_a_place_is_found_by_city_country_or_zone_name(text: str, language: str, zone: str) -> None:
    assert zone in [found for places in search_zones(text, language).values() for found in places]


@pytest.mark.parametrize(("language", "city"), [("en", "Jerusalem"), ("ar", "القدس"), ("fr", "Jérusalem")])
def test_a_place_whose_people_dispute_the_state_stands_alone(language: str, city: str) -> None:
    labels = {zone: label for places in zone_choices(language).values() for zone, label in places.items()}
    assert labels["Asia/Jerusalem"] == city
    assert "(" not in labels["Europe/Simferopol"]
    found = [zone for places in search_zones("israel", "en").values() for zone in places]
    assert found == ["Asia/Jerusalem"]


def test_a_search_for_nothing_known_finds_nothing() -> None:
    assert search_zones("Macondo", "es") == {}


def test_a_zone_name_is_taken_in_any_case_and_written_as_the_data_do() -> None:
    assert check_zone(" africa/nairobi ") == "Africa/Nairobi"
    assert check_zone("America/Buenos_Aires") == "America/Buenos_Aires"
    for nonsense in ("", "Nowhere", "../../etc/passwd", "Factory"):
        with pytest.raises(UnknownZone):
            check_zone(nonsense)


def test_without_a_reader_there_is_no_zone_of_the_reader(app: Flask) -> None:
    assert reader_zone() is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Saturday 13 February 2027"),
        ("fr", "samedi 13 février 2027"),
        ("es", "sábado, 13 de febrero de 2027"),
        ("pt", "sábado, 13 de fevereiro de 2027"),
        ("ar", "السبت، 13 شباط\u2060/\u2060فبراير 2027"),
        ("en-XB", "Saturday 13 February 2027"),
    ],
)
def test_days_are_written_with_their_weekday_and_western_digits(language: str, said: str) -> None:
    assert words.day(date(2027, 2, 13), language) == said
    assert words.day_of_year(date(2027, 2, 13), language) in said
    assert "2027" not in words.day_of_year(date(2027, 2, 13), language)


def test_the_seat_of_international_bodies_is_found_under_its_own_name() -> None:
    assert search_zones("genève", "fr") == {"Europe": {"Europe/Zurich": "Zurich, Genève (Suisse)"}}
    assert list(search_zones("Geneva", "ar").values()) == [{"Europe/Zurich": "زيورخ، جنيف (سويسرا)"}]
    assert place_of("Europe/Zurich", "fr") == "Zurich", "an hour is named after the city of its clock"
