"""The pages of a group's meetings: the list, planning, the group's own page, the sheet, the minutes, the file."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.extensions import db
from app.moments.models import Status
from app.workinggroups.models import GroupMeeting, GroupState, Standing
from tests.make.moments import hours
from tests.make.outcomes import make_notes
from tests.make.people import make_member
from tests.make.sessions import make_attendance, make_membership, make_session, make_track
from tests.make.workinggroups import make_meeting, make_place

BASE = "/groups/land-group"
STARTS = datetime(2027, 2, 13, 14, tzinfo=UTC)
HELD = hours("2026-11-14 17:00", "2026-11-14 19:00")


@pytest.fixture
def meeting(cast):
    return make_meeting(cast.group, "Who writes to the city?", join_link="https://meet.example.org/land")


# ---------- planning


def test_a_coordinator_plans_a_meeting_from_the_page_of_the_group(cast, browse):
    page = browse(cast.coordinator)
    page.open(BASE)
    page.open(page.page.find("a", string="Plan a meeting")["href"])
    assert page.path == f"{BASE}/meetings/new"
    assert page.page.select_one("main .above a")["href"] == BASE
    assert "Several sessions" not in page.text
    assert page.page.find(attrs={"name": "every"}) is None
    page.send(
        has="name_en",
        name_en="Who writes to the city?",
        day="2027-02-13",
        start="17:00",
        end="19:00",
        zone="Africa/Nairobi",
        is_confirmed="y",
        spoken_in=["es"],
        **{"agenda-0-minutes": "20", "agenda-0-title": "The letter"},
    )
    assert "The meeting is planned. Everybody in the group is told." in page.text
    meeting = db.session.scalars(sa.select(GroupMeeting)).one()
    assert page.path == f"/sessions/{meeting.id}"
    assert meeting.moment.status is Status.CONFIRMED
    for said in ("Land group · meeting 1 of 1", "16:20 The letter", "Español"):
        assert said in page.text
    for word in ("track", "session", "facilitator"):
        assert word not in page.text


def test_for_whom_the_hour_is_kind_is_seen_before_anything_is_planned(cast, browse):
    for _person in range(3):
        make_place(cast.group, make_member(zone="Asia/Manila"))
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings/new")
    typed = {"day": "2027-02-13", "start": "17:00", "end": "19:00", "zone": "Africa/Cairo"}
    page.send(has="name_en", button=("again", "y"), name_en="Letters", **typed)
    assert "Nothing is planned yet." in page.text
    assert [cell.get_text(strip=True) for cell in page.page.select("table.folds thead th")][2:] == [
        "Cairo",
        "Manila",
    ]
    assert "Others live elsewhere. A place where fewer than three live is not shown. Ask them" in page.text
    page.send(has="name_en")
    assert "The meeting is planned." in page.text


def test_an_hour_that_is_night_for_three_of_the_group_is_looked_at_before_they_are_told(cast, browse):
    for _person in range(3):
        make_place(cast.group, make_member(zone="Asia/Manila"))
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings/new")
    typed = {"day": "2027-02-13", "start": "17:00", "end": "19:00", "zone": "Africa/Cairo"}
    page.send(has="name_en", name_en="Letters", **typed)
    assert "At night in Manila." in page.text
    assert "Nothing is planned yet." in page.text
    page.send(has="name_en")
    assert "The meeting is planned." in page.text


def test_what_is_over_is_told_to_nobody(cast, browse):
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings/new")
    typed = {"day": "2026-11-07", "start": "17:00", "end": "19:00", "zone": "Africa/Cairo"}
    page.send(has="name_en", name_en="Before", **typed)
    assert "This day is past." in page.text
    page.send(has="name_en", is_over="y")
    assert "It is already over: nobody is told." in page.text


def test_a_meeting_without_a_title_is_refused_with_what_was_typed(cast, browse):
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings/new")
    page.send(has="name_en", day="2027-02-13", start="17:00", end="19:00", zone="Africa/Cairo")
    assert page.status == 422
    assert page.page.find(attrs={"name": "day"})["value"] == "2027-02-13"
    assert not db.session.scalars(sa.select(GroupMeeting)).all()


def test_who_may_open_which_page(cast, browse):
    for person, listed, planned in (
        (cast.member, 200, 403),
        (cast.observer, 200, 403),
        (cast.coordinator, 200, 200),
        (cast.secretary, 200, 200),
        (cast.candidate, 404, 404),
        (cast.outsider, 404, 404),
    ):
        page = browse(person)
        for path, status in (
            ("meetings", listed), ("meetings/new", planned), ("meetings/participation.csv", planned),
        ):  # fmt: skip
            page.open(f"{BASE}/{path}")
            assert page.status == status, (person.name, path)
        page.open("/groups/secret-group/meetings")
        assert page.status == (200 if person is cast.secretary else 404)


@pytest.mark.parametrize("state", [GroupState.CLOSED, GroupState.SUSPENDED])
def test_a_closed_or_suspended_group_says_why_it_plans_none(cast, browse, state):
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings/new")
    cast.group.state = state
    db.session.commit()
    page.open(BASE)
    assert page.page.find("a", string="Plan a meeting") is None
    page.open(f"{BASE}/meetings")
    assert (
        "This group meets no more." in page.text
        if state is GroupState.CLOSED
        else "No meeting is planned." in page.text
    )
    page.open(f"{BASE}/meetings/new")
    assert "plans no meeting" in page.text
    assert page.page.find(attrs={"name": "name_en"}) is None


# ---------- the list, and the page of the group


def test_the_list_says_the_next_first_then_the_held_with_their_minutes(cast, browse):
    held = make_meeting(cast.group, "Held before", HELD)
    make_attendance(held, cast.member)
    make_notes(held, "fr")
    make_meeting(cast.group, "Later", hours("2027-03-13 17:00", "2027-03-13 19:00"))
    make_meeting(cast.group, "Called off", hours("2027-03-06 17:00", "2027-03-06 19:00"), status=Status.CANCELLED)
    make_meeting(cast.group, "Next")
    page = browse(cast.member)
    page.open(f"{BASE}/meetings")
    names = [link.get_text() for link in page.page.select("main li a") if "/notes/" not in link["href"]]
    assert names == ["Next", "Called off", "Later", "Held before"]
    assert "Minutes: Français" in page.text
    assert "Cancelled" in page.text
    assert "1 person" not in page.text  # too few to be said to whoever does not lead
    assert page.page.find("a", string="Plan a meeting") is None
    leader = browse(cast.coordinator)
    leader.open(f"{BASE}/meetings")
    assert "1 person" in leader.text


def test_an_empty_list_invites(cast, browse):
    page = browse(cast.member)
    page.open(f"{BASE}/meetings")
    assert "No meeting is planned. Everybody in the group is told of the next one." in page.text
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings")
    assert "Plan the next one." in page.text


def test_the_page_of_the_group_shows_the_next_meeting_and_the_last_minutes(cast, meeting, browse):
    held = make_meeting(cast.group, "Held before", HELD)
    page = browse(cast.member)
    page.open(BASE)
    room = page.page.select_one("#meetings").find_parent("section") or page.page.select_one("#meetings")
    assert room.select_one(".hour-time").get_text(strip=True) == "14:00"  # Dakar first
    assert "Who writes to the city?" in room.get_text()
    assert "Nobody has written the minutes yet." in page.text
    assert page.page.find("a", string="Write the minutes") is None
    make_notes(held, "es", body="La carta se escribe en abril.")
    page.open(BASE)
    assert "La carta se escribe en abril." in page.text
    assert "meet.example.org" not in page.text
    for person in (None, cast.candidate):
        outside = browse(person)
        outside.open(BASE)
        assert outside.status == 200
        assert outside.page.select_one("#meetings") is None


def test_a_group_that_never_met_invites_who_runs_it(cast, browse):
    page = browse(cast.coordinator)
    page.open(BASE)
    assert "Plan the next one. Everybody in the group is told of it." in page.text
    cast.group.state = GroupState.CLOSED
    page.open(BASE)
    assert page.page.select_one("#meetings") is None


# ---------- what every gathering has


def test_the_link_is_there_a_day_before_for_its_people(cast, meeting, browse, clock):
    page = browse(cast.observer)
    page.open(f"/sessions/{meeting.id}")
    assert "meet.example.org" not in page.text
    clock.move_to(STARTS - timedelta(hours=3), tick=False)
    page = browse(cast.observer)
    page.open(f"/sessions/{meeting.id}")
    assert "meet.example.org" in page.text
    outside = browse(cast.candidate)
    for path in ("", ".ics", "/attendance", "/edit", "/notes/new"):
        outside.open(f"/sessions/{meeting.id}{path}")
        assert outside.status == 404


def test_observers_and_guests_are_marked_on_the_sheet(cast, meeting, browse, clock):
    make_place(cast.group, make_member("Gast Example"), standing=Standing.GUEST)
    db.session.commit()
    clock.move_to(STARTS, tick=False)
    page = browse(cast.coordinator)
    page.open(f"/sessions/{meeting.id}/attendance")
    lines = {line.bdi.get_text(): line.get_text(" ", strip=True) for line in page.page.select(".attendance li")}
    assert list(lines) == ["Fatou Exemple", "Gast Example", "Olu Example", "Samira Example"]
    assert "Observer" in lines["Olu Example"]
    assert "Guest" in lines["Gast Example"]
    assert "Member" not in lines["Fatou Exemple"]
    page.send(has="shown", here=[str(cast.member.id), str(cast.observer.id)])
    assert "2 people marked." in page.text


def test_what_was_said_is_called_minutes(cast, meeting, browse, clock):
    clock.move_to(STARTS + timedelta(hours=3), tick=False)
    page = browse(cast.coordinator)
    page.open(f"/sessions/{meeting.id}")
    assert "Nobody has written the minutes yet." in page.text
    page.open(page.page.find("a", string="Write the minutes")["href"])
    assert page.page.select_one("title").get_text().startswith("Write the minutes")
    page.send(has="body", language="es", body="La carta se escribe en abril.")
    assert "The minutes are saved. The people of this group read them." in page.text
    assert page.page.h1.get_text() == "Minutes"
    page.open(page.page.find("a", string="Remove the minutes")["href"])
    page.send(has="sure", sure="y")
    assert "The minutes are removed." in page.text


def test_a_task_is_noted_from_the_page_of_a_meeting(cast, meeting, browse):
    page = browse(cast.member)
    page.open(f"/sessions/{meeting.id}")
    page.open(page.page.find("a", string="Note a task")["href"])
    assert page.path == f"{BASE}/tasks/new"
    observer = browse(cast.observer)
    observer.open(f"/sessions/{meeting.id}")
    assert observer.page.find("a", string="Note a task") is None


def test_nothing_was_agreed_on_at_a_meeting_that_did_not_take_place(cast, meeting, browse):
    meeting.moment.status = Status.CANCELLED
    db.session.commit()
    page = browse(cast.member)
    page.open(f"/sessions/{meeting.id}")
    assert page.page.select_one(".state--cancelled").get_text(strip=True) == "Cancelled"
    assert page.page.find("a", string="Note a task") is None


# ---------- the file, the front page, many meetings


def test_who_came_how_often_as_a_file(cast, browse):
    make_attendance(make_meeting(cast.group, timing=HELD), cast.member, cast.union)
    page = browse(cast.coordinator)
    page.open(f"{BASE}/meetings")
    page.open(page.page.find("a", string="Who came how often (CSV)")["href"])
    assert page.answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.answer.headers["Content-Disposition"] == 'attachment; filename="participation-land-group.csv"'
    assert "Olu Example,,,Observer,0,0,0," in page.answer.text
    line = db.session.scalars(
        sa.select(AuditLine).where(AuditLine.code == "workinggroups.participation.exported")
    ).one()
    assert (line.subject_kind, line.facts) == ("group", {"format": "csv", "persons": 3})


def test_the_front_page_has_meetings_among_my_sessions(cast, meeting, browse):
    track = make_track("Land rights")
    make_membership(track, cast.member)
    make_session(track, "Who owns the land?", wall_start=datetime(2027, 2, 20, 17))
    page = browse(cast.member)
    page.open("/")
    for said in ("Your next meeting Land group", "Who writes to the city?", "Go to the meeting", "After that"):
        assert said in page.text
    first, later = page.page.select_one("main .next"), page.page.select_one("main .lines--dates")
    assert "Who writes to the city?" in first.get_text()
    assert "Who owns the land?" in later.get_text()
    assert "Land rights" in later.get_text()
    outside = browse(cast.candidate)
    outside.open("/")
    assert "Who writes to the city?" not in outside.text


def test_many_meetings_ask_as_many_questions_as_few(cast, browse, count_queries):
    page = browse(cast.coordinator)

    def asked():
        db.session.commit()
        for path in (BASE, f"{BASE}/meetings", f"{BASE}/meetings/participation.csv", "/overview", "/"):
            page.open(path)
            with count_queries() as statements:
                page.open(path)
            assert page.status == 200
            yield len(statements)

    def add(days):
        for number in days:
            held = make_meeting(cast.group, timing=hours(f"2026-11-{number:02} 17:00", f"2026-11-{number:02} 18:00"))
            make_attendance(held, cast.member)
            make_notes(held, "fr")
            make_meeting(cast.group, timing=hours(f"2026-12-{number:02} 17:00", f"2026-12-{number:02} 18:00"))

    add((11, 12))
    few = list(asked())
    add(range(13, 19))
    assert list(asked()) == few


def test_old_meetings_stand_on_further_pages(cast, browse):
    for number in range(1, 25):
        timing = hours(f"2026-10-{number:02} 17:00", f"2026-10-{number:02} 18:00")
        make_meeting(cast.group, f"Held {number}", timing)
    page = browse(cast.member)
    page.open(f"{BASE}/meetings")
    page.open(page.page.find("a", rel="next")["href"])
    names = [link.get_text() for link in page.page.select("main li a")]
    assert names == ["Held 4", "Held 3", "Held 2", "Held 1"]
    assert "Coming meetings" not in page.text
