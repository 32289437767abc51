"""Rows of advocacy for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from app.advocacy.models import (
    SPACE,
    Access,
    AdvocacySpace,
    Anchor,
    ModeCode,
    Occurrence,
    OccurrenceKind,
    OrganisationAccess,
    ParticipationMode,
    SpaceKind,
    Standing,
    Step,
    StepCode,
    StepRule,
    WordLimit,
)
from app.core.actors import PUBLIC
from app.core.names import set_name
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from app.people.models import Organisation
from tests.conftest import START
from tests.make.moments import HOUSE

_numbers = count(1)


def make_space(name: str = "Example committee", **overrides: Any) -> AdvocacySpace:
    """A treaty body in Geneva, verified."""
    values = {
        "slug": f"example-space-{next(_numbers)}",
        "kind": SpaceKind.TREATY_BODY,
        "place": "Geneva",
        "zone": "Europe/Zurich",
        "certainty": Certainty.VERIFIED,
        "source": "example.org",
        "checked_on": START.date(),
        "created_at": START,
    } | overrides
    space = AdvocacySpace(**values)
    db.session.add(space)
    db.session.flush()
    set_name(SPACE, space.id, "en", name)
    return space


def make_mode(space: AdvocacySpace, code: ModeCode = ModeCode.PARALLEL_REPORT, **overrides: Any) -> ParticipationMode:
    """A way to take part that needs no status."""
    values = {"key": code.value, "access": Access.NONE, "certainty": Certainty.VERIFIED, "source": "example.org"}
    mode = ParticipationMode(space=space, code=code, **values | {"checked_on": START.date()} | overrides)
    db.session.add(mode)
    db.session.flush()
    return mode


def make_limit(mode: ParticipationMode, words: int, **overrides: Any) -> WordLimit:
    limit = WordLimit(words=words, certainty=Certainty.VERIFIED, source="example.org", **overrides)
    mode.limits.append(limit)
    db.session.flush()
    return limit


def make_rule(space: AdvocacySpace, days: int = -28, **overrides: Any) -> StepRule:
    """A parallel report closes 28 days before a session starts."""
    values = {
        "key": f"rule-{next(_numbers)}",
        "step": StepCode.PARALLEL_REPORT,
        "occurrence_kind": OccurrenceKind.SESSION,
        "anchor": Anchor.START,
        "offset_min": days,
        "offset_max": days,
        "certainty": Certainty.VERIFIED,
        "source": "example.org",
        "checked_on": START.date(),
    } | overrides
    rule = StepRule(space=space, **values)
    db.session.add(rule)
    db.session.flush()
    return rule


def make_occurrence(
    space: AdvocacySpace,
    first: date = date(2027, 3, 8),
    last: date | None = None,
    *,
    timing: Timing | None = None,
    status: Status = Status.PLANNED,
    certainty: Certainty = Certainty.VERIFIED,
    **overrides: Any,
) -> Occurrence:
    """A session of two weeks; its steps are not made here."""
    occurrence_id = uuid4()
    moment = create_moment(
        HOUSE,
        subject_kind="occurrence",
        subject_id=occurrence_id,
        audience=PUBLIC,
        timing=timing or Timing.days(first, last, space.zone),
        status=status,
        certainty=certainty,
        now=START,
    )
    values = {"kind": OccurrenceKind.SESSION, "certainty": certainty, "source": "example.org", "created_at": START}
    occurrence = Occurrence(id=occurrence_id, space=space, moment=moment, **values | overrides)
    db.session.add(occurrence)
    db.session.flush()
    return occurrence


def make_step(occurrence: Occurrence, on: date, code: StepCode = StepCode.PARALLEL_REPORT, **overrides: Any) -> Step:
    """A deadline that is estimated to close on a day."""
    step_id = uuid4()
    certainty = overrides.pop("certainty", Certainty.ESTIMATED)
    moment = create_moment(
        HOUSE,
        subject_kind="step",
        subject_id=step_id,
        audience=PUBLIC,
        timing=overrides.pop("timing", None) or Timing.days(on, zone=occurrence.space.zone),
        status=Status.PLANNED,
        certainty=certainty,
        now=START,
    )
    values = {"code": code, "certainty": certainty, "source": "example.org", "created_at": START} | overrides
    step = Step(id=step_id, occurrence=occurrence, moment=moment, **values)
    db.session.add(step)
    db.session.flush()
    return step


def make_access(organisation: Organisation, standing: Standing, **overrides: Any) -> OrganisationAccess:
    """A standing without beginning and end."""
    values = {"certainty": Certainty.VERIFIED, "source": "example.org", "noted_at": START, "checked_on": START.date()}
    row = OrganisationAccess(organisation_id=organisation.id, standing=standing, **values | overrides)
    db.session.add(row)
    db.session.flush()
    return row
