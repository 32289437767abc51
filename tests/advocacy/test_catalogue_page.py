"""The secretariat sees what the catalogue that came with the house would change, and takes it over with one button."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.advocacy.catalogue import SHIPPED, load_catalogue, shipped_catalogue
from app.advocacy.catalogue.house import loaded_on
from app.advocacy.models import Access, AdvocacySpace, CatalogueNote, Occurrence, ParticipationMode, WordLimit
from app.advocacy.waiting import waiting
from app.core import actors
from app.extensions import db
from app.moments.models import Moment
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import sign_in

HOUSE = actors.job("load advocacy")
ADDRESS = "/advocacy/catalogue"


@pytest.fixture
def secretary(app: Any, cast: Any) -> Reader:
    client = app.test_client()
    sign_in(client, cast.secretary_person)
    return Reader(client)


def make_older() -> None:
    """A house that loaded a catalogue of another day, with other facts."""
    load_catalogue(HOUSE, shipped_catalogue(), now=START)
    cedaw = db.session.scalars(sa.select(AdvocacySpace).filter_by(code="cedaw")).one()
    cedaw.url = "https://example.org/old"
    for model in (AdvocacySpace, CatalogueNote):
        db.session.execute(sa.update(model).values(checked_on=date(2026, 1, 1)))
    db.session.execute(sa.delete(WordLimit).where(WordLimit.words == 3300))
    limit = db.session.scalars(sa.select(WordLimit).filter_by(words=6600)).one()
    limit.words = 6000
    session = db.session.scalars(sa.select(Occurrence).filter_by(code="csw_71")).one()
    session.label = {"en": "CSW71, by us"}
    session.confirmed_at = START
    mode = db.session.scalars(sa.select(ParticipationMode).filter_by(key="briefing").limit(1)).one()
    mode.confirmed_at, mode.labels = START, {"en": "Lunch"}
    db.session.commit()


def test_an_empty_house_reads_what_it_would_get_and_takes_it(secretary: Reader) -> None:
    secretary.open(ADDRESS)
    assert "no catalogue yet" in secretary.text
    assert "24 spaces" in secretary.text
    secretary.send(action=ADDRESS)
    assert "This house knows everything that the catalogue of 21 November 2026 says." in secretary.text
    assert loaded_on() == date(2026, 11, 21)
    assert not secretary.page.select("main form")


def test_what_differs_is_said_in_words_and_not_in_codes(secretary: Reader) -> None:
    make_older()
    cedaw = db.session.scalars(sa.select(AdvocacySpace).filter_by(code="cedaw")).one()
    cedaw.place = "Paris"
    mode = db.session.scalars(sa.select(ParticipationMode).filter_by(space_id=cedaw.id, key="parallel_report")).one()
    mode.languages, mode.access, mode.is_closed = ["ar", "pt"], Access.UNFCCC, True
    session = db.session.scalars(sa.select(Occurrence).filter_by(code="wuf_13")).one()
    session.city, session.country = "Dakar", "SN"
    db.session.commit()
    secretary.open(ADDRESS)
    for words in (
        "Seat: here Paris , in the catalogue Geneva",
        "Languages: here Arabic, Portuguese , in the catalogue English",
        "It is closed now: here Yes , in the catalogue No",
        "City: here Dakar , in the catalogue Baku",
        "Country: here Senegal , in the catalogue Azerbaijan",
    ):
        assert words in secretary.text
    assert "Details:" not in secretary.text


def test_a_newer_catalogue_shows_old_and_new(secretary: Reader, cast: Any) -> None:
    make_older()
    assert "A newer catalogue of advocacy spaces came with the house." in [
        line.sentence for line in waiting(cast.secretary, cast.now)
    ]
    secretary.open(ADDRESS)
    assert "would add or change 3 facts of this house" in secretary.text
    assert (
        "Address: here https://example.org/old , in the catalogue https://www.ohchr.org/en/treaty-bodies/cedaw"
        in secretary.text
    )
    assert "Number of words: here 6000 , in the catalogue 6600" in secretary.text
    assert "What stays although the catalogue says otherwise" in secretary.text
    secretary.send(action=ADDRESS)
    assert waiting(cast.secretary, cast.now) == [
        line for line in waiting(cast.secretary, cast.now) if "newer catalogue" not in line.sentence
    ]
    assert db.session.scalars(sa.select(Occurrence).filter_by(code="csw_71")).one().label == {"en": "CSW71, by us"}


def test_a_moved_date_is_shown_in_words(secretary: Reader) -> None:
    load_catalogue(HOUSE, shipped_catalogue(), now=START)
    session = db.session.scalars(sa.select(Occurrence).filter_by(code="csw_71")).one()
    db.session.execute(
        sa.update(Moment)
        .where(Moment.id == session.moment_id)
        .values(wall_start=sa.text("'2027-04-01 00:00:00.000000'"), wall_end=sa.text("'2027-04-30 00:00:00.000000'"))
    )
    db.session.commit()
    secretary.open(ADDRESS)
    assert "Date: here in April 2027 , in the catalogue in March 2027" in secretary.text


@pytest.mark.parametrize("who", ["keeper_person", "outsider_person"])
def test_only_the_secretariat_sees_it(app: Any, cast: Any, who: str) -> None:
    client = app.test_client()
    sign_in(client, getattr(cast, who))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS).status_code == 403


def test_a_stale_form_changes_nothing(app: Any, cast: Any) -> None:
    client = app.test_client()
    sign_in(client, cast.secretary_person)
    assert client.post(ADDRESS).status_code == 422
    assert loaded_on() is None


def test_the_command_says_where_a_file_puts_a_space_below_itself(app: Any) -> None:
    load_catalogue(HOUSE, shipped_catalogue(), now=START)
    upr, council = (db.session.scalars(sa.select(AdvocacySpace).filter_by(code=code)).one() for code in ("upr", "hrc"))
    upr.parent_id, council.parent_id, council.confirmed_at = None, upr.id, START
    db.session.commit()
    refused = app.test_cli_runner().invoke(args=["load", "advocacy"])
    assert refused.exit_code == 1
    assert f"nothing was loaded.\n{SHIPPED}:54: The catalogue puts the space “upr” below “hrc”" in refused.output


def test_the_command_loads_shows_and_refuses(app: Any, tmp_path: Any) -> None:
    run = app.test_cli_runner().invoke
    shown = run(args=["load", "advocacy", "--show"])
    assert "+ space cedaw" in shown.output
    assert loaded_on() is None
    assert "Made: 24 space" in run(args=["load", "advocacy"]).output
    assert run(args=["load", "advocacy"]).output == "Nothing to change.\n"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema_version: 2\n")
    refused = run(args=["load", "advocacy", str(wrong)])
    assert refused.exit_code == 1
    assert f"nothing was loaded.\n{wrong}:1: the key" in refused.output
    make_older()
    again = run(args=["load", "advocacy", "--show"]).output
    assert "~ space cedaw: url https://example.org/old → https://www.ohchr.org/en/treaty-bodies/cedaw" in again
    assert "= occurrence csw_71, kept as people of this house said it: names" in again
