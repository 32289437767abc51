"""A list of 10 rows and a list of 1,000 ask the database the same number of questions."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import searching
from app.core.languages import fold
from app.core.names import Certainty, NameRow
from app.extensions import db
from app.originals.models import OriginalVersion, TranslationOffer
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Appearance,
    Need,
    Organisation,
    OrganisationParent,
    Person,
    PersonLanguage,
    PersonNeed,
    Role,
)
from app.reflections.models import AbuseReport, ConsentRequest, Reflection
from app.sessions.models import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    Attendance,
    Intake,
    Track,
    TrackMembership,
)
from tests.conftest import START
from tests.make.announcements import make_announcement
from tests.make.drafts import make_draft
from tests.make.house import make_contact_message
from tests.make.materials import make_material
from tests.make.moments import hours
from tests.make.outcomes import make_outcome
from tests.make.people import (
    make_erasure_request,
    make_import,
    make_organisation,
    make_role,
    make_secretary,
    sign_in,
)
from tests.make.reflections import make_translation
from tests.make.sessions import (
    make_claim,
    make_facilitator,
    make_head_count,
    make_question,
    make_session,
    make_track,
)

ADDRESSES = (
    "/",
    "/tracks/",
    "/phases/",
    "/tracks/full",
    "/tracks/full/applications",
    "/tracks/full/intake",
    "/tracks/full/roster",
    "/tracks/full/join/for/{example}",
    "/tracks/full/materials",
    "/tracks/full/announcements",
    "/tracks/full/inbox",
    "/tracks/full/voices/print?with=fr",
    "/tracks/full/outcomes",
    "/tracks/full/handover",
    "/reflections/",
    "/reflections/translations?into=pt",
    "/reflections/drafts",
    "/directory",
    "/people/",
    "/people/roles",
    "/people/erasures",
    "/people/import",
    "/organisations/",
    "/organisations/{example}",
    "/house/messages",
    "/reports/participation",
    "/reports/advocacy",
    "/search?q=palabras",
    "/reports/participation?track=full",
    "/sessions/{session}",
    "/sessions/{session}/attendance",
    "/sessions/{second}",
    "/sessions/{second}/attendance",
    "/sessions/{second}/attendance/said",
    "/sessions/{second}/head-counts",
)


class Full:
    """A track with two held sessions, led by somebody of the secretariat who speaks for an organisation, too; people
    are marked in the first session, and say of themselves that they were in the second."""

    def __init__(self) -> None:
        self.track = make_track("Full", slug="full")
        self.session = make_session(self.track, "Held", wall_start=START.replace(tzinfo=None, day=14), number=1)
        self.second = make_session(self.track, "Said", wall_start=START.replace(tzinfo=None, day=20), number=2)
        self.example = make_organisation("Example Union")
        self.question = make_question(self.track)
        self.reader = make_secretary()
        make_facilitator(self.track, self.reader)
        make_role(self.reader, Role.MANDATED, self.example.id)
        db.session.add(TranslationOffer(person_id=self.reader.id, language="pt", offered_at=START))
        db.session.commit()
        self.paths = {"session": self.session.id, "second": self.second.id, "example": self.example.id}

    def fill(self, number: int) -> None:
        """Add so many of everything."""
        for n in range(number):
            person, organisation = _add_person(self, f"{number}-{n}")
            _add_to_track(self, person, organisation, f"{number}-{n}")
            _add_desk(self, person, f"{number}-{n}")
        db.session.commit()


@pytest.fixture
def full(app, now):
    return Full()


def _add_person(full: Full, mark: str) -> tuple[Person, Organisation]:
    organisation = Organisation(
        id=uuid4(), kind="union", country="AR", region_id=full.example.region_id, created_at=START
    )
    name = f"Example Person {mark}"
    person = Person(
        id=uuid4(), name=name, name_fold=fold(name), preferred_language="es", created_at=START,
        appearance=Appearance.PUBLIC,
    )  # fmt: skip
    db.session.add_all([organisation, _named("organisation", organisation.id, f"Union {mark}"), person])
    db.session.flush()
    email = f"p{mark}@example.org"
    db.session.add_all(
        [
            Account(person_id=person.id, email=email, email_norm=email, verified_at=START, created_at=START),
            *(
                Affiliation(
                    person_id=person.id, organisation_id=of.id, kind=AffiliationKind.MEMBER, from_on=START.date(),
                    state=AffiliationState.CONFIRMED, asked_at=START,
                )
                for of in (organisation, full.example)
            ),
            OrganisationParent(organisation_id=organisation.id, parent_id=full.example.id, added_at=START),
            PersonNeed(person_id=person.id, need=Need.CAPTIONS),
            PersonLanguage(person_id=person.id, language="es", position=0),
        ]
    )  # fmt: skip
    return person, organisation


def _add_to_track(full: Full, person: Person, organisation: Organisation, mark: str) -> None:
    track, other = full.track, uuid4()
    db.session.add_all(
        [
            TrackMembership(track_id=track.id, person_id=person.id, organisation_id=organisation.id, joined_at=START),
            Attendance(
                gathering_id=full.session.id, person_id=person.id, attended_for_organisation_id=organisation.id,
                attended_on=START.date(), marked_at=START,
            ),
            Track(
                id=other, slug=f"t-{mark}", phase_id=track.phase_id, audience="public", published_at=START,
                eligible=[], created_at=START, intake=Intake(taken=0, needs_approval=False),
            ),
            _named("track", other, f"Track {mark}"),
            Application(
                track_id=track.id, person_id=person.id, organisation_id=organisation.id, asked_at=START,
                state=ApplicationState.ASKED, asked_by=person.id,
                answers=[ApplicationAnswer(question_id=full.question.id, words="Palabras.")],
            ),
        ]
    )  # fmt: skip
    make_claim(full.second, person, organisation)
    make_head_count(full.second, person, place=f"Hall {mark}")
    make_material(track, f"Text {mark}", session_id=full.second.id, added_by=person.id)
    make_announcement(track, person, subject=f"News {mark}")
    make_outcome(
        full.second,
        f"Promise {mark}",
        organisation_id=organisation.id,
        noted_by=person.id,
        by=hours("2027-02-13 17:00"),
    )


def _add_desk(full: Full, person: Person, mark: str) -> None:
    """Words of people, and what waits at the desks of those who look after them."""
    reflection = Reflection(
        track_id=full.track.id, session_id=full.session.id, author_id=person.id, language="es", audience="public",
        written_at=START, changed_at=START,
    )  # fmt: skip
    reflection.versions = [OriginalVersion(number=1, body="Palabras.", written_at=START)]
    db.session.add(reflection)
    db.session.flush()
    db.session.add_all(
        [
            AbuseReport(reflection_id=reflection.id, reporter_id=full.reader.id, words="No.", reported_at=START),
            ConsentRequest(
                reflection_id=reflection.id, audience="public", of_version=1, asked_by=full.reader.id, asked_at=START
            ),
        ]
    )
    make_translation(reflection, person)
    searching.changed("reflection", [reflection.id])
    make_draft(full.session, full.reader, body=f"Words {mark}")
    make_erasure_request(person)
    make_contact_message(body=f"Message {mark}")
    make_import()


def _named(kind: str, object_id, text: str) -> NameRow:
    return NameRow.of(kind, object_id, "en", text, Certainty.OWN)


def test_ten_rows_and_a_thousand_ask_as_many_questions(full, app, count_queries):
    client = sign_in(app.test_client(), full.reader)

    def counts() -> dict[str, int]:
        asked = {}
        for address in ADDRESSES:
            path = address.format(**full.paths)
            client.get(path)  # what is worked out once per process is not counted
            with count_queries() as statements:
                assert client.get(path).status_code == 200, path
            asked[address] = len(statements)
        return asked

    full.fill(10)
    few = counts()
    full.fill(990)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 1_000
    assert counts() == few
