"""What the house reminds of by itself is what the collection of advocacy spaces proposes for its deadlines."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from app.reminders.defaults import DEFAULTS
from app.reminders.kinds import DAY, OFFERED, Kind

COLLECTION = Path(__file__).parent.parent / "data" / "advocacy_catalogue.yaml"


@pytest.mark.parametrize(
    ("kind", "name"), [(Kind.TEXT, "written"), (Kind.EVENT, "event"), (Kind.REGISTRATION, "registration")]
)
def test_deadlines_are_reminded_of_as_the_collection_proposes(kind: Kind, name: str) -> None:
    proposed = yaml.safe_load(COLLECTION.read_text(encoding="utf-8"))["suggested_reminder_plan"][name]
    days = [int(period.removeprefix("P").removesuffix("D")) for period in proposed]
    assert [rule.minutes for rule in DEFAULTS[kind]] == [-DAY * number for number in days]


@pytest.mark.parametrize("kind", Kind)
def test_what_the_house_does_by_itself_is_offered_in_the_form(kind: Kind) -> None:
    offered = OFFERED[kind]
    assert {rule.minutes for rule in DEFAULTS[kind]} <= set(offered.minutes)
    assert set().union(*(rule.to_whom for rule in DEFAULTS[kind])) <= set(offered.whom)
