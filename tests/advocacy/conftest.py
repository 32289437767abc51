"""The cast of advocacy: a committee with a rule, who keeps its dates, who follows it, who is outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from flask import Flask

from app.advocacy.models import AdvocacySpace, StepRule
from app.core.actors import Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Person
from app.workinggroups.models import WorkingGroup
from tests.make.advocacy import make_rule, make_space
from tests.make.people import make_member, make_secretary
from tests.make.workinggroups import make_coordinator, make_group, make_place


@dataclass
class Cast:
    """`keeper` runs a group, so keeps dates; `member` takes part in the group."""

    space: AdvocacySpace
    rule: StepRule
    group: WorkingGroup
    keeper_person: Person
    member_person: Person
    outsider_person: Person
    secretary_person: Person
    now: datetime

    def acting(self, person: Person) -> Actor:
        return actor_at(person.id, self.now)

    @property
    def keeper(self) -> Actor:
        return self.acting(self.keeper_person)

    @property
    def secretary(self) -> Actor:
        return self.acting(self.secretary_person)

    @property
    def outsider(self) -> Actor:
        return self.acting(self.outsider_person)


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    space = make_space("Committee on Examples", slug="example-committee", acronym="CEX")
    group = make_group("Land group", slug="land-group")
    keeper, member = make_member("Huda Example"), make_member("Fatou Exemple", languages=("fr",))
    make_coordinator(group, keeper)
    make_place(group, member)
    cast = Cast(
        space=space,
        rule=make_rule(space, -28, valid_from=date(2021, 1, 1)),
        group=group,
        keeper_person=keeper,
        member_person=member,
        outsider_person=make_member("Outside Example"),
        secretary_person=make_secretary("Sela Example"),
        now=now,
    )
    db.session.commit()
    return cast
