"""A place that is written is the one that people mean by it."""

from __future__ import annotations

import pytest

from app.moments.place_named import zone_named

LANGUAGES = ("en", "ar", "es", "fr", "pt")


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Mexico", "America/Mexico_City"),
        ("Mexique", "America/Mexico_City"),
        ("México", "America/Mexico_City"),
        ("Brasil", "America/Sao_Paulo"),
        ("Brésil", "America/Sao_Paulo"),
        ("البرازيل", "America/Sao_Paulo"),
        ("Russie", "Europe/Moscow"),
        ("USA", "America/New_York"),
        ("EE. UU.", "America/New_York"),
        ("United States", "America/New_York"),
        ("Canada", "America/Toronto"),
        ("Australie", "Australia/Sydney"),
        ("Indonésie", "Asia/Jakarta"),
        ("RDC", "Africa/Kinshasa"),
        ("Congo-Kinshasa", "Africa/Kinshasa"),
        ("UTC", "UTC"),
        ("Palestine", "Asia/Gaza"),
        ("Kazakhstan", "Asia/Almaty"),
        ("Chile", "America/Santiago"),
        ("España", "Europe/Madrid"),
        ("Portugal", "Europe/Lisbon"),
        ("Ukraine", "Europe/Kyiv"),
        ("Nouvelle-Zélande", "Pacific/Auckland"),
        ("Merida", "America/Merida"),
        ("Genève", "Europe/Zurich"),
        ("lubumbashi", "Africa/Lubumbashi"),
        ("Europe/Zurich", "Europe/Zurich"),
        ("new_york", "America/New_York"),
        ("القاهرة", "Africa/Cairo"),
        ("bogot", "America/Bogota"),
        ("US", "America/New_York"),
        ("u.s.", "America/New_York"),
        ("Rio", "America/Sao_Paulo"),
        ("Rio de Janeiro", "America/Sao_Paulo"),
        ("EAU", "Asia/Dubai"),
        ("EST", "EST"),
        ("Corée du Sud", "Asia/Seoul"),
        ("Burkina", "Africa/Ouagadougou"),
        ("Côte d'Ivoire", "Africa/Abidjan"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("N'Djamena", "Africa/Ndjamena"),
        ("Sana'a", "Asia/Aden"),
        ("St. John's", "America/St_Johns"),
        ("Guinea Bissau", "Africa/Bissau"),
        ("Timor Leste", "Asia/Dili"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("Dar-es-Salaam", "Africa/Dar_es_Salaam"),
        ("États Unis", "America/New_York"),
        ("R.D.C.", "Africa/Kinshasa"),
        ("U.S", "America/New_York"),
    ],
)
def test_a_country_is_its_largest_city_and_a_city_is_itself(written: str, zone: str) -> None:
    assert zone_named(written, LANGUAGES) == zone


@pytest.mark.parametrize("written", ["Korea", "Corée", "Corea", "Coreia", "كوريا", "United", "San"])
def test_half_a_name_that_several_countries_have_is_none_of_them(written: str) -> None:
    assert zone_named(written, LANGUAGES) is None


@pytest.mark.parametrize("written", ["America", "América", "Amérique", "Africa", "South", "EU", "UE", "Sud", "أفريقيا"])
def test_a_continent_and_a_few_letters_are_no_place_far_away(written: str) -> None:
    assert zone_named(written, LANGUAGES) is None


@pytest.mark.parametrize("written", ["", "  ", ".", "’", "Macondo"])
def test_a_place_that_nobody_knows_is_none(written: str) -> None:
    assert zone_named(written, LANGUAGES) is None
