"""A list of 10 rows and a list of 1,000 ask the database the same number of questions."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.languages import fold
from app.core.names import NameRow
from app.extensions import db
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Need,
    Organisation,
    Person,
    PersonLanguage,
    PersonNeed,
)
from app.reflections.models import Reflection, ReflectionVersion
from app.sessions.models import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    Attendance,
    Intake,
    IntakeQuestion,
    Track,
    TrackMembership,
)
from tests.conftest import START
from tests.make.people import make_organisation, make_secretary, sign_in
from tests.make.sessions import make_question, make_session, make_track

ADDRESSES = (
    "/",
    "/tracks/",
    "/phases/",
    "/tracks/full",
    "/tracks/full/applications",
    "/tracks/full/intake",
    "/reflections/",
    "/people/",
    "/people/roles",
    "/organisations/",
    "/reports/participation",
    "/reports/participation?track=full",
    "/sessions/{session}",
    "/sessions/{session}/attendance",
)


@pytest.fixture
def full(app, now):
    """A track with a held session, and a maker of many of everything."""
    track = make_track("Full", slug="full")
    session = make_session(track, "Held", wall_start=START.replace(tzinfo=None, day=14), number=1)
    example = make_organisation("Example Union")
    make_question(track)
    db.session.commit()

    def fill(number: int) -> None:
        for n in range(number):
            _add_one(track, session, example, f"{number}-{n}")
        db.session.commit()

    return session, fill


def _add_one(track, session, example: Organisation, mark: str) -> None:
    [question] = db.session.scalars(sa.select(IntakeQuestion.id))
    person, organisation, other = uuid4(), uuid4(), uuid4()
    name = f"Example Person {mark}"
    db.session.add_all(
        [
            Organisation(id=organisation, kind="union", country="AR", region_id=example.region_id, created_at=START),
            _named("organisation", organisation, f"Union {mark}"),
            Person(id=person, name=name, name_fold=fold(name), preferred_language="es", created_at=START),
        ]
    )
    db.session.flush()
    reflection = Reflection(
        track_id=track.id, session_id=session.id, author_id=person, language="es", audience="public",
        written_at=START, changed_at=START,
    )  # fmt: skip
    reflection.versions = [ReflectionVersion(number=1, body="Palabras.", written_at=START)]
    email = f"p{mark}@example.org"
    db.session.add_all(
        [
            Account(person_id=person, email=email, email_norm=email, verified_at=START, created_at=START),
            Affiliation(
                person_id=person, organisation_id=organisation, kind=AffiliationKind.MEMBER, from_on=START.date(),
                state=AffiliationState.CONFIRMED, asked_at=START,
            ),
            TrackMembership(track_id=track.id, person_id=person, organisation_id=organisation, joined_at=START),
            Attendance(
                session_id=session.id, person_id=person, attended_for_organisation_id=organisation,
                attended_on=START.date(), marked_at=START,
            ),
            Track(
                id=other, slug=f"t-{mark}", phase_id=track.phase_id, audience="public", published_at=START,
                eligible=[], created_at=START, intake=Intake(taken=0, needs_approval=False),
            ),
            Application(
                track_id=track.id, person_id=person, organisation_id=organisation, state=ApplicationState.ASKED,
                asked_at=START, asked_by=person, answers=[ApplicationAnswer(question_id=question, words="Palabras.")],
            ),
            PersonNeed(person_id=person, need=Need.CAPTIONS),
            PersonLanguage(person_id=person, language="es", position=0),
            _named("track", other, f"Track {mark}"),
            reflection,
        ]
    )  # fmt: skip


def _named(kind: str, object_id, text: str) -> NameRow:
    return NameRow(object_kind=kind, object_id=object_id, language="en", text=text, fold=fold(text))


def test_ten_rows_and_a_thousand_ask_as_many_questions(full, app, count_queries):
    session, fill = full
    client = sign_in(app.test_client(), make_secretary())

    def counts() -> dict[str, int]:
        asked = {}
        for address in ADDRESSES:
            path = address.format(session=session.id)
            client.get(path)  # what is worked out once per process is not counted
            with count_queries() as statements:
                assert client.get(path).status_code == 200, path
            asked[address] = len(statements)
        return asked

    fill(10)
    few = counts()
    fill(990)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 1000
    assert counts() == few
