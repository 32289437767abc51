"""What happens to tasks: noted, changed by two without loss, taken once, handed back, closed once, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.core.registries import lent
from app.extensions import db
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.timing import Timing
from app.outcomes.models import OutcomeKind
from app.people.models import Person
from app.tasks import events, telling
from app.tasks.models import Task, TaskState
from app.tasks.services import (
    NothingToTakeUp,
    Planned,
    TakenMeanwhile,
    TaskChangedMeanwhile,
    change_task,
    digest_of,
    hand_back,
    note_task,
    remove_task,
    set_state,
    take_task,
    take_up,
)
from app.tasks.words import LONGEST_BACK, LONGEST_WORDS
from app.workinggroups import events as of_groups
from app.workinggroups.models import GroupCoordinator, GroupMembership, GroupState, Standing
from app.workinggroups.queries import find_membership
from app.workinggroups.services import admit, end_place
from app.workinggroups.services import set_state as set_group_state
from tests.make.outcomes import make_outcome
from tests.make.people import make_organisation
from tests.make.reflections import actor_of
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group
from tests.tasks.conftest import Cast

PLANNED = Planned("Mesurer la chaleur", "fr")
DAY = Timing.days(date(2027, 3, 15))


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The names of the events sent."""
    names: list[str] = []
    with ExitStack() as stack:
        for signal in (events.task_noted, events.task_changed, events.task_state_changed, events.task_removed):

            def note(_sender: Task, name: str = signal.name, **_more: Any) -> None:
                names.append(name.removeprefix("tasks.task_"))

            stack.enter_context(signal.connected_to(note))
        yield names


def audited() -> list[str]:
    lines = db.session.scalars(sa.select(AuditLine.code).where(AuditLine.subject_kind == "task"))
    return sorted(code.rsplit(".", 1)[1] for code in lines)


def told(kind: str) -> set[Any]:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


# ---------- noting


def test_a_task_keeps_what_was_said(cast: Cast, now: datetime, heard: list[str]) -> None:
    union = make_organisation("Example Union")
    planned = replace(PLANNED, organisation_id=union.id, owner_id=cast.member.id, by=DAY)
    task = note_task(actor_of(cast.member), cast.group, planned, now=now)
    assert (task.words, task.language, task.state) == ("Mesurer la chaleur", "fr", TaskState.OPEN)
    assert (task.owner_id, task.organisation_id, task.noted_by) == (cast.member.id, union.id, cast.member.id)
    assert (heard, audited()) == (["noted"], ["noted"])
    moment = task.moment
    assert (moment.subject_kind, moment.subject_id, moment.audience) == ("task", task.id, f"group:{cast.group.id}")
    assert (moment.status, moment.certainty) == (Status.CONFIRMED, Certainty.VERIFIED)


@pytest.mark.parametrize(
    ("by", "is_around", "known"),
    [
        (DAY, False, (Status.CONFIRMED, Certainty.VERIFIED)),
        (DAY, True, (Status.PLANNED, Certainty.ESTIMATED)),
        (Timing.month(2027, 3), False, (Status.PLANNED, Certainty.VERIFIED)),
        (Timing.month(2027, 3), True, (Status.PLANNED, Certainty.VERIFIED)),
        (Timing.year_only(2027), False, (Status.PLANNED, Certainty.VERIFIED)),
    ],
)
def test_only_an_exact_day_is_confirmed(
    cast: Cast, now: datetime, by: Timing, is_around: bool, known: tuple[Status, Certainty]
) -> None:
    planned = replace(PLANNED, by=by, is_around=is_around)
    task = note_task(actor_of(cast.member), cast.group, planned, now=now)
    assert (task.moment.status, task.moment.certainty) == known


@pytest.mark.parametrize(
    ("planned", "field"),
    [
        (replace(PLANNED, words="  "), "words"),
        (replace(PLANNED, words="a" * (LONGEST_WORDS + 1)), "words"),
        (replace(PLANNED, language="no language"), "language"),
        (replace(PLANNED, owner_id=uuid4()), "owner"),
        (replace(PLANNED, organisation_id=uuid4()), "organisation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, now: datetime, planned: Planned, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        note_task(actor_of(cast.member), cast.group, planned, now=now)
    assert refused.value.field == field


def test_an_observer_has_no_task(cast: Cast, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        note_task(actor_of(cast.coordinator), cast.group, replace(PLANNED, owner_id=cast.observer.id), now=now)
    assert refused.value.field == "owner"


@pytest.mark.parametrize("who", ["observer", "outsider"])
def test_who_does_not_take_part_notes_nothing(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        note_task(actor_of(getattr(cast, who)), cast.group, PLANNED, now=now)


def test_in_a_closed_group_everything_stands_as_it_is(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group)
    set_group_state(actor_of(cast.secretary), cast.group, GroupState.CLOSED, now=now)
    for person in (cast.member, cast.coordinator, cast.secretary):
        with pytest.raises(NotAllowed):
            note_task(actor_of(person), cast.group, PLANNED, now=now)
        with pytest.raises(NotAllowed):
            set_state(actor_of(person), task, state=TaskState.DONE, now=now)


# ---------- changing


def test_two_editors_find_out_about_each_other(cast: Cast, now: datetime, heard: list[str]) -> None:
    task = make_task(cast.group, by=DAY)
    seen = digest_of(task)
    change_task(actor_of(cast.coordinator), task, replace(PLANNED, by=DAY), filled_from=seen, now=now)
    with pytest.raises(TaskChangedMeanwhile):
        change_task(actor_of(cast.member), task, PLANNED, filled_from=seen, now=now)
    assert (task.words, heard) == ("Mesurer la chaleur", ["changed"])


def test_the_same_words_again_change_nothing(cast: Cast, now: datetime, heard: list[str]) -> None:
    task = note_task(actor_of(cast.member), cast.group, replace(PLANNED, by=DAY), now=now)
    change_task(actor_of(cast.member), task, replace(PLANNED, by=DAY), filled_from=digest_of(task), now=now)
    assert heard == ["noted"]


def test_what_was_removed_is_not_changed(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, removed_at=now)
    with pytest.raises(TaskChangedMeanwhile):
        change_task(actor_of(cast.member), task, PLANNED, filled_from="", now=now)


def test_a_date_is_moved_and_taken_back(cast: Cast, now: datetime) -> None:
    actor, task = actor_of(cast.member), make_task(cast.group, by=DAY)
    moved = replace(PLANNED, by=Timing.month(2027, 4))
    change_task(actor, task, moved, filled_from=digest_of(task), now=now)
    assert (task.moment.precision, task.moment.status) == (Precision.MONTH, Status.PLANNED)
    change_task(actor, task, PLANNED, filled_from=digest_of(task), now=now)
    assert task.moment is None
    assert db.session.scalar(sa.select(sa.func.count()).where(Moment.subject_id == task.id)) == 0


def test_the_task_of_somebody_else_is_changed_by_whoever_runs_the_group_alone(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, owner=cast.colleague)
    with pytest.raises(NotAllowed):
        change_task(actor_of(cast.member), task, PLANNED, filled_from="", now=now)
    planned = replace(PLANNED, owner_id=cast.member.id)
    change_task(actor_of(cast.coordinator), task, planned, filled_from="", now=now)
    assert (task.owner_id, task.assigned_by) == (cast.member.id, cast.coordinator.id)
    assert told(telling.ASSIGNED) == {cast.member.id}


def test_nobody_is_told_what_they_took_themselves(cast: Cast, now: datetime) -> None:
    note_task(actor_of(cast.member), cast.group, replace(PLANNED, owner_id=cast.member.id), now=now)
    take_task(actor_of(cast.member), make_task(cast.group), now=now)
    assert told(telling.ASSIGNED) == set()


def test_the_owner_may_have_left_and_the_words_still_be_mended(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, owner=cast.outsider, state=TaskState.DONE)
    planned = replace(PLANNED, owner_id=cast.outsider.id)
    change_task(actor_of(cast.coordinator), task, planned, filled_from="", now=now)
    assert task.words == PLANNED.words


# ---------- taking, handing back


def test_of_two_who_take_a_task_one_has_it(cast: Cast, now: datetime, heard: list[str]) -> None:
    task = make_task(cast.group, given_back_by=cast.coordinator.id, given_back_at=now, given_back_words="no time")
    for _twice in range(2):
        take_task(actor_of(cast.member), task, now=now)
    with pytest.raises(TakenMeanwhile):
        take_task(actor_of(cast.colleague), task, now=now)
    assert (task.owner_id, task.given_back_by, task.given_back_words) == (cast.member.id, None, "")
    assert (heard, audited()) == (["changed"], ["taken"])


def test_who_read_the_page_before_somebody_else_took_the_task_hears_of_it(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group)
    db.session.execute(
        sa.update(Task).values(owner_id=cast.colleague.id), execution_options={"synchronize_session": False}
    )
    assert task.owner_id is None, "what was read before"
    with pytest.raises(TakenMeanwhile):
        take_task(actor_of(cast.member), task, now=now)


def test_a_closed_task_is_not_taken(cast: Cast, now: datetime) -> None:
    with pytest.raises(TakenMeanwhile):
        take_task(actor_of(cast.member), make_task(cast.group, state=TaskState.DONE), now=now)


def test_an_observer_takes_nothing(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        take_task(actor_of(cast.observer), make_task(cast.group), now=now)


def test_handing_back_says_a_word_and_tells_who_gave_it(cast: Cast, now: datetime, heard: list[str]) -> None:
    task = make_task(cast.group, owner=cast.member, assigned_by=cast.coordinator.id, state=TaskState.UNDER_WAY, by=DAY)
    for _twice in range(2):
        hand_back(actor_of(cast.member), task, words=" Je n’ai pas le temps. ", now=now)
    assert (task.owner_id, task.assigned_by, task.state) == (None, None, TaskState.OPEN)
    assert (task.given_back_by, task.given_back_words) == (cast.member.id, "Je n’ai pas le temps.")
    assert told(telling.HANDED_BACK) == {cast.coordinator.id}
    assert (heard, audited()) == (["changed"], ["handed_back"])


def test_handing_back_what_one_took_oneself_tells_nobody(cast: Cast, now: datetime) -> None:
    hand_back(actor_of(cast.member), make_task(cast.group, owner=cast.member), now=now)
    assert told(telling.HANDED_BACK) == set()


def test_nobody_hands_back_for_somebody_else(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, owner=cast.member)
    for person in (cast.coordinator, cast.secretary):
        with pytest.raises(NotAllowed):
            hand_back(actor_of(person), task, now=now)
    with pytest.raises(RuleBroken) as refused:
        hand_back(actor_of(cast.member), task, words="a" * (LONGEST_BACK + 1), now=now)
    assert refused.value.field == "words"


# ---------- closing


def test_closing_twice_is_once_and_opening_again_lets_the_date_stand(
    cast: Cast, now: datetime, heard: list[str]
) -> None:
    actor, task = actor_of(cast.member), make_task(cast.group, owner=cast.member, by=DAY)
    for _twice in range(2):
        set_state(actor, task, state=TaskState.DROPPED, now=now)
    assert (task.moment.status, task.closed_at) == (Status.CANCELLED, now)
    set_state(actor, task, state=TaskState.UNDER_WAY, now=now)
    assert (task.moment.status, task.closed_at) == (Status.CONFIRMED, None)
    set_state(actor, task, state=TaskState.DONE, now=now)
    assert (task.moment.status, task.closed_at) == (Status.CONFIRMED, now)
    assert heard == ["state_changed"] * 3


def test_what_is_opened_again_after_its_owner_left_is_nobodys(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, owner=cast.outsider, state=TaskState.DONE)
    set_state(actor_of(cast.coordinator), task, state=TaskState.OPEN, now=now)
    assert (task.owner_id, task.given_back_by) == (None, cast.outsider.id)


def test_removing_calls_the_date_off_and_happens_once(cast: Cast, now: datetime, heard: list[str]) -> None:
    task = make_task(cast.group, by=DAY, noted_by=cast.member.id)
    for _twice in range(2):
        remove_task(actor_of(cast.member), task, now=now)
    assert (task.removed_at, task.moment.status, heard) == (now, Status.CANCELLED, ["removed"])


# ---------- taking up


def test_what_a_session_agreed_on_is_taken_up_once_per_group(cast: Cast, now: datetime, heard: list[str]) -> None:
    union = make_organisation()
    outcome = make_outcome(cast.session, "قياس الحرارة", language="ar", organisation_id=union.id, by=DAY)
    other = make_outcome(cast.session, kind=OutcomeKind.ACTION)
    actor = actor_of(cast.member)
    (task,) = take_up(actor, cast.group, [outcome], now=now)
    assert (task.words, task.language, task.organisation_id) == ("قياس الحرارة", "ar", union.id)
    assert (task.outcome_id, task.owner_id, task.moment.wall_start) == (outcome.id, None, DAY.wall_start)
    assert task.moment.audience == f"group:{cast.group.id}"
    (second,) = take_up(actor, cast.group, [outcome, other], now=now)
    assert second.outcome_id == other.id
    with pytest.raises(NothingToTakeUp):
        take_up(actor, cast.group, [outcome, other], now=now)
    assert heard == ["noted", "noted"]


def test_another_group_takes_the_same_up_and_what_was_removed_may_come_again(cast: Cast, now: datetime) -> None:
    outcome, actor = make_outcome(cast.session), actor_of(cast.coordinator)
    (task,) = take_up(actor, cast.group, [outcome], now=now)
    other = make_group("Another group")
    make_coordinator(other, cast.coordinator)
    assert len(take_up(actor_of(cast.coordinator), other, [outcome], now=now)) == 1
    remove_task(actor, task, now=now)
    assert len(take_up(actor, cast.group, [outcome], now=now)) == 1


def test_nothing_ticked_takes_nothing_up(cast: Cast, now: datetime) -> None:
    with pytest.raises(NothingToTakeUp) as refused:
        take_up(actor_of(cast.member), cast.group, [], now=now)
    assert refused.value.field == "outcomes"


# ---------- leaving


def place(cast: Cast, person: Person) -> GroupMembership:
    found = find_membership(cast.group, person.id)
    assert found is not None
    return found


def test_who_leaves_gives_back_what_is_to_be_done(cast: Cast, now: datetime) -> None:
    mine = make_task(cast.group, owner=cast.member, state=TaskState.UNDER_WAY, assigned_by=cast.coordinator.id)
    done = make_task(cast.group, owner=cast.member, state=TaskState.DONE)
    elsewhere = make_task(make_group("Another group"), owner=cast.member)
    theirs = make_task(cast.group, owner=cast.colleague)
    end_place(actor_of(cast.member), place(cast, cast.member), now=now)
    assert (mine.owner_id, mine.state, mine.given_back_by) == (None, TaskState.OPEN, cast.member.id)
    assert mine.assigned_by is None
    assert (done.owner_id, elsewhere.owner_id) == (cast.member.id, cast.member.id)
    assert theirs.owner_id == cast.colleague.id
    assert audited() == ["released"]


def test_a_guest_who_observes_from_now_on_gives_back_what_is_to_be_done(cast: Cast, now: datetime) -> None:
    place(cast, cast.member).standing = Standing.GUEST
    task = make_task(cast.group, owner=cast.member)
    admit(actor_of(cast.secretary), cast.group, cast.member.id, standing=Standing.OBSERVER, now=now)
    assert task.owner_id is None


def test_a_member_who_also_runs_the_group_keeps_the_tasks_until_both_have_ended(cast: Cast, now: datetime) -> None:
    row = make_coordinator(cast.group, cast.member)
    task = make_task(cast.group, owner=cast.member)
    end_place(actor_of(cast.member), place(cast, cast.member), now=now)
    assert task.owner_id == cast.member.id
    ending = sa.update(GroupCoordinator).where(GroupCoordinator.id == row.id)
    db.session.execute(ending.values(ended_at=now))
    of_groups.coordinator_ended.send(row, actor=actor_of(cast.secretary), now=now)
    assert task.owner_id is None


def test_who_is_written_for_takes_part_by_the_hand_of_a_helper_and_runs_nothing(cast: Cast, now: datetime) -> None:
    free, others = make_task(cast.group), make_task(cast.group, owner=cast.colleague)
    make_coordinator(cast.group, cast.member)
    helped = lent(actor_of(cast.member), cast.outsider.id)
    assert take_task(helped, free, now=now).owner_id == cast.member.id
    with pytest.raises(NotAllowed):
        set_state(helped, others, state=TaskState.DONE, now=now)
