"""The report as a file: one long CSV table, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.core.tables import CSV_TYPE, csv_of
from app.reports.figures import Beside
from app.reports.summary import SECTIONS, Line, Participation, ThreeFigures

CSV_HEAD = (
    "section", "key", "label", "persons", "organisations", "attendances",
    "self_declared", "self_declared_not_marked", "behind_screens",
)  # fmt: skip
"""The three figures stand in columns of their own, so that no column adds them up."""


def _rows(report: Participation) -> Iterator[tuple[Any, ...]]:
    yield (
        "total",
        "all",
        report.title,
        report.persons,
        report.organisations,
        report.attendances,
        *_beside(report.beside),
    )
    yield "total", "sessions", report.sessions
    for section in SECTIONS:
        for line in getattr(report, section):
            yield section, line.key, _label(section, line), line.persons, line.organisations, line.attendances
    for line in report.three_figures:
        of, label = line.figures, f"{line.figures.day.isoformat()} {line.label}"
        yield "three_figures", of.session_id, label, of.persons, of.organisations, of.persons, *_beside(of.beside)
    for definition in report.definitions:
        yield "definitions", definition.key, definition.text
    for name, value in report.scope.filters.items():
        yield "filters", name, value or ""
    yield "generated_at", "utc", report.generated_at.isoformat(timespec="seconds")


def _beside(figures: Beside) -> tuple[int, int, int]:
    return figures.self_declared, figures.not_marked, figures.behind_screens


def _label(section: str, line: Line) -> str:
    """Sessions are told apart by their day, which stands before their title."""
    return f"{line.more['day'].isoformat()} {line.label}" if section == "by_session" else str(line.label)


def to_csv(report: Participation) -> bytes:
    """Return the report as one table with the columns of `CSV_HEAD`."""
    return csv_of([CSV_HEAD, *(row + (None,) * (len(CSV_HEAD) - len(row)) for row in _rows(report))])


def _line_facts(line: Line) -> dict[str, Any]:
    facts: dict[str, Any] = {"key": line.key, "label": str(line.label), "persons": line.persons}
    if line.organisations is not None:
        facts["organisations"] = line.organisations
    facts["attendances"] = line.attendances
    more = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in line.more.items()}
    return facts | more


def _declared_facts(figures: Beside) -> dict[str, int]:
    return {"persons": figures.self_declared, "not_marked": figures.not_marked}


def _three_facts(line: ThreeFigures) -> dict[str, Any]:
    of = line.figures
    return {
        "key": str(of.session_id),
        "label": str(line.label),
        "day": of.day.isoformat(),
        "number": of.number,
        "track": of.track_slug,
        "marked": {"persons": of.persons, "organisations": of.organisations},
        "self_declared": _declared_facts(of.beside),
        "behind_screens": {"people": of.beside.behind_screens},
    }


def to_json(report: Participation) -> bytes:
    """Return the report as JSON; numbers are numbers, days are ISO dates, `generated_at` is UTC."""
    facts: dict[str, Any] = {
        "title": str(report.title),
        "persons": report.persons,
        "organisations": report.organisations,
        "attendances": report.attendances,
        "sessions": report.sessions,
        "self_declared": _declared_facts(report.beside),
        "behind_screens": {"people": report.beside.behind_screens},
        "three_figures": [_three_facts(line) for line in report.three_figures],
    }
    for section in SECTIONS:
        facts[section] = [_line_facts(line) for line in getattr(report, section)]
    facts["definitions"] = {
        definition.key: {"text": str(definition.text), "sum_may_exceed_total": definition.may_exceed}
        for definition in report.definitions
    }
    facts["filters"] = report.scope.filters
    facts["generated_at"] = report.generated_at.isoformat(timespec="seconds")
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


WRITERS = {"csv": to_csv, "json": to_json}
MEDIA_TYPES = {"csv": CSV_TYPE, "json": "application/json"}
