"""Decisions for tests: a group of organisations that speak, and proposals at any of their stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.registries import actor_at
from app.decisions import services
from app.decisions.models import Decision, GivenVoice, Proxy, Stage, Stand
from app.decisions.services import Plan, Speaking
from app.decisions.texts import Words
from app.extensions import db
from app.moments.endings import Closing
from app.moments.local import in_zone
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role
from tests.make.workinggroups import make_coordinator, make_group, make_place

ZONE = "Africa/Nairobi"
ENOUGH = timedelta(days=7)


@dataclass
class Circle:
    """A group, who coordinates it, and its organisations with one mandated member each."""

    group: WorkingGroup
    coordinator: Person
    organisations: list[Organisation] = field(default_factory=list)
    speakers: list[Person] = field(default_factory=list)

    def lead(self, now: datetime = START) -> Actor:
        return actor_at(self.coordinator.id, now)

    def speaker(self, number: int, now: datetime = START) -> Actor:
        return actor_at(self.speakers[number].id, now)


def make_speaker(
    organisation: Organisation, group: WorkingGroup, name: str = "", *, until_on: date | None = None, **person: Any
) -> Person:
    """A member of the group for an organisation, with a mandate for it; `until_on` is its last day."""
    speaker = make_person(name, **person)
    make_account(speaker)
    make_affiliation(speaker, organisation)
    make_role(speaker, Role.MANDATED, organisation.id, until_on=until_on)
    make_place(group, speaker, organisation)
    return speaker


def make_circle(size: int = 3, **group: Any) -> Circle:
    circle = Circle(make_group(**group), make_person("Coordinator Example"))
    make_account(circle.coordinator)
    make_coordinator(circle.group, circle.coordinator)
    for number in range(size):
        organisation = make_organisation(f"Example Organisation {number + 1}")
        circle.organisations.append(organisation)
        circle.speakers.append(make_speaker(organisation, circle.group, f"Speaker Example {number + 1}"))
    return circle


def in_days(days: float, now: datetime = START, zone: str = ZONE) -> Closing:
    """A closing so many days from now, on the clock of Nairobi."""
    return Closing(in_zone(now + timedelta(days=days), zone).replace(tzinfo=None, second=0, microsecond=0), zone)


def make_decision(
    circle: Circle, title: str = "A common letter", *, begun: datetime = START, **overrides: Any
) -> Decision:
    """A draft of the coordinator's."""
    plan = {"title": title, "words": Words("We write a common letter.", "en"), "quorum": 2} | overrides
    return services.propose(circle.lead(begun), circle.group, Plan(**plan), now=begun)


def open_decision(
    circle: Circle, stage: Stage = Stage.OBJECTIONS, *, begun: datetime = START, **overrides: Any
) -> tuple[Decision, datetime]:
    """A decision whose window of this stage has just opened for a week, and that instant."""
    decision, now = make_decision(circle, begun=begun, **overrides), begun
    for reached in (Stage.CLARIFICATION, Stage.REACTIONS, Stage.OBJECTIONS):
        services.open_window(circle.lead(now), decision, in_days(7, now), now=now)
        if reached is stage:
            break
        now += ENOUGH
    db.session.commit()
    return decision, now


def speak(
    circle: Circle,
    decision: Decision,
    number: int,
    stand: Stand = Stand.CONSENT,
    *,
    now: datetime,
    words: str = "",
    changes: UUID | None = None,
    **said: Any,
) -> GivenVoice:
    """The voice of one organisation by its speaker."""
    given = Words(words or "It takes the work away from us.", "en") if words or stand is Stand.OBJECT else None
    speaking = {
        "organisation_id": circle.organisations[number].id,
        "stand": stand,
        "version": decision.version,
        "words": given,
        "changes": changes,
    }
    return services.give_voice(circle.speaker(number, now), decision, Speaking(**speaking | said), now=now)


def give_proxy(circle: Circle, decision: Decision, giver: int, holder: int, *, now: datetime, **said: Any) -> Proxy:
    return services.give_proxy(
        circle.speaker(giver, now),
        decision,
        giver_id=circle.organisations[giver].id,
        holder_id=circle.organisations[holder].id,
        now=now,
        **said,
    )
