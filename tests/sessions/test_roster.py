"""The roster of a track: who takes part, by region, language and need; for those who lead it, as page and as file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.languages import fold
from app.extensions import db
from app.people.models import Need, Person, PersonLanguage, PersonNeed
from app.sessions.models import Track
from app.sessions.queries.roster import Wanted, count_roster, whole_roster
from app.sessions.services.exports import record_roster_export
from tests.make.people import make_organisation, make_person, make_region
from tests.make.sessions import make_membership
from tests.sessions.conftest import Cast


def join(
    track: Track,
    name: str,
    *,
    prefers: str = "",
    speaks: tuple[str, ...] = (),
    understands: tuple[str, ...] = (),
    needs: tuple[Need, ...] = (),
    **more: Any,
) -> Person:
    organisation = more.pop("organisation", None)
    person = make_person(name, languages=speaks, preferred_language=prefers, **more)
    start = len(speaks)
    db.session.add_all(
        PersonLanguage(person_id=person.id, language=code, position=start + place, is_spoken=False)
        for place, code in enumerate(understands)
    )
    db.session.add_all(PersonNeed(person_id=person.id, need=need) for need in needs)
    make_membership(track, person, organisation)
    db.session.flush()
    db.session.expire(person)
    return person


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    """Five more participants beside Fatou (French, of nowhere known)."""
    arab = make_organisation("Aden Union", region="MENA")
    latin = "نور مثال Nur Mithal"
    return {
        "nur": join(
            cast.track, "نور مثال", prefers="ar", speaks=("ar", "en"), organisation=arab, place="عدن", country="YE",
            name_latin="Nur Mithal", name_fold=fold(latin), needs=(Need.LOW_BANDWIDTH, Need.CAPTIONS),
        ),
        "samir": join(cast.track, "Samir Example", prefers="ar", speaks=("ar",), organisation=arab),
        "ana": join(
            cast.track, "Ana Ejemplo", prefers="es", speaks=("es",), understands=("pt",),
            region_id=make_region("LAC").id, needs=(Need.CAPTIONS,),
        ),
        "joana": join(cast.track, "Joana Exemplo", prefers="pt", speaks=("pt",), region_id=make_region("LAC").id),
        "formula": join(cast.track, "=HYPERLINK(1)", place="@SUM(1)"),
    }  # fmt: skip


def found(track: Track, **wanted: Any) -> set[str]:
    return {row.person.name.split()[0] for row in whole_roster(track, Wanted(**wanted))}


def test_the_head_counts_languages_needs_and_regions(cast: Cast, people: dict[str, Person]) -> None:
    counts = count_roster(cast.track)
    assert counts.persons == 6
    assert counts.by_region == {make_region("MENA").id: 2, make_region("LAC").id: 2, None: 2}
    assert list(counts.by_language) == ["ar", "es", "pt", "fr", "en"]
    portuguese = counts.by_language["pt"]
    assert (portuguese.prefer, portuguese.speak, portuguese.understand) == (1, 1, 1)
    assert counts.by_need == {Need.CAPTIONS: 2, Need.LOW_BANDWIDTH: 1}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"prefers": "ar"}, {"نور", "Samir"}),
        ({"knows": "pt"}, {"Ana", "Joana"}),
        ({"knows": "fr"}, {"Fatou"}),
        ({"need": Need.CAPTIONS}, {"نور", "Ana"}),
        ({"need": Need.CAPTIONS, "prefers": "es"}, {"Ana"}),
        ({"name": "MITHAL"}, {"نور"}),
        ({"name": "نور"}, {"نور"}),
        ({"name": "%"}, set()),
        ({"region_id": False}, {"Fatou", "=HYPERLINK(1)"}),
        ({"knows": "wo"}, set()),
    ],
)
def test_the_roster_is_narrowed(cast: Cast, people: dict[str, Person], wanted: dict[str, Any], names: set[str]) -> None:
    assert found(cast.track, **wanted) == names


def test_the_region_is_that_of_the_organisation_else_the_own_one(cast: Cast, people: dict[str, Person]) -> None:
    assert found(cast.track, region_id=make_region("MENA").id) == {"نور", "Samir"}
    assert found(cast.track, region_id=make_region("LAC").id) == {"Ana", "Joana"}


def test_who_left_or_was_erased_is_not_on_the_roster(cast: Cast, people: dict[str, Person], now: datetime) -> None:
    gone = make_membership(cast.track, make_person("Gone Example"))
    gone.left_at = now
    people["samir"].erased_at = now
    db.session.flush()
    assert found(cast.track) == {"Fatou", "نور", "Ana", "Joana", "=HYPERLINK(1)"}
    assert count_roster(cast.track).persons == 5


def test_those_who_lead_read_names_languages_needs_and_places(
    cast: Cast, people: dict[str, Person], browse: Any
) -> None:
    reader = browse(cast.facilitator)
    reader.open("/tracks/climate-justice")
    assert reader.page.find("a", href="/tracks/climate-justice/roster")
    reader.open("/tracks/climate-justice/roster")
    for words in ("2 need Arabic", "2 need captions", "1 has a weak line", "6 people take part", "Nur Mithal"):
        assert words in reader.text, words
    row = next(row for row in reader.page.select("tbody tr") if "نور" in row.get_text())
    said = " ".join(row.get_text(" ", strip=True).split())
    for words in ("Aden Union", "عدن", "Yemen", "Region MENA", "captions", "weak line"):
        assert words in said, words
    ana = next(row for row in reader.page.select("tbody tr") if "Ana" in row.get_text())
    assert "understands pt" in " ".join(ana.get_text(" ", strip=True).split())
    assert "@example.org" not in reader.answer.text.split("<main", 1)[1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("language=needs-ar", "Samir"),
        ("language=knows-pt", "Joana"),
        ("need=captions", "Ana"),
        ("region=none", "Fatou"),
        ("name=samir", "Samir"),
        ("region=nonsense&language=nonsense&need=nonsense", "Joana"),
    ],
)
def test_the_filters_of_the_page(cast: Cast, people: dict[str, Person], browse: Any, query: str, shown: str) -> None:
    reader = browse(cast.facilitator)
    reader.open(f"/tracks/climate-justice/roster?{query}")
    assert shown in reader.page.select_one("#people").get_text()
    rows = len(reader.page.select("#people tbody tr"))
    assert f"{rows} of {count_roster(cast.track).persons}" in reader.page.select_one("#people").get_text()
    assert reader.page.find("a", href=lambda href: href and "roster.csv" in href)


def test_nobody_fits_and_nobody_joined_are_said_with_the_way_out(cast: Cast, browse: Any) -> None:
    reader = browse(cast.secretary)
    reader.open("/tracks/climate-justice/roster?name=nobody")
    assert "Nobody here fits what you chose." in reader.text
    reader.open("/tracks/land-rights/roster")
    assert "Nobody has joined yet." in reader.text


def test_a_long_roster_goes_on_by_name(cast: Cast, browse: Any) -> None:
    for number in range(52):
        join(cast.track, f"Person {number:02}", prefers="fr")
    reader = browse(cast.facilitator)
    reader.open("/tracks/climate-justice/roster?language=needs-fr")
    assert len(reader.page.select("#people tbody tr")) == 50
    reader.open(reader.page.select_one("a[rel=next]")["href"])
    names = [row.select_one("th bdi").get_text() for row in reader.page.select("#people tbody tr")]
    assert names == ["Person 49", "Person 50", "Person 51"]
    reader.open("/tracks/climate-justice/roster?after=nonsense")
    assert reader.status == 404


def test_the_file_is_safe_for_spreadsheets_and_each_one_is_written_down(
    cast: Cast, people: dict[str, Person], browse: Any
) -> None:
    reader = browse(cast.facilitator)
    answer = reader.client.get("/tracks/climate-justice/roster.csv?language=knows-pt&name=a")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="roster-climate-justice.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [(row["Name"], row["Understands"], row["Needs"]) for row in rows] == [
        ("Ana Ejemplo", "Portuguese", "captions"),
        ("Joana Exemplo", "", ""),
    ]
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "sessions.roster.exported")).one()
    assert (line.actor_id, line.subject_id) == (cast.facilitator.id, cast.track.id)
    assert line.facts == {"format": "csv", "persons": 2, "knows": "pt", "by_name": True}

    whole = reader.client.get("/tracks/climate-justice/roster.csv").data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in whole
    assert "'@SUM(1)" in whole
    assert "نور مثال,Nur Mithal,Aden Union,Region MENA,Yemen,عدن,Arabic" in whole
    assert "@example.org" not in whole


@pytest.mark.parametrize("address", ["/tracks/climate-justice/roster", "/tracks/climate-justice/roster.csv"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("facilitator", 200), ("secretary", 200), ("participant", 403), ("other_facilitator", 403), ("outsider", 403)],
)
def test_the_roster_is_for_those_who_lead(cast: Cast, browse: Any, address: str, name: str, status: int) -> None:
    assert browse(getattr(cast, name)).client.get(address).status_code == status


def test_the_roster_of_a_draft_is_not_there_for_others(cast: Cast, browse: Any) -> None:
    cast.track.audience = "track:x"
    db.session.flush()
    for address in ("roster", "roster.csv"):
        assert browse(cast.member).client.get(f"/tracks/climate-justice/{address}").status_code == 404


def test_nobody_else_writes_the_line_of_an_export(cast: Cast, act: Any, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        record_roster_export(act(cast.participant), cast.track, Wanted(), persons=1, now=now)


@pytest.mark.parametrize("region", [False, None])
def test_the_line_says_which_region(cast: Cast, act: Any, now: datetime, region: bool | None) -> None:
    wanted = Wanted(region_id=make_region("LAC").id if region is None else False)
    record_roster_export(act(cast.secretary), cast.track, wanted, persons=0, now=now)
    facts = db.session.scalars(sa.select(AuditLine.facts).where(AuditLine.code == "sessions.roster.exported")).one()
    assert facts["region"] == ("not_known" if region is False else str(make_region("LAC").id))


def test_every_need_has_its_words(cast: Cast, browse: Any) -> None:
    join(cast.track, "All of them", needs=tuple(Need))
    reader = browse(cast.facilitator)
    reader.open("/tracks/climate-justice/roster")
    for words in ("1 needs sign language", "1 takes part by telephone", "1 shares a screen", "1 needs large print"):
        assert words in reader.text
    assert "1 comes with somebody who helps" in reader.text


def test_ten_and_a_hundred_ask_as_many_questions(
    cast: Cast, browse: Any, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def fill(number: int) -> None:
        for n in range(number):
            organisation = make_organisation(f"Union {number}-{n}")
            join(
                cast.track, f"Person {number}-{n}", prefers="ar", speaks=("ar",), understands=("en",),
                needs=(Need.CAPTIONS,), organisation=organisation, region_id=organisation.region_id,
            )  # fmt: skip

    reader = browse(cast.facilitator)

    def asked() -> list[int]:
        counts = []
        for address in ("/tracks/climate-justice/roster", "/tracks/climate-justice/roster.csv"):
            reader.client.get(address)
            with count_queries() as statements:
                reader.client.get(address)
            counts.append(len(statements))
        return counts

    fill(5)
    few = asked()
    fill(45)
    assert asked() == few
