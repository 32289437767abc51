"""A10: goals belong to the year, not to the forum."""

from __future__ import annotations

from datetime import date

import pytest

from app.advocacy.models import OccurrenceGoal, OccurrenceKind, SpaceGoal, SpaceKind
from app.extensions import db
from app.moments.models import Certainty, Status
from tests.journeys.reader import Reader
from tests.make.advocacy import make_occurrence, make_space
from tests.make.people import make_member, sign_in


@pytest.fixture
def reader(client, now):
    """A member, in a house that knows the HLPF of two years and the bodies of the New Urban Agenda."""
    forum = make_space("High-level political forum", acronym="HLPF", slug="hlpf", kind=SpaceKind.FORUM)
    forum.goals = [SpaceGoal(goal=goal) for goal in (1, 2, 6, 7, 9, 11, 13, 16, 17)]
    for year, goals in ((2023, (6, 7, 9, 11, 17)), (2024, (1, 2, 13, 16, 17))):
        first, last = date(year, 7, 10), date(year, 7, 19)
        occurrence = make_occurrence(forum, first, last, kind=OccurrenceKind.FORUM, status=Status.HELD)
        occurrence.goals = [OccurrenceGoal(goal=goal) for goal in goals]
    agenda = make_space("New Urban Agenda", slug="new-urban-agenda", kind=SpaceKind.FRAMEWORK)
    wuf = make_space("World Urban Forum", acronym="WUF", parent_id=agenda.id, kind=SpaceKind.FORUM)
    board = make_space("Executive Board of UN-Habitat", parent_id=agenda.id, kind=SpaceKind.GOVERNING_BODY)
    for body in (agenda, wuf, board):
        body.goals = [SpaceGoal(goal=11)]
        body.certainties = {"goals": Certainty.TYPICAL.value}
    make_occurrence(wuf, date(2024, 11, 4), date(2024, 11, 8), number=12, kind=OccurrenceKind.FORUM, status=Status.HELD)
    db.session.flush()
    return Reader(sign_in(client, make_member()))


def narrowed(reader: Reader, goal: int) -> str:
    """Choose a goal in the calendar, as the form does, and read what is listed below it."""
    reader.open("/advocacy/")
    form = reader.page.find("form", action="/advocacy/")
    assert form.find("option", value=str(goal)), "the goal can be chosen"
    reader.open(f"/advocacy/?goal={goal}")
    assert reader.status == 200
    return " ".join(room.get_text(" ", strip=True) for room in reader.page.select("main section"))


def test_goal_11_lists_the_forum_of_2023_and_the_bodies_of_the_new_urban_agenda(reader):
    listed = narrowed(reader, 11)
    assert "HLPF: Forum, 2023" in listed
    assert "HLPF: Forum, 2024" not in listed
    assert "WUF: Forum 12" in listed
    assert "New Urban Agenda" in listed
    assert "Executive Board of UN-Habitat" in listed
    assert "Goals reviewed: 6, 7, 9, 11, 17" in listed
    assert "Goals of the space: 11 (to be checked)" in listed


def test_goal_17_lists_both_years(reader):
    listed = narrowed(reader, 17)
    assert "HLPF: Forum, 2023" in listed
    assert "HLPF: Forum, 2024" in listed
    assert "WUF" not in listed
