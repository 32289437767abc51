"""Organisations belong to several others between days, never to themselves over others, on no day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.actors import VISITOR, job
from app.core.errors import MalocaError, NotAllowed, NotFound, RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.people import queries, services
from app.people.models import Organisation, OrganisationParent
from app.people.services import AlreadyBelongs, Days, MakesLoop
from app.people.services.parents import find_loop, meet
from tests.conftest import START
from tests.make.people import make_member, make_organisation, make_secretary, make_tie
from tests.people.test_races import at_once

HOUSE, TODAY, DAY = job("tests"), START.date(), timedelta(days=1)


def add(child, parent, first=None, last=None, **more) -> OrganisationParent:
    return services.add_parent(HOUSE, child, parent_id=parent.id, days=Days(first, last), now=START, **more)


@pytest.fixture
def three(app, now):
    return [make_organisation(name) for name in ("Street Union", "City Federation", "World Network")]


def test_an_organisation_belongs_to_several_each_with_its_days(three):
    street, city, world = three
    add(street, city, date(2020, 1, 1), None, source="Charter")
    add(street, world, None, TODAY - DAY)
    add(street, world, TODAY + DAY)
    ties = queries.ties_of(VISITOR, street, TODAY, "en")
    assert [str(tie.name) for tie in ties.above] == ["City Federation"]
    assert len(ties.above_once) == 2
    below = queries.ties_of(VISITOR, city, TODAY, "en")
    assert ([str(tie.name) for tie in below.below], below.count_below) == (["Street Union"], 1)


def test_a_loop_is_refused_and_named(three):
    street, city, world = three
    add(street, city)
    add(city, world)
    with pytest.raises(MakesLoop) as refused:
        add(world, street)
    said = str(refused.value.message)
    assert [said.index(name) for name in ("World Network", "Street Union", "City Federation")] == sorted(
        said.index(name) for name in ("World Network", "Street Union", "City Federation")
    )
    with pytest.raises(RuleBroken) as itself:
        add(street, street)
    assert itself.value.field == "parent"


def test_a_loop_on_a_single_day_is_a_loop_and_on_no_common_day_is_none(three):
    street, city, world = three
    add(street, city, date(2020, 1, 1), date(2022, 1, 1))
    add(city, world, date(2022, 1, 1), date(2024, 1, 1))
    add(world, street, date(2022, 1, 2))
    with pytest.raises(MakesLoop) as refused:
        add(world, street, date(2021, 1, 1), date(2022, 1, 1))
    assert "1 January 2022" in str(refused.value.message)


def test_the_same_tie_is_not_written_twice_on_a_day(three):
    street, city, _world = three
    add(street, city, None, TODAY)
    with pytest.raises(AlreadyBelongs):
        add(street, city, TODAY)
    add(street, city, TODAY + DAY)


def test_days_in_the_wrong_order_and_unknown_organisations_are_refused(three):
    street, city, _world = three
    with pytest.raises(RuleBroken) as order:
        add(street, city, TODAY, TODAY - DAY)
    with pytest.raises(RuleBroken) as unknown:
        services.add_parent(HOUSE, street, parent_id=uuid4(), days=Days(), now=START)
    assert (order.value.field, unknown.value.field) == ("until_on", "parent")


def test_a_tie_ends_and_only_becomes_shorter(three):
    street, city, _world = three
    tie = add(street, city, date(2020, 1, 1))
    services.end_parent(HOUSE, tie, until_on=TODAY, now=START)
    assert tie.until_on == TODAY
    for wrong in (date(2019, 12, 31), TODAY + DAY):
        with pytest.raises(RuleBroken):
            services.end_parent(HOUSE, tie, until_on=wrong, now=START)
    services.remove_parent(HOUSE, tie, now=START)
    assert db.session.scalars(sa.select(OrganisationParent)).all() == []


def test_only_the_secretariat_writes_ties(three):
    street, city, _world = three
    tie, member = add(street, city), actor_at(make_member().id, START)
    for act in (
        lambda: services.add_parent(member, street, parent_id=city.id, days=Days(), now=START),
        lambda: services.end_parent(member, tie, until_on=TODAY, now=START),
        lambda: services.remove_parent(member, tie, now=START),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        queries.get_tie(member, tie.id)


def test_what_is_not_listed_is_not_shown(three):
    street, city, _world = three
    add(street, city)
    street.is_listed = False
    db.session.flush()
    assert queries.ties_of(VISITOR, city, TODAY, "en").below == []
    assert queries.ties_of(VISITOR, city, TODAY, "en").count_below == 0


days = st.builds(
    lambda first, length: Days(
        None if first is None else TODAY + first * DAY,
        None if length is None else TODAY + ((first or 0) + length) * DAY,
    ),
    st.none() | st.integers(-3, 3),
    st.none() | st.integers(0, 4),
)
ties = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), days), max_size=8)


@given(ties=ties, new=days)
def test_a_loop_is_found_exactly_where_one_day_has_it(ties, new):
    """The search over days against the plain one: each day by itself."""
    nodes = [uuid4() for _ in range(5)]
    edges = {node: [] for node in nodes}
    for child, parent, its in ties:
        edges[nodes[child]].append((nodes[parent], its))

    def reaches(day: date) -> bool:
        seen, ahead = set(), [nodes[1]]
        while ahead:
            here = ahead.pop()
            if here == nodes[0]:
                return True
            if here not in seen:
                seen.add(here)
                ahead += [up for up, its in edges[here] if meet(its, Days(day, day))]
        return False

    span = [TODAY + n * DAY for n in range(-9, 12)]
    expected = any(reaches(day) for day in span if meet(new, Days(day, day)))
    assert (find_loop(edges, nodes[0], nodes[1], new) is not None) == expected


def test_two_ties_that_make_a_loop_together_are_not_both_written(own_app):
    with own_app.app_context():
        ids = [make_organisation().id for _ in range(2)]
        db.session.commit()

    def tie(child_id, parent_id):
        child = db.session.get_one(Organisation, child_id)
        services.add_parent(HOUSE, child, parent_id=parent_id, days=Days(), now=START)

    answers = at_once(own_app, lambda: tie(*ids), lambda: tie(*reversed(ids)))
    assert sum(isinstance(answer, MalocaError) for answer in answers) == 1


def test_the_pages_of_ties(reader_of, three):
    street, city, _world = three
    db.session.commit()
    reader = reader_of(make_secretary())
    reader.open(f"/organisations/{street.id}/parents/new")
    reader.send(has="parent", parent="")
    assert reader.status == 422
    reader.send(has="parent", parent=str(city.id), from_on="2020-01-01", source="Charter")
    assert "It belongs to City Federation" in reader.text
    reader.open(f"/organisations/{city.id}/parents/new")
    reader.send(has="parent", parent=str(street.id))
    assert reader.status == 422
    assert "go round in a circle" in reader.text
    tie_id = db.session.scalars(sa.select(OrganisationParent.id)).one()
    reader.open(f"/organisations/ties/{tie_id}")
    reader.send(has="until_on", until_on="2021-01-01")
    assert "Before and to come" in reader.text
    reader.open(f"/organisations/ties/{tie_id}/remove")
    reader.send(action="/remove")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OrganisationParent)) == 0
    member = reader_of(make_member())
    for path, status in ((f"/organisations/{street.id}/parents/new", 403), (f"/organisations/ties/{tie_id}", 404)):
        member.open(path)
        assert member.status == status


def test_a_thousand_below_one_are_a_dozen_and_a_link(reader_of, three, count_queries):
    _street, city, world = three
    make_tie(city, world)
    reader = reader_of(make_secretary())

    def asked() -> list[int]:
        counts = []
        for path in (f"/organisations/{city.id}", "/organisations/", f"/organisations/?within={city.id}"):
            reader.open(path)
            with count_queries() as statements:
                reader.open(path)
            counts.append(len(statements))
        return counts

    def fill(number: int) -> None:
        rows = [
            Organisation(id=uuid4(), kind="union", region_id=city.region_id, created_at=START) for _ in range(number)
        ]
        db.session.add_all(rows)
        db.session.flush()
        db.session.add_all(OrganisationParent(organisation_id=r.id, parent_id=city.id, added_at=START) for r in rows)
        db.session.commit()

    fill(13)
    few = asked()
    fill(987)
    assert asked() == few
    reader.open(f"/organisations/{city.id}")
    assert "All 1000 that belong to it" in reader.text
