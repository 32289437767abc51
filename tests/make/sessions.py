"""Rows of the programme for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.core.names import set_name
from app.extensions import db
from app.moments.models import Moment, Precision, Status
from app.people.models import Organisation, Person
from app.sessions.models import (
    Application,
    ApplicationState,
    Attendance,
    AttendanceClaim,
    HeadCount,
    Intake,
    IntakeQuestion,
    LearningSession,
    MeetingList,
    Phase,
    QuestionKind,
    Track,
    TrackFacilitator,
    TrackMembership,
)
from tests.conftest import START
from tests.make.people import make_organisation, make_region

_numbers = count(1)


def make_phase(
    name: str = "Example phase", *, regions: tuple[str, ...] = ("LAC", "SSA", "MENA"), **overrides: Any
) -> Phase:
    owner: Organisation = overrides.pop("owner", None) or make_organisation("Example Coalition")
    values = {
        "slug": f"example-phase-{next(_numbers)}",
        "owner_organisation_id": owner.id,
        "year_from": 2026,
        "year_to": 2027,
        "created_at": START,
    } | overrides
    phase = Phase(**values)
    phase.regions = [make_region(code) for code in regions]
    db.session.add(phase)
    db.session.flush()
    set_name("phase", phase.id, "en", name)
    return phase


def make_track(name: str = "Example track", *, phase: Phase | None = None, **overrides: Any) -> Track:
    """A published, open track that Members, Friends and Allies may join."""
    values = {
        "slug": f"example-track-{next(_numbers)}",
        "phase_id": (phase or make_phase()).id,
        "audience": "public",
        "published_at": START,
        "is_open": True,
        "eligible": ["member", "friend", "ally"],
        "created_at": START,
        "intake": Intake(taken=0, needs_approval=False),
    } | overrides
    track = Track(**values)
    db.session.add(track)
    db.session.flush()
    set_name("track", track.id, "en", name)
    return track


def make_session(
    track: Track | None = None,
    name: str = "Example session",
    *,
    wall_start: datetime = datetime(2027, 2, 13, 17, 0),
    hours: float = 2,
    zone: str = "Africa/Nairobi",
    **overrides: Any,
) -> LearningSession:
    """A confirmed session of two hours; its moment carries the track's audience."""
    track = track or make_track()
    session_id = uuid4()
    wall_end = wall_start + timedelta(hours=hours)
    moment = Moment(
        uid=f"{session_id}@maloca.test",
        subject_kind="session",
        subject_id=session_id,
        audience=track.audience,
        precision=Precision.MINUTE,
        wall_start=wall_start,
        wall_end=wall_end,
        zone=zone,
        starts_at=wall_start.replace(tzinfo=ZoneInfo(zone)),
        until=wall_end.replace(tzinfo=ZoneInfo(zone)),
        status=overrides.pop("status", Status.CONFIRMED),
        changed_at=START,
    )
    db.session.add(moment)
    db.session.flush()
    values = {"number": next(_numbers), "moment_id": moment.id, "created_at": START} | overrides
    session = LearningSession(id=session_id, track_id=track.id, **values)
    db.session.add(session)
    db.session.flush()
    set_name("session", session.id, "en", name)
    return session


def make_facilitator(track: Track, person: Person, region: str = "LAC") -> TrackFacilitator:
    row = TrackFacilitator(track_id=track.id, person_id=person.id, region_id=make_region(region).id, appointed_at=START)
    db.session.add(row)
    db.session.flush()
    return row


def make_membership(track: Track, person: Person, organisation: Organisation | None = None) -> TrackMembership:
    row = TrackMembership(
        track_id=track.id, person_id=person.id, organisation_id=organisation and organisation.id, joined_at=START
    )
    track.intake.taken += 1
    db.session.add(row)
    db.session.flush()
    return row


def make_question(
    track: Track, prompt: str = "What do you hope for?", kind: QuestionKind = QuestionKind.LINE, **overrides: Any
) -> IntakeQuestion:
    values = {"position": next(_numbers), "prompts": {"en": prompt}, "is_required": False} | overrides
    row = IntakeQuestion(track_id=track.id, kind=kind, **values)
    db.session.add(row)
    db.session.flush()
    return row


def make_application(
    track: Track, person: Person, organisation: Organisation | None = None, **overrides: Any
) -> Application:
    values = {"state": ApplicationState.ASKED, "asked_at": START} | overrides
    row = Application(
        track_id=track.id, person_id=person.id, organisation_id=organisation and organisation.id, **values
    )
    db.session.add(row)
    db.session.flush()
    return row


def make_attendance(session: LearningSession, person: Person, organisation: Organisation | None = None) -> Attendance:
    row = Attendance(
        gathering_id=session.id,
        person_id=person.id,
        attended_for_organisation_id=organisation and organisation.id,
        attended_on=session.moment.wall_start.date(),
        marked_at=START,
    )
    db.session.add(row)
    db.session.flush()
    return row


def make_claim(
    session: LearningSession, person: Person, organisation: Organisation | None = None, **overrides: Any
) -> AttendanceClaim:
    """A person says that they were there."""
    values = {
        "gathering_id": session.id,
        "person_id": person.id,
        "for_organisation_id": organisation and organisation.id,
        "claimed_on": session.moment.wall_start.date(),
        "claimed_at": START,
    } | overrides
    row = AttendanceClaim(**values)
    db.session.add(row)
    db.session.flush()
    return row


def make_head_count(
    session: LearningSession, counted_by: Person | None = None, people: int = 12, **overrides: Any
) -> HeadCount:
    values = {
        "gathering_id": session.id,
        "people": people,
        "place": "Example hall",
        "counted_by": counted_by and counted_by.id,
        "counted_at": START,
    } | overrides
    row = HeadCount(**values)
    db.session.add(row)
    db.session.flush()
    return row


def make_meeting_list(session: LearningSession, *names: str, **overrides: Any) -> MeetingList:
    """A list that waits: one line for each name."""
    lines = [
        {"number": number, "name": name, "email": "", "minutes": 45}
        for number, name in enumerate(names or ("Awa Exemple", "iPhone"), start=1)
    ]
    row = MeetingList(**{"gathering_id": session.id, "brought_at": START, "lines": lines} | overrides)
    db.session.add(row)
    db.session.flush()
    return row
