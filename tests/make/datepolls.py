"""Date polls for tests: circles of people in several zones, and hours they are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.registries import actor_at
from app.datepolls import services
from app.datepolls.models import DatePoll, Says
from app.datepolls.policy import Owner
from app.datepolls.services import Plan
from app.datepolls.services.asking import Wall
from app.people.models import Person
from app.workinggroups.models import Standing
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.moments import wall
from tests.make.people import make_account, make_person
from tests.make.sessions import make_facilitator, make_membership, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_place

HOURS = ("2026-12-05 17:00", "2026-12-06 17:00", "2026-12-07 09:00")
"""Three hours in Nairobi, two weeks after the tests begin; asked about for a week."""

YES, IF_NEED, NO = Says.YES, Says.IF_NEED, Says.NO


@dataclass
class Asked:
    """A track or a group, who leads it, people who take part, and somebody who reads a group without a voice."""

    owner: Owner
    leader: Person
    people: list[Person] = field(default_factory=list)
    observer: Person | None = None

    def lead(self, now: datetime = START) -> Actor:
        return actor_at(self.leader.id, now)

    def actor(self, number: int, now: datetime = START) -> Actor:
        return actor_at(self.people[number].id, now)


def _people(size: int) -> list[Person]:
    people = [make_person(f"Person Example {number + 1}") for number in range(size)]
    for person in people:
        make_account(person)
    return people


def make_asked_group(size: int = 3, **group: Any) -> Asked:
    """People of a group; its coordinator asks, and an observer reads."""
    leader, observer = make_person("Coordinator Example"), make_person("Observer Example")
    found = Asked(make_group(**group), leader, _people(size), observer)
    make_account(leader)
    make_account(observer)
    make_coordinator(found.owner, leader)
    make_place(found.owner, observer, standing=Standing.OBSERVER)
    for person in found.people:
        make_place(found.owner, person)
    return found


def make_asked_track(size: int = 3, **track: Any) -> Asked:
    """People of a track; its facilitator asks."""
    leader = make_person("Facilitator Example")
    found = Asked(make_track(**track), leader, _people(size))
    make_account(leader)
    make_facilitator(found.owner, leader)
    for person in found.people:
        make_membership(found.owner, person)
    return found


def plan_of(hours: tuple[str, ...] = HOURS, **overrides: Any) -> Plan:
    """Three hours of ninety minutes on the clock of Nairobi, open for a week."""
    values = {
        "names": {"en": "A first meeting"},
        "walls": [Wall(wall(hour)) for hour in hours],
        "zone": "Africa/Nairobi",
        "lasts": 90,
        "closing": in_days(7),
    }
    return Plan(**values | overrides)


def make_date_poll(owner: Owner, asker: Person, now: datetime = START, **overrides: Any) -> DatePoll:
    return services.ask(actor_at(asker.id, now), owner, plan_of(**overrides), now=now)


def say(actor: Actor, poll: DatePoll, *said: Says, now: datetime = START) -> DatePoll:
    """An answer: what is said of each hour, in their order."""
    return services.answer(actor, poll, said_of(poll, *said), now=now)


def said_of(poll: DatePoll, *said: Says) -> Mapping[Any, Says]:
    return {option.id: says for option, says in zip(poll.options, said, strict=True)}
