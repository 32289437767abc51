"""Tasks as people meet them in a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Certainty
from app.moments.timing import Timing
from app.outcomes.models import OutcomeKind, OutcomeState
from app.people.models import Person
from app.tasks.models import Task, TaskState
from tests.journeys.reader import Reader
from tests.make.outcomes import make_outcome
from tests.make.sessions import make_membership, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_place
from tests.tasks.conftest import Cast

Browse = Callable[[Person | None], Reader]
BASE = "/groups/land-group/tasks"


def tasks() -> list[Task]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Task).order_by(Task.noted_at, Task.id)))


# ---------- who may come in


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (404, 404, 404, 404)),
        ("facilitator", (404, 404, 404, 404)),
        ("observer", (200, 403, 403, 403)),
        ("colleague", (200, 200, 403, 403)),
        ("member", (200, 200, 200, 200)),
        ("coordinator", (200, 200, 200, 403)),
        ("secretary", (200, 200, 200, 403)),
    ],
)
def test_outside_nothing_is_there_and_inside_everybody_has_their_part(
    cast: Cast, browse: Browse, role: str, answers: tuple[int, int, int, int]
) -> None:
    """Reading, noting, changing the task of a member, handing it back."""
    task = make_task(cast.group, owner=cast.member)
    client = browse(getattr(cast, role)).client
    reading, noting, changing, handing_back = answers
    for path, expected in {
        BASE: reading,
        f"{BASE}/{task.id}": reading,
        f"{BASE}.csv": noting,
        f"{BASE}/new": noting,
        f"{BASE}/from-track": noting,
        f"{BASE}/{task.id}/edit": changing,
        f"{BASE}/{task.id}/remove": changing,
        f"{BASE}/{task.id}/hand-back": handing_back,
    }.items():
        assert client.get(path).status_code == expected, path


def test_a_task_of_another_group_and_a_removed_one_are_not_there(cast: Cast, browse: Browse, now: Any) -> None:
    other = make_group("Another group", slug="another")
    make_place(other, cast.member)
    foreign, gone = make_task(other), make_task(cast.group, removed_at=now)
    reader = browse(cast.member)
    for task in (foreign, gone):
        assert reader.client.get(f"{BASE}/{task.id}").status_code == 404
    assert reader.client.get(f"/groups/another/tasks/{foreign.id}").status_code == 200


# ---------- noting and changing


def test_a_member_notes_a_task_around_a_day_for_a_colleague(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.member)
    reader.open(f"{BASE}/new")
    names = [option.get_text() for option in reader.page.select("#owner option")]
    assert names == ["Nobody yet", "Fatou Exemple", "Huda Example", "Njeri Example"]
    reader.send(
        has="words",
        language="ar",
        words="قياس الحرارة",
        owner=str(cast.colleague.id),
        by_day="15",
        by_month="3",
        by_year="2027",
        is_around="y",
    )
    (task,) = tasks()
    assert reader.path == f"{BASE}/{task.id}"
    title = reader.page.select_one("h1 bdi")
    assert (title.get_text(), title["lang"], title["dir"]) == ("قياس الحرارة", "ar", "rtl")
    assert "around Monday 15 March 2027" in reader.text
    assert "Expected" in reader.text
    assert "Njeri Example given by Fatou Exemple" in reader.text
    assert (task.owner_id, task.moment.certainty) == (cast.colleague.id, Certainty.ESTIMATED)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": ""}, "Write what is to be done, in a sentence or two."),
        ({"language": ""}, "Choose the language of your text"),
        ({"by_day": "31", "by_month": "2", "by_year": "2027"}, "This month has days from 1 to 28."),
        ({"by_day": "3"}, "Say in which year, or leave day and month empty."),
        *(
            ({"by_day": "3", "by_month": month, "by_year": "2027"}, "Not a valid choice")
            for month in ("x", "0", "13", "9" * 40, "٣")
        ),
    ],
)
def test_what_is_refused_comes_back_filled_in(cast: Cast, browse: Browse, typed: dict[str, str], said: str) -> None:
    reader = browse(cast.member)
    reader.open(f"{BASE}/new")
    reader.send(has="words", **{"language": "fr", "words": "Mesurer"} | typed)
    assert reader.status == 422
    assert said in reader.text
    assert tasks() == []


@pytest.mark.parametrize("field", ["owner", "organisation"])
def test_a_choice_that_was_never_offered_is_refused(cast: Cast, browse: Browse, field: str) -> None:
    for value in ("not-a-choice", str(cast.outsider.id)):
        reader = browse(cast.member)
        reader.open(f"{BASE}/new")
        reader.send(has="words", language="fr", words="Mesurer", **{field: value})
        assert reader.status == 422
        assert reader.page.select_one(f"#{field}-error")


def test_two_editors_see_what_the_other_wrote(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group, "Measure", by=Timing.month(2027, 3))
    first, second = browse(cast.member), browse(cast.coordinator)
    for reader in (first, second):
        reader.open(f"{BASE}/{task.id}/edit")
    first.send(has="words", words="Measure the heat")
    second.send(has="words", words="Measure roofs")
    assert second.status == 422
    assert "Measure the heat" in second.page.select_one("#there").get_text()
    second.send(has="words")
    assert [row.words for row in tasks()] == ["Measure roofs"]


def test_removing_is_asked_and_needs_a_tick(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group, noted_by=cast.member.id)
    reader = browse(cast.member)
    reader.open(f"{BASE}/{task.id}/remove")
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert (reader.path, reader.status) == (BASE, 200)
    assert "Measure the heat" not in reader.text


# ---------- one click


def test_a_task_is_taken_begun_done_and_opened_again(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group)
    reader = browse(cast.member)
    reader.open(BASE)
    reader.send(action="/take")
    assert reader.path == BASE
    assert reader.page.select_one("#yours")
    reader.open(f"{BASE}/{task.id}")
    assert len(reader.page.select("main button.button:not([class*=button--])")) == 1
    for button, said in (("under_way", "Under way"), ("done", "Done"), ("open", "To do")):
        reader.send(action="/state", button=("state", button))
        assert said in reader.text


def test_who_clicks_too_late_sees_why(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group)
    late, quick = browse(cast.member), browse(cast.colleague)
    for reader in (late, quick):
        reader.open(f"{BASE}/{task.id}")
    quick.send(action="/take")
    late.send(action="/take")
    assert late.status == 422
    assert "Somebody else has taken this task." in late.text
    assert "Njeri Example" in late.text


def test_a_state_that_does_not_exist_is_refused(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group)
    reader = browse(cast.member)
    reader.open(f"{BASE}/{task.id}")
    reader.send(action="/state", button=("state", "asleep"))
    assert reader.status == 422
    assert "Choose one of the buttons beside the task." in reader.text


def test_a_task_is_given_up_on_a_page_that_asks_and_never_by_one_click(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group, owner=cast.member)
    reader = browse(cast.member)
    reader.open(f"{BASE}/{task.id}")
    reader.send(action="/state", button=("state", "dropped"))
    assert reader.status == 422
    reader.open(f"{BASE}/{task.id}")
    assert reader.page.select_one(f"a.button[href$='{task.id}/hand-back']")
    reader.open(f"{BASE}/{task.id}/give-up")
    assert "Hand it back, for somebody else to take" in reader.text
    reader.send(action="/give-up")
    assert (reader.path, reader.status) == (f"{BASE}/{task.id}", 200)
    assert "Marked as dropped." in reader.text


def test_who_may_give_a_task_up(cast: Cast, browse: Browse) -> None:
    free, noted = make_task(cast.group), make_task(cast.group, noted_by=cast.member.id)
    others = make_task(cast.group, owner=cast.colleague, noted_by=cast.member.id)
    for person, task, status in (
        (cast.member, free, 403),
        (cast.member, noted, 200),
        (cast.member, others, 403),
        (cast.colleague, others, 200),
        (cast.coordinator, free, 200),
        (cast.observer, free, 403),
        (cast.outsider, free, 404),
    ):
        reader = browse(person)
        reader.open(f"{BASE}/{task.id}/give-up")
        assert reader.status == status


def test_a_task_is_handed_back_with_a_word(cast: Cast, browse: Browse) -> None:
    task = make_task(cast.group, owner=cast.member)
    reader = browse(cast.member)
    reader.open(f"{BASE}/{task.id}/hand-back")
    reader.send(has="words", words="a" * 501)
    assert reader.status == 422
    reader.send(has="words", words="Half of it is done.")
    assert "Fatou Exemple gave it back to the group" in reader.text
    assert "Half of it is done." in reader.text


# ---------- the list


def test_mine_stand_first_then_what_is_due_first_then_the_undated_and_closed_ones_are_folded(
    cast: Cast, browse: Browse
) -> None:
    make_task(cast.group, "undated")
    make_task(cast.group, "later", by=Timing.days(date(2027, 5, 1)))
    make_task(cast.group, "sooner", by=Timing.days(date(2027, 1, 1)))
    make_task(cast.group, "overdue", owner=cast.colleague, by=Timing.days(date(2026, 11, 1)))
    make_task(cast.group, "mine", owner=cast.member)
    make_task(cast.group, "closed", state=TaskState.DONE)
    reader = browse(cast.member)
    reader.open(BASE)
    words = [link.get_text() for link in reader.page.select("main .lines a")]
    assert words == ["mine", "overdue", "sooner", "later", "undated", "closed"]
    assert reader.page.select_one("details.fold .lines").get_text(strip=True).startswith("closed")
    assert "this date has passed" in reader.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=done", {"done"}),
        ("state=all", {"done", "mine", "free", "theirs"}),
        ("whose=mine", {"mine"}),
        ("whose=nobody", {"free"}),
        ("state=under_way", {"theirs"}),
        ("state=nonsense&whose=nonsense", {"mine", "free", "theirs", "done"}),
    ],
)
def test_the_list_is_filtered(cast: Cast, browse: Browse, query: str, found: set[str]) -> None:
    make_task(cast.group, "mine", owner=cast.member)
    make_task(cast.group, "free")
    make_task(cast.group, "theirs", owner=cast.colleague, state=TaskState.UNDER_WAY)
    make_task(cast.group, "done", owner=cast.colleague, state=TaskState.DONE)
    reader = browse(cast.member)
    reader.open(f"{BASE}?{query}")
    assert {link.get_text() for link in reader.page.select("main .lines a")} == found


def test_a_long_list_goes_on(cast: Cast, browse: Browse) -> None:
    for number in range(52):
        make_task(cast.group, f"task {number}")
    reader = browse(cast.member)
    reader.open(BASE)
    assert len(reader.page.select("main .lines > li")) == 50
    reader.open(reader.page.select_one(".pager a")["href"])
    assert len(reader.page.select("main .lines > li")) == 2


def test_an_empty_list_invites(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.member)
    reader.open(BASE)
    assert "The group has not taken anything on yet." in reader.text
    reader.open(f"{BASE}?whose=mine")
    assert "No task is like this." in reader.text
    make_task(cast.group, state=TaskState.DONE)
    db.session.commit()
    reader.open(BASE)
    assert "Everything is done." in reader.text


def test_an_observer_reads_without_buttons(cast: Cast, browse: Browse) -> None:
    make_task(cast.group)
    reader = browse(cast.observer)
    reader.open(BASE)
    assert "Measure the heat" in reader.text
    assert not reader.page.select("main form[method=post]")
    assert "Note a task" not in reader.text


def test_the_table_is_safe_for_spreadsheets(cast: Cast, browse: Browse) -> None:
    make_task(cast.group, "=HYPERLINK(1)", owner=cast.member, by=Timing.month(2027, 3))
    answer = browse(cast.coordinator).client.get(f"{BASE}.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head[0] == "What is to be done"
    assert row == ["'=HYPERLINK(1)", "English", "To do", "Fatou Exemple", "", "in March 2027", "2026-11-21"]


# ---------- from the sessions of a track


def test_open_commitments_and_actions_are_ticked_and_taken_up(cast: Cast, browse: Browse) -> None:
    promise = make_outcome(cast.session, "Mesurer la chaleur", language="fr", who="Dakar", by=Timing.month(2027, 3))
    make_outcome(cast.session, "A priority", kind=OutcomeKind.PRIORITY)
    make_outcome(cast.session, "Done long ago", state=OutcomeState.DONE)
    make_outcome(cast.session, "Write to the mayor", kind=OutcomeKind.ACTION)
    reader = browse(cast.member)
    reader.open(f"{BASE}/from-track")
    assert [box.get_text() for box in reader.page.select(".choice b")] == ["Mesurer la chaleur", "Write to the mayor"]
    reader.send(has="outcomes")
    assert reader.status == 422
    assert "Tick at least one line" in reader.text
    reader.send(has="outcomes", outcomes=[str(promise.id), "nonsense"])
    assert reader.path == BASE
    (task,) = tasks()
    reader.open(f"{BASE}/{task.id}")
    assert reader.page.select_one(f'a[href="/sessions/{cast.session.id}#outcome-{promise.id}"]')
    reader.open(f"{BASE}/from-track")
    assert "Mesurer" not in reader.text
    assert "1 more is among the tasks of this group already." in reader.text


def test_an_outcome_says_which_group_has_taken_it_up_to_whoever_knows_of_the_group(cast: Cast, browse: Browse) -> None:
    outcome = make_outcome(cast.session)
    task = make_task(cast.group, outcome_id=outcome.id)
    address = f"/sessions/{cast.session.id}"
    inside, track = browse(cast.member), browse(cast.facilitator)
    for reader in (inside, track):
        reader.open(address)
        assert "Taken up by the group Land group" in reader.text
    assert inside.page.select_one(f'#outcomes a[href="{BASE}/{task.id}"]')
    assert track.page.select_one('#outcomes a[href="/groups/land-group"]')
    cast.group.audience = f"group:{cast.group.id}"
    db.session.commit()
    track.open(address)
    assert "Taken up" not in track.text


def test_what_a_reader_does_not_read_of_a_track_is_not_offered(cast: Cast, browse: Browse) -> None:
    make_outcome(cast.session)
    reader = browse(cast.colleague)
    reader.open(f"{BASE}/from-track")
    assert "Nothing waits here to be taken up." in reader.text
    assert "Ask one of them, or the secretariat" in reader.text


def test_a_done_task_offers_to_close_what_was_agreed_to_whoever_may(cast: Cast, browse: Browse) -> None:
    outcome = make_outcome(cast.session)
    task = make_task(cast.group, outcome_id=outcome.id, state=TaskState.DONE)
    reader = browse(cast.member)
    reader.open(f"{BASE}/{task.id}")
    assert "Mark it done there too" not in reader.text
    reader = browse(cast.secretary)
    reader.open(f"{BASE}/{task.id}")
    reader.send(action=f"/outcomes/{outcome.id}/state", button=("state", "done"))
    db.session.expire_all()
    assert outcome.state is OutcomeState.DONE


def test_a_group_without_tracks_has_nothing_to_take_up(cast: Cast, browse: Browse) -> None:
    other = make_group("Another group", slug="another")
    make_place(other, cast.member)
    make_membership(make_track("Elsewhere"), cast.member)
    reader = browse(cast.member)
    reader.open("/groups/another/tasks")
    assert "Take up what was agreed" not in reader.text
    reader.open("/groups/another/tasks/from-track")
    assert "Nothing waits here to be taken up." in reader.text
