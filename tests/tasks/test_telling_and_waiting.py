"""What others print and send of tasks: mails, the overview, rooms, cards, search, and what is kept about a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale

from app.core import mails, registries, slots, waiting
from app.core.actors import VISITOR
from app.core.mails import Words
from app.core.notices import Notice
from app.core.permissions import can
from app.core.registries import Contact
from app.extensions import db
from app.moments.timing import Timing
from app.people.models import Person
from app.tasks import searching, telling
from app.tasks.cards import glimpse
from app.tasks.models import Task, TaskState
from app.tasks.personal_data import erase_person, export_person, merge_person
from app.tasks.services import Planned, change_task, hand_back, note_task, take_task
from app.workinggroups.models import GroupState
from app.workinggroups.queries import find_membership
from app.workinggroups.services import end_place
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_assistance, make_person
from tests.make.reflections import actor_of
from tests.make.tasks import make_task
from tests.make.workinggroups import make_place
from tests.tasks.conftest import Cast

Browse = Callable[[Person | None], Reader]
DAY = Timing.days(date(2026, 12, 24))


def notice(kind: str) -> Notice:
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.created_at.desc())).one()


def mail(kind: str, language: str = "en") -> Words | None:
    row = notice(kind)
    with force_locale(language):
        return mails.write(kind, row.parameters, Contact("x@example.org", language, "Fatou"))


# ---------- mails


def test_whoever_is_given_a_task_reads_what_by_whom_and_by_when(cast: Cast, now: datetime) -> None:
    planned = Planned("Mesurer la chaleur", "fr", owner_id=cast.member.id, by=DAY)
    task = note_task(actor_of(cast.coordinator), cast.group, planned, now=now)
    written = mail(telling.ASSIGNED)
    assert written is not None
    assert written.subject == "Land group: a task for you until Thursday 24 December 2026"
    assert task.moment is not None
    assert written.date == task.moment.until
    assert written.text == (
        "Huda Example has given you a task of the group Land group:\n\nMesurer la chaleur\n\n"
        "By when: Thursday 24 December 2026\n\nIf it is not for you, hand it back on its page, with a word if you "
        f"like: http://127.0.0.1:8000/groups/land-group/tasks/{task.id}"
    )


def test_who_helps_somebody_without_e_mail_learns_it_for_them(cast: Cast, now: datetime) -> None:
    assisted = make_person("Awa Exemple")
    make_place(cast.group, assisted)
    make_assistance(assisted, cast.facilitator)
    planned = Planned("Measure", "en", owner_id=assisted.id)
    task = note_task(actor_of(cast.coordinator), cast.group, planned, now=now)
    rows = db.session.scalars(sa.select(Notice).where(Notice.kind == telling.ASSIGNED))
    by_person = {row.person_id: row for row in rows}
    assert set(by_person) == {assisted.id, cast.facilitator.id}
    parameters = by_person[cast.facilitator.id].parameters
    written = mails.write(telling.ASSIGNED, parameters, Contact("x@example.org", "en", "Amina"))
    assert written is not None
    assert written.subject == "For Awa Exemple: Land group: a task for you"
    task.assigned_by = None
    written = mails.write(telling.ASSIGNED, parameters, Contact("x@example.org", "en", "Amina"))
    assert written is not None
    assert "You have been given a task of the group Land group:" in written.text


def test_who_gave_a_task_reads_that_it_came_back_and_why(cast: Cast, now: datetime) -> None:
    task = make_task(cast.group, owner=cast.member, assigned_by=cast.coordinator.id)
    hand_back(actor_of(cast.member), task, words="Pas le temps.", now=now)
    written = mail(telling.HANDED_BACK)
    assert written is not None
    assert written.subject == "Land group: a task came back"
    assert written.text == (
        "Fatou Exemple hands a task back to the group Land group:\n\nMeasure the heat\n\n"
        "Their words: Pas le temps.\n\nNobody has it now. Give it to somebody else here: "
        f"http://127.0.0.1:8000/groups/land-group/tasks/{task.id}"
    )
    cast.member.name = ""
    task.given_back_words = ""
    nameless = mail(telling.HANDED_BACK)
    assert nameless is not None
    assert "A task came back to the group Land group:" in nameless.text
    assert "Their words" not in nameless.text


def test_a_mail_leaves_only_while_it_is_true(cast: Cast, now: datetime) -> None:
    actor, task = actor_of(cast.coordinator), make_task(cast.group)
    change_task(actor, task, Planned("Measure", "en", owner_id=cast.member.id), filled_from="", now=now)
    given = notice(telling.ASSIGNED)
    assert telling.still_wanted(given, now)
    hand_back(actor_of(cast.member), task, now=now)
    assert not telling.still_wanted(given, now)
    back = notice(telling.HANDED_BACK)
    assert telling.still_wanted(back, now)
    take_task(actor_of(cast.colleague), task, now=now)
    assert not telling.still_wanted(back, now)
    task.removed_at = now
    assert not telling.still_wanted(back, now)
    assert (mail(telling.ASSIGNED), mail(telling.HANDED_BACK)) == (None, None)


# ---------- the overview


def sentences(person: Person, now: datetime = START) -> list[str]:
    return [line.sentence for line in waiting.lines(actor_of(person), now) if "/tasks" in line.href]


def test_my_tasks_wait_when_they_are_overdue_or_due_within_a_week(cast: Cast, now: datetime) -> None:
    for day in (date(2026, 11, 1), date(2026, 11, 24), date(2026, 11, 25), date(2027, 3, 1)):
        make_task(cast.group, owner=cast.member, by=Timing.days(day))
    make_task(cast.group, owner=cast.member)
    make_task(cast.group, owner=cast.member, by=Timing.days(date(2026, 11, 1)), state=TaskState.DONE)
    with current_app.test_request_context():
        assert sentences(cast.member) == ["1 of your tasks is overdue.", "2 of your tasks are due within a week."]
        assert sentences(cast.coordinator) == ["1 task of others is overdue."]
        assert sentences(cast.colleague) == sentences(cast.outsider) == []


def test_whoever_runs_the_group_sees_what_nobody_has(cast: Cast, now: datetime) -> None:
    for _three_times in range(3):
        make_task(cast.group, owner=cast.member)
    make_task(cast.group)
    place = find_membership(cast.group, cast.member.id)
    assert place is not None
    end_place(actor_of(cast.member), place, now=now)
    hand_back(actor_of(cast.colleague), make_task(cast.group, owner=cast.colleague), now=now)
    with current_app.test_request_context():
        assert sentences(cast.coordinator) == [
            "3 tasks have no owner since Fatou Exemple left.",
            "2 tasks have no owner.",
        ]
        assert sentences(cast.colleague) == []
        cast.group.state = GroupState.CLOSED
        assert sentences(cast.coordinator) == []


# ---------- rooms


def test_the_page_of_a_group_shows_what_is_next(cast: Cast, now: datetime) -> None:
    with current_app.test_request_context():
        empty = slots.parts("workinggroups.group", actor_of(cast.member), group=cast.group)
        assert "The group has not taken anything on yet." in "".join(empty)
        assert "tasks" not in "".join(slots.parts("workinggroups.group", actor_of(cast.observer), group=cast.group))
        make_task(cast.group, "closed", state=TaskState.DONE)
        assert "Everything is done." in "".join(
            slots.parts("workinggroups.group", actor_of(cast.member), group=cast.group)
        )
        for number in range(5):
            make_task(cast.group, f"free {number}")
            make_task(cast.group, f"mine {number}", owner=cast.member)
        shown = "".join(slots.parts("workinggroups.group", actor_of(cast.member), group=cast.group))
        assert shown.count("<b>mine") == shown.count("<b>free") == 3
        assert "All 10 tasks to do" in shown
        assert slots.parts("workinggroups.group", actor_of(cast.outsider), group=cast.group) == []


def test_before_leaving_one_reads_what_goes_back(cast: Cast, now: datetime) -> None:
    for _three_times in range(3):
        make_task(cast.group, owner=cast.member)
    make_task(cast.group, owner=cast.member, state=TaskState.DONE)
    with current_app.test_request_context():
        (said,) = slots.parts("workinggroups.leaving", actor_of(cast.member), group=cast.group)
        assert "Your 3 open tasks go back to the group." in said
        assert slots.parts("workinggroups.leaving", actor_of(cast.colleague), group=cast.group) == []


# ---------- cards, search


def test_a_card_is_for_those_inside(cast: Cast, now: datetime) -> None:
    task, gone = make_task(cast.group, "mot " * 60, language="fr"), make_task(cast.group, removed_at=now)
    things = [("task", task.id), ("task", gone.id)]
    (card,) = registries.cards(things, actor_of(cast.observer)).values()
    assert (card.href, card.language, card.state) == (f"/groups/land-group/tasks/{task.id}", "fr", "open")
    assert card.title.endswith(" …")
    assert registries.cards(things, actor_of(cast.outsider)) == {}
    assert glimpse("a  b") == "a b"


def test_tasks_are_found_in_their_language_by_the_people_of_the_group(cast: Cast, now: datetime) -> None:
    task, gone = make_task(cast.group, language="fr"), make_task(cast.group, removed_at=now)
    (found,) = searching.documents([task.id, gone.id])
    assert (found.language, found.text, found.audience) == ("fr", "Measure the heat", f"group:{cast.group.id}")
    assert found.part_of == ("group", cast.group.id)


# ---------- who may


@pytest.mark.parametrize(
    ("who", "acts"),
    [
        ("coordinator", ("take change", "take change hand_back", "change")),
        ("member", ("take change", "take change hand_back", "")),
        ("observer", ("", "", "")),
        ("outsider", ("", "", "")),
        ("secretary", ("change", "change", "change")),
    ],
)
def test_who_may_do_what(cast: Cast, now: datetime, who: str, acts: tuple[str, str, str]) -> None:
    """With a task that nobody has, one's own, and that of somebody else."""
    person = getattr(cast, who)
    for owner, expected in zip((None, person, cast.colleague), acts, strict=True):
        task = make_task(cast.group, owner=owner)
        may = {act for act in ("take", "change", "hand_back") if can(actor_of(person), f"tasks.{act}", task)}
        assert may == set(expected.split())
    assert not can(VISITOR, "tasks.note", cast.group)


# ---------- a person's data


def test_what_a_person_has_is_exported(cast: Cast, now: datetime) -> None:
    make_task(cast.group, owner=cast.member, noted_by=cast.coordinator.id, assigned_by=cast.coordinator.id)
    make_task(cast.group, given_back_by=cast.member.id, given_back_at=now, given_back_words="No time")
    kept = export_person(cast.member.id)
    assert [(row["group"], row["is_mine"], row["noted_by_me"]) for row in kept["tasks"]] == [
        ("land-group", True, False)
    ]
    assert [row["said"] for row in kept["handed_back"]] == ["No time"]
    assert [row["given_by_me"] for row in export_person(cast.coordinator.id)["tasks"]] == [True]


def test_two_rows_of_one_person_become_one(cast: Cast, now: datetime) -> None:
    hands = ("owner_id", "assigned_by", "noted_by", "given_back_by")
    task = make_task(cast.group, **dict.fromkeys(hands, cast.member.id))
    kept = make_person("Fatou again")
    merge_person(kept.id, cast.member.id, now)
    assert {getattr(task, hand) for hand in hands} == {kept.id}


def test_erasing_gives_tasks_back_and_forgets_the_hand(cast: Cast, now: datetime) -> None:
    to_do = make_task(cast.group, owner=cast.member, noted_by=cast.member.id, state=TaskState.UNDER_WAY)
    done = make_task(cast.group, owner=cast.member, state=TaskState.DONE)
    back = make_task(cast.group, given_back_by=cast.member.id, given_back_at=now, given_back_words="Moi, Fatou")
    erase_person(cast.member.id, now + timedelta(days=1))
    assert (to_do.owner_id, to_do.noted_by, to_do.state) == (None, None, TaskState.OPEN)
    assert (done.owner_id, done.state) == (None, TaskState.DONE)
    assert (back.given_back_by, back.given_back_words) == (None, "")
    assert export_person(cast.member.id) == {"tasks": [], "handed_back": []}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Task)) == 3
