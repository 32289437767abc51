"""The group meets: a coordinator plans it, everybody reads it on their own clock, it is moved, held, counted, written
down, and what was agreed becomes a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from app.core.notices import Notice
from app.extensions import db
from app.sessions import telling
from app.workinggroups.models import GroupMeeting, Standing
from tests.journeys.reader import Reader
from tests.make.outbox import hand_over_all
from tests.make.people import make_member
from tests.make.workinggroups import make_coordinator, make_group, make_place

STARTS = datetime(2027, 2, 20, 15, tzinfo=UTC)


def told(kind: str) -> set:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def test_the_group_meets(app: Flask, clock, reader: Callable[..., Reader]) -> None:
    group = make_group("Heat group", slug="heat-group", audience="inside")
    huda = make_member("Huda Example", zone="Africa/Cairo")
    fatou = make_member("Fatou Exemple", zone="Africa/Dakar", preferred_language="fr")
    carlos = make_member("Carlos Ejemplo", zone="America/Mexico_City", preferred_language="es")
    make_coordinator(group, huda)
    make_place(group, fatou)
    make_place(group, carlos, standing=Standing.OBSERVER)
    outside = make_member("Outside Example")
    db.session.commit()

    # Huda plans it; whoever is in the group is told and reads it on their own clock
    coordinator = reader(huda)
    coordinator.open("/groups/heat-group/meetings/new")
    coordinator.send(
        has="name_en", name_en="Who writes to the city?", day="2027-02-13", start="17:00", end="19:00",
        zone="Africa/Cairo", is_confirmed="y", join_link="https://meet.example.org/heat",
        **{"agenda-0-minutes": "17:20", "agenda-0-title": "The letter"},
    )  # fmt: skip
    [meeting] = db.session.scalars(sa.select(GroupMeeting))
    address = f"/sessions/{meeting.id}"
    assert told(telling.sessions.PLANNED) == {fatou.id, carlos.id}
    member, observer = reader(fatou), reader(carlos)
    for browser, hour in ((member, "15:00"), (observer, "09:00")):
        browser.open("/groups/heat-group")
        assert browser.page.select_one("#meetings .hour-time, .next .hour-time").get_text(strip=True) == hour
    stranger = reader(outside)
    stranger.open(address)
    assert stranger.status == 404

    # everybody has read of it; it moves by a week, with its reason
    hand_over_all(STARTS - timedelta(days=8))
    coordinator.open(f"{address}/move")
    coordinator.send(has="reason", day="2027-02-20", reason="Elections")
    assert "The meeting has another time. Everybody in the group is told." in coordinator.text
    assert told(telling.sessions.MOVED) == {fatou.id, carlos.id}

    # the hour comes: the link is there, Fatou says that she is here, Huda marks who came
    clock.move_to(STARTS + timedelta(minutes=10), tick=False)
    coordinator, member = reader(huda), reader(fatou)
    member.open(address)
    assert "https://meet.example.org/heat" in member.text
    member.send(action="/presence")
    coordinator.open("/")
    assert "Your next meeting" in coordinator.text
    coordinator.open(f"{address}/attendance")
    assert "Observer" in coordinator.text
    coordinator.send(has="shown", here=[str(fatou.id), str(carlos.id)])

    # the day after, minutes wait; they are written, and what was agreed becomes a task
    clock.move_to(STARTS + timedelta(days=1), tick=False)
    coordinator, member, observer = reader(huda), reader(fatou), reader(carlos)
    coordinator.open("/overview")
    assert "Nobody has written the minutes of the meeting of" in coordinator.text
    coordinator.open(coordinator.page.find("a", string="Write the minutes")["href"])
    coordinator.send(has="body", language="ar", body="اتفقنا على كتابة الرسالة.")
    observer.open("/groups/heat-group")
    assert "اتفقنا على كتابة الرسالة." in observer.text
    member.open(address)
    member.open(member.page.find("a", href="/groups/heat-group/tasks/new")["href"])
    assert member.path == "/groups/heat-group/tasks/new"

    # who came how often leaves the house as a file
    coordinator.open("/groups/heat-group/meetings/participation.csv")
    came = {line.split(",")[0]: line.split(",")[3:] for line in coordinator.answer.text.splitlines()[1:]}
    assert came["Carlos Ejemplo"] == ["Observer", "1", "0", "1", "2027-02-20"]
    assert came["Fatou Exemple"] == ["Member of the group", "1", "0", "1", "2027-02-20"]
    assert came["Huda Example"] == ["Coordinator", "0", "0", "1", ""]
