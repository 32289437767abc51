"""The report as CSV and JSON (A11): nothing lost on the way, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.names import set_name
from app.core.tables import safe_cell
from app.reports.formats import CSV_HEAD, to_csv, to_json
from app.reports.scope import Scope
from app.reports.summary import SECTIONS, summarise
from tests.reports.conftest import Series, secretariat

EMPTY = ("", "", "")
"""The columns of the figures that stand apart, where a line has none."""


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_csv_is_utf8_with_a_mark_and_windows_line_ends(series: Series, now: datetime) -> None:
    body = to_csv(summarise(secretariat(), Scope(), language="en", now=now))
    assert body.startswith(
        b"\xef\xbb\xbfsection,key,label,persons,organisations,attendances,"
        b"self_declared,self_declared_not_marked,behind_screens\r\n"
    )
    assert body.count(b"\n") == body.count(b"\r\n")


@pytest.mark.parametrize("name", ["Mfoumou", "Québec", "عدن", 'Says "no", twice', "Łódź;Ωμέγα"])
def test_names_stay_intact(series: Series, now: datetime, name: str) -> None:
    set_name("track", series.track.id, "en", name)
    rows = rows_of(to_csv(summarise(secretariat(), Scope(), language="en", now=now)))
    assert ["by_track", "land", name, "3", "2", "4", *EMPTY] in rows


def test_the_csv_holds_every_section_the_definitions_and_the_filters(series: Series, now: datetime) -> None:
    rows = rows_of(to_csv(summarise(secretariat(), Scope(track=series.track), language="en", now=now)))
    assert tuple(rows[0]) == CSV_HEAD
    assert all(len(row) == len(CSV_HEAD) for row in rows)
    assert {row[0] for row in rows[1:]} == {
        "total",
        *SECTIONS,
        "three_figures",
        "definitions",
        "filters",
        "generated_at",
    }
    assert ["total", "all", "Land rights", "3", "2", "4", "0", "0", "0"] in rows
    assert ["sessions_attended", "2", "2 sessions", "1", "", "2", *EMPTY] in rows
    assert ["filters", "track", "land", "", "", "", *EMPTY] in rows
    assert ["generated_at", "utc", "2026-11-21T09:00:00+00:00", "", "", "", *EMPTY] in rows


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+41",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff@x",
        "＝1",
        " \t-1",
    ],
)
def test_cells_that_begin_like_a_formula_are_made_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Mfoumou", "Québec", "عدن", "a=b", "", "'quoted", " plain"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert safe_cell(value) == value


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert (safe_cell(-3), safe_cell(0), safe_cell(None)) == (-3, 0, "")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    seen = str(safe_cell(text)).lstrip()
    assert not seen.startswith(("=", "+", "-", "@"))


def test_a_name_that_is_a_formula_is_text_in_the_file(series: Series, now: datetime) -> None:
    set_name("track", series.track.id, "en", '=HYPERLINK("http://example.org")')
    rows = rows_of(to_csv(summarise(secretariat(), Scope(), language="en", now=now)))
    assert ["by_track", "land", '\'=HYPERLINK("http://example.org")', "3", "2", "4", *EMPTY] in rows


def test_the_json_has_the_promised_keys(series: Series, now: datetime) -> None:
    facts = json.loads(to_json(summarise(secretariat(), Scope(track=series.track), language="en", now=now)))
    assert (facts["persons"], facts["organisations"], facts["attendances"], facts["sessions"]) == (3, 2, 4, 2)
    assert set(SECTIONS) | {"definitions", "filters", "generated_at"} <= set(facts)
    assert facts["by_region"][0] == {
        "key": "LAC",
        "label": "Region LAC",
        "persons": 2,
        "organisations": 1,
        "attendances": 2,
    }
    assert facts["by_session"][0]["day"] == "2026-10-03"
    assert facts["sessions_attended"][0] == {
        "key": "2",
        "label": "2 sessions",
        "persons": 1,
        "attendances": 2,
        "sessions": 2,
    }
    assert facts["definitions"]["by_region"]["sum_may_exceed_total"] is True
    assert facts["definitions"]["by_language"]["sum_may_exceed_total"] is False
    assert facts["filters"] == {"phase": None, "track": "land", "session": None, "from": None, "to": None}


def test_no_name_of_a_person_leaves_the_house(series: Series, now: datetime) -> None:
    report = summarise(secretariat(), Scope(), language="en", now=now)
    for body in (to_csv(report), to_json(report)):
        assert not any(person.name in body.decode() for person in (series.amina, series.rosa, series.njeri))
