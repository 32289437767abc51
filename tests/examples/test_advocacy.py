"""Advocacy of the example groups: every state of an engagement, and every kind of thing around it, has its example."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.advocacy.models import AdvocacySpace, FollowedSpace, Occurrence, OrganisationAccess, Step, StepCode
from app.core.names import all_names
from app.engagements.models import (
    Delegate,
    Engagement,
    EngagementState,
    EngagementText,
    Result,
    SignatoryState,
    SignOff,
)
from app.examples import make_examples
from app.extensions import db
from app.instruments.models import Instrument
from app.moments.models import Certainty, MomentChange, Precision, Status
from app.recommendations.models import Evidence, Follower, Recommendation
from app.recommendations.models import Status as Standing


@pytest.fixture(autouse=True)
def _made(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)


def all_of(model: type) -> list:
    return list(db.session.scalars(sa.select(model)).unique())


def sessions() -> dict[int, Occurrence]:
    return {row.number: row for row in all_of(Occurrence) if row.is_example}


def steps_of(occurrence: Occurrence) -> dict[StepCode, Step]:
    return {row.code: row for row in all_of(Step) if row.occurrence_id == occurrence.id}


def by_title(beginning: str) -> Engagement:
    return next(row for row in all_of(Engagement) if row.title.startswith(beginning))


def test_the_body_is_invented_whole_and_says_so() -> None:
    spaces = {row.space_id for row in all_of(Occurrence) if row.is_example}
    assert len(spaces) == 1
    space = db.session.get_one(AdvocacySpace, spaces.pop())
    assert space.code is None, "no file of facts knows it"
    for language, word in {"en": "example", "fr": "exemple", "es": "ejemplo", "pt": "exemplo", "ar": "مثال"}.items():
        assert f"({word})" in all_names("space", space.id)[language].text
    assert all(row.is_example for row in all_of(Occurrence) if row.space_id == space.id)
    assert {row.space_id for row in all_of(Engagement)} == {space.id}


def test_one_session_was_held_one_has_moved_and_of_one_the_month_is_known(now: datetime) -> None:
    held, coming, later = (sessions()[number] for number in (12, 13, 14))
    assert held.moment.status is Status.HELD
    assert (coming.moment.status, coming.moment.starts_at > now) == (Status.CONFIRMED, True)
    assert [row.reason for row in all_of(MomentChange) if row.moment_id == coming.moment_id and row.reason]
    assert (later.moment.precision, later.moment.certainty) == (Precision.MONTH, Certainty.ESTIMATED)


def test_deadlines_are_expected_confirmed_and_moved(now: datetime) -> None:
    steps = steps_of(sessions()[13])
    expected = steps[StepCode.WRITTEN_STATEMENT].moment
    assert (expected.certainty, expected.precision) == (Certainty.ESTIMATED, Precision.DAY)
    assert expected.until > now
    assert [row for row in all_of(MomentChange) if row.moment_id == expected.id], "it followed its session"
    confirmed = steps[StepCode.PARALLEL_REPORT].moment
    assert (confirmed.certainty, confirmed.precision) == (Certainty.VERIFIED, Precision.MINUTE)


def test_engagements_stand_in_every_state() -> None:
    engagements = all_of(Engagement)
    assert Counter(row.state for row in engagements) == {
        EngagementState.WATCHING: 1,
        EngagementState.PLANNED: 1,
        EngagementState.IN_THE_MAKING: 2,
        EngagementState.SUBMITTED: 1,
        EngagementState.CLOSED: 1,
        EngagementState.GIVEN_UP: 1,
    }
    assert all(row.is_example for row in engagements)
    assert {row.language for row in engagements} == {"ar", "en", "es", "fr"}


def test_a_joint_statement_has_organisations_texts_and_people_in_every_state() -> None:
    joint = by_title("Joint statement")
    assert Counter(row.state for row in joint.signatories) == {
        SignatoryState.AGREED: 2,
        SignatoryState.DECLINED: 1,
        SignatoryState.ASKED: 2,
    }
    texts = {row.text.language: row for row in all_of(EngagementText) if row.engagement_id == joint.id}
    assert {language: row.text.version for language, row in texts.items()} == {"fr": 2, "en": 1}
    [signature] = [row for row in all_of(SignOff) if row.signatory.engagement_id == joint.id]
    assert (signature.text_id, signature.version) == (texts["fr"].text_id, 1), "a later version asks again"
    assert len({row.part for row in all_of(Delegate)}) == 4


def test_what_has_ended_says_what_came_of_it(now: datetime) -> None:
    ended = by_title("What thirty-eight")
    assert (ended.result, bool(ended.proof), bool(ended.follow_up)) == (Result.PARTLY, True, True)
    recommendations = all_of(Recommendation)
    assert {row.engagement_id for row in recommendations} == {ended.id}
    assert Counter(row.status for row in recommendations) == {Standing.UNDER_WAY: 1, Standing.OPEN: 1}
    assert (len(all_of(Follower)), len(all_of(Evidence))) == (3, 1)
    assert all(row.issued_on < now.date() - timedelta(days=14) for row in recommendations)


def test_who_has_which_status_is_noted_and_a_statement_is_on_offer() -> None:
    assert Counter(row.certainty for row in all_of(OrganisationAccess)) == {Certainty.VERIFIED: 3, Certainty.UNSURE: 1}
    assert Counter(row.until_on is None for row in all_of(OrganisationAccess)) == {True: 3, False: 1}
    [instrument] = all_of(Instrument)
    assert instrument.is_example
    assert Counter(row.group.is_example for row in all_of(FollowedSpace)) == {True: 5}
