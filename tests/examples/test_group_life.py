"""Half a year of an example group: every room of it has somebody's words, and every state somebody in it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.decisions import queries as decisions
from app.decisions.jobs import close_ended, remind_silent
from app.decisions.models import Decision, GivenVoice, Proxy, Stage, Stand
from app.discussions.models import Post
from app.drafting.models import Comment, JointText, Verdict
from app.examples import make_examples
from app.extensions import db
from app.moments.models import Status
from app.originals.models import Translation
from app.outcomes.models import SessionNotes
from app.people.models import Account, Person
from app.polls.models import Poll, PollAnswer, Shows
from app.sessions.models import Attendance
from app.tasks.models import Task, TaskState
from app.workinggroups.models import (
    GroupInvitation,
    GroupMaterial,
    GroupMeeting,
    GroupMembership,
    HandoverNote,
    InvitationState,
    ObserverRequest,
    ObserverRequestState,
    Standing,
    WorkingGroup,
)
from tests.make.people import sign_in

SLUG = "land-and-eviction-example"


@pytest.fixture(autouse=True)
def _made(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)


def all_of(model: type) -> list:
    return list(db.session.scalars(sa.select(model)).unique())


def of_group(model: type) -> list:
    group = db.session.scalars(sa.select(WorkingGroup).where(WorkingGroup.slug == SLUG)).one()
    return [row for row in all_of(model) if row.group_id == group.id]


def person_of(role: str) -> Person:
    return db.session.scalars(sa.select(Person).join(Account).where(Account.email == f"{role}@example.org")).one()


def test_people_are_inside_in_two_standings_and_one_has_left() -> None:
    places = of_group(GroupMembership)
    assert Counter((row.standing, row.left_at is None) for row in places) == {
        (Standing.MEMBER, True): 9,
        (Standing.MEMBER, False): 1,
        (Standing.OBSERVER, True): 1,
    }
    assert Counter(row.state for row in of_group(ObserverRequest)) == {
        ObserverRequestState.ACCEPTED: 1,
        ObserverRequestState.REFUSED: 1,
        ObserverRequestState.ASKED: 1,
    }
    [refused] = [row for row in of_group(ObserverRequest) if row.state is ObserverRequestState.REFUSED]
    assert "Do ask again" in refused.reason


def test_a_member_is_asked_into_another_group_in_its_language() -> None:
    [invitation] = all_of(GroupInvitation)
    assert (invitation.person_id, invitation.state) == (person_of("member").id, InvitationState.OPEN)
    assert (invitation.language, invitation.group.is_example) == ("es", True)


def test_two_topics_in_five_languages_with_translations_by_people() -> None:
    posts = all_of(Post)
    assert {row.language for row in posts} == {"fr", "es", "ar", "en", "pt"}
    assert len({row.language for row in posts if row.topic.is_pinned}) == 4
    assert len({row.topic_id for row in posts}) == 2
    translated = [row for row in all_of(Translation) if row.original_id in {post.id for post in posts}]
    assert Counter(row.reviewed_at is not None for row in translated) == {True: 1, False: 1}
    assert all(row.translator_id for row in translated)


def test_tasks_are_done_late_given_back_and_taken_up_from_a_session(now: datetime) -> None:
    tasks = {row.words.split()[0]: row for row in of_group(Task)}
    assert tasks["Traducir"].state is TaskState.DONE
    late = tasks["Dresser"]
    assert late.owner_id == person_of("member").id
    assert late.moment.until < now
    assert tasks["Buscar"].owner_id is None
    assert tasks["Buscar"].given_back_by is not None
    assert (tasks["Medimos"].owner_id, tasks["Medimos"].outcome.session.number) == (None, 1)


def test_one_meeting_was_held_with_its_people_and_minutes_and_one_is_to_come(now: datetime) -> None:
    held, coming, _chosen = sorted(of_group(GroupMeeting), key=lambda row: row.number)
    assert held.moment.status is Status.HELD
    assert coming.moment.starts_at > now
    assert len([row for row in all_of(Attendance) if row.gathering_id == held.id]) == 6
    assert {row.language for row in all_of(SessionNotes) if row.gathering_id == held.id} == {"fr", "ar"}
    assert Counter(row.audience == "public" for row in of_group(GroupMaterial)) == {True: 1, False: 1}


def test_one_decision_is_adopted_one_objected_to_and_one_waits_for_voices(now: datetime) -> None:
    stages = {row.stage: row for row in of_group(Decision)}
    assert set(stages) == {Stage.ADOPTED, Stage.OBJECTED, Stage.OBJECTIONS}
    adopted = stages[Stage.ADOPTED]
    assert adopted.digest
    assert adopted.review.starts_at > now
    count = decisions.count_of(adopted)
    assert (count.spoken, count.quorum, count.silence_consents) == (4, 4, True)
    assert [row.decision_id for row in all_of(Proxy)] == [adopted.id]
    [objection] = [row for row in all_of(GivenVoice) if row.stand is Stand.OBJECT]
    assert objection.decision_id == stages[Stage.OBJECTED].id
    spoken = {row.given_by for row in all_of(GivenVoice) if row.decision_id == stages[Stage.OBJECTIONS].id}
    assert spoken == {person_of("facilitator").id}, "the coordinator and a member have their voices still to give"


def test_nothing_is_due_by_itself_on_the_first_day(now: datetime) -> None:
    db.session.commit()
    assert (close_ended(now), remind_silent(now)) == (0, 0)


def test_the_rooms_of_the_group_are_lived_in(app: Flask) -> None:
    db.session.commit()
    for role in ("member", "coordinator", "secretariat"):
        client = sign_in(app.test_client(), person_of(role))
        for room in ("", "/people", "/tasks", "/meetings", "/topics", "/decisions", "/year"):
            assert client.get(f"/groups/{SLUG}{room}").status_code == 200, room


def test_one_poll_shows_who_chose_what_and_one_waits_for_two_people(now: datetime) -> None:
    closed, still_open = sorted(of_group(Poll), key=lambda row: row.started_at)
    assert (closed.shows, closed.closed_at is not None, len(closed.wordings)) == (Shows.NAMES, True, 2)
    assert still_open.is_open(now)
    answered = {row.person_id for row in all_of(PollAnswer) if row.poll_id == still_open.id}
    assert len(answered) == 2
    assert answered.isdisjoint({person_of("coordinator").id, person_of("member").id})


def test_a_joint_text_has_two_versions_and_comments_with_answers_of_every_kind() -> None:
    [text] = [row for row in of_group(JointText) if row.title.startswith("Lettre commune")]
    assert (text.version, [keeper.person_id for keeper in text.keepers]) == (2, [person_of("member").id])
    comments = all_of(Comment)
    assert Counter(row.verdict for row in comments) == {
        Verdict.TAKEN: 1,
        Verdict.PARTLY: 1,
        Verdict.NOT: 1,
        None: 1,
    }
    assert {row.settled_in for row in comments if row.verdict} == {2}
    assert {row.language for row in comments if row.verdict} == {"es", "en", "pt"}
    assert [row.language for row in of_group(HandoverNote)] == ["ar"]
