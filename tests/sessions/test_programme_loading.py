"""What a loaded programme is, and that loading it again changes nothing."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import actors
from app.core.actors import VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import Certainty, NameRow, all_names, find_by_name, names_of, set_name
from app.extensions import db
from app.moments.models import Certainty as TimeCertainty
from app.moments.models import Moment, Precision, Status
from app.people.models import Account, Organisation, Person, Region
from app.sessions.models import LearningSession, Phase, ProgrammeText, TextBlock, Track
from app.sessions.programme import SHIPPED, LoadReport, load_programme, read_programme
from app.sessions.programme.naming import NameKeeper

HOUSE = actors.job("load programme")


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return read_programme(SHIPPED)


@pytest.fixture
def loaded(app: Flask, shipped: dict[str, Any], now: datetime) -> LoadReport:
    return load_programme(HOUSE, shipped, now=now)


def track(code: str) -> Track:
    return db.session.scalars(sa.select(Track).where(Track.code == code)).one()


def organisation(code: str) -> Organisation:
    return db.session.scalars(sa.select(Organisation).where(Organisation.code == code)).one()


def everything() -> dict[str, list[Any]]:
    """Every row of every table, to compare two states of the house."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(sa.select(table))))
        for table in db.metadata.sorted_tables
        if table.name != "alembic_version"
    }


def test_the_real_programme_stands_in_the_house(loaded: LoadReport) -> None:
    assert loaded.made["regions"] == 6
    assert loaded.made["organisations"] == 29
    assert (loaded.made["phases"], loaded.made["tracks"], loaded.made["sessions"]) == (2, 5, 4)
    regions = db.session.scalars(sa.select(Region.code).order_by(Region.position))
    assert list(regions) == ["LAC", "SSA", "MENA", "EUR", "NAM", "ASP"]
    phase = db.session.scalars(sa.select(Phase).where(Phase.code == "P2")).one()
    assert (phase.year_from, phase.year_to, phase.owner.code) == (2023, 2024, "hic")
    assert [region.code for region in phase.regions] == ["LAC", "SSA", "MENA"]


def test_tracks_have_the_addresses_their_bands_are_woven_for(loaded: LoadReport) -> None:
    slugs = set(db.session.scalars(sa.select(Track.slug)))
    assert slugs == {
        "climate-justice",
        "social-production-of-habitat",
        "land-rights",
        "multi-level-advocacy",
        "feminist-approaches-to-habitat",
    }


def test_historic_tracks_are_published_and_nobody_can_join(loaded: LoadReport, now: datetime) -> None:
    row = track("climate_justice")
    assert (row.audience, row.published_at, row.is_open) == ("public", now, False)
    assert row.eligible == ["member", "friend", "ally"]
    assert (row.source, row.note) == ("S3", "September-October 2023")
    assert not row.is_example


def test_the_four_historic_sessions_are_days_without_hours(loaded: LoadReport) -> None:
    feminist = track("feminist_habitat")
    sessions = db.session.scalars(
        sa.select(LearningSession).where(LearningSession.track_id == feminist.id).order_by(LearningSession.number)
    ).all()
    assert [session.moment.wall_start.date() for session in sessions] == [date(2022, 2, day) for day in (5, 12, 19, 26)]
    for session in sessions:
        moment = session.moment
        assert (moment.precision, moment.zone) == (Precision.DAY, None)
        assert (moment.status, moment.certainty, moment.audience) == (Status.HELD, TimeCertainty.VERIFIED, "public")
        assert (moment.subject_kind, moment.subject_id, moment.sequence) == ("session", session.id, 0)
    names = names_of("session", [session.id for session in sessions], "es")
    assert [str(name) for name in names.values()] == ["Sesión 1", "Sesión 2", "Sesión 3", "Sesión 4"]


def test_names_keep_how_sure_they_are(loaded: LoadReport) -> None:
    names = all_names("track", track("feminist_habitat").id)
    assert {language: row.certainty for language, row in names.items()} == {
        "fr": Certainty.FOUNDING,
        "en": Certainty.EXT,
        "es": Certainty.EXT,
        "ar": Certainty.UNSURE,
    }
    assert names["ar"].text == "المقاربات النسوية للموئل"


def test_regions_that_are_deduced_say_so(loaded: LoadReport) -> None:
    europe = db.session.scalars(sa.select(Region).where(Region.code == "EUR")).one()
    assert all_names("region", europe.id)["fr"].certainty is Certainty.INFERRED


def test_aims_are_a_text_of_the_phase_and_traits_have_no_text(loaded: LoadReport) -> None:
    texts = db.session.scalars(sa.select(ProgrammeText)).all()
    assert {(text.block, text.language, text.track_id) for text in texts} == {(TextBlock.AIMS, "en", None)}
    assert any("* put a feminist habitat agenda forward" in text.body for text in texts)


def test_organisations_with_their_other_names_and_countries(loaded: LoadReport) -> None:
    senegal = organisation("fsh")
    assert (senegal.country, senegal.region.code, senegal.acronym, senegal.source) == ("SN", "SSA", "FSH", "S1")
    assert find_by_name("organisation", "Fondation Sénégalaise des Habitants") == [senegal.id]
    assert str(names_of("organisation", [senegal.id], "fr")[senegal.id]) == "Fédération Sénégalaise des Habitants"
    assert organisation("know_ucl").certainty == "ext"
    assert organisation("know_ucl").country == "GB"


def test_two_countries_are_no_country_and_an_unsure_one_is_left_out(loaded: LoadReport) -> None:
    assert organisation("fph").country is None
    assert "Switzerland/France" in organisation("fph").note
    assert organisation("clt_network").country is None
    assert loaded.left_out == ["organisations.clt_network.country"]


def test_nobody_gets_an_account_and_no_person_is_made(loaded: LoadReport) -> None:
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_sections_of_later_packages_are_named(loaded: LoadReport) -> None:
    assert {"declarations", "fund_rules", "events", "federation_rules"} <= set(loaded.waiting)


def test_loading_twice_changes_nothing(loaded: LoadReport, shipped: dict[str, Any], now: datetime) -> None:
    before = everything()
    again = load_programme(HOUSE, shipped, now=now.replace(year=2027))
    assert again.is_empty
    assert everything() == before


def test_a_load_leaves_one_line_in_the_audit(loaded: LoadReport) -> None:
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_kind == "organisation")).all()
    assert [(line.code, line.subject_id) for line in lines] == [("sessions.programme.loaded", organisation("hic").id)]


def test_a_corrected_file_is_followed(loaded: LoadReport, shipped: dict[str, Any], now: datetime) -> None:
    corrected = copy.deepcopy(shipped)
    next(row for row in corrected["organisations"] if row["id"] == "fsh")["city"] = "Pikine"
    next(row for row in corrected["tracks"] if row["code"] == "sph")["names"]["es"] = "Producción social"
    again = load_programme(HOUSE, corrected, now=now)
    assert dict(again.changed) == {"organisations": 1, "names": 1}
    assert organisation("fsh").city == "Pikine"
    assert all_names("track", track("sph").id)["es"].text == "Producción social"


def test_what_the_house_said_itself_stays(loaded: LoadReport, shipped: dict[str, Any], now: datetime) -> None:
    fsh, sph = organisation("fsh"), track("sph")
    fsh.certainty, fsh.city = "own", "Guédiawaye"
    set_name("organisation", fsh.id, "und", "Our own name")
    set_name("track", sph.id, "es", "Nuestro nombre")
    sph.is_open, sph.note = True, "ours"
    db.session.flush()
    assert load_programme(HOUSE, shipped, now=now).is_empty
    assert (organisation("fsh").city, track("sph").note, track("sph").is_open) == ("Guédiawaye", "ours", True)
    assert all_names("track", sph.id)["es"].text == "Nuestro nombre"
    assert all_names("organisation", fsh.id)["und"].text == "Our own name"


def test_rows_that_are_unsure_are_not_loaded(app: Flask, shipped: dict[str, Any], now: datetime) -> None:
    doubtful = copy.deepcopy(shipped)
    for section, key, code in (
        ("organisations", "id", "cohabitat"),
        ("tracks", "code", "sph"),
        ("phases", "code", "P1"),
    ):
        next(row for row in doubtful[section] if row[key] == code)["certainty"] = "unsure"
    report = load_programme(HOUSE, doubtful, now=now)
    assert {"organisations.cohabitat", "tracks.sph", "phases.P1", "tracks.land_rights"} <= set(report.left_out)
    assert set(db.session.scalars(sa.select(Track.code))) == {"climate_justice"}


def test_a_name_that_grows_when_folded_is_kept_and_found(app: Flask) -> None:
    thing = uuid4()
    NameKeeper(Counter(), Counter()).main("track", thing, "ar", "\ufdfa" * 200, Certainty.EXT)
    assert find_by_name("track", "\ufdfa" * 200) == [thing]


def test_a_track_of_the_house_keeps_its_address(app: Flask, shipped: dict[str, Any], now: datetime) -> None:
    from tests.make.sessions import make_track

    make_track(slug="land-rights")
    load_programme(HOUSE, shipped, now=now)
    assert track("land_rights").slug == "land-rights-2"


def test_only_the_secretariat_loads(app: Flask, shipped: dict[str, Any], now: datetime) -> None:
    with pytest.raises(NotAllowed):
        load_programme(VISITOR, shipped, now=now)


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["load", "programme", *arguments])
    return result.exit_code, result.output


def test_the_command_loads_the_shipped_file_and_says_what_waits(app: Flask) -> None:
    code, output = run(app)
    assert code == 0
    assert "Made: 6 regions, " in output
    assert "Left out because unsure: organisations.clt_network.country." in output
    assert "Checked, waiting for later versions: " in output
    assert run(app)[1].startswith("Nothing to change.")


def test_a_file_with_a_mistake_is_refused_whole(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("2022-02-26", "2022-02-31"), encoding="utf-8")
    code, output = run(app, str(path))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "2022-02-31" in text)
    assert code == 1
    assert f"{path}:{line}: “2022-02-31” is not a day such as 2022-02-05" in output
    for model in (Region, Organisation, Phase, Track, Moment, NameRow):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
