"""The shipped catalogue says all that its raw source says, no more surely; its rules hold against what was seen."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.advocacy.catalogue import load_catalogue, shipped_catalogue
from app.advocacy.catalogue.facts import facts_of
from app.advocacy.estimating import estimate, estimate_range, holds_for
from app.advocacy.models import StepRule
from app.core import actors
from app.extensions import db
from tests.conftest import START

RAW = yaml.safe_load((Path(__file__).parent.parent / "data" / "advocacy_catalogue.yaml").read_text(encoding="utf-8"))
ROWS = facts_of(shipped_catalogue()).rows
COUNTRIES_OF_CEDAW_92 = {"AR", "CZ", "SV", "IQ", "LS", "LT", "NL", "VN"}
LEVELS = ("verified", "typical", "unsure")


def test_every_space_is_there_with_its_names_address_and_goals() -> None:
    assert {path[1] for path in ROWS if path[0] == "space"} == {space["id"] for space in RAW["spaces"]}
    for space in RAW["spaces"]:
        row = ROWS["space", space["id"]]
        assert row["url"] == space["url"]
        assert row["goals"] == sorted(space.get("sdgs", []))
        assert row["parent"] == (space.get("parent") or "")
        assert row["zone"] == (space.get("tz") or "")
        assert row["certainties"].get("url", row["certainty"]) == space.get("url_certainty", "verified")
        for language, text in space["names"].items():
            assert ROWS["name", space["id"], language]["text"] == text.replace("'", "’")


def when_of(raw: dict[str, Any]) -> str:
    if "window" in raw:
        return f"[{raw['window']['from']}..{raw['window']['to']}]"
    if "month" in raw or "year" in raw:
        return str(raw.get("month") or raw["year"])
    if "deadline" in raw:
        return f"../{raw['deadline']}"
    start, end = raw.get("start"), raw.get("end")
    if start is None or end is None:
        return f"{start}/.." if start else f"../{end}"
    return str(start) if start == end else f"{start}/{end}"


@pytest.mark.parametrize(
    ("space", "raw"),
    [(space["id"], raw) for space in RAW["spaces"] for raw in space.get("known_occurrences", [])],
    ids=lambda value: value if isinstance(value, str) else str(value["label"])[:30],
)
def test_every_known_date_is_there_and_no_more_certain(space: str, raw: dict[str, Any]) -> None:
    found = [
        (path, row)
        for path, row in ROWS.items()
        if path[0] == "occurrence" and row["space"] == space and row["when"] == when_of(raw)
    ]
    assert found, when_of(raw)
    path, row = found[0]
    number = re.match(r"(?:CSW|CSocD|WUF|COP|SB)?([0-9]{1,2})(?:st|nd|rd|th)?\b(?! session [0-9(])", str(raw["label"]))
    if number:
        assert row["number"] == int(number[1])
    assert LEVELS.index(row["date_certainty"]) >= LEVELS.index(raw["certainty"])
    assert row["goals"] == sorted(raw.get("sdgs") or [])
    for deadline in raw.get("deadlines", []):
        day = f"{deadline['date']}T{deadline['time']}" if "time" in deadline else str(deadline["date"])
        steps = [row for key, row in ROWS.items() if key[:2] == ("step", path[1]) and row["when"] == day]
        assert steps, day
        assert steps[0]["date_certainty"] == deadline["certainty"]


def test_every_stage_with_a_date_is_a_step() -> None:
    days = {row["when"] for path, row in ROWS.items() if path[0] == "step"}
    for space in RAW["spaces"]:
        for stage in space.get("stages", []):
            assert not stage.get("date") or str(stage["date"]) in days


def test_every_rule_is_there_with_range_and_evidence() -> None:
    for space in RAW["spaces"]:
        rules = [row for path, row in ROWS.items() if path[:2] == ("rule", space["id"])]
        for raw in space.get("lead_times", []):
            if "value" in raw:
                continue  # the hour of a deadline: a note
            if "fixed_date" in raw:
                assert any(row["fixed_on"] == raw["fixed_date"] for row in rules)
                continue
            days = raw["days_before"] if "days_before" in raw else raw["days_after"]
            low, high = (days, days) if isinstance(days, int) else days
            offset = (-high, -low) if "days_before" in raw else (low, high)
            row = next(row for row in rules if (row["offset_min"], row["offset_max"]) == offset)
            typical = raw.get("typical_days")
            assert row["typical"] == (None if typical is None else -typical)
            assert row["certainty"] == raw["certainty"]
            evidence = [[str(pair["from"]), str(pair["to"])] for pair in raw.get("evidence", [])]
            assert row["evidence"] == evidence
            assert row["valid_from"] == str(raw.get("valid_from", ""))


def test_states_under_review_stand_with_their_sessions() -> None:
    assert {path[2] for path in ROWS if path[:2] == ("state", "cedaw_92")} == COUNTRIES_OF_CEDAW_92
    assert {path[2] for path in ROWS if path[:2] == ("state", "cescr_79")} == {"AU", "GE", "KE", "UY"}


def test_every_number_of_words_is_there() -> None:
    limits = {path[1:]: row["words"] for path, row in ROWS.items() if path[0] == "limit"}
    assert limits["csw", "written_statement", "ecosoc_general", ""] == 2000
    assert limits["csocd", "written_statement", "ecosoc_special", "joint"] == 1400
    assert limits["cedaw", "parallel_report", "", "joint"] == 6600
    assert limits["upr", "written_submission", "", "individual"] == 2815


def test_what_is_to_be_checked_is_said_to_be() -> None:
    for space in RAW["spaces"]:
        if "unverified" in space:
            notes = [path for path in ROWS if path[0] == "note" and space["id"] in path[:3]]
            unsure = [path for path in notes if ROWS[path]["certainty"] == "unsure"]
            assert unsure, space["id"]


def test_seen_dates_lie_where_the_rules_put_them(app: Any) -> None:
    load_catalogue(actors.job("load advocacy"), shipped_catalogue(), now=START)
    seen = 0
    for rule in db.session.scalars(db.select(StepRule)):
        for written in rule.evidence:
            step, anchor = (date.fromisoformat(day) for day in written)
            if not holds_for(rule, rule.occurrence_kind, anchor):
                continue
            first, last = estimate_range(rule, anchor)
            assert first <= step <= last, (rule.space.code, rule.key, written)
            assert first <= estimate(rule, anchor) <= last
            seen += 1
    assert seen >= 20


def test_what_the_catalogue_says_in_words_it_says_in_five_languages() -> None:
    languages = {"en", "fr", "es", "pt", "ar"}
    silent = [
        (path, column)
        for path, row in ROWS.items()
        for column in ("text", "names", "themes")
        if isinstance(row.get(column), dict) and row[column] and set(row[column]) != languages
    ]
    assert silent == []
