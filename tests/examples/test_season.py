"""A season is lived in the example house: every room of it has somebody's words or somebody's answer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.announcements.models import Announcement
from app.core.files import path_of
from app.core.names import NameRow
from app.core.notices import Notice
from app.examples import make_examples
from app.examples.answers import QUOTED
from app.examples.organisations import COALITION
from app.examples.second_track import SLUG
from app.examples.standing import SPOKEN_FOR
from app.extensions import db
from app.house.models import ContactSubject
from app.materials.models import TrackMaterial
from app.moments.models import Precision
from app.originals.models import Passage
from app.outcomes.models import Outcome, OutcomeState, SessionNotes
from app.people.models import (
    Account,
    Assistance,
    OrganisationParent,
    OrganisationText,
    Person,
    PersonLanguage,
    PersonNeed,
    Role,
    RoleGrant,
)
from app.reflections.models import Quote, Reflection
from app.sessions.models import (
    Application,
    ApplicationState,
    Attendance,
    AttendanceClaim,
    HeadCount,
    IntakeQuestion,
    LearningSession,
    Track,
)
from tests.make.people import sign_in


@pytest.fixture(autouse=True)
def _made(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)


def track_of(slug: str) -> Track:
    return db.session.scalars(sa.select(Track).where(Track.slug == slug)).one()


def all_of(model: type) -> list:
    return list(db.session.scalars(sa.select(model)).unique())


def test_a_second_track_with_few_places_has_people_who_wait_and_who_ask() -> None:
    track = track_of(SLUG)
    assert (track.is_example, track.intake.needs_approval, track.intake.capacity, track.intake.taken) == (
        True,
        True,
        3,
        3,
    )
    states = Counter(db.session.scalars(sa.select(Application.state).where(Application.track_id == track.id)))
    assert states == {
        ApplicationState.ACCEPTED: 3,
        ApplicationState.WAITING: 2,
        ApplicationState.ASKED: 2,
        ApplicationState.REFUSED: 1,
        ApplicationState.WITHDRAWN: 1,
    }
    assert set(states) == set(ApplicationState), "an application of every state"
    questions = db.session.scalars(sa.select(IntakeQuestion).where(IntakeQuestion.track_id == track.id)).all()
    assert all({"en", "fr", "es", "pt", "ar"} == set(question.prompts) for question in questions)
    assert [question.is_required for question in questions] == [True, False]
    assert all(application.answers for application in all_of(Application))


def test_the_held_session_is_counted_in_three_ways() -> None:
    held = min((row for row in all_of(LearningSession) if row.track.is_example), key=lambda row: row.moment.starts_at)
    marked = set(db.session.scalars(sa.select(Attendance.person_id).where(Attendance.gathering_id == held.id)))
    said = set(db.session.scalars(sa.select(AttendanceClaim.person_id).where(AttendanceClaim.gathering_id == held.id)))
    assert (len(marked), len(said), len(said - marked)) == (12, 4, 3)
    assert [(row.gathering_id, row.people) for row in all_of(HeadCount)] == [(held.id, 6)]


def test_the_held_session_leaves_notes_and_three_outcomes() -> None:
    held = {row.id for row in all_of(LearningSession)}
    assert [row.language for row in all_of(SessionNotes) if row.gathering_id in held] == ["fr"]
    outcomes = sorted(all_of(Outcome), key=lambda row: row.position)
    assert [row.state for row in outcomes] == [OutcomeState.DONE, OutcomeState.OPEN, OutcomeState.OPEN]
    assert [row.language for row in outcomes] == ["fr", "es", "ar"]
    assert [row.moment.precision if row.moment else None for row in outcomes] == [None, Precision.MONTH, None]
    assert outcomes[2].organisation is not None


def test_there_is_material_to_read_and_a_file_whose_bytes_are_there() -> None:
    link, file = sorted(all_of(TrackMaterial), key=lambda row: row.file_id is not None)
    assert link.url.startswith("https://www.example.org/")
    assert b"example" in path_of(file.file_id).read_bytes()
    assert all("jemplo" in row.title or "example" in row.title for row in (link, file))


def test_people_answer_and_quote_each_other_in_their_own_languages() -> None:
    reflections = all_of(Reflection)
    assert all(row.is_example for row in reflections)
    answers = [(row.answered.language, row.language) for row in reflections if row.answered is not None]
    assert sorted(answers) == [("es", "fr"), ("pt", "es")]
    assert [(row.words, row.language) for row in all_of(Quote)] == [(QUOTED, "ar")]
    assert [(row.words, row.language) for row in all_of(Passage)] == [("nit nit ay garabam", "wo")]
    assert [row.language for row in all_of(Announcement)] == ["en"]


def test_somebody_without_an_account_takes_part_by_the_hand_of_a_neighbour() -> None:
    help_given = db.session.scalars(sa.select(Assistance)).one()
    assert db.session.get(Account, help_given.person_id) is None
    assert help_given.person.is_example
    written = [row for row in all_of(Reflection) if row.author_id == help_given.person_id]
    assert [row.written_down_by for row in written] == [help_given.helper_id]


def test_organisations_belong_together_and_some_speak_for_theirs(now: datetime) -> None:
    ties = all_of(OrganisationParent)
    assert (len(ties), sum(row.until_on is not None for row in ties)) == (4, 1)
    aliases = db.session.scalars(
        sa.select(NameRow.text).where(NameRow.object_id.in_([t.organisation_id for t in ties]))
    )
    assert "FHE (exemple)" in set(aliases)
    assert COALITION.name in set(db.session.scalars(sa.select(NameRow.text)))
    mandates = [row for row in all_of(RoleGrant) if row.role is Role.MANDATED]
    assert len(mandates) == 3
    assert all(row.from_on <= now.date() <= row.until_on for row in mandates)
    texts = [(row.organisation_id, row.language) for row in all_of(OrganisationText)]
    spoken_for = db.session.scalar(sa.select(NameRow.object_id).where(NameRow.text == SPOKEN_FOR))
    assert spoken_for in {row.organisation_id for row in mandates}
    assert sorted(texts) == [(spoken_for, "ar"), (spoken_for, "en")]


def test_some_say_what_they_need_and_understand() -> None:
    assert len({row.person_id for row in all_of(PersonNeed)}) == 5
    assert {row.language for row in all_of(PersonLanguage) if not row.is_spoken} == {"en", "es", "pt"}
    assert len(all_of(ContactSubject)) == 2


def test_nobody_is_sent_a_mail_about_the_season() -> None:
    assert all_of(Notice) == []


@pytest.mark.parametrize("path", ["", "/handover", "/roster", "/materials", "/outcomes", "/announcements"])
def test_whoever_leads_the_track_finds_its_pages_lived_in(client: FlaskClient, path: str) -> None:
    person = db.session.scalars(sa.select(Person).join(Account).where(Account.email == "facilitator@example.org")).one()
    db.session.commit()
    sign_in(client, person)
    assert client.get(f"/tracks/example-climate-justice{path}").status_code == 200
    assert client.get(f"/tracks/{SLUG}").status_code == 200
