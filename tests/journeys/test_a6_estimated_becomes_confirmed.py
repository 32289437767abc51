"""A6: a deadline that follows from a rule is expected until somebody confirms it; what it was stays to be read.
Mails say the same: what is expected, and once what was confirmed; what was said already is not said again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.advocacy.models import AdvocacySpace, FollowedSpace, Occurrence, OccurrenceKind, Step
from app.core import outbox
from app.extensions import db
from app.people.models import Person
from app.reminders.jobs import remind
from app.reminders.kinds import DAY
from tests.journeys.reader import Reader
from tests.make.acts import post_all, read_mail
from tests.make.advocacy import make_rule, make_space
from tests.make.people import make_member
from tests.make.reminders import planned, told
from tests.make.workinggroups import make_coordinator, make_group

SUMMER = datetime(2023, 7, 3, 9, tzinfo=UTC)


@pytest.fixture
def cedaw(app: Flask) -> AdvocacySpace:
    """CEDAW asks for reports 28 days before a session since 2021; it asked for them 14 days before in 2011."""
    space = make_space("Committee on the Elimination of Discrimination against Women", slug="cedaw", acronym="CEDAW")
    make_rule(space, -28, offset_max=-21, typical=-28, valid_from=date(2021, 1, 1))
    make_rule(space, -14, valid_until=date(2018, 12, 31))
    return space


@pytest.fixture
def huda(cedaw: AdvocacySpace) -> Person:
    """She runs a group, and so keeps dates."""
    person = make_member("Huda Example")
    make_coordinator(make_group("Housing group", slug="housing-group"), person)
    db.session.commit()
    return person


def write_down(reader: Reader, number: int, first: date, last: date) -> None:
    reader.open("/advocacy/spaces/cedaw/occurrences/new")
    reader.send(
        has="by_year",
        kind="session",
        number=str(number),
        by_day=str(first.day),
        by_month=str(first.month),
        by_year=str(first.year),
        end_day=str(last.day),
        end_month=str(last.month),
        end_year=str(last.year),
        certainty="verified",
        source="ohchr.org, calendar of sessions",
    )
    assert reader.status == 200, reader.text


def test_a_shadow_report_is_expected_and_then_confirmed(huda: Person, reader: Callable[..., Reader]) -> None:
    with time_machine.travel(SUMMER, tick=False):
        coordinator = reader(huda, zone="Africa/Nairobi")
        write_down(coordinator, 86, date(2023, 10, 9), date(2023, 10, 27))
        page = coordinator.path
        assert "CEDAW: Session 86" in coordinator.text
        assert "What closes next: Parallel reports, around Monday 11 September 2023" in coordinator.text
        assert "Expected around Monday 11 September 2023" in coordinator.text
        assert "By the rule: 21 to 28 days before it begins, usually 28." in coordinator.text

        # the note of the committee says another day, with an hour
        coordinator.open(coordinator.page.find("a", string="Confirm its date")["href"])
        assert not coordinator.page.find("input", id="day").get("value"), "what is expected is not read by anybody yet"
        coordinator.send(
            has="source", day="2023-09-14", start="23:59", zone="Europe/Zurich", source="Information note for NGOs"
        )
        assert coordinator.path == page
        assert "Confirmed Friday 15 September 2023, 00:59 in Nairobi" in coordinator.text
        assert "Thursday 14 September, 23:59 in Zurich" in coordinator.text
        assert "before: around Monday 11 September 2023" in coordinator.text
        assert "source: Information note for NGOs" in coordinator.text

        # everybody reads it, with what it was; nobody but who keeps dates may touch it
        visitor = reader(zone="Europe/Zurich")
        visitor.open(page)
        assert "from around Monday 11 September 2023 to Thursday 14 September 2023, 23:59 in Zurich" in visitor.text
        assert "Huda Example" not in visitor.text
        assert visitor.page.find("form", method="post", action=lambda where: where and "/steps/" in where) is None


def test_a_deadline_in_the_past_and_an_hour_that_does_not_exist_are_said_clearly(
    huda: Person, reader: Callable[..., Reader]
) -> None:
    with time_machine.travel(SUMMER, tick=False):
        coordinator = reader(huda)
        write_down(coordinator, 86, date(2023, 10, 9), date(2023, 10, 27))
        coordinator.open(coordinator.page.find("a", string="Confirm its date")["href"])
        coordinator.send(has="source", day="2023-06-14", source="Note")
        assert coordinator.status == 422
        assert "This date has passed. Look at the year" in coordinator.text
        coordinator.send(has="source", is_afterwards="y")
        assert coordinator.status == 200
        assert "Confirmed Wednesday 14 June 2023" in coordinator.text
        assert "hour not stated, Zurich" in coordinator.text
        coordinator.open(coordinator.page.find("a", string="Its date has changed")["href"])
        coordinator.send(has="source", day="2024-03-31", start="02:30", zone="Europe/Zurich", source="Note")
        assert "02:30 does not exist in Zurich on Sunday 31 March 2024" in coordinator.text
        assert "Choose 03:30?" in coordinator.text


def test_the_session_moves_and_only_what_is_expected_follows(
    huda: Person, cedaw: AdvocacySpace, reader: Callable[..., Reader]
) -> None:
    """CEDAW 92 was put off from October 2025 to February 2026 and stayed the 92nd (R-10)."""
    njeri = make_member("Njeri Example")
    group = make_group("Tenure group", slug="tenure-group")
    make_coordinator(group, njeri)
    db.session.add(FollowedSpace(group_id=group.id, space_id=cedaw.id, since=SUMMER))
    make_rule(cedaw, -10, step="registration", key="registration")
    db.session.commit()
    with time_machine.travel(datetime(2025, 6, 2, 9, tzinfo=UTC), tick=False):
        coordinator = reader(huda)
        write_down(coordinator, 92, date(2025, 10, 13), date(2025, 10, 31))
        page = coordinator.path
        first = coordinator.page.find("a", string="Confirm its date")["href"]
        coordinator.open(first)
        coordinator.send(has="source", day="2025-09-16", source="Information note for NGOs")

    with time_machine.travel(datetime(2025, 6, 20, 9, tzinfo=UTC), tick=False):
        # nobody knows the new date yet
        coordinator.open(f"{page}/move")
        coordinator.send(has="what", what="unknown", reason="No money for October")
        assert "It is postponed, and the new date is not known." in coordinator.text
        assert "CEDAW: Session 92" in coordinator.text

        # then it is known
        coordinator.open(f"{page}/move")
        coordinator.send(
            has="what", by_day="2", by_month="2", by_year="2026",
            end_day="20", end_month="2", end_year="2026",
            certainty="verified", source="ohchr.org", reason="No money for October",
        )  # fmt: skip
        assert "Some of its dates were confirmed and stayed: look at them below." in coordinator.text
        assert "CEDAW: Session 92" in coordinator.text
        assert "around Friday 23 January 2026" in coordinator.text
        assert "before: around Friday 3 October 2025" in coordinator.text
        assert "Confirmed Tuesday 16 September 2025" in coordinator.text
        assert "This one was confirmed and did not follow" in coordinator.text
        assert "No money for October" in coordinator.text

        # a coordinator whose group follows the space sees old and new before she goes on
        colleague = reader(njeri)
        colleague.open("/overview")
        assert "Another date: not 13–31 October 2025, but 2–20 February 2026." in colleague.text
        colleague.open(colleague.page.find("a", string="See what changed")["href"])
        assert "CEDAW: Session 92" in colleague.text
        own = reader(huda)
        own.open("/overview")
        assert "Another date" not in own.text
    found = db.session.scalars(db.select(Occurrence).where(Occurrence.space_id == cedaw.id)).one()
    assert (found.kind, found.number) == (OccurrenceKind.SESSION, 92)


def work(now: datetime) -> None:
    """Let the worker tick, and again when what it told leaves: after the night, or with the mail of the day."""
    with time_machine.travel(now, tick=False):
        remind(now)
        db.session.commit()
        outbox.address_notices(now)
    leaves = max((notice.leaves_at for notice in told() if notice.leaves_at is not None), default=now)
    with time_machine.travel(max(leaves, now), tick=False):
        post_all(max(leaves, now))
    db.session.expire_all()


def test_its_mails_say_expected_then_once_confirmed_and_what_was_sent_is_not_sent_again(
    huda: Person, cedaw: AdvocacySpace, reader: Callable[..., Reader]
) -> None:
    njeri, group = (
        make_member("Njeri Example", zone="Africa/Nairobi", preferred_language="en"),
        make_group("Tenure group"),
    )
    make_coordinator(group, njeri)
    db.session.add(FollowedSpace(group_id=group.id, space_id=cedaw.id, since=SUMMER))
    db.session.commit()
    with time_machine.travel(SUMMER, tick=False):
        coordinator = reader(huda, zone="Africa/Nairobi")
        write_down(coordinator, 86, date(2023, 10, 9), date(2023, 10, 27))
        page = coordinator.path
    work(SUMMER)
    assert told() == [], "ninety days before it was over when the session was written down"
    moment = db.session.scalars(db.select(Step)).one().moment

    # forty-five days before the last working hour before what is expected
    work(datetime(2023, 7, 27, 14, tzinfo=UTC))
    text = read_mail("reminders.deadline", njeri)
    assert "is expected to close around this time" in text
    assert "around Monday 11 September 2023" in text
    assert "deadline" not in text.lower()
    assert planned(moment) == [], "an estimate has the first two reminders alone"

    august = datetime(2023, 8, 1, 9, tzinfo=UTC)
    with time_machine.travel(august, tick=False):
        coordinator.open(page)
        coordinator.open(coordinator.page.find("a", string="Confirm its date")["href"])
        coordinator.send(
            has="source", day="2023-09-14", start="23:59", zone="Europe/Zurich", source="Information note for NGOs"
        )
    work(august)
    assert [notice.person_id for notice in told("reminders.date_changed")] == [njeri.id]
    text = read_mail("reminders.date_changed", njeri)
    assert "Friday 15 September 2023, 00:59 in Nairobi (Thursday 14 September, 23:59 in Zurich" in text
    assert "Before: around Monday 11 September 2023" in text
    closes = datetime(2023, 9, 14, 21, 59, tzinfo=UTC)
    assert planned(moment) == [(-days * DAY, closes - timedelta(days=days)) for days in (21, 7, 2)]

    # three weeks before it is reminded of; then it moves by six days
    work(closes - timedelta(days=21))
    assert "“Parallel reports, CEDAW: Session 86” closes:" in read_mail("reminders.deadline", njeri)
    later = datetime(2023, 8, 26, 9, tzinfo=UTC)
    with time_machine.travel(later, tick=False):
        coordinator = reader(huda)
        coordinator.open(page)
        coordinator.open(coordinator.page.find("a", string="Its date has changed")["href"])
        coordinator.send(has="source", day="2023-09-20", start="23:59", zone="Europe/Zurich", source="Corrected note")
    work(later)
    assert len(told("reminders.date_changed")) == 2
    assert "Before: Friday 15 September 2023, 00:59 in Nairobi" in read_mail("reminders.date_changed", njeri)
    closes += timedelta(days=6)
    assert planned(moment) == [(-days * DAY, closes - timedelta(days=days)) for days in (7, 2)]
    for days in (21, 7, 2):
        work(closes - timedelta(days=days))
    assert [notice.parameters["minutes"] // DAY for notice in told("reminders.deadline", njeri)] == [-45, -21, -7, -2]
