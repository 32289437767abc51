"""What was seen of the bodies' own deadlines holds against the rules of the catalogue that ships with the house."""

from datetime import date

import pytest

from app.advocacy.catalogue import load_catalogue, shipped_catalogue
from app.advocacy.estimating import estimate, estimate_range, holds_for
from app.advocacy.models import StepRule
from app.core.actors import job
from app.extensions import db

SEEN_AT_LEAST = 15
"""So many pairs of days the founding facts bring that lie within the validity of their rule."""


@pytest.fixture
def rules(app, now):
    load_catalogue(job("catalogue"), shipped_catalogue(), now=now)
    return list(db.session.scalars(db.select(StepRule).order_by(StepRule.id)))


def seen(rule):
    return [tuple(date.fromisoformat(day) for day in pair) for pair in rule.evidence]


def test_every_day_that_was_seen_while_a_rule_held_lies_within_its_range(rules):
    held = [
        (rule, step, anchor)
        for rule in rules
        for step, anchor in seen(rule)
        if holds_for(rule, rule.occurrence_kind, anchor)
    ]
    assert len(held) >= SEEN_AT_LEAST
    wrong = [
        (rule.key, step.isoformat(), anchor.isoformat())
        for rule, step, anchor in held
        if not estimate_range(rule, anchor)[0] <= step <= estimate_range(rule, anchor)[1]
    ]
    assert wrong == []


def test_what_was_seen_before_a_rule_held_is_not_measured_by_it(rules):
    """CEDAW asked for reports two weeks before its session of 2011: the rule of four weeks says nothing of that."""
    (cedaw,) = (rule for rule in rules if rule.space.code == "cedaw")
    assert not holds_for(cedaw, cedaw.occurrence_kind, date(2011, 10, 3))
    assert estimate(cedaw, date(2023, 10, 9)) == date(2023, 9, 11)
