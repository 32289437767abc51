"""One line understood, or refused with the reason and the cell."""

from datetime import date

import pytest

from app.people.imports.lines import understand
from app.people.imports.refusals import REASONS, LineRefused, field_of, words_of
from app.people.imports.table import REPLACED, Line
from app.people.models import AffiliationKind, Gender


def read(**cells: str):
    columns = {field: place for place, field in enumerate(cells)}
    return understand(Line(2, list(cells.values())), columns, headings=len(cells))


def test_a_full_line_is_understood():
    said = read(
        name="Huda",
        family_name="Exemple",
        name_latin="Huda Exemple",
        email="mailto:Huda@Example.org",
        languages="arabe, English; wo",
        country="Égypte",
        region="MENA",
        place="Le Caire",
        zone="Africa/Cairo",
        gender="femme",
        organisation="Example Union",
        kind="membre",
        since="2021-04-30",
    )
    assert (said.name, said.name_latin, said.place) == ("Huda Exemple", "Huda Exemple", "Le Caire")
    assert said.address.norm == "huda@example.org"
    assert (said.languages, said.country, said.zone) == (("ar", "en", "wo"), "EG", "Africa/Cairo")
    assert (said.gender, said.kind, said.since) == (Gender.WOMAN, AffiliationKind.MEMBER, date(2021, 4, 30))


def test_a_name_alone_is_enough():
    said = read(name="Amina")
    assert (said.name, said.address, said.kind, said.languages) == ("Amina", None, None, ())


def test_an_organisation_without_a_word_about_the_affiliation_makes_a_friend():
    assert read(name="Amina", organisation="Example Union").kind is AffiliationKind.FRIEND


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("name", "", "missing:name"),
        ("name", "www.example.org", "name:name"),
        ("name", "x" * 161, "too_long:name"),
        ("place", f"Dak{REPLACED}r", "unreadable:place"),
        ("email", "amina", "email:email"),
        ("languages", "French, Klingonish", "language:languages"),
        ("country", "Atlantis", "country:country"),
        ("zone", "Dakar time", "zone:zone"),
        ("gender", "unknown word", "gender:gender"),
        ("kind", "boss", "kind:kind"),
        ("organisation", "http://example.org", "name:organisation"),
        ("since", "03/04/2020", "since:since"),
        ("since", "2020-02-31", "since:since"),
        ("since", "soon", "since:since"),
        ("since", "1492-01-01", "since:since"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(field, text, reason):
    with pytest.raises(LineRefused) as refused:
        read(**({"name": "Amina"} | {field: text}))
    assert refused.value.reason == reason
    sentence, column = words_of(reason)
    assert str(sentence)
    assert str(column)


def test_a_line_with_more_cells_than_headings_or_an_open_quotation_mark_is_refused_whole():
    for line in (Line(2, ["Amina", "Dakar", "x"]), Line(2, ['"Amina'], is_broken=True)):
        with pytest.raises(LineRefused) as refused:
            understand(line, {"name": 0}, headings=2)
        assert field_of(refused.value.reason) == ""
    assert understand(Line(2, ["Amina", "", "", ""]), {"name": 0}, headings=2).name == "Amina"
    assert understand(Line(2, ["Amina"]), {"name": 0, "email": 1}, headings=2).address is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019", date(2019, 1, 1)),
        ("31.03.2020", date(2020, 3, 31)),
        ("04.03.2020", date(2020, 3, 4)),
        ("31/3/2020", date(2020, 3, 31)),
        ("5-5-2020", date(2020, 5, 5)),
    ],
)
def test_days_are_read_where_they_mean_one_thing(text, day):
    assert read(name="Amina", since=text).since == day


def test_every_reason_fits_its_column_of_the_table():
    assert max(len(code) for code in REASONS) + len(":family_name") <= 40
