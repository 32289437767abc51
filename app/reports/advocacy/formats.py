"""The advocacy report as a file: one long CSV table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.tables import csv_of
from app.recommendations.words import STATUSES
from app.reports.advocacy.report import SECTIONS, AdvocacyReport
from app.reports.advocacy.tallying import Tally

CSV_HEAD = ("section", "key", "label", "engagements", "handed_in", "organisations", "countries", "recommendations")


def _rows(report: AdvocacyReport) -> Iterator[tuple[Any, ...]]:
    yield "total", "all", report.title, *_figures(report.total), report.recommendations
    yield "total", "gender_integrated", None, report.gender_integrated
    yield "counted_apart", "watching", None, report.watched
    yield "counted_apart", "given_up", None, report.given_up
    for section in SECTIONS:
        for line in getattr(report, section):
            yield section, line.key, str(line.label), *_figures(line.tally)
    yield from _obtained(report)
    for definition in report.definitions:
        yield "definitions", definition.key, definition.text
    for name, value in report.scope.filters.items():
        yield "filters", name, value or ""
    yield "generated_at", "utc", report.generated_at.isoformat(timespec="seconds")


def _obtained(report: AdvocacyReport) -> Iterator[tuple[Any, ...]]:
    nothing = (None,) * len(_figures(report.total))
    for status, number in report.obtained_by_status.items():
        yield "recommendations_by_status", status.value, STATUSES[status], *nothing, number
    for line in report.obtained:
        yield "recommendations_by_space", line.key, line.label, *nothing, line.number
        for status, number in line.by_status.items():
            label = f"{line.label} · {STATUSES[status]}"
            yield "recommendations_by_space_and_status", f"{line.key}/{status.value}", label, *nothing, number


def _figures(of: Tally) -> tuple[int, int, int, int]:
    return of.engagements, of.handed_in, of.organisations, of.countries


def to_csv(report: AdvocacyReport) -> bytes:
    """Return the report as one table with the columns of `CSV_HEAD`."""
    return csv_of([CSV_HEAD, *(row + (None,) * (len(CSV_HEAD) - len(row)) for row in _rows(report))])
