"""A commitment of a session becomes a task of the group; somebody takes it, leaves, somebody else finishes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from app.extensions import db
from app.moments.timing import Timing
from app.outcomes.models import OutcomeState
from app.workinggroups.queries import find_membership
from app.workinggroups.services import end_place
from tests.journeys.reader import Reader
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_secretary
from tests.make.reflections import actor_of
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_place

WORDS = "Mesurer la chaleur sous dix toits"
BASE = "/groups/heat-group/tasks"


def test_a_commitment_of_a_session_is_finished_by_the_group(
    app: Flask, now: datetime, reader: Callable[..., Reader]
) -> None:
    track = make_track("Climate justice", slug="climate-justice")
    fatou, njeri, huda = (make_member(name) for name in ("Fatou Exemple", "Njeri Example", "Huda Example"))
    facilitator = make_facilitator(track, make_member("Amina Exemple")).person
    make_membership(track, fatou)
    group = make_group("Heat group", slug="heat-group", origins=(track,))
    make_coordinator(group, huda)
    make_place(group, fatou)
    make_place(group, njeri)
    session = make_session(track, "Who pays for the heat?", wall_start=datetime(2026, 11, 14, 17))
    promise = make_outcome(session, WORDS, language="fr", by=Timing.month(2027, 2))
    db.session.commit()

    # Fatou followed the track: she takes the commitment up for the group, and takes it
    member = reader(fatou)
    member.open("/groups/heat-group")
    member.open(f"{BASE}/from-track")
    member.send(has="outcomes", outcomes=[str(promise.id)])
    assert WORDS in member.text
    member.send(action="/take")
    member.open(f"/sessions/{session.id}")
    assert "Taken up by the group Heat group" in member.text
    member.open("/groups/heat-group/year?year=2027")
    assert "in February 2027" in member.text

    # she leaves; the coordinator finds it among what waits
    place = find_membership(group, fatou.id)
    assert place is not None
    end_place(actor_of(fatou), place, now=now)
    db.session.commit()
    member.open(BASE)
    assert member.status == 404
    coordinator = reader(huda)
    coordinator.open("/overview")
    assert "1 task has no owner since Fatou Exemple left." in coordinator.text
    coordinator.open(coordinator.page.find("a", string="Find somebody")["href"])
    assert WORDS in coordinator.text

    # Njeri takes it, does it, and whoever leads the session closes the commitment too
    colleague = reader(njeri)
    colleague.open(BASE)
    colleague.send(action="/take")
    task = colleague.page.select_one("#yours .lines a")["href"]
    colleague.open(task)
    colleague.send(action="/state", button=("state", "done"))
    assert "Mark it done there too" not in colleague.text
    secretary = reader(make_secretary())
    secretary.open(task)
    secretary.send(action=f"/outcomes/{promise.id}/state", button=("state", "done"))
    db.session.expire_all()
    assert promise.state is OutcomeState.DONE
    outside = reader(facilitator)
    outside.open(task)
    assert outside.status == 404
