"""A catalogue file is taken whole or refused whole, with file, line and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.advocacy.catalogue.facts import facts_of
from app.advocacy.catalogue.reading import SHIPPED, read_catalogue, shipped_on
from app.advocacy.catalogue.schema import KEYS
from app.advocacy.catalogue.when import NoDate, timing_of, written_of
from app.core.checked_files import FileRefused
from app.moments.models import Precision
from app.moments.timing import Timing

Write = Callable[..., Path]

TODAY = date(2026, 11, 21)

SMALL = """\
schema_version: 1
compiled_on: 2026-11-21
spaces:
  - id: council
    kind: council
    names: {en: Example council}
    zone: Europe/Zurich
    certainty: verified
    source: example.org
  - id: committee
    kind: treaty_body
    parent: council
    names: {en: Example committee, fr: [Comité exemple, Comité d’exemple]}
    zone: Europe/Zurich
    goals: [5, 11]
    certainty: [verified, {goals: typical, names.fr: unsure}]
    source: [example.org, example.net]
    modes:
      - kind: parallel_report
        access: none
        languages: [en, fr]
        certainty: verified
        limits:
          - {words: 3300, terms: individual, certainty: verified}
          - {words: 6600, cover_words: 100, terms: joint, certainty: typical}
    rules:
      - kind: parallel_report
        mode: parallel_report
        anchor: session.start
        offset: [-28, -21]
        typical: -28
        valid: 2021-01-01/..
        certainty: verified
        evidence: [[2023-09-11, 2023-10-09]]
    occurrences:
      - id: committee_86
        kind: session
        number: 86
        when: 2023-10-09/2023-10-27
        status: held
        certainty: verified
        states: [{place: BR, certainty: verified}]
        steps:
          - {kind: parallel_report, mode: parallel_report, when: "2023-09-11T18:00", certainty: verified}
      - id: committee_99
        kind: session
        number: 99
        when: "[2027-01-15..2027-02-15]"
        was: [2026-10]
        certainty: unsure
        notes:
          - {about: dates, certainty: unsure, text: {en: Not checked.}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the small catalogue with some words replaced."""

    def make(old: str = "", new: str = "", *, text: str = SMALL) -> Path:
        assert old in text
        path = tmp_path / "catalogue.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return path

    return make


def refusal(path: Path) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_catalogue(path, today=TODAY)
    return [line.removeprefix(f"{path}:") for line in refused.value.lines]


def line_of(words: str) -> int:
    return SMALL[: SMALL.index(words)].count("\n") + 1


def test_a_file_has_at_most_forty_keys() -> None:
    assert len(KEYS) <= 40


def test_a_file_of_tomorrow_is_refused(write: Write) -> None:
    path = write("compiled_on: 2026-11-21", "compiled_on: 2026-11-22")
    assert refusal(path) == ["2: the file says it was written on 2026-11-22, a day still to come"]
    assert read_catalogue(path, today=date(2026, 11, 22))["compiled_on"] == date(2026, 11, 22)


def test_the_shipped_catalogue_is_read() -> None:
    catalogue = read_catalogue(SHIPPED, today=TODAY)
    assert len(catalogue["spaces"]) == 24
    assert catalogue["compiled_on"] == shipped_on() == date(2026, 11, 21)


def test_a_small_file_is_read_as_it_is_written(write: Write) -> None:
    rows = facts_of(read_catalogue(write(), today=TODAY)).rows
    assert rows["space", "committee"]["certainties"] == {"goals": "typical"}
    assert rows["name", "committee", "fr"] == {"text": "Comité exemple", "certainty": "unsure"}
    assert rows["alias", "committee", "fr", "Comité d’exemple"] == {"certainty": "unsure"}
    assert rows["limit", "committee", "parallel_report", "", "joint"]["words"] == 6600
    assert rows["rule", "committee", "parallel_report"]["valid_from"] == "2021-01-01"
    assert rows["occurrence", "committee_86"]["source"] == "example.org; example.net"
    assert rows["occurrence", "committee_99"]["source"] == ""
    assert rows["step", "committee_86", "parallel_report", "parallel_report"]["zone"] == "Europe/Zurich"
    assert facts_of(read_catalogue(write(), today=TODAY)).was == {("occurrence", "committee_99"): ["2026-10"]}


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("2023-10-27", "2023-02-30", "when: 2023-10-09", "“2023-02-30” does not exist in the calendar"),
        ("2023-10-27", "2023-10-01", "when: 2023-10-09", "“2023-10-09/2023-10-01” ends before it begins"),
        ("[2027-01-15..2027-02-15]", "[2027-03-15..2027-02-15]", "when: \"[2027", "ends before it begins"),
        ("2023-10-09/2023-10-27", "soon", "when: 2023-10-09", "“soon” is not a date such as"),
        ("2023-09-11T18:00", "2023-03-26T02:30", "2023-09-11T18:00", "does not exist in"),
        ("2023-09-11T18:00", "2023-09-11T25:00", "2023-09-11T18:00", "does not exist in the calendar or on a clock"),
        ("was: [2026-10]", "was: [2026-13]", "was:", "“2026-13” does not exist in the calendar"),
        ("offset: [-28, -21]", "offset: [-21, -28]", "offset:", "this range is turned round: -21 comes after -28"),
        ("typical: -28", "typical: -40", "- kind: parallel_report\n        mode", "the typical -40 days lie outside"),
        ("offset: [-28, -21]", "when: --06-01", "- kind: parallel_report\n        mode", "the typical -28 days lie"),
        ("valid: 2021-01-01/..", "valid: 2021-01-01/2020-01-01", "valid:", "ends before it begins"),
        ("valid: 2021-01-01/..", "valid: 2021-02-30/..", "valid:", "does not exist in the calendar"),
        ("zone: Europe/Zurich", "zone: Europe/Geneva", "zone: Europe/Zurich", "there is no zone “Europe/Geneva”"),
        ("goals: [5, 11]", "goals: [5, 18]", "goals:", "“18” is not a whole number from 1 to 17"),
        ("goals: [5, 11]", "goal: [5, 11]", "goals:", "unknown key “goal”"),
        ("    certainty: verified\n    source: example.org\n", "", "id: council", "the key “certainty” is missing"),
        ("goals: typical", "place: typical", "- id: committee\n", "the certainty of “place” is told"),
        ("[verified, {goals: typical, names.fr: unsure}]", "sure", "certainty: [ver", "“sure” is none of"),
        ("[verified, {goals: typical, names.fr: unsure}]", "[verified]", "certainty: [ver", "a certainty is one word"),
        ("id: committee\n", "id: council\n", "id: committee", "the space “council” stands in line 4 already"),
        ("id: committee_99", "id: committee_86", "id: committee_99", "the occurrence “committee_86” stands"),
        ("parent: council", "parent: nowhere", "parent:", "there is no space “nowhere” in this file"),
        ("kind: council", "kind: council\n    parent: committee", "kind: council", "stands above itself"),
        ("mode: parallel_report\n", "mode: other\n", "mode: parallel", "there is no mode “other” in the space"),
        ("kind: treaty_body", "kind: club", "kind: treaty_body", "“club” is none of"),
        ("cover_words: 100", "cover_words: 6600", "- {words: 6600", "6600 words for the cover page leave nothing"),
        ("6600, cover_words: 100, terms: joint", "6600, terms: individual", "- kind: parallel_report\n        access",
         "has two word limits for the same texts"),
        ("place: BR", "place: Brazil", "states:", "“Brazil” is not a country by its ISO code"),
        ("[[2023-09-11, 2023-10-09]]", "[[2023-09-11]]", "evidence:", "evidence is a pair of days"),
        ("anchor: session.start", "anchor: start", "anchor:", "“start” is not an anchor such as session.start"),
        ("when: 2023-10-09/2023-10-27", "when: 2027-10-09", "when: 2023", "it cannot have been held"),
        ("kind: session\n        number: 86", "kind: resumed", "id: committee_86", "has the number of the session"),
        ("number: 99", "number: 86", "id: committee_99", "“committee_86” is the session with the number 86 already"),
        ("2023-10-09/2023-10-27", "\"0000\"", "when: 2023", "“0000” does not lie between the years 1900 and 2200"),
        ("2023-10-09/2023-10-27", "9999-12-31", "when: 2023", "does not lie between the years"),
        ("2023-09-11T18:00", "0001-01-01T00:00", "2023-09-11T18:00", "does not lie between the years"),
        ("valid: 2021-01-01/..", "valid: 0001-01-01/..", "valid:", "does not lie between the years"),
        ("offset: [-28, -21]", "offset: []", "offset:", "this list is empty"),
        ("{en: Example council}", "{}", "names: {en: Example council}", "a name in one language at least"),
        ("{en: Example council}", "{en: []}", "names: {en: Example council}", "this list is empty"),
        ("Example council", "!!python/name:os.system Example council", "names: {en: Example council}", "has no tags"),
        ("Example council", "!secret Example council", "names: {en: Example council}", "has no tags"),
        ("zone: Europe/Zurich", "url: https://example.org/" + 500 * "a", "zone:", "a web address of at most 480"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(write: Write, old: str, new: str, where: str, reason: str) -> None:
    lines = refusal(write(old, new))
    shift = 1 if "\n    parent" in new else 0
    assert any(line.startswith(f"{line_of(where) + shift}: ") and reason in line for line in lines), lines


def test_anchors_of_anchors_of_nothing_come_to_an_end(write: Write) -> None:
    many = ",".join(["*%s"] * 300)
    steps, occurrences, spaces = (many.replace("%s", name) for name in "tos")
    bomb = f"""schema_version: 1
compiled_on: 2026-11-21
notes: [&t {{}}, &o {{steps: [{steps}]}}, &s {{occurrences: [{occurrences}]}}]
spaces: [{spaces}]
"""
    assert refusal(write(text=bomb)) == ["1: the file has more values than a file of facts can have"]


def test_a_step_stands_once(write: Write) -> None:
    step = '          - {kind: parallel_report, mode: parallel_report, when: "2023-09-11T18:00", certainty: verified}\n'
    assert "the step “parallel_report” stands in “committee_86” already" in refusal(write(step, step + step))[0]


def test_a_state_stands_once(write: Write) -> None:
    state = "{place: BR, certainty: verified}"
    assert "the State “BR” stands in “committee_86” already" in refusal(write(state, f"{state}, {state}"))[0]


def test_an_hour_needs_a_zone(write: Write) -> None:
    text = SMALL.replace("    zone: Europe/Zurich\n", "")
    assert refusal(write(text=text)) == [
        f"{text[: text.index('2023-09-11T18')].count(chr(10)) + 1}: "
        "“2023-09-11T18:00” has an hour, but no zone stands beside it"
    ]


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("2022-11-07/2022-11-18", Precision.DAY),
        ("2022-11-07", Precision.DAY),
        ("2021-10-31/..", Precision.DAY),
        ("../2024-09-27", Precision.DAY),
        ("2026-02", Precision.MONTH),
        ("2027", Precision.YEAR),
        ("[2027-01-15..2027-02-15]", Precision.WINDOW),
        ("2022-07-08T18:00", Precision.MINUTE),
        ("2022-07-08T18:00/2022-07-08T19:30", Precision.MINUTE),
    ],
)
def test_a_date_is_written_one_way(written: str, precision: Precision) -> None:
    timing = timing_of(written, "Europe/Zurich")
    assert timing.precision is precision
    assert timing.zone == "Europe/Zurich"
    assert written_of(timing) == written


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_whatever_is_written_is_read_back(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    for timing in (
        Timing.days(first, last),
        Timing.window(first, last),
        Timing.from_day(first),
        Timing.until_day(last),
        Timing.month(first.year, first.month),
        Timing.year_only(first.year),
    ):
        assert timing_of(written_of(timing)) == timing


@pytest.mark.parametrize(
    "written", ["2022-07-08T18:00/2022-07-08T17:00", "2022-00", "20222", "2022-02-30/..", "../2022-02-30", ""]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(NoDate):
        timing_of(written, "Europe/Zurich")
