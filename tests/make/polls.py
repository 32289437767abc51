"""Polls for tests: a group of people who answer, and questions put to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.core.actors import Actor
from app.core.registries import actor_at
from app.people.models import Organisation, Person
from app.polls import services
from app.polls.models import Poll, PollAnswer, Shows
from app.polls.services import Given, Plan, Wording
from app.workinggroups.models import Standing, WorkingGroup
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.people import make_account, make_affiliation, make_organisation, make_person
from tests.make.workinggroups import make_coordinator, make_group, make_place

CLOSES_AT = START + timedelta(days=7)
"""When the polls of `make_poll` close."""

OPTIONS = ("In June", "In September", "Not at all")


@dataclass
class Round:
    """A group, who coordinates it, people who take part for their organisations, and somebody who observes."""

    group: WorkingGroup
    coordinator: Person
    observer: Person
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def lead(self, now: datetime = START) -> Actor:
        return actor_at(self.coordinator.id, now)

    def actor(self, number: int, now: datetime = START) -> Actor:
        return actor_at(self.people[number].id, now)


def make_answerer(group: WorkingGroup, organisation: Organisation, name: str, **person: Any) -> Person:
    """A member of the group for an organisation."""
    answerer = make_person(name, **person)
    make_account(answerer)
    make_affiliation(answerer, organisation)
    make_place(group, answerer, organisation)
    return answerer


def make_round(size: int = 3, **group: Any) -> Round:
    """People of as many organisations in two regions; the coordinator may answer too, the observer may not."""
    found = Round(make_group(**group), make_person("Coordinator Example"), make_person("Observer Example"))
    make_account(found.coordinator)
    make_coordinator(found.group, found.coordinator)
    make_account(found.observer)
    make_place(found.group, found.observer, standing=Standing.OBSERVER)
    for number in range(size):
        organisation = make_organisation(f"Example Organisation {number + 1}", region=("LAC", "MENA")[number % 2])
        found.organisations.append(organisation)
        found.people.append(make_answerer(found.group, organisation, f"Person Example {number + 1}"))
    return found


def make_poll(group: WorkingGroup, starter: Person, question: str = "When do we meet?", **overrides: Any) -> Poll:
    """A poll that opens now and closes in a week, and shows names."""
    options = overrides.pop("options", OPTIONS)
    language, explanation = overrides.pop("language", "en"), overrides.pop("explanation", "")
    now = overrides.pop("now", START)
    plan = {
        "wording": Wording(language, question, tuple(options), explanation),
        "closing": in_days(7, now),
        "shows": Shows.NAMES,
    }
    return services.start_poll(actor_at(starter.id, now), group, Plan(**plan | overrides), now=now)


def choose(actor: Actor, poll: Poll, *places: int, now: datetime = START, **said: Any) -> PollAnswer:
    """An answer that chooses the options at these places."""
    choices = frozenset(poll.options[place].id for place in places)
    return services.answer(actor, poll, Given(choices, **said), now=now)
