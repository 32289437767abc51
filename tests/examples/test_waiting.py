"""Every desk of the example house has something on it, so that every kind of page can be met without doing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.core import waiting
from app.core.files import path_of
from app.core.outbox import MailState, OutboxMail
from app.core.registries import actor_at
from app.examples import make_examples, recording
from app.examples.cast import ACCOUNTS, CORRESPONDENTS
from app.examples.ramadan import saturday_in_ramadan
from app.examples.second_track import SLUG
from app.extensions import db
from app.house.models import ContactMessage
from app.moments.kindness import Kindness, hour_there, is_ramadan
from app.people.models import Account, ImportState, LineOutcome, PeopleImport, PeopleImportLine, Person
from app.reflections import queries as reflections
from app.reflections.models import AbuseReport, Draft, DraftOrigin, Reflection, Voice, Withholding
from app.sessions.meeting_lists.matching import Kind
from app.sessions.models import LearningSession, MeetingList, Track
from app.sessions.queries.zones import list_ramadan_zones
from app.sessions.showing.meeting_lists import preview_of
from tests.make.people import sign_in


@pytest.fixture
def made(app: Flask, now: datetime) -> Iterator[None]:
    """The example house, with a page at hand: lines and names are words on one."""
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)
    with app.test_request_context("/overview"):
        yield


def all_of(model: type) -> list:
    return list(db.session.scalars(sa.select(model)).unique())


def person_of(role: str) -> Person:
    return db.session.scalars(sa.select(Person).join(Account).where(Account.email == f"{role}@example.org")).one()


def waits_for(role: str, now: datetime) -> list[waiting.Line]:
    return waiting.lines(actor_at(person_of(role).id, now), now)


@pytest.mark.usefixtures("made")
class TestWhatWaits:
    def test_the_secretariat_finds_lines_of_eleven_kinds(self, now: datetime) -> None:
        actions = Counter(line.action for line in waits_for("secretariat", now))
        assert actions == {
            "Answer": 5,  # who asks to belong, to observe a group; whose data go; who applies; whose text was held back
            "Read them": 1,  # messages to the house
            "Decide": 1,  # a text that was reported
            "What remains to translate": 1,
            "Read and answer": 1,  # a meeting that somebody proposed
            "Check them": 1,  # entries of the advocacy calendar
            "See for whom": 1,  # a mail that did not arrive
        }

    def test_a_facilitator_finds_five_and_the_polls_of_her_group_and_of_her_track(self, now: datetime) -> None:
        led = waits_for("facilitator", now)
        asked = {"Answer the poll", "Say which hours suit you"}
        assert {line.action for line in led} == {"Answer", "Decide", "What remains to translate"} | asked
        assert len(led) == 7, "one of them: her organisation is asked to co-sign"

    def test_who_runs_a_group_finds_people_a_voice_a_poll_an_objection_advocacy_and_tasks(self, now: datetime) -> None:
        actions = [line.action for line in waits_for("coordinator", now)]
        of_texts = {actions.pop(7), actions.pop(7)}  # they close on one day
        assert of_texts == {"Look at the text", "Begin the text"}, "one is longer than is taken, one is not there"
        assert actions == [
            "Answer",  # who asks to belong to her organisation
            "Give its voice",
            "Answer the poll",
            "Answer",  # who asks to observe
            "Read and sign",  # a joint statement in two languages
            "Read and sign",
            "Open the decision",
            "Say what came of it",  # a speech at a session that is over
            "See what changed",  # a deadline was confirmed
            "See what changed",  # its session has moved
            "Check them",
            "Find somebody",  # for the task of somebody who left
            "Find somebody",  # for what a session committed itself to
            "See the tasks",
        ]

    def test_a_member_finds_a_voice_a_poll_invitations_signatures_a_comment_moved_dates_and_a_late_task(
        self, now: datetime
    ) -> None:
        assert [line.action for line in waits_for("member", now)] == [
            "Give its voice",
            "Answer the poll",
            "Read and answer",  # an invitation into a group
            "Answer",  # whether her organisation carries a chantier
            "Read and sign",  # the joint statement in two languages
            "Read and sign",
            "Read and answer",  # a comment on the text she keeps
            "See what changed",  # dates of an engagement that her organisation joins: a deadline was confirmed
            "See what changed",  # its session has moved
            "See your tasks",
        ]

    def test_an_author_finds_a_question_a_translation_and_two_drafts(self, now: datetime) -> None:
        amina = person_of("facilitator")
        waits = reflections.waiting_for_me(actor_at(amina.id, now), limit=4)
        assert (len(waits.requests), len(waits.translations)) == (1, 1)
        mine = db.session.scalars(sa.select(Draft.origin).where(Draft.author_id == amina.id))
        assert Counter(mine) == {DraftOrigin.CHAT: 1, DraftOrigin.TRANSCRIPT: 1}
        assert len(all_of(Draft)) == 4

    def test_a_report_and_an_appeal_wait_about_different_texts(self) -> None:
        [report], [withholding] = all_of(AbuseReport), all_of(Withholding)
        assert report.decided_at is None
        assert withholding.appealed_at is not None
        assert withholding.lifted_at is None
        assert report.reflection_id != withholding.reflection_id

    def test_of_three_messages_one_is_answered(self) -> None:
        assert Counter(row.answered_at is not None for row in all_of(ContactMessage)) == {True: 1, False: 2}

    def test_a_mail_failed_and_no_other_will_ever_be_sent(self) -> None:
        assert [mail.state for mail in all_of(OutboxMail)] == [MailState.FAILED]

    def test_a_file_of_people_was_tried_and_added_nobody(self) -> None:
        [brought] = all_of(PeopleImport)
        assert brought.state is ImportState.TRIED
        outcomes = Counter(row.outcome for row in all_of(PeopleImportLine))
        assert outcomes == {LineOutcome.ADDED: 3, LineOutcome.KNOWN: 1, LineOutcome.REFUSED: 2}
        assert len(all_of(Account)) == len(ACCOUNTS | CORRESPONDENTS)

    def test_the_list_of_the_held_session_leaves_something_to_say_of_each_kind(self) -> None:
        [staged] = all_of(MeetingList)
        preview = preview_of(db.session.get_one(LearningSession, staged.gathering_id), staged)
        kinds = (preview.sure, preview.likely, preview.unknown, preview.machines)
        assert all(kinds)
        assert {entry.kind for entries in kinds for entry in entries} == set(Kind)


@pytest.mark.usefixtures("made")
class TestVoices:
    def test_two_people_spoke_and_what_is_heard_is_a_recording(self) -> None:
        voices = all_of(Voice)
        assert len(voices) == 2
        for voice in voices:
            assert path_of(voice.file_id).read_bytes().startswith(b"\xff")  # the mark of an MP3 frame
            assert (voice.seconds, voice.file.media_type) == (3, "audio/mpeg")

    def test_one_has_its_words_which_say_that_nobody_speaks(self) -> None:
        spoken = [db.session.get_one(Reflection, voice.reflection_id) for voice in all_of(Voice)]
        texts = {row.language: row.versions[-1].body for row in spoken}
        assert "ejemplo" in texts["es"]
        assert texts["fr"] == ""


@pytest.mark.usefixtures("made")
class TestRamadan:
    def test_the_sun_sets_during_one_of_two_sessions_of_a_series(self) -> None:
        track = db.session.scalars(sa.select(Track).where(Track.slug == SLUG)).one()
        [zone] = list_ramadan_zones(track)
        planned = [row for row in all_of(LearningSession) if row.track_id == track.id and row.series_id]
        series = sorted(planned, key=lambda row: row.number)
        found = [
            hour_there(zone, row.moment.starts_at, row.moment.until, keeps_ramadan=True).kindness for row in series
        ]
        assert found == [Kindness.KIND, Kindness.SUNSET]
        assert series[-1].moment.wall_start.date() == date(2027, 2, 13)

    def test_its_page_says_so(self, client: FlaskClient) -> None:
        session = max(
            (row for row in all_of(LearningSession) if row.series_id and row.track.is_example),
            key=lambda row: row.moment.starts_at,
        )
        sign_in(client, person_of("facilitator"))
        assert "In Beirut the sun sets during the session, in Ramadan." in client.get(f"/sessions/{session.id}").text


@given(st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_from_every_day_a_ramadan_is_found_within_a_year(at: datetime) -> None:
    earliest = at.date()
    found = saturday_in_ramadan(earliest)
    assert is_ramadan(found)
    assert found.weekday() == earliest.weekday()
    assert timedelta(0) <= found - earliest < timedelta(weeks=56)


def test_beyond_the_calendar_the_day_is_left_as_it_is() -> None:
    assert saturday_in_ramadan(date(2090, 1, 7)) == date(2090, 1, 7)


def test_the_notes_are_the_same_each_time() -> None:
    assert recording.play_notes() == recording.play_notes()
    assert recording.play_notes().startswith(b"RIFF")
