"""The pages and files of reports, seen from a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from app.core.audit import AuditLine
from app.core.names import set_name
from app.extensions import db
from app.people.models import Person
from tests.make.people import make_member, sign_in
from tests.make.sessions import make_session, make_track
from tests.reports.conftest import Series

PAGE = "/reports/participation"
KINDS = ["", ".csv", ".json"]


def exports() -> list[AuditLine]:
    return list(db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "reports.participation.exported")))


def test_the_secretariat_reads_the_whole_house(client: FlaskClient, series: Series, secretary: Person) -> None:
    answer = sign_in(client, secretary).get(PAGE)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "The whole house, <bdi>3–10\u00a0October\u00a02026</bdi>." in page
    for words in ("<b>3</b> persons", "<b>2</b> organisations", "<b>2</b> sessions", "<b>4</b> attendances"):
        assert words in page
    assert page.count("the sum may exceed the total") == 1


def test_the_page_of_a_track(client: FlaskClient, series: Series, secretary: Person) -> None:
    page = sign_in(client, secretary).get(f"{PAGE}?track=land").get_data(as_text=True)
    assert "Land rights</bdi>, <bdi>3–10\u00a0October\u00a02026</bdi>." in page
    assert f"{PAGE}.csv?track=land" in page


def test_the_table_is_at_hand_above_and_speaks_the_language_of_the_page(
    client: FlaskClient, series: Series, secretary: Person
) -> None:
    set_name("track", series.track.id, "fr", "Droits à la terre")
    db.session.commit()
    sign_in(client, secretary)
    page = BeautifulSoup(client.get(f"{PAGE}?track=land&lang=fr").get_data(as_text=True), "html.parser")
    link = page.select_one(".head-rest a[href*='.csv']")
    assert link is not None
    assert page.select_one(".head-rest a[href='#files']") is not None
    assert page.select_one("#files") is not None
    client.get(f"{PAGE}?lang=en")
    rows = client.get(str(link["href"])).get_data(as_text=True)
    assert "total,all,Droits à la terre" in rows


def test_days_narrow_and_are_kept_in_the_form_and_in_the_files_addresses(
    client: FlaskClient, series: Series, secretary: Person
) -> None:
    page = sign_in(client, secretary).get(f"{PAGE}?track=land&from=2026-10-04&to=2026-10-31").get_data(as_text=True)
    assert "<b>2</b> persons" in page
    assert 'value="2026-10-04"' in page
    assert f"{PAGE}.csv?track=land&amp;from=2026-10-04&amp;to=2026-10-31" in page


def test_nobody_there_yet_is_said_with_the_way_out(client: FlaskClient, secretary: Person) -> None:
    session = make_session(make_track(slug="empty"))
    sign_in(client, secretary)
    for query, way in (
        ("", "/tracks/"),
        ("?track=empty", "/tracks/empty"),
        (f"?session={session.id}", f"/sessions/{session.id}/attendance"),
    ):
        answer = client.get(PAGE + query)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "Nobody was marked present here yet." in page
        assert f'class="button button--outlined" href="{way}"' in page
        assert "How this is counted" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=tomorrow", "Write the day as year, month and day"),
        ("from=2026-02-30", "Write the day as year, month and day"),
        ("from=2026-10-10&to=2026-10-03", "The last day lies before the first one."),
    ],
)
def test_a_bad_day_comes_back_with_the_way_out(
    client: FlaskClient, series: Series, secretary: Person, query: str, sentence: str
) -> None:
    sign_in(client, secretary)
    answer = client.get(f"{PAGE}?track=land&{query}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{query.partition("=")[2].partition("&")[0]}"' in page
    assert '<option selected value="land">' in page
    assert client.get(f"{PAGE}.csv?{query}").status_code == 400
    assert exports() == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query", ["track=nowhere", "phase=nowhere", "session=nowhere", "public=1", "track=land&public=1"]
)
def test_unknown_things_and_the_masked_version_are_not_there(
    client: FlaskClient, series: Series, secretary: Person, kind: str, query: str
) -> None:
    assert sign_in(client, secretary).get(f"{PAGE}{kind}?{query}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_members_read_no_figures_and_visitors_are_led_to_the_sign_in(
    client: FlaskClient, series: Series, kind: str
) -> None:
    visited = client.get(f"{PAGE}{kind}?track=land")
    assert (visited.status_code, visited.location.partition("?")[0]) == (303, "/sign-in")
    sign_in(client, make_member())
    assert client.get(f"{PAGE}{kind}").status_code == 403
    assert client.get(f"{PAGE}{kind}?track=land").status_code == 403
    series.track.audience = "secretariat"
    db.session.commit()
    assert client.get(f"{PAGE}{kind}?track=land").status_code == 404


def test_facilitators_read_the_figures_of_their_own_track(
    client: FlaskClient, series: Series, facilitator: Person
) -> None:
    make_track(slug="other")
    sign_in(client, facilitator)
    page = client.get(f"{PAGE}?track=land")
    assert page.status_code == 200
    assert 'value="other"' not in page.get_data(as_text=True)
    assert client.get(f"{PAGE}.csv?track=land").status_code == 200
    assert client.get(f"{PAGE}?track=other").status_code == 403
    assert client.get(PAGE).status_code == 403


def test_the_files_are_served_and_each_export_leaves_one_line(
    client: FlaskClient, series: Series, secretary: Person
) -> None:
    sign_in(client, secretary)
    table = client.get(f"{PAGE}.csv?track=land")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="participation-land.csv"'
    assert table.data.startswith(b"\xef\xbb\xbf")
    facts: dict[str, Any] = json.loads(client.get(f"{PAGE}.json?from=2026-10-04").data)
    assert (facts["persons"], facts["filters"]["from"]) == (2, "2026-10-04")
    assert [(line.subject_kind, line.actor_id, line.facts["format"]) for line in exports()] == [
        ("track", secretary.id, "csv"),
        ("report", secretary.id, "json"),
    ]


def test_looking_at_the_page_writes_nothing(client: FlaskClient, series: Series, secretary: Person) -> None:
    sign_in(client, secretary).get(PAGE)
    assert exports() == []


def test_other_formats_are_not_there(client: FlaskClient, series: Series, secretary: Person) -> None:
    assert sign_in(client, secretary).get(f"{PAGE}.exe").status_code == 404


def test_one_session_links_back_to_its_track(client: FlaskClient, series: Series, secretary: Person) -> None:
    page = sign_in(client, secretary).get(f"{PAGE}?session={series.sessions[0].id}").get_data(as_text=True)
    assert "<b>2</b> persons" in page
    assert f'href="{PAGE}?track=land"' in page


def test_names_of_people_stand_nowhere_on_the_page(client: FlaskClient, series: Series, secretary: Person) -> None:
    page = sign_in(client, secretary).get(f"{PAGE}?track=land").get_data(as_text=True)
    assert not any(person.name in page for person in (series.amina, series.rosa, series.njeri))
