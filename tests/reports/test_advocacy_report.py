"""What an advocacy report counts, from rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.advocacy.models import AdvocacySpace, ModeCode
from app.core.actors import Actor, ActorKind
from app.core.errors import NotAllowed, NotFound
from app.core.registries import actor_at
from app.engagements.models import Engagement, EngagementGoal, EngagementState, Result, SignatoryState
from app.extensions import db
from app.people.models import Organisation, Person
from app.recommendations.models import Recommendation, RecommendationGoal, Status
from app.reports.advocacy import queries
from app.reports.advocacy.formats import CSV_HEAD, to_csv
from app.reports.advocacy.report import AdvocacyReport, Line, report_on
from app.reports.advocacy.scope import AdvocacyScope
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.advocacy import make_mode, make_space
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_organisation, make_person, make_region
from tests.make.workinggroups import make_coordinator, make_group
from tests.reports.conftest import secretariat


@dataclass
class Year:
    """Two spaces, one below the other; two groups, of which Nour runs the first. A statement of both groups was handed
    in by two unions of two regions; a report of the second is in the making; one engagement is watched, one given
    up."""

    above: AdvocacySpace
    below: AdvocacySpace
    groups: list[WorkingGroup]
    unions: list[Organisation]
    nour: Person
    statement: Engagement
    report: Engagement


@pytest.fixture
def year(app: Flask) -> Year:
    above = make_space("Example programme", slug="programme")
    below = make_space("Example assembly", slug="assembly", parent_id=above.id)
    groups = [make_group("Land group", slug="land"), make_group("Rent group", slug="rent")]
    unions = [
        make_organisation("Union of tenants", region="LAC", country="AR"),
        make_organisation("Union of growers", region="SSA", country="CM"),
    ]
    nour = make_person("Nour")
    make_coordinator(groups[0], nour)
    statement = make_engagement(
        below,
        *groups,
        mode=make_mode(below, ModeCode.WRITTEN_STATEMENT),
        state=EngagementState.CLOSED,
        submitted_on=date(2026, 10, 5),
        result=Result.PARTLY,
        is_gender_integrated=True,
        goals=[EngagementGoal(goal=5), EngagementGoal(goal=11)],
    )
    make_signatory(statement, unions[0], is_lead=True)
    make_signatory(statement, unions[1], answered_at=datetime(2026, 10, 4, tzinfo=UTC))
    report = make_engagement(above, groups[1], state=EngagementState.IN_THE_MAKING)
    make_signatory(report, unions[0], is_lead=True)
    make_engagement(above, groups[1], state=EngagementState.WATCHING, is_watch_only=True)
    make_engagement(above, groups[0], state=EngagementState.GIVEN_UP)
    db.session.flush()
    return Year(above, below, groups, unions, nour, statement, report)


def read(scope: AdvocacyScope | None = None, *, actor: Actor | None = None) -> AdvocacyReport:
    return report_on(actor or secretariat(), scope or AdvocacyScope(), language="en", now=START)


def asked(actor: Actor | None = None, **query: str) -> AdvocacyReport:
    actor = actor or secretariat()
    return read(queries.find_scope(actor, **query), actor=actor)


def numbers(lines: list[Line]) -> dict[str, int]:
    return {line.key: line.tally.engagements for line in lines if line.tally.engagements}


def test_the_whole_house(year: Year) -> None:
    report = read()
    assert (report.total.engagements, report.total.handed_in) == (2, 1)
    assert (report.total.organisations, report.total.countries) == (2, 2)
    assert (report.gender_integrated, report.watched, report.given_up) == (1, 1, 1)
    assert (report.first_on, report.last_on) == (date(2026, 10, 5), START.date())
    assert numbers(report.by_state) == {"in_the_making": 1, "closed": 1}
    assert numbers(report.by_outcome) == {"partly": 1, "no_result_yet": 1}
    assert numbers(report.by_space) == {"assembly": 1, "programme": 1}
    assert numbers(report.by_mode) == {"written_statement": 1, "none_named": 1}
    assert numbers(report.by_group) == {"rent": 2, "land": 1}
    assert numbers(report.by_goal) == {"5": 1, "11": 1, "none_named": 1}
    assert numbers(report.by_region) == {"LAC": 2, "SSA": 1}


def test_who_runs_a_group_reads_what_it_undertook_and_no_name_of_another_group(year: Year) -> None:
    actor = actor_at(year.nour.id, START)
    report = asked(actor)
    assert report.title == "The groups you run"
    assert report.total.engagements == 1
    assert (report.watched, report.given_up) == (0, 1)
    assert numbers(report.by_group) == {"land": 1}
    assert str(asked(actor, group="land").title) == "Land group"
    with pytest.raises(NotAllowed):
        asked(actor, group="rent")


def test_nobody_else_reads_these_figures(year: Year) -> None:
    with pytest.raises(NotAllowed):
        read(actor=Actor(ActorKind.PERSON, keys=frozenset({"public", "network", "coordinator"})))


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ({"group": "rent"}, 2),
        ({"group": "land"}, 1),
        ({"space": "programme"}, 2),
        ({"space": "assembly"}, 1),
        ({"mode": "written_statement"}, 1),
        ({"mode": "side_event"}, 0),
        ({"goal": "11"}, 1),
        ({"goal": "6"}, 0),
        ({"region": "SSA"}, 1),
        ({"region": "LAC"}, 2),
        ({"gender": "1"}, 1),
        ({"gender": "0"}, 2),
    ],
)
def test_everything_asked_narrows(year: Year, query: dict[str, str], counted: int) -> None:
    assert asked(**query).total.engagements == counted


def test_what_was_asked_is_said_in_words(year: Year) -> None:
    report = asked(space="assembly", mode="written_statement", goal="11", region="SSA", gender="1")
    assert [str(what) for what, _value in report.asked] == [
        "Space",
        "Way to take part",
        "Goal",
        "Region",
        "Gender equality",
    ]
    assert str(report.asked[0][1]) == "Example assembly"


@pytest.mark.parametrize(
    "query",
    [
        {"group": "nowhere"},
        {"space": "nowhere"},
        {"mode": "shouting"},
        {"goal": "18"},
        {"goal": "0"},
        {"goal": "²"},
        {"goal": "-1"},
        {"region": "MOON"},
    ],
)
def test_what_is_not_there_is_not_found(year: Year, query: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        queries.find_scope(secretariat(), **query)


def test_the_day_is_that_of_the_submission_else_the_day_it_was_planned(year: Year) -> None:
    def between(first: date | None, last: date | None) -> int:
        return read(AdvocacyScope().between(first, last)).total.engagements

    assert between(date(2026, 10, 5), date(2026, 10, 5)) == 1
    assert between(None, date(2026, 10, 4)) == 0
    assert between(START.date(), START.date()) == 1
    assert between(START.date() + timedelta(days=1), None) == 0
    assert between(date(2026, 1, 1), date.max) == 2


def test_who_agreed_after_the_submission_was_not_part_of_it(year: Year) -> None:
    late = make_organisation("Late union", region="MENA", country="LB")
    make_signatory(year.statement, late, answered_at=datetime(2026, 10, 6, tzinfo=UTC))
    make_signatory(year.report, make_organisation("Asked union"), state=SignatoryState.ASKED)
    make_signatory(year.report, make_organisation("Declined union"), state=SignatoryState.DECLINED)
    make_signatory(year.report, late, answered_at=datetime(2026, 11, 20, tzinfo=UTC))
    report = read()
    assert report.total.organisations == 3
    assert numbers(report.by_region)["MENA"] == 1
    assert read(AdvocacyScope(spaces=frozenset((year.below.id,)), space=year.below)).total.organisations == 2


def test_what_no_organisation_stands_behind_has_a_line_of_its_own(year: Year) -> None:
    make_engagement(year.above, year.groups[0])
    last = read().by_region[-1]
    assert (last.key, last.tally.engagements, last.tally.organisations) == ("not_known", 1, 0)


def make_recommendation(year: Year, **overrides: Any) -> None:
    values = {"space": year.below, "citation": "Keep a register.", "language": "en", "symbol": "EXAMPLE/1"}
    days = {"issued_on": date(2026, 10, 20), "status_at": START, "added_at": START, "country": "SN"}
    db.session.add(Recommendation(**values | days | {"engagement": year.statement} | overrides))
    db.session.flush()


def test_recommendations_are_counted_by_space_and_by_where_they_stand(year: Year) -> None:
    make_recommendation(year)
    make_recommendation(year, status=Status.CARRIED_OUT)
    make_recommendation(year, space=year.above, engagement=None, issued_on=date(2025, 1, 1))
    report = read()
    assert report.recommendations == 3
    assert [(line.key, line.number, line.by_status) for line in report.obtained] == [
        ("assembly", 2, {Status.OPEN: 1, Status.CARRIED_OUT: 1}),
        ("programme", 1, {Status.OPEN: 1}),
    ]
    assert report.obtained_by_status == {Status.OPEN: 2, Status.CARRIED_OUT: 1}
    rows = to_csv(report).decode().split("\r\n")
    assert "recommendations_by_space_and_status,assembly/carried_out,Example assembly · Carried out,,,,,1" in rows


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ({"group": "land"}, 1),
        ({"space": "programme"}, 2),
        ({"space": "assembly"}, 1),
        ({"mode": "written_statement"}, 1),
        ({"mode": "side_event"}, 0),
        ({"goal": "5"}, 1),
        ({"goal": "6"}, 0),
        ({"region": "SSA"}, 1),
        ({"region": "MENA"}, 0),
        ({"gender": "1"}, 1),
    ],
)
def test_what_is_asked_narrows_recommendations_too(year: Year, query: dict[str, str], counted: int) -> None:
    make_region("MENA")
    make_recommendation(year, goals=[RecommendationGoal(goal=5)], is_gender_integrated=True)
    make_recommendation(year, space=year.above, engagement=None)
    assert asked(**query).recommendations == counted


def test_a_recommendation_counts_on_the_day_it_was_issued_and_for_the_groups_one_runs(year: Year) -> None:
    make_recommendation(year)
    make_recommendation(year, engagement=None)
    assert read(AdvocacyScope().between(date(2026, 10, 20), date(2026, 10, 20))).recommendations == 2
    assert read(AdvocacyScope().between(None, date(2026, 10, 19))).recommendations == 0
    assert asked(actor_at(year.nour.id, START)).recommendations == 1


def test_the_table_holds_every_section_its_definitions_and_what_was_asked(year: Year) -> None:
    rows = to_csv(asked(group="land", goal="5")).decode("utf-8-sig").split("\r\n")
    assert rows[0] == ",".join(CSV_HEAD)
    assert "total,all,Land group,1,1,2,2,0" in rows
    assert "total,gender_integrated,,1,,,," in rows
    assert "counted_apart,given_up,,0,,,," in rows
    assert any(row.startswith("by_region,LAC,") and row.endswith(",1,1,1,1,") for row in rows)
    assert any(row.startswith("definitions,by_goal,") and "may exceed the total" in row for row in rows)
    assert "filters,goal,5,,,,," in rows
    assert f"generated_at,utc,{START.isoformat(timespec='seconds')},,,,," in rows


def test_a_name_that_would_be_a_formula_is_text(year: Year) -> None:
    make_engagement(make_space('=HYPERLINK("example")', slug="formula"), year.groups[0])
    assert b"by_space,formula,\"'=HYPERLINK" in to_csv(read())


def test_three_rows_and_two_hundred_take_the_same_number_of_queries(
    year: Year, count_queries: Callable[[], Any]
) -> None:
    with count_queries() as few:
        read()
    for number in range(200):
        space = make_space(f"Example space {number}")
        engagement = make_engagement(space, make_group(f"Group {number}"), goals=[EngagementGoal(goal=number % 17 + 1)])
        make_signatory(engagement, make_organisation(f"Example union {number}"), is_lead=True)
    db.session.flush()
    with count_queries() as many:
        report = read()
    assert report.total.engagements == 202
    assert len(few) == len(many)
