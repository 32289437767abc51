"""The page and the file of the advocacy report, seen from a browser."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.advocacy.models import ModeCode
from app.core.audit import AuditLine
from app.engagements.models import EngagementState
from app.extensions import db
from app.people.models import Person
from app.workinggroups.models import WorkingGroup
from tests.make.advocacy import make_mode, make_space
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_member, make_organisation, make_person, sign_in
from tests.make.workinggroups import make_coordinator, make_group

PAGE = "/reports/advocacy"


@pytest.fixture
def land(app: Flask) -> WorkingGroup:
    """A group that handed one statement in, and watches."""
    group = make_group("Land group", slug="land")
    space = make_space("Example commission", slug="commission")
    statement = make_engagement(
        space,
        group,
        mode=make_mode(space, ModeCode.WRITTEN_STATEMENT),
        state=EngagementState.SUBMITTED,
        submitted_on=date(2026, 10, 5),
    )
    make_signatory(statement, make_organisation("Union of tenants", region="LAC", country="AR"), is_lead=True)
    make_engagement(space, group, state=EngagementState.WATCHING, is_watch_only=True)
    return group


@pytest.fixture
def nour(land: WorkingGroup) -> Person:
    person = make_person("Nour")
    make_coordinator(land, person)
    return person


def exports() -> list[AuditLine]:
    return list(db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "reports.advocacy.exported")))


def words_of(client: FlaskClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).get_data(as_text=True), "html.parser")
    return " ".join(page.get_text(" ").split())


def test_the_secretariat_reads_sentences_first(client: FlaskClient, land: WorkingGroup, secretary: Person) -> None:
    words = words_of(sign_in(client, secretary), f"{PAGE}?from=2026-01-01&to=2026-12-31")
    assert "The whole house, 1 January" in words
    assert "31 December 2026 . 1 engagement in 1 space." in words
    assert "1 engagement in 1 space. 1 of them was handed in. 1 organisation from 1 country takes part." in words
    assert "1 engagement that is watched" in words
    assert "Written statement" in words
    assert words.count("the sum may exceed the total") == 4


def test_both_reports_lead_to_each_other(client: FlaskClient, land: WorkingGroup, secretary: Person) -> None:
    sign_in(client, secretary)
    for here, there in ((PAGE, "/reports/participation"), ("/reports/participation", PAGE)):
        page = BeautifulSoup(client.get(here).get_data(as_text=True), "html.parser")
        assert page.select_one(f"nav.views a[href='{there}']") is not None
        assert page.select_one(f"nav.views a[href='{here}'][aria-current=page]") is not None


def test_who_runs_a_group_finds_its_figures_from_its_desk_and_from_the_front(
    client: FlaskClient, land: WorkingGroup, nour: Person
) -> None:
    sign_in(client, nour)
    assert f'href="{PAGE}?group=land"' in client.get("/groups/land").get_data(as_text=True)
    assert f'href="{PAGE}"' in client.get("/").get_data(as_text=True)
    assert "The groups you run" in words_of(client, PAGE)
    assert client.get(f"{PAGE}?group=land").status_code == 200
    make_group("Rent group", slug="rent")
    make_group("Quiet group", slug="quiet", audience="inside")
    db.session.commit()
    assert client.get(f"{PAGE}?group=rent").status_code == 403
    assert client.get(f"{PAGE}?group=quiet").status_code == 404
    assert 'nav class="views"' not in client.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize("kind", ["", ".csv"])
def test_members_read_no_figures_and_visitors_are_led_to_the_sign_in(
    client: FlaskClient, land: WorkingGroup, kind: str
) -> None:
    visited = client.get(f"{PAGE}{kind}")
    assert (visited.status_code, visited.location.partition("?")[0]) == (303, "/sign-in")
    sign_in(client, make_member())
    assert client.get(f"{PAGE}{kind}").status_code == 403
    assert client.get(f"{PAGE}{kind}?group=land").status_code == 403
    assert f'href="{PAGE}' not in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["", ".csv"])
@pytest.mark.parametrize("query", ["space=nowhere", "group=nowhere", "mode=x", "goal=18", "region=x"])
def test_unknown_things_are_not_there(
    client: FlaskClient, land: WorkingGroup, secretary: Person, kind: str, query: str
) -> None:
    assert sign_in(client, secretary).get(f"{PAGE}{kind}?{query}").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-02-30", "Write the day as year, month and day"),
        ("from=2026-10-10&to=2026-10-03", "The last day lies before the first one."),
    ],
)
def test_a_bad_day_comes_back_with_the_way_out(
    client: FlaskClient, land: WorkingGroup, secretary: Person, query: str, sentence: str
) -> None:
    sign_in(client, secretary)
    answer = client.get(f"{PAGE}?group=land&space=commission&{query}")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert '<option selected value="commission">' in page
    assert client.get(f"{PAGE}.csv?{query}").status_code == 400
    assert exports() == []


def test_what_was_asked_is_kept_in_the_form_said_on_paper_and_taken_along(
    client: FlaskClient, land: WorkingGroup, secretary: Person
) -> None:
    sign_in(client, secretary)
    page = BeautifulSoup(client.get(f"{PAGE}?space=commission&goal=11").get_data(as_text=True), "html.parser")
    assert [dt.text for dt in page.select("dl.facts dt")] == ["Space", "Goal"]
    assert page.select_one("details.fold[open] select[name=space] option[selected][value=commission]") is not None
    assert page.select_one(f"a[href='{PAGE}.csv?space=commission&goal=11&lang=en']") is not None
    assert "No engagement was planned or handed in here." in page.text


def test_the_table_is_served_and_leaves_one_line(client: FlaskClient, land: WorkingGroup, secretary: Person) -> None:
    sign_in(client, secretary).get(PAGE)
    assert exports() == []
    table = client.get(f"{PAGE}.csv?group=land")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="advocacy-land.csv"'
    assert table.data.startswith(b"\xef\xbb\xbf")
    client.get(f"{PAGE}.csv?from=2026-10-01")
    assert [(line.subject_kind, line.actor_id, line.facts["engagements"]) for line in exports()] == [
        ("group", secretary.id, 1),
        ("report", secretary.id, 1),
    ]


def test_on_figures_of_example_people_stands_that_they_are_invented(
    client: FlaskClient, land: WorkingGroup, secretary: Person
) -> None:
    make_person("Example Person", is_example=True)
    db.session.commit()
    assert "These are examples." in words_of(sign_in(client, secretary), PAGE)


def test_an_empty_house_says_so_with_the_way_out(client: FlaskClient, secretary: Person) -> None:
    words = words_of(sign_in(client, secretary), PAGE)
    assert "No engagement was planned or handed in here." in words
    assert "Choose other days, or plan one from the page of a space." in words
