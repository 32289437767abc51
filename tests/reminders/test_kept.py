"""Who opens the form of a plan and saves it without a change changes nothing: of every offset, who is told by it."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Person
from app.reminders.defaults import DEFAULTS, rules
from app.reminders.kinds import DAY, OFFERED, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.queries import find_own_plan, rules_of
from app.reminders.services import Chosen, choose_plan
from tests.journeys.reader import Reader
from tests.make.advocacy import make_space
from tests.make.people import make_secretary, sign_in
from tests.make.sessions import make_track
from tests.make.workinggroups import make_group

CARE = frozenset({Whom.RESPONSIBLE, Whom.FOLLOWERS})
SIGNERS = frozenset({*CARE, Whom.ORGANISATION})
PLACES = [
    (scope, kind) for kind, offered in OFFERED.items() for scope in (Scope.HOUSE, *offered.scopes)
]  # each kind, wherever it may have a plan


@pytest.fixture
def secretary(app: Flask) -> Person:
    return make_secretary()


@pytest.fixture
def reader(app: Flask, secretary: Person) -> Reader:
    return Reader(sign_in(app.test_client(), secretary))


def place_of(scope: Scope) -> tuple[Place, str]:
    """A place of a scope, and its address."""
    match scope:
        case Scope.TRACK:
            return Place(scope, make_track(slug="land")), "/reminders/tracks/land"
        case Scope.GROUP:
            return Place(scope, make_group(slug="tenure")), "/reminders/groups/tenure"
        case Scope.SPACE:
            space = make_space()
            return Place(scope, space), f"/reminders/spaces/{space.slug}"
    return Place(scope), "/reminders"


def kept(place: Place, kind: Kind) -> set[tuple[int, frozenset[Whom], bool]]:
    db.session.expire_all()
    plan = find_own_plan(place.row.id if place.row is not None else None, kind)
    assert plan is not None
    return {(rule.minutes, rule.to_whom, rule.can_wait) for rule in rules_of(plan)}


@pytest.mark.parametrize(("scope", "kind"), PLACES, ids=[f"{kind} of a {scope}" for scope, kind in PLACES])
def test_what_is_saved_unchanged_stays_as_it_is_shipped(reader: Reader, scope: Scope, kind: Kind) -> None:
    place, path = place_of(scope)
    db.session.commit()
    reader.open(f"{path}/{kind}")
    reader.send(has="when")
    assert kept(place, kind) == {(rule.minutes, rule.to_whom, rule.can_wait) for rule in DEFAULTS[kind]}


@pytest.mark.parametrize("kind", Kind)
def test_what_is_saved_unchanged_stays_as_it_was_chosen(
    reader: Reader, secretary: Person, now: datetime, kind: Kind
) -> None:
    """Each offset has told others than the one before, one is of a day that is not offered, and all that is told
    afterwards is ticked."""
    place, offered = Place(Scope.HOUSE), OFFERED[kind]
    before = tuple(
        rule
        for number, minutes in enumerate((*offered.minutes[:4], -100 * DAY))
        for rule in rules(minutes, to=(offered.whom[number % len(offered.whom)],))
    )
    chosen = Chosen(
        frozenset(rule.minutes for rule in before), frozenset(offered.whom), frozenset(offered.after), before=before
    )
    choose_plan(actor_at(secretary.id, now), place, kind, chosen, now=now)
    db.session.commit()
    was = kept(place, kind)
    assert {(rule.minutes, rule.to_whom, rule.can_wait) for rule in before} <= was
    reader.open(f"/reminders/{kind}")
    reader.send(has="when")
    assert reader.status == 200, reader.text
    assert kept(place, kind) == was


BEFORE = rules(-90 * DAY, -7 * DAY, to=tuple(CARE)) + rules(-2 * DAY, to=tuple(SIGNERS))


@pytest.mark.parametrize(
    ("days", "to_whom", "told"),
    [
        ((90, 7, 2), SIGNERS, {90: CARE, 7: CARE, 2: SIGNERS}),
        ((7, 2), SIGNERS, {7: CARE, 2: SIGNERS}),
        ((90, 7, 2), CARE, {90: CARE, 7: CARE, 2: CARE}),
        # who is newly ticked is told by each; a new offset tells all who are ticked
        ((7, 2), SIGNERS | {Whom.GROUP}, {7: CARE | {Whom.GROUP}, 2: SIGNERS | {Whom.GROUP}}),
        ((7, 2, 1), SIGNERS, {7: CARE, 2: SIGNERS, 1: SIGNERS}),
        # nobody who is ticked is told by none, and no offset tells nobody
        ((90, 7), SIGNERS, {90: SIGNERS, 7: SIGNERS}),
        ((7, 1), SIGNERS, {7: CARE, 1: SIGNERS}),
        ((7, 2), {Whom.ORGANISATION}, {7: {Whom.ORGANISATION}, 2: {Whom.ORGANISATION}}),
        ((), SIGNERS, {}),
    ],
)
def test_what_is_changed_changes_no_more_than_was_said(
    days: tuple[int, ...], to_whom: frozenset[Whom], told: dict[int, frozenset[Whom]]
) -> None:
    chosen = Chosen(frozenset(-DAY * number for number in days), frozenset(to_whom), before=BEFORE)
    found = {-minutes // DAY: frozenset(whom) for minutes, whom in chosen.whom_by_minutes().items()}
    assert found == told


def test_the_pages_say_which_offsets_tell_whom(reader: Reader) -> None:
    _place, path = place_of(Scope.SPACE)
    db.session.commit()
    for page in (path, f"{path}/text"):
        reader.open(page)
        assert (
            "When 90 days before, 45 days before, 21 days before, 7 days before "
            "Who is reminded One person of each group that prepares something "
            "One person of each group that follows the space "
            "When 2 days before Who is reminded One person of each group that prepares something "
            "One person of each group that follows the space Who speaks for the organisations that sign"
        ) in reader.text
    reader.open(f"{path}/event")
    assert not reader.page.select("main dl"), "where each tells the same people, the ticks say it"
