"""Marked, self-declared, counted behind screens: three figures that are never one (R-31)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.extensions import db
from app.people.models import Person
from app.reports.figures import Beside, count_beside, count_by_session
from app.reports.formats import to_csv, to_json
from app.reports.scope import Scope
from app.reports.summary import summarise
from tests.make.people import make_person, sign_in
from tests.make.sessions import make_claim, make_head_count, make_membership, make_session, make_track
from tests.reports.conftest import Series, secretariat

PAGE = "/reports/participation"


@pytest.fixture
def told(series: Series, now: datetime) -> Series:
    """Amina, who is marked in both sessions, and Jo, who is marked in none, say that they were there in both; Rosa,
    marked in the first, says so for the second. Two screens; a claim taken back and a removed count stand nowhere."""
    jo, silent = make_person("Jo"), make_person("Silent")
    for session in series.sessions:
        make_claim(session, series.amina)
        make_claim(session, jo)
    make_claim(series.sessions[1], series.rosa)
    make_claim(series.sessions[0], silent, withdrawn_at=now)
    make_head_count(series.sessions[0], series.rosa, 12)
    make_head_count(series.sessions[1], None, 5)
    make_head_count(series.sessions[1], None, 400, removed_at=now)
    return series


def test_each_figure_is_counted_from_its_own_rows(told: Series) -> None:
    assert count_beside(Scope()) == Beside(self_declared=3, not_marked=1, behind_screens=17)
    lines = count_by_session(Scope(track=told.track))
    assert [(line.persons, line.organisations, line.beside) for line in lines] == [
        (2, 1, Beside(2, 1, 12)),
        (2, 1, Beside(3, 2, 5)),
    ]


def test_the_persons_marked_stay_as_they_were(told: Series, now: datetime) -> None:
    report = summarise(secretariat(), Scope(), language="en", now=now)
    assert (report.persons, report.organisations, report.attendances, report.sessions) == (3, 2, 4, 2)
    assert sum(line.persons for line in report.by_language) == 3


def test_scopes_narrow_all_three(told: Series) -> None:
    first, second = told.sessions
    other = make_track(slug="other", phase=told.track.phase)
    make_head_count(make_session(other), None, 9)
    assert count_beside(Scope(track=told.track)).behind_screens == 17
    assert count_beside(Scope(phase=told.track.phase)).behind_screens == 26
    assert count_beside(Scope(session=second)) == Beside(3, 2, 5)
    assert count_beside(Scope(track=told.track).between(date(2026, 10, 3), date(2026, 10, 9))) == Beside(2, 1, 12)
    assert count_beside(Scope().between(date(2026, 10, 4), date.max)).behind_screens == 14
    assert [line.session_id for line in count_by_session(Scope(session=first))] == [first.id]


def test_a_session_with_one_figure_alone_has_its_line(series: Series, now: datetime) -> None:
    quiet = make_session(
        series.track, "", wall_start=series.sessions[0].moment.wall_start + timedelta(days=1), number=7
    )
    make_head_count(quiet, None, 3)
    report = summarise(secretariat(), Scope(track=series.track), language="en", now=now)
    assert [line.figures.beside.behind_screens for line in report.three_figures] == [0, 3, 0]
    assert len(report.by_session) == 2
    assert [str(line.label) for line in report.three_figures][1] == "Session 7"


def test_the_files_hold_the_three_in_columns_and_keys_of_their_own(told: Series, now: datetime) -> None:
    report = summarise(secretariat(), Scope(track=told.track), language="en", now=now)
    rows = list(csv.reader(io.StringIO(to_csv(report).decode("utf-8-sig"))))
    assert ["total", "all", "Land rights", "3", "2", "4", "3", "1", "17"] in rows
    lines = [row for row in rows if row[0] == "three_figures"]
    assert lines[0][2:] == ["2026-10-03 Session about land", "2", "1", "2", "2", "1", "12"]
    facts = json.loads(to_json(report))
    assert facts["persons"] == 3
    assert facts["self_declared"] == {"persons": 3, "not_marked": 1}
    assert facts["behind_screens"] == {"people": 17}
    assert facts["three_figures"][1]["marked"] == {"persons": 2, "organisations": 1}
    assert facts["three_figures"][1]["self_declared"] == {"persons": 3, "not_marked": 2}
    for key in ("self_declared", "self_declared_not_marked", "behind_screens", "three_figures"):
        assert facts["definitions"][key]["text"]


def test_the_page_shows_them_apart(client: FlaskClient, told: Series, secretary: Person) -> None:
    page = sign_in(client, secretary).get(f"{PAGE}?track=land").get_data(as_text=True)
    for words in ("<b>3</b> persons", "<b>3</b> say so themselves", "<b>17</b> people behind screens"):
        assert words in page
    assert "1 of those who say that they were there is not marked." in page
    assert not any(f"<b>{number}</b>" in page for number in (3 + 17, 3 + 3 + 17))
    assert "Jo" not in page.replace("Join", "")


def test_without_marks_the_two_figures_stand_under_the_invitation(client: FlaskClient, secretary: Person) -> None:
    session = make_session(make_track(slug="quiet"))
    make_claim(session, make_person("Jo"))
    db.session.commit()
    page = sign_in(client, secretary).get(f"{PAGE}?track=quiet").get_data(as_text=True)
    assert "Nobody was marked present here yet." in page
    assert "<b>1</b> says so themselves" in page
    assert f"{PAGE}.csv?track=quiet" in page


def test_a_house_where_nobody_said_so_says_that(client: FlaskClient, series: Series, secretary: Person) -> None:
    page = sign_in(client, secretary).get(PAGE).get_data(as_text=True)
    assert "Counted apart" not in page
    assert "Here nobody said so themselves, and nobody was counted behind a screen." in page


def test_many_sessions_cost_as_many_queries_as_few(told: Series, now: datetime, count_queries) -> None:
    def asked() -> int:
        with count_queries() as statements:
            summarise(secretariat(), Scope(), language="en", now=now)
        return len(statements)

    few = asked()
    for number in range(40):
        session = make_session(told.track, f"More {number}", number=100 + number)
        person = make_person()
        make_membership(told.track, person)
        make_claim(session, person)
        make_head_count(session, person, 2)
    assert asked() == few
