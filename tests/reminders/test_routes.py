"""Pages of reminders: for whom they are, for whom they are not there, and what a form refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.people.models import Person
from app.reminders.kinds import DAY, Kind
from app.reminders.models import Care, OwnPlan
from app.reminders.queries import find_own_plan
from app.sessions.models import Track
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_member, make_person, make_secretary, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_place
from tests.reminders.conftest import AT, Cast

Browse = Callable[[Person | None], Reader]


@pytest.fixture
def browse(app: Flask) -> Browse:
    def browsing(person: Person | None = None) -> Reader:
        db.session.commit()
        client = app.test_client()
        return Reader(sign_in(client, person) if person else client)

    return browsing


@pytest.fixture
def people(cast: Cast) -> dict[str, Person | None]:
    """Who leads one track, who runs one group, and others; both places have plain addresses."""
    track, group = make_track("Land rights", slug="land"), make_group("Tenure group", slug="tenure", audience="inside")
    facilitator, member, outsider = make_member("Jo Example"), make_member("Fatou Exemple"), make_person("Out Example")
    make_facilitator(track, facilitator)
    make_place(group, member)
    make_account(outsider)
    coordinator = make_member("Mona Example")
    make_coordinator(group, coordinator)
    return {
        "visitor": None,
        "outsider": outsider,
        "reader": make_member("Njeri Example"),
        "member": member,
        "facilitator": facilitator,
        "coordinator": coordinator,
        "secretary": make_secretary(),
    }


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (403, 403, 404, 403)),
        ("reader", (403, 403, 404, 403)),
        ("member", (403, 403, 403, 403)),
        ("facilitator", (403, 200, 404, 403)),
        ("coordinator", (403, 403, 200, 200)),
        ("secretary", (200, 200, 200, 200)),
    ],
)
def test_a_plan_is_read_by_whoever_sees_the_place_and_changed_by_whoever_leads_it(
    cast: Cast, people: dict[str, Person | None], browse: Browse, role: str, answers: tuple[int, int, int, int]
) -> None:
    reader, of_space = browse(people[role]), f"/reminders/spaces/{cast.space.slug}"
    pages = ("/reminders/", "/reminders/tracks/land", "/reminders/groups/tenure", of_space)
    forms = ("/reminders/session", f"{pages[1]}/session", f"{pages[2]}/meeting", f"{of_space}/text")
    for path, expected in zip(pages, answers, strict=True):
        reader.open(path)
        assert reader.status == (404 if expected == 404 else 200), path
        assert bool(reader.page.select(f"main a[href^='{path.rstrip('/')}/']")) == (expected == 200), path
    assert tuple(reader.client.get(path).status_code for path in forms) == answers
    reader.open("/overview")
    for path, expected in zip(forms, answers, strict=True):
        if expected != 200:
            sent = {"csrf_token": token_of(reader), "when": str(-DAY), "to_whom": "group"}
            assert reader.client.post(path, data=sent).status_code == expected
            assert reader.client.post(f"{path}/as-before", data=sent).status_code == expected
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OwnPlan)) == 0


def test_the_way_to_a_plan_stands_on_the_page_of_the_place_and_the_houses_at_the_foot(
    people: dict[str, Person | None], browse: Browse
) -> None:
    land = db.session.scalars(sa.select(Track).where(Track.slug == "land")).one()
    make_membership(land, people["member"])
    for role, page, found in (
        ("member", "/tracks/land", 1),
        ("facilitator", "/tracks/land", 1),
        ("reader", "/tracks/land", 0),
        ("member", "/groups/tenure", 1),
        ("coordinator", "/groups/tenure", 1),
    ):
        reader = browse(people[role])
        reader.open(page)
        assert len(reader.page.select(f"a[href='/reminders{page}']")) == found, (role, page)
        assert not reader.page.select("a[href='/reminders/']")
    secretary = browse(people["secretary"])
    secretary.open("/overview")
    assert secretary.page.select("footer a[href='/reminders/']")


def test_a_button_says_what_it_does_and_the_state_what_is(people: dict[str, Person | None], browse: Browse) -> None:
    page = browse(people["facilitator"])
    page.open("/reminders/tracks/land")
    assert "Do as the house does" not in page.text
    page.open("/reminders/tracks/land/session")
    page.send(has="when", when=[str(-DAY)], to_whom=["participants"])
    assert [button.text.strip() for button in page.page.select("main button")] == ["Do as the house does"]
    member = browse(people["member"])
    member.open("/reminders/tracks/land")
    assert "1 day before" in member.text
    assert not member.page.select("main form, main .button")


def token_of(reader: Reader) -> str:
    """The token that the forms of this browser carry, wherever one stands; "" where none does."""
    field = reader.page.find("input", attrs={"name": "csrf_token"})
    return str(field["value"]) if field else ""


def test_a_visitor_signs_in_first(people: dict[str, Person | None], browse: Browse) -> None:
    answer = browse(None).client.get("/reminders/tracks/land")
    assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (303, True)


def test_what_is_nowhere_and_a_kind_of_another_place_are_not_there(
    people: dict[str, Person | None], browse: Browse
) -> None:
    secretary = browse(people["secretary"]).client
    for path in ("tracks/nowhere", "groups/nowhere", "spaces/nowhere", "tracks/land/meeting", "tracks/land/nothing"):
        assert secretary.get(f"/reminders/{path}").status_code == 404, path


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"when": [str(-DAY)], "to_whom": []}, "Say who is reminded, or choose no reminder at all."),
        ({"when": [str(-DAY)], "to_whom": ["responsible"]}, ""),
        ({"when": ["-17"], "to_whom": ["group"]}, ""),
        ({"days": "0", "to_whom": ["group"]}, "Write a number of days from 1 to 365."),
        ({"days": "366", "to_whom": ["group"]}, "Write a number of days from 1 to 365."),
        ({"days": "soon", "to_whom": ["group"]}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    people: dict[str, Person | None], browse: Browse, sent: dict[str, object], said: str
) -> None:
    page = browse(people["coordinator"])
    page.open("/reminders/groups/tenure/meeting")
    page.send(has="when", **sent)
    assert page.status == 422
    assert said in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OwnPlan)) == 0


def test_a_plan_holds_ten_reminders_at_most(people: dict[str, Person | None], browse: Browse) -> None:
    page = browse(people["coordinator"])
    for days in range(100, 107):
        page.open("/reminders/groups/tenure/meeting")
        page.send(has="when", days=str(days))
        assert page.status == 200, page.text
    page.open("/reminders/groups/tenure/meeting")
    page.send(has="when", days="107")
    assert page.status == 422
    assert "Choose at most 10." in page.text
    db.session.expire_all()
    plan = db.session.scalars(sa.select(OwnPlan)).one()
    assert len(plan.rules) == 10
    group_id = plan.scope_id
    page.open("/reminders/groups/tenure")
    page.send(action="/meeting/as-before")
    assert find_own_plan(group_id, Kind.MEETING) is None


def test_what_is_told_afterwards_is_chosen_beside_what_is_told_before(
    people: dict[str, Person | None], browse: Browse
) -> None:
    page = browse(people["facilitator"])
    page.open("/reminders/tracks/land/session")
    page.send(has="when", when=[str(-DAY)], to_whom=["participants"], after=[f"{DAY}:facilitators"])
    assert page.status == 200, page.text
    assert "1 day after, to whoever leads: while nobody is marked as here" in page.text
    [plan] = db.session.scalars(sa.select(OwnPlan))
    assert {rule.minutes: rule.to_whom for rule in plan.rules} == {-DAY: ["participants"], DAY: ["facilitators"]}
    page.open("/reminders/tracks/land/session")
    ticked = {box["value"] for box in page.page.select("input[checked]")}
    assert ticked == {str(-DAY), "participants", f"{DAY}:facilitators"}


def test_nobody_takes_care_for_a_group_that_is_not_theirs(
    cast: Cast, people: dict[str, Person | None], browse: Browse, clock
) -> None:
    clock.move_to(AT)
    make_place(cast.group, people["member"])
    base = f"/reminders/deadlines/{cast.step.occurrence_id}/{cast.step.id}"
    for role, group, expected in (
        ("reader", cast.group.slug, 404),
        ("member", cast.group.slug, 403),
        ("reader", "tenure", 404),
        ("coordinator", "tenure", 403),
        ("coordinator", "nowhere", 404),
    ):
        reader = browse(people[role])
        reader.open("/overview")
        sent = {"csrf_token": token_of(reader)}
        for path in (f"{base}/{group}", f"{base}/{group}/hand-back"):
            assert reader.client.post(path, data=sent).status_code == expected, (role, path)
            assert reader.client.get(path).status_code == 405
    assert db.session.scalars(sa.select(Care)).all() == []
