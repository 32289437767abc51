"""What the database counts, and in how many queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.core.actors import VISITOR
from app.core.errors import NotFound
from app.people.models import Gender
from app.reports import queries
from app.reports.scope import Scope
from app.reports.summary import summarise
from tests.make.people import make_organisation, make_person, make_region
from tests.make.sessions import make_attendance, make_phase, make_session, make_track
from tests.reports.conftest import Series, secretariat


def figures(groups: list[queries.Group]) -> dict[object, tuple[int, int, int]]:
    return {
        group.by[-1]: (group.figures.persons, group.figures.organisations, group.figures.attendances)
        for group in groups
    }


def test_a_person_counts_once_and_an_attendance_each_time(series: Series) -> None:
    totals = queries.count_all(Scope())
    assert totals.figures == queries.Figures(persons=3, organisations=2, attendances=4)
    assert (totals.sessions, totals.first_on, totals.last_on) == (2, date(2026, 10, 3), date(2026, 10, 10))


def test_a_mark_taken_back_counts_nowhere(series: Series, now: datetime) -> None:
    make_attendance(series.sessions[0], make_person(), series.unions[1]).unmarked_at = now
    assert queries.count_all(Scope()).figures == queries.Figures(persons=3, organisations=2, attendances=4)


def test_an_empty_house_has_figures_too(app: Flask) -> None:
    assert queries.count_all(Scope()) == queries.Totals(queries.Figures(0, 0, 0), 0, None, None)
    assert queries.count_sessions_attended(Scope()) == {}


def test_who_came_for_organisations_of_two_regions_counts_in_both(series: Series) -> None:
    assert figures(queries.count_by_region(Scope())) == {"LAC": (2, 1, 2), "SSA": (1, 1, 1), None: (1, 0, 1)}


def test_without_an_organisation_the_persons_own_region_and_country_count(series: Series) -> None:
    series.njeri.region_id = make_region("SSA").id
    assert figures(queries.count_by_region(Scope()))["SSA"] == (2, 1, 2)
    assert figures(queries.count_by_country(Scope())) == {"AR": (2, 1, 2), "CM": (1, 1, 1), "KE": (1, 0, 1)}


def test_an_organisation_without_region_leaves_the_persons_own(series: Series) -> None:
    series.unions[0].region_id = None
    series.rosa.region_id = make_region("MENA").id
    by_region = figures(queries.count_by_region(Scope()))
    assert by_region["MENA"] == (1, 1, 1)
    assert by_region[None] == (2, 1, 2)


def test_the_unknown_region_comes_last_however_many_it_has(series: Series) -> None:
    for _ in range(5):
        make_attendance(series.sessions[0], make_person())
    assert [group.by[1] for group in queries.count_by_region(Scope())] == ["LAC", "SSA", None]


def test_language_and_gender_count_each_person_once(series: Series) -> None:
    assert {key: value[0] for key, value in figures(queries.count_by_language(Scope())).items()} == {
        "fr": 1,
        "es": 1,
        None: 1,
    }
    assert {key: value[0] for key, value in figures(queries.count_by_gender(Scope())).items()} == {
        Gender.WOMAN: 2,
        None: 1,
    }


def test_sessions_come_in_the_order_of_time(series: Series) -> None:
    groups = queries.count_by_session(Scope())
    assert [(group.by[1], group.figures.persons) for group in groups] == [(1, 2), (2, 2)]


def test_how_many_came_to_how_many_sessions(series: Series) -> None:
    assert queries.count_sessions_attended(Scope()) == {1: 2, 2: 1}


def test_a_scope_narrows_to_phase_track_session_and_days(series: Series) -> None:
    other = make_session(make_track("Other", slug="other"), wall_start=datetime(2026, 10, 4, 17))
    make_attendance(other, series.rosa)
    persons = lambda scope: queries.count_all(scope).figures.persons  # noqa: E731 - said five times
    assert queries.count_all(Scope()).figures.attendances == 5
    assert queries.count_all(Scope(track=series.track)).figures.attendances == 4
    assert queries.count_all(Scope(phase=other.track.phase)).figures.attendances == 1
    assert persons(Scope(session=series.sessions[1])) == 2
    assert persons(Scope(from_on=date(2026, 10, 4))) == 3
    assert persons(Scope(to_on=date(2026, 10, 3))) == 2
    assert persons(Scope(track=other.track, session=series.sessions[0])) == 0


def test_by_track_and_by_phase(series: Series) -> None:
    other = make_session(make_track("Other", slug="other", phase=make_phase("Later", slug="later")))
    make_attendance(other, series.rosa)
    assert figures(queries.count_by_track(Scope())) == {"land": (3, 2, 4), "other": (1, 0, 1)}
    assert figures(queries.count_by_phase(Scope()))["later"] == (1, 0, 1)


def test_what_the_actor_does_not_see_is_not_found(series: Series) -> None:
    series.track.audience = "secretariat"
    series.sessions[0].moment.audience = "secretariat"
    assert queries.find_scope(secretariat(), track="land").track is series.track
    assert queries.find_scope(secretariat(), session=str(series.sessions[0].id)).session is series.sessions[0]
    for asked in (
        {"track": "land"},
        {"session": str(series.sessions[0].id)},
        {"phase": "nowhere"},
        {"track": "nowhere"},
        {"session": "no-identifier"},
    ):
        with pytest.raises(NotFound):
            queries.find_scope(VISITOR, **asked)


def test_counts_include_what_their_reader_may_not_see_by_name(series: Series) -> None:
    series.sessions[0].moment.audience = "secretariat"
    assert queries.count_all(Scope(track=series.track)).figures.attendances == 4


def _fill(track_sessions: int, people: int) -> None:
    track = make_track()
    sessions = [
        make_session(track, wall_start=datetime(2026, 1, 1, 17) + timedelta(days=day)) for day in range(track_sessions)
    ]
    union = make_organisation()
    for number in range(people):
        make_attendance(sessions[number % track_sessions], make_person(country="KE"), union if number % 2 else None)


def test_ten_rows_and_a_thousand_take_the_same_number_of_queries(app: Flask, now: datetime, count_queries) -> None:
    _fill(2, 10)
    with count_queries() as few:
        summarise(secretariat(), Scope(), language="en", now=now)
    _fill(40, 990)
    with count_queries() as many:
        report = summarise(secretariat(), Scope(), language="en", now=now)
    assert report.persons == 1000
    assert len(few) == len(many)
