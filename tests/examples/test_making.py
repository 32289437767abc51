"""A house with examples: what stands in it, and that a house with people is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.calendars.models import CalendarFeed
from app.core import actors
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.registries import actors_at
from app.decisions.models import Proposal
from app.discussions.models import Post
from app.events.models import Event, EventSource
from app.examples import ExampleSummary, make_examples
from app.examples.cast import ACCOUNTS
from app.extensions import db
from app.moments.models import Certainty, Precision, Status
from app.originals.models import Translation
from app.people import passwords
from app.people.models import Account, Organisation, Person, Role, RoleGrant
from app.reflections.models import Reflection
from app.reports.scope import Scope
from app.reports.summary import summarise
from app.sessions.models import Attendance, LearningSession, Phase, Track, TrackFacilitator, TrackMembership
from config import Settings
from tests.make.people import make_person


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings of the test house, with a password that is told."""
    shared: Settings = app.extensions["maloca"]
    return shared.model_copy(update={"example_password": "three words here"})


@pytest.fixture
def made(settings: Settings, now: datetime) -> ExampleSummary:
    return make_examples(settings, now=now)


def example_track() -> Track:
    return db.session.scalars(sa.select(Track).where(Track.slug == "example-climate-justice")).one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def person_of(email: str) -> Person:
    return db.session.scalars(sa.select(Person).join(Account).where(Account.email == email)).one()


def test_four_accounts_with_one_password(made: ExampleSummary) -> None:
    assert made.is_made
    assert set(made.emails) == {
        f"{role}@example.org" for role in ("secretariat", "facilitator", "coordinator", "member")
    }
    for account in db.session.scalars(sa.select(Account)):
        assert account.verified_at is not None
        assert passwords.is_right(account.password_hash, "three words here")


def test_each_account_can_do_what_its_name_says(made: ExampleSummary, now: datetime) -> None:
    people = {email.partition("@")[0]: person_of(email) for email in made.emails}
    as_actor = actors_at([person.id for person in people.values()], now)
    keys = {name: as_actor[person.id].keys for name, person in people.items()}
    assert "secretariat" in keys["secretariat"]
    assert f"facilitators:{example_track().id}" in keys["facilitator"]
    assert "coordinator" in keys["coordinator"]
    assert {"network", "affiliation:member"} <= keys["member"]
    assert f"track:{example_track().id}" not in keys["member"]
    assert Counter(db.session.scalars(sa.select(RoleGrant.role))) == {
        Role.SECRETARIAT: 1,
        Role.COORDINATOR: 1,
        Role.MANDATED: 3,
    }


def test_all_of_it_is_marked_as_example(made: ExampleSummary) -> None:
    assert made.persons == count(Person)
    for model in (Person, Reflection, Post, Proposal, Event, CalendarFeed):
        assert all(row.is_example for row in db.session.scalars(sa.select(model)))
    organisations = db.session.scalars(sa.select(Organisation).where(Organisation.is_example)).all()
    assert Counter(row.is_listed for row in organisations) == {True: 47, False: 1}, "one is named and not looked at yet"
    assert len(db.session.scalars(sa.select(Phase).where(Phase.is_example)).all()) == 1


def test_a_calendar_of_others_brought_three_events(made: ExampleSummary, now: datetime) -> None:
    events = db.session.scalars(sa.select(Event).where(Event.source != EventSource.HAND)).unique().all()
    assert all("(ejemplo)" in event.title and event.moment.starts_at > now for event in events)
    assert [event.moment.zone for event in events] == ["America/Mexico_City"] * 3


def test_one_open_track_with_four_sessions_around_today(made: ExampleSummary, now: datetime) -> None:
    track = example_track()
    assert (track.slug, track.is_open, track.audience) == ("example-climate-justice", True, "public")
    sessions = db.session.scalars(
        sa.select(LearningSession).where(LearningSession.track_id == track.id).order_by(LearningSession.number)
    ).all()
    moments = [session.moment for session in sessions]
    assert [moment.status for moment in moments] == [
        Status.HELD,
        Status.CONFIRMED,
        Status.CONFIRMED,
        Status.PLANNED,
    ]
    assert [moment.wall_start.isoformat() for moment in moments] == [
        "2026-11-14T17:00:00",
        "2026-11-28T17:00:00",
        "2026-12-05T20:00:00",
        "2026-12-12T00:00:00",
    ]
    assert {moment.zone for moment in moments} == {"Africa/Nairobi"}
    assert (moments[3].precision, moments[3].certainty) == (Precision.DAY, Certainty.ESTIMATED)
    assert all(moment.until < now for moment in moments[:1])
    assert all((moment.until - moment.starts_at).total_seconds() == 7200 for moment in moments[:3])


def test_six_facilitators_and_participants_of_three_regions(made: ExampleSummary) -> None:
    team = db.session.scalars(sa.select(TrackFacilitator).where(TrackFacilitator.track_id == example_track().id)).all()
    assert Counter(row.region.code for row in team if row.region) == {"LAC": 2, "SSA": 2, "MENA": 2}
    joined = db.session.scalars(sa.select(TrackMembership).where(TrackMembership.track_id == example_track().id)).all()
    assert len(joined) == 15
    assert {"LAC", "SSA", "MENA"} <= {row.person.region.code for row in joined if row.person.region}


def test_the_held_session_has_its_attendance_with_a_walk_in(made: ExampleSummary) -> None:
    rows = db.session.scalars(
        sa.select(Attendance).join(LearningSession).where(LearningSession.track_id == example_track().id)
    ).all()
    assert len(rows) == 12
    assert "Marcel Exemple" in {row.person.name for row in rows}


def test_voices_in_five_languages_with_translations_in_every_state(made: ExampleSummary) -> None:
    reflections = db.session.scalars(sa.select(Reflection)).all()
    assert {"es", "fr", "ar", "pt", "wo"} == {reflection.language for reflection in reflections}
    versions = {reflection.id: reflection.version for reflection in reflections}
    translations = db.session.scalars(sa.select(Translation).where(Translation.original_id.in_(versions))).all()
    stale = [row for row in translations if row.of_version < versions[row.original_id]]
    machine = [row for row in translations if row.machine]
    assert len(stale) == 1
    assert [(row.machine, row.reviewed_at, row.translator_id) for row in machine] == [("Example machine", None, None)]
    assert any(row.reviewed_at is not None for row in translations)


def test_nobody_is_sent_a_mail(made: ExampleSummary) -> None:
    assert count(Notice) == 0
    assert {mail.state for mail in db.session.scalars(sa.select(OutboxMail))} == {MailState.FAILED}


def test_the_report_of_the_feminist_track_says_what_the_picture_says(made: ExampleSummary, now: datetime) -> None:
    track = db.session.scalars(sa.select(Track).where(Track.slug == "feminist-approaches-to-habitat")).one()
    report = summarise(actors.job("test"), Scope(track=track), language="es", now=now)
    assert (report.persons, report.organisations, report.sessions, report.attendances) == (81, 46, 4, 237)
    assert [line.persons for line in report.by_session] == [58, 63, 55, 61]
    assert [(line.key, line.persons) for line in report.sessions_attended] == [
        ("4", 38),
        ("3", 17),
        ("2", 8),
        ("1", 18),
    ]
    assert [(str(line.label), line.organisations, line.persons) for line in report.by_region] == [
        ("América Latina", 17, 30),
        ("África subsahariana", 15, 26),
        ("Oriente Medio y África del Norte", 9, 18),
        ("Europa", 3, 4),
        ("Asia y el Pacífico", 2, 3),
    ]
    assert [(line.key, line.persons) for line in report.by_language] == [
        ("es", 28),
        ("fr", 21),
        ("ar", 15),
        ("en", 12),
        ("pt", 5),
    ]
    assert [(line.key, line.persons) for line in report.by_gender][:2] == [("woman", 52), ("man", 17)]
    names = {str(line.label) for line in report.by_organisation}
    assert {
        "Groupement d’épargne Mfoumou (exemple)",
        "Maison Québec de Bruxelles (exemple)",
        "اتحاد نساء عدن (مثال)",
    } <= names


def test_a_second_start_makes_nothing_and_says_how_to_sign_in(
    made: ExampleSummary, settings: Settings, now: datetime
) -> None:
    again = make_examples(settings, now=now)
    assert not again.is_made
    assert (again.persons, again.emails, again.password) == (made.persons, made.emails, "three words here")


def test_a_password_that_was_changed_is_not_told(made: ExampleSummary, settings: Settings, now: datetime) -> None:
    other = settings.model_copy(update={"example_password": "something else"})
    assert make_examples(other, now=now) == ExampleSummary(is_made=False, persons=made.persons)


def test_a_house_with_people_is_left_alone(settings: Settings, now: datetime) -> None:
    make_person("Somebody")
    assert make_examples(settings, now=now) == ExampleSummary(is_made=False, persons=1)
    assert count(Track) == 0
    assert count(Account) == 0


def test_examples_come_without_the_feminist_track_too(settings: Settings, now: datetime) -> None:
    from app.examples import historic

    assert historic.make_attendance(actors.job("test"), {}, now=now) == 0


def test_the_command_says_what_it_did(app: Flask, clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    run: Callable[[], str] = lambda: app.test_cli_runner().invoke(args=["demo"]).output  # noqa: E731 - said twice
    monkeypatch.setitem(
        app.extensions, "maloca", app.extensions["maloca"].model_copy(update={"example_password": "three words here"})
    )
    first = run()
    assert first.startswith("Made 107 example people and two example tracks, open to join.\n")
    assert "Example people, password three words here\n" in first
    assert all(f"  {email}\n" in first for email in ACCOUNTS.values())
    assert run().startswith("This house has 107 persons already: nothing was made.\n")
