"""The plan of a group's year: whatever has a date for its people, whoever dated it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import current_app
from flask.testing import FlaskClient

from app.core import registries
from app.core.actors import job
from app.extensions import db
from app.moments.models import Certainty, Moment, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.people.models import Person
from app.tasks.models import Task, TaskState
from app.workinggroups.models import Standing, WorkingGroup
from app.workinggroups.rooms import dates_room
from app.workinggroups.routes.year import FIRST_YEAR
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_member, sign_in
from tests.make.reflections import actor_of
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_place

YEAR = "/groups/land-group/year"


@pytest.fixture
def group(app: object, now: datetime) -> WorkingGroup:
    return make_group("Land group", slug="land-group")


@pytest.fixture
def member(group: WorkingGroup) -> Person:
    person = make_member("Fatou Exemple")
    make_place(group, person, standing=Standing.OBSERVER)
    return person


@pytest.fixture
def reading(app: object) -> Callable[[Person], Reader]:
    def open_for(person: Person) -> Reader:
        db.session.commit()
        client: FlaskClient = current_app.test_client()
        return Reader(sign_in(client, person))

    return open_for


def dated(group: WorkingGroup, words: str, by: Timing, **overrides: object) -> Task:
    return make_task(group, words, by=by, **overrides)


def test_the_plan_is_for_those_inside(group: WorkingGroup, member: Person, reading: Callable[..., Reader]) -> None:
    inside, outside = reading(member), reading(make_member("Outside Example"))
    for path, title in ((YEAR, "text/html"), (f"{YEAR}.ics", "text/calendar")):
        assert inside.client.get(path).mimetype == title
        assert outside.client.get(path).status_code == 404


def test_dates_stand_by_month_under_the_picture(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    dated(group, "Écrire au maire", Timing.days(date(2026, 12, 2)), language="fr")
    dated(group, "A window", Timing.window(date(2025, 12, 20), date(2026, 1, 10)))
    dated(group, "Some day in the year", Timing.year_only(2026))
    dated(group, "Next year", Timing.days(date(2027, 1, 1)))
    dated(group, "Last year", Timing.days(date(2025, 12, 31)))
    dated(group, "Given up", Timing.days(date(2026, 5, 1)), state=TaskState.DROPPED)
    dated(group, "Done", Timing.days(date(2026, 5, 2)), state=TaskState.DONE)
    dated(make_group("Another group"), "Of others", Timing.days(date(2026, 12, 3)))
    reader = reading(member)
    reader.open(YEAR)
    rooms = [heading.get_text() for heading in reader.page.select("main h2")]
    assert rooms == ["At a glance", "January 2026", "May 2026", "December 2026", "Days not known yet"]
    listed = [link.get_text() for link in reader.page.select("main .lines a")]
    assert listed == ["A window", "Done", "Écrire au maire", "Some day in the year"]
    assert [row.get_text() for row in reader.page.select("table.year tbody th a")] == listed
    words = reader.page.select_one('table.year bdi[lang="fr"]')
    assert (words.get_text(), words["dir"]) == ("Écrire au maire", "ltr")
    years = [link.get_text() for link in reader.page.select("nav.views a")]
    assert years == ["2025", "2026", "2027"]
    reader.open(f"{YEAR}?year=2027")
    assert [link.get_text() for link in reader.page.select("main .lines a")] == ["Next year"]


def test_what_is_still_to_do_says_that_its_date_has_passed(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    dated(group, "Forgotten", Timing.days(date(2026, 5, 1)))
    dated(group, "Done", Timing.days(date(2026, 5, 2)), state=TaskState.DONE)
    dated(group, "Still to come", Timing.days(date(2026, 12, 2)))
    reader = reading(member)
    reader.open(YEAR)
    late = [line for line in reader.page.select("main .lines > li") if "this date has passed" in line.get_text()]
    assert [line.a.get_text() for line in late] == ["Forgotten"]


def test_a_date_that_moved_says_what_it_was(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    task = dated(group, "Count the houses", Timing.days(date(2026, 12, 2)))
    assert task.moment is not None
    change_moment(job("test"), task.moment, timing=Timing.days(date(2026, 12, 20)), now=START)
    change_moment(job("test"), task.moment, status=Status.PLANNED, now=START)
    reader = reading(member)
    reader.open(YEAR)
    assert "20 Dec, was 2 Dec" in reader.page.select_one("table.year").get_text()


@pytest.mark.parametrize("said", ["", "nonsense", "0001", str(FIRST_YEAR - 1), "٢٠٢٧"])
def test_an_empty_year_invites_and_a_year_that_cannot_be_is_this_one(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader], said: str
) -> None:
    reader = reading(member)
    reader.open(f"{YEAR}?year={said}")
    assert reader.status == 200
    assert "Plan of the year 2026" in reader.text
    assert "Nothing is planned for this year yet." in reader.text


def test_the_calendar_file_has_what_is_still_to_come_true(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    dated(group, "Ask", Timing.days(date(2026, 12, 2)))
    dated(group, "Done", Timing.days(date(2026, 5, 2)), state=TaskState.DONE)
    answer = reading(member).client.get(f"{YEAR}.ics?year=2026")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY;LANGUAGE=en:Land group: Ask" in answer.text
    assert "/groups/land-group/tasks/" in answer.text.replace("\r\n ", "")
    assert "land-group-2026.ics" in answer.headers["Content-Disposition"]


def test_the_page_of_a_group_shows_its_next_five_dates(group: WorkingGroup, member: Person, now: datetime) -> None:
    for number in range(7):
        dated(group, f"coming {number}", Timing.days(date(2026, 12, 1 + number)))
    dated(group, "over", Timing.days(date(2026, 11, 1)))
    dated(group, "done early", Timing.days(date(2026, 11, 25)), state=TaskState.DONE)
    with current_app.test_request_context():
        room = dates_room(actor_of(member), group, [], now)
        assert room.count('<a href="/groups/land-group/tasks/') == 5
        assert "coming 4" in room
        assert "done early" not in room


def test_a_date_stands_once_on_the_page_of_a_group(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    tasks = [dated(group, f"coming {number}", Timing.days(date(2026, 12, 1 + number))) for number in range(7)]
    reader = reading(member)
    reader.open("/groups/land-group")
    links = [link["href"] for link in reader.page.find_all("a", href=True)]
    shown = [links.count(f"/groups/land-group/tasks/{task.id}") for task in tasks]
    assert set(shown) == {1}


def test_a_date_of_a_package_that_was_taken_out_is_passed_over(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    create_moment(
        job("test"),
        subject_kind="gone-package",
        subject_id=group.id,
        audience=f"group:{group.id}",
        timing=Timing.days(date(2026, 12, 2)),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=START,
    )
    assert registries.cards([("gone-package", group.id)], actor_of(member)) == {}
    reader = reading(member)
    reader.open(YEAR)
    assert "Nothing is planned for this year yet." in reader.text


def test_a_date_of_the_group_itself_that_everybody_sees_is_among_them(
    group: WorkingGroup, member: Person, reading: Callable[..., Reader]
) -> None:
    moment = create_moment(
        job("test"),
        subject_kind="group",
        subject_id=group.id,
        audience="public",
        timing=Timing.days(date(2026, 12, 2)),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=START,
    )
    assert isinstance(moment, Moment)
    reader = reading(member)
    reader.open(YEAR)
    assert [link.get_text() for link in reader.page.select("main .lines a")] == ["Land group"]
