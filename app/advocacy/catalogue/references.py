"""What one part of a catalogue file says about another: ids given twice or leading nowhere, hours no clock shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.advocacy.catalogue.when import NoDate, timing_of
from app.core.errors import RuleBroken
from app.core.shapes import Checker, Code
from app.moments.local import UnknownZone, zone_info
from app.moments.models import Status
from app.moments.timing import settle

Row = dict[str, Any]


def check_references(catalogue: Row, check: Checker) -> None:
    """Note every duplicate, broken reference and impossible hour of a file whose shape is right."""
    spaces = catalogue["spaces"]
    known = _unique((space["id"] for space in spaces), "space", check)
    _check_tree({space["id"]: space.get("parent") for space in spaces}, known, check)
    occurrences = [(space, row) for space in spaces for row in space.get("occurrences", [])]
    _unique((row["id"] for _space, row in occurrences), "occurrence", check)
    for space in spaces:
        _check_space(space, check)
    _check_numbers(occurrences, check)
    for space, row in occurrences:
        _check_occurrence(space, row, check)
        _check_held(space, row, catalogue["compiled_on"], check)


def key_of(row: Row) -> str:
    """Return the key of a mode or a rule within its space: its id, else its kind."""
    return str(row.get("id") or row["kind"])


def zone_of(space: Row, occurrence: Row, step: Row | None = None) -> str | None:
    """Return the zone a date goes by: its own, that of its occurrence, that of the seat."""
    rows: Iterable[Row] = (row for row in (step, occurrence, space) if row is not None)
    return next((str(row["zone"]) for row in rows if "zone" in row), None)


def _unique(written: Iterable[Code], kind: str, check: Checker) -> set[str]:
    seen: dict[str, int] = {}
    for code in written:
        if code in seen:
            check.refuse(code.line, f"the {kind} “{code}” stands in line {seen[code]} already")
        seen.setdefault(code, code.line)
    return set(seen)


def _check_tree(parent_of: dict[Code, Code | None], known: set[str], check: Checker) -> None:
    for space, parent in parent_of.items():
        if parent is None:
            continue
        if parent not in known:
            check.refuse(parent.line, f"there is no space “{parent}” in this file")
            continue
        above: Code | None = parent
        for _ in parent_of:
            if above is None or above == space:
                break
            above = parent_of.get(above)
        if above == space:
            check.refuse(parent.line, f"the space “{space}” stands above itself")


def _check_space(space: Row, check: Checker) -> None:
    _check_zone(space, check)
    modes: set[str] = set()
    rules: set[str] = set()
    for kind, rows, taken in (("mode", space.get("modes", []), modes), ("rule", space.get("rules", []), rules)):
        for row in rows:
            if key_of(row) in taken:
                check.refuse(_line(row), f"the {kind} “{key_of(row)}” stands in “{space['id']}” already")
            taken.add(key_of(row))
    for mode in space.get("modes", []):
        _check_limits(mode, check)
    for row in (*space.get("rules", []), *_steps(space)):
        if "mode" in row and row["mode"] not in modes:
            check.refuse(row["mode"].line, f"there is no mode “{row['mode']}” in the space “{space['id']}”")


def limit_key(row: Row) -> tuple[str, str]:
    """Return for whom a word limit holds: a standing or "", joint, individual or "" for both."""
    return str(row.get("status", "")), ",".join(row.get("terms", []))


def _check_limits(mode: Row, check: Checker) -> None:
    seen = set()
    for row in mode.get("limits", []):
        if limit_key(row) in seen or len(row.get("terms", [])) > 1:
            check.refuse(_line(mode), f"the mode “{key_of(mode)}” has two word limits for the same texts")
        seen.add(limit_key(row))


def _steps(space: Row) -> Iterator[Row]:
    for occurrence in space.get("occurrences", []):
        yield from occurrence.get("steps", [])


def _check_numbers(occurrences: Iterable[tuple[Row, Row]], check: Checker) -> None:
    """A space has one occurrence of a kind with a number (R-10)."""
    seen: dict[tuple[str, str, int], str] = {}
    for space, row in occurrences:
        key = (str(space["id"]), row["kind"], row.get("number", 0))
        if key[2] and key in seen:
            check.refuse(row["id"].line, f"“{seen[key]}” is the {key[1]} with the number {key[2]} already")
        seen.setdefault(key, row["id"])


def _check_occurrence(space: Row, row: Row, check: Checker) -> None:
    _check_zone(row, check)
    _check_when(row["when"], zone_of(space, row), check)
    for before in row.get("was", []):
        _check_when(before, zone_of(space, row), check)
    if row["kind"] == "resumed" and "number" not in row:
        check.refuse(row["id"].line, "a resumed session has the number of the session it goes on with")
    seen: set[tuple[str, str]] = set()
    for step in row.get("steps", []):
        _check_zone(step, check)
        _check_when(step["when"], zone_of(space, row, step), check)
        key = (step["kind"], step.get("mode", ""))
        if key in seen:
            check.refuse(step["when"].line, f"the step “{step['kind']}” stands in “{row['id']}” already")
        seen.add(key)
    countries: set[str] = set()
    for state in row.get("states", []):
        if state["place"] in countries:
            check.refuse(state["place"].line, f"the State “{state['place']}” stands in “{row['id']}” already")
        countries.add(state["place"])


def _check_held(space: Row, row: Row, compiled_on: date, check: Checker) -> None:
    if row.get("status") != Status.HELD.value:
        return
    start = timing_of(row["when"], zone_of(space, row) or "UTC").wall_start
    if start is not None and start.date() > compiled_on:
        check.refuse(row["when"].line, f"“{row['id']}” begins after this file was written: it cannot have been held")


def _check_zone(row: Row, check: Checker) -> None:
    if "zone" not in row:
        return
    written = row["zone"]
    try:
        zone_info(written)
    except UnknownZone:
        check.refuse(written.line, f"there is no zone “{written}”")


def _check_when(written: Code, zone: str | None, check: Checker) -> None:
    try:
        settle(timing_of(written, zone))
    except NoDate as error:
        check.refuse(written.line, str(error))
    except UnknownZone:
        return  # told where the zone stands
    except RuleBroken as error:
        check.refuse(written.line, str(error))


def _line(row: Row) -> int:
    written = row["id"] if "id" in row else row["kind"]
    return int(written.line)
