"""A programme file is taken whole or refused whole, with file, line and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.checked_files import FileRefused
from app.sessions.programme import SHIPPED, read_programme
from app.sessions.programme.countries import countries_in, country_code

Write = Callable[..., Path]

SMALL = """\
schema_version: 1
sources:
  S3: {kind: page, language: fr}
programme_owner: hic
regions:
  - {code: LAC, en: Latin America, source: S3}
phases:
  - code: P1
    year_from: 2021
    year_to: 2022
    source: S3
    names: {en: First phase}
    regions: [LAC]
    tracks: [land]
tracks:
  - {code: land, phase: P1, source: S3, names: {en: Land rights}, ext: {sessions: [2022-02-05]}}
organisations:
  - {id: hic, name: Habitat International Coalition, kind: network, country: Netherlands, region: LAC}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the small programme with some words replaced."""

    def make(old: str = "", new: str = "", *, text: str = SMALL) -> Path:
        assert old in text
        path = tmp_path / "programme.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return path

    return make


def refusal(path: Path) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_programme(path)
    return [line.removeprefix(f"{path}:") for line in refused.value.lines]


def test_the_shipped_programme_is_read() -> None:
    programme = read_programme(SHIPPED)
    assert [phase["code"] for phase in programme["phases"]] == ["P1", "P2"]
    assert len(programme["organisations"]) == 29


def test_a_small_programme_is_read(write: Write) -> None:
    programme = read_programme(write())
    assert programme["tracks"][0]["ext"]["sessions"][0].isoformat() == "2022-02-05"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("programme_owner: hic", "programme_owner: hic\ncolour: red", "5: unknown key “colour”; known here:"),
        ("kind: network", "kind: network, budget: 5", "18: unknown key “budget”; known here:"),
        ("2022-02-05", "2022-02-30", "16: “2022-02-30” is not a day such as 2022-02-05"),
        ("2022-02-05", "5 Feb 2022", "16: “5 Feb 2022” is not a day such as 2022-02-05"),
        ("2022-02-05", "{}", "16: a day is expected here, not a list or a table"),
        ("year_to: 2022", "year_to: twenty", "10: “twenty” is not a whole number from 1900 to 2200"),
        ("year_to: 2022", "year_to: 2020", "8: the phase “P1” ends before it begins"),
        ("year_to: 2022", "year_to:", "10: a whole number is expected here, nothing is written"),
        ("    year_to: 2022\n", "", "8: the key “year_to” is missing"),
        ("tracks: [land]", "tracks: [sea]", "14: there is no track “sea” in this file"),
        ("regions: [LAC]", "regions: [XYZ]", "13: there is no region “XYZ” in this file"),
        ("phase: P1", "phase: P7", "16: there is no phase “P7” in this file"),
        ("programme_owner: hic", "programme_owner: cih", "4: there is no organisation “cih” in this file"),
        ("region: LAC", "parent: nobody", "18: there is no organisation “nobody” in this file"),
        ("country: Netherlands", "country: Atlantis", "18: “Atlantis” is no country by its English name"),
        ("{en: First phase}", "{en: First phase, english: x}", "12: “english” is no language tag such as fr or pt-BR"),
        ("year_to: 2022", "year_to: 2022\n    year_to: 2023", "11: the key “year_to” stands here twice"),
        ("regions: [LAC]", "regions: LAC", "13: a list is expected here"),
        ("sources:\n  S3:", "sources:\n  third:", "3: “third” is not a code of a source such as S3"),
        ("schema_version: 1", "schema_version: 2", "1: “2” is not a whole number from 1 to 1"),
        ("id: hic", "id: hic coalition", "18: “hic coalition” is not a code of letters, digits and underscores"),
        ("{code: LAC,", "[code, LAC,", "6: not readable as YAML"),
        ("{kind: page, language: fr}", "page", "3: a table of keys and values is expected here"),
        ("{code: LAC,", "{? [LAC] : x, code: LAC,", "6: a key is a word"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(write: Write, old: str, new: str, said: str) -> None:
    assert any(line.startswith(said) for line in refusal(write(old, new)))


def test_every_mistake_is_told_at_once(write: Write) -> None:
    broken = SMALL.replace("year_from: 2021", "year_from: soon").replace("kind: network", "kind: network, budget: 5")
    assert [line.split(":")[0] for line in refusal(write(text=broken))] == ["9", "18"]


def test_the_same_code_twice_is_refused(write: Write) -> None:
    twice = SMALL + "  - {id: hic, name: Again, kind: network}\n"
    assert refusal(write(text=twice)) == ["19: the organisation “hic” stands in line 18 already"]


def test_a_track_belongs_to_the_phase_that_names_it(write: Write) -> None:
    second = "phases:\n  - {code: P0, year_from: 2019, year_to: 2020, source: S3, names: {en: Zero}, tracks: [land]}\n"
    assert refusal(write("phases:\n", second)) == ["8: the track “land” says that it belongs to “P1”, not to “P0”"]
    assert refusal(write("tracks: [land]", "tracks: []")) == ["16: no phase names the track “land”"]


@pytest.mark.parametrize("section", ["working_groups", "declarations", "events", "fund_rules", "federation_rules"])
def test_sections_that_wait_are_checked_just_as_exactly(write: Write, section: str) -> None:
    table = section in ("fund_rules", "federation_rules")
    path = write(text=SMALL + f"{section}: " + ("{surprise: 1}" if table else "[{code: a, surprise: 1}]") + "\n")
    assert any("unknown key “surprise”" in line for line in refusal(path))


def test_references_of_sections_that_wait_are_followed(write: Write) -> None:
    group = (
        "working_groups: [{code: g, scope: regional, source: S3, names: {en: G}, origin_tracks: [sea], convened_by: x}]"
    )
    sheet = "support_sheets: [{code: s, funder: y, partner: hic, source: S3}]"
    declaration = "declarations: [{code: d, names: {en: D}, source: S3, signatories: [z]}]"
    lines = refusal(write(text=f"{SMALL}{group}\n{sheet}\n{declaration}\n"))
    assert [line.split("there is no ")[1] for line in lines] == [
        "organisation “x” in this file",
        "track “sea” in this file",
        "organisation “y” in this file",
        "organisation “z” in this file",
    ]


def test_files_that_are_no_programme_at_all(tmp_path: Path, write: Write) -> None:
    assert refusal(tmp_path / "missing.yaml") == ["0: cannot be read: No such file or directory"]
    assert refusal(tmp_path) == ["0: cannot be read: Is a directory"]
    assert refusal(write(text="")) == ["1: the file is empty"]
    assert "1: a table of keys and values is expected here" in refusal(write(text="- a\n- b\n"))
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("names: Québec".encode("latin-1"))
    assert refusal(latin) == ["1: the file is not written in UTF-8"]
    assert refusal(write(text="a: \x00")) == ["1: not readable as YAML"]
    assert refusal(write(text="[" * 5000)) == ["1: not readable as YAML"]
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 2_000_001)
    assert refusal(large) == ["1: the file is larger than 2,000,000 bytes"]


def test_anchors_of_anchors_come_to_an_end(write: Write) -> None:
    words = "unknowns: [" + ", ".join(["a"] * 60_000) + "]\n"
    assert refusal(write(text=SMALL + words)) == ["1: the file has more values than a file of facts can have"]


def test_countries_by_their_english_names() -> None:
    assert country_code("Senegal") == "SN"
    assert country_code("USA") == "US"
    assert country_code("Switzerland/France") is None
    assert countries_in("Switzerland/France") == ("CH", "FR")
    assert countries_in("Atlantis") is None
