"""What one part of a programme file says about another: codes given twice, and codes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.core.shapes import Checker, Code
from app.sessions.programme.countries import countries_in

Row = dict[str, Any]


def check_references(programme: Row, check: Checker) -> None:
    """Note every duplicate and every broken reference of a file whose shape is right."""
    known = {
        "source": set(programme["sources"]),
        "region": _unique(programme["regions"], "code", "region", check),
        "phase": _unique(programme["phases"], "code", "phase", check),
        "track": _unique(programme["tracks"], "code", "track", check),
        "organisation": _unique(programme["organisations"], "id", "organisation", check),
    }
    for section, key in (("working_groups", "code"), ("declarations", "code"), ("events", "code")):
        _unique(programme.get(section, []), key, section, check)
    for kind, written in _references(programme):
        if written not in known[kind]:
            check.refuse(written.line, f"there is no {kind} “{written}” in this file")
    _check_phases_and_tracks(programme, check)
    for row in programme["organisations"]:
        if "country" in row and countries_in(row["country"]) is None:
            check.refuse(row["id"].line, f"“{row['country']}” is no country by its English name")


def _unique(rows: Iterable[Row], key: str, kind: str, check: Checker) -> set[str]:
    seen: dict[str, int] = {}
    for row in rows:
        written: Code = row[key]
        if written in seen:
            check.refuse(written.line, f"the {kind} “{written}” stands in line {seen[written]} already")
        seen.setdefault(written, written.line)
    return set(seen)


def _references(programme: Row) -> Iterator[tuple[str, Code]]:
    yield "organisation", programme["programme_owner"]
    for phase in programme["phases"]:
        yield from (("region", written) for written in phase.get("regions", []))
        yield from (("track", written) for written in phase["tracks"])
        yield from (("organisation", written) for written in phase.get("ext", {}).get("partners", []))
    for track in programme["tracks"]:
        yield "phase", track["phase"]
    for row in programme["organisations"]:
        yield from ((kind, row[key]) for key, kind in _OF_ORGANISATIONS if key in row)
    for group in programme.get("working_groups", []):
        yield from (("track", written) for written in group.get("origin_tracks", []))
        yield from (("organisation", group["convened_by"]) for _ in [0] if "convened_by" in group)
    for declaration in programme.get("declarations", []):
        yield from (("organisation", written) for written in declaration.get("signatories", []))
    for sheet in programme.get("support_sheets", []):
        yield from (("organisation", sheet[key]) for key in ("funder", "partner"))


_OF_ORGANISATIONS = (("region", "region"), ("parent", "organisation"), ("operator", "organisation"))


def _check_phases_and_tracks(programme: Row, check: Checker) -> None:
    phase_of = {track["code"]: track["phase"] for track in programme["tracks"]}
    listed: set[str] = set()
    for phase in programme["phases"]:
        if phase["year_to"] < phase["year_from"]:
            check.refuse(phase["code"].line, f"the phase “{phase['code']}” ends before it begins")
        for written in phase["tracks"]:
            if phase_of.get(written, phase["code"]) != phase["code"]:
                reason = (
                    f"the track “{written}” says that it belongs to “{phase_of[written]}”, not to “{phase['code']}”"
                )
                check.refuse(written.line, reason)
            listed.add(written)
    for track in programme["tracks"]:
        if track["code"] not in listed:
            check.refuse(track["code"].line, f"no phase names the track “{track['code']}”")
