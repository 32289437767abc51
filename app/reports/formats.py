"""The report as a file: one long CSV table, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.core.tables import CSV_TYPE, csv_of
from app.reports.summary import SECTIONS, Line, Participation

CSV_HEAD = ("section", "key", "label", "persons", "organisations", "attendances")


def _rows(report: Participation) -> Iterator[tuple[Any, ...]]:
    yield "total", "all", report.title, report.persons, report.organisations, report.attendances
    yield "total", "sessions", report.sessions, None, None, None
    for section in SECTIONS:
        for line in getattr(report, section):
            yield section, line.key, _label(section, line), line.persons, line.organisations, line.attendances
    for definition in report.definitions:
        yield "definitions", definition.key, definition.text, None, None, None
    for name, value in report.scope.filters.items():
        yield "filters", name, value or "", None, None, None
    yield "generated_at", "utc", report.generated_at.isoformat(timespec="seconds"), None, None, None


def _label(section: str, line: Line) -> str:
    """Sessions are told apart by their day, which stands before their title."""
    return f"{line.more['day'].isoformat()} {line.label}" if section == "by_session" else str(line.label)


def to_csv(report: Participation) -> bytes:
    """Return the report as one table of (section, key, label, persons, organisations, attendances)."""
    return csv_of([CSV_HEAD, *_rows(report)])


def _line_facts(line: Line) -> dict[str, Any]:
    facts: dict[str, Any] = {"key": line.key, "label": str(line.label), "persons": line.persons}
    if line.organisations is not None:
        facts["organisations"] = line.organisations
    facts["attendances"] = line.attendances
    more = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in line.more.items()}
    return facts | more


def to_json(report: Participation) -> bytes:
    """Return the report as JSON; numbers are numbers, days are ISO dates, `generated_at` is UTC."""
    facts: dict[str, Any] = {
        "title": str(report.title),
        "persons": report.persons,
        "organisations": report.organisations,
        "attendances": report.attendances,
        "sessions": report.sessions,
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
