"""Events of others as people meet them in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.core.actors import NETWORK, PUBLIC
from app.events import services
from app.events.models import Event, EventSource, EventState
from app.extensions import db
from app.moments.models import Status
from app.people.models import Person
from tests.conftest import START
from tests.events.conftest import Cast
from tests.events.test_services import PLANNED
from tests.journeys.reader import Reader
from tests.make.events import make_event
from tests.make.moments import hours

Browse = Callable[[Person | None], Reader]


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (404, 403, 404)),
        ("reader", (200, 403, 403)),
        ("member", (200, 403, 403)),
        ("coordinator", (200, 200, 200)),
        ("secretary", (200, 200, 200)),
    ],
)
def test_the_network_reads_and_whoever_runs_the_group_keeps(
    cast: Cast, browse: Browse, role: str, answers: tuple[int, int, int]
) -> None:
    event = make_event(group=cast.group, audience=NETWORK)
    client, page = browse(getattr(cast, role)).client, f"/events/{event.id}"
    reading, writing, keeping = answers
    for path, expected in {
        page: reading,
        f"{page}.ics": reading,
        "/events/new": writing,
        f"{page}/edit": keeping,
        f"{page}/cancel": keeping,
        f"{page}/remove": keeping,
    }.items():
        assert client.get(path).status_code == expected, path


def test_a_visitor_reads_what_is_public_in_their_own_hour(cast: Cast, browse: Browse) -> None:
    event = make_event(
        "منتدى السكان",
        language="ar",
        audience=PUBLIC,
        place="Nairobi",
        description="نلتقي **كلنا**",
        source=EventSource.CALENDAR,
        source_name="Calendar of the forum",
        origin="a@b",
        address="https://www.forum.example.org/2026",
    )
    reader = browse(None)
    reader.open(f"/events/{event.id}")
    assert "Calendar of the forum" in reader.text
    assert "Others organise this" in reader.text
    assert "15:00" in reader.text
    link = reader.page.find("a", href="https://www.forum.example.org/2026")
    assert link is not None
    assert "To its page at forum.example.org" in link.get_text()
    assert reader.page.find("h1").find(lang="ar") is not None
    assert reader.page.find("strong", string="كلنا") is not None
    file = reader.client.get(f"/events/{event.id}.ics")
    assert file.mimetype == "text/calendar"
    assert "SUMMARY;LANGUAGE=ar:منتدى السكان" in file.text


def test_what_was_withdrawn_or_is_for_others_is_not_there(cast: Cast, browse: Browse) -> None:
    gone = make_event(state=EventState.WITHDRAWN, audience=PUBLIC)
    inside = make_event(audience="secretariat")
    for person in (cast.reader, cast.secretary):
        assert browse(person).client.get(f"/events/{gone.id}").status_code == 404
    assert browse(None).client.get(f"/events/{gone.id}").location.startswith("/sign-in?")
    assert browse(cast.reader).client.get(f"/events/{inside.id}").status_code == 404


def test_a_coordinator_writes_moves_cancels_and_removes(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    reader.open("/events/new?group=land-group")
    reader.send(
        has="title", language="en", title="Forum", day="2026-12-05", start="15:00", end="17:00",
        zone="Africa/Nairobi", address="https://forum.example.org/", readers="network",
    )  # fmt: skip
    assert (reader.status, "It stands in the agenda" in reader.page.get_text()) == (200, True)
    event = db.session.scalars(sa.select(Event)).unique().one()
    reader.open(f"/events/{event.id}/edit")
    reader.send(has="title", day="2026-12-06", last_day="2026-12-07", start="", end="")
    assert "6" in reader.text
    assert "What changed" in reader.text
    reader.open(f"/events/{event.id}/cancel")
    reader.send(has="reason", reason="No room")
    assert "This is cancelled." in reader.text
    reader.send(action="/confirm")
    assert "This is cancelled." not in reader.text
    reader.open(f"/events/{event.id}/remove")
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert reader.path == "/groups/land-group"
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0


def test_a_form_with_mistakes_comes_back_filled_in(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.secretary)
    reader.open("/events/new")
    reader.send(has="title", language="en", title="Forum", day="2026-12-05", end="17:00", zone="Africa/Nairobi")
    assert reader.status == 422
    assert "Say at which hour it begins as well." in reader.text
    reader.send(has="title", start="15:00", last_day="2026-12-01")
    assert "The last day lies before the first." in reader.text
    assert reader.page.find("input", attrs={"name": "title"})["value"] == "Forum"
    reader.send(has="title", last_day="", address="ftp://a.example.org")
    assert "Write the whole address of its page" in reader.text


def test_an_hour_that_comes_twice_is_asked_about(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.secretary)
    reader.open("/events/new")
    typed = {"title": "Night", "day": "2027-10-31", "start": "02:30", "zone": "Europe/Zurich"}
    reader.send(has="title", language="en", **typed)
    assert reader.status == 422
    reader.send(has="title", occurrence="second")
    assert reader.status == 200
    event = db.session.scalars(sa.select(Event)).unique().one()
    assert event.moment.starts_at.hour == 1


def test_events_stand_on_the_page_of_their_organisation_and_on_the_desk_of_a_group(cast: Cast, browse: Browse) -> None:
    make_event("A coming forum", organisation_id=cast.organisation.id, audience=PUBLIC)
    reader = browse(None)
    reader.open(f"/organisations/{cast.organisation.id}")
    assert "A coming forum" in reader.text
    reader = browse(cast.coordinator)
    reader.open("/groups/land-group")
    assert reader.page.find("a", href="/events/new?group=land-group") is not None


def test_events_of_a_group_stand_among_its_dates(cast: Cast, browse: Browse) -> None:
    make_event("A visit", group=cast.group, audience=f"group:{cast.group.id}")
    make_event("Over", group=cast.group, audience=f"group:{cast.group.id}", status=Status.CANCELLED,
               timing=hours("2026-12-05 15:00"))  # fmt: skip
    reader = browse(cast.member)
    reader.open("/groups/land-group")
    assert "A visit" in reader.text


def test_words_of_an_event_are_found_by_whoever_reads_it(cast: Cast, browse: Browse) -> None:
    for title, readers in (("Kongamano la ardhi", PUBLIC), ("Kongamano la siri", "group")):
        planned = replace(PLANNED, title=title, language="sw", readers=readers)
        services.write_event(cast.actor(cast.coordinator), cast.group, planned, now=START)
    reader = browse(cast.reader)
    reader.open("/search?q=kongamano")
    assert "Kongamano la ardhi" in reader.text
    assert "Kongamano la siri" not in reader.text
