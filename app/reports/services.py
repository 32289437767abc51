"""The one thing reports write: who took which figures out of the house."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.reports.advocacy.report import AdvocacyReport
from app.reports.summary import Participation


def record_export(actor: Actor, report: Participation, *, kind: str, now: datetime) -> None:
    """Write the audit line of one exported report; `kind` is the format."""
    require(actor, "reports.participation", report.scope)
    asked = {name: value for name, value in report.scope.filters.items() if value}
    facts = {"format": kind, "persons": report.persons, **asked}
    audit.record(actor, "reports.participation.exported", *report.scope.subject, facts, now=now)


def record_advocacy_export(actor: Actor, report: AdvocacyReport, *, now: datetime) -> None:
    """Write the audit line of one exported advocacy report."""
    require(actor, "reports.advocacy", report.scope.group)
    asked = {name: value for name, value in report.scope.filters.items() if value}
    facts = {"format": "csv", "engagements": report.total.engagements, **asked}
    audit.record(actor, "reports.advocacy.exported", *report.scope.subject, facts, now=now)
