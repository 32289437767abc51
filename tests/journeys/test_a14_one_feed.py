"""A14: one feed, not a sixth agenda. A private link, a session that moves, and a link that is revoked."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.agenda.models import CalendarLink
from app.extensions import db
from app.sessions.models import LearningSession
from tests.make.people import make_member
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track

pytestmark = pytest.mark.usefixtures("clock")

SECRET = "hunter2"


@pytest.fixture
def track(app):
    found = make_track("Land rights", slug="land-rights")
    link = f"https://m.example/1?pwd={SECRET}"
    make_session(found, "Who owns the land?", wall_start=datetime(2027, 2, 12, 17), join_link=link)
    db.session.commit()
    return found


def events(client, address: str) -> list[Calendar]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert SECRET not in answer.text
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_one_feed_not_a_sixth_agenda(app, client, reader, track):
    person, leader = make_member("Aïssatou"), make_member("Facilitator")
    make_membership(track, person)
    make_facilitator(track, leader)
    db.session.commit()

    # a member subscribes to her private calendar link
    member = reader(person)
    member.open("/account/calendar")
    member.send(has="reach", name="Phone")
    address = "/agenda/" + member.page.find(id="new-address")["value"].rsplit("/", 1)[1]
    (before,) = events(client, address)
    assert str(before["SUMMARY"]) == "Land rights: Who owns the land?"

    # the session moves from 12 to 19 February
    facilitator = reader(leader)
    move_from_12_to_19(facilitator, track)
    (after,) = events(client, address)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART").date().isoformat() == "2027-02-19"

    # the same date is one date in the public feed and in that of the track
    for feed in ("/agenda.ics", "/tracks/land-rights.ics"):
        (public,) = events(client, feed)
        assert public["UID"] == before["UID"]

    # revoking the link makes the old address answer 404, while her account is untouched
    link = db.session.scalars(sa.select(CalendarLink)).one()
    member.open("/account/calendar")
    member.send(action=f"/{link.id}/revoke")
    assert client.get(address).status_code == 404
    member.open("/agenda?mine=y")
    assert "Who owns the land?" in member.text


def move_from_12_to_19(facilitator, track) -> None:
    session = db.session.query(LearningSession).filter_by(track_id=track.id).one()
    facilitator.open(f"/sessions/{session.id}/move")
    facilitator.send(has="reason", day="2027-02-19", reason="A holiday in Cairo")
    assert facilitator.status == 200
