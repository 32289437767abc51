"""Labels, definitions and who may read."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.core.actors import Actor, ActorKind
from app.core.errors import NotAllowed
from app.core.names import set_name
from app.people.models import Gender
from app.reports.definitions import DEFINITIONS
from app.reports.policy import can_read_participation
from app.reports.scope import Scope
from app.reports.summary import SECTIONS, Line, Participation, summarise
from app.sessions.keys import facilitators_key
from tests.make.people import make_person
from tests.make.sessions import make_attendance, make_session, make_track
from tests.reports.conftest import Series, secretariat


def report_of(scope: Scope, now: datetime, language: str = "en") -> Participation:
    return summarise(secretariat(), scope, language=language, now=now)


def labels(lines: list[Line]) -> dict[str, str]:
    return {line.key: str(line.label) for line in lines}


def test_lines_have_stable_keys_and_labels_in_the_readers_language(series: Series, now: datetime) -> None:
    set_name("region", series.unions[0].region_id, "fr", "Amérique latine")
    report = report_of(Scope(), now, "fr")
    assert labels(report.by_region)["LAC"] == "Amérique latine"
    assert labels(report.by_country)["CM"] == "Cameroun"
    assert labels(report.by_language) == {"es": "Español", "fr": "Français", "not_known": "Not known"}
    assert report.by_session[0].more["day"].isoformat() == "2026-10-03"
    assert labels(report.by_track) == {"land": "Land rights"}


def test_organisations_come_by_their_number_then_by_name(series: Series, now: datetime) -> None:
    lines = report_of(Scope(), now).by_organisation
    assert [(str(line.label), line.persons, line.attendances) for line in lines] == [
        ("Union of tenants", 2, 2),
        ("Union of growers", 1, 1),
        ("For no organisation", 1, 1),
    ]
    assert [line.key for line in lines] == [*(str(union.id) for union in series.unions), "no_organisation"]


def test_what_is_not_known_comes_last(series: Series, now: datetime) -> None:
    for _ in range(4):
        make_attendance(series.sessions[0], make_person())
    report = report_of(Scope(), now)
    for section in ("by_region", "by_country", "by_language", "by_gender"):
        assert getattr(report, section)[-1].key in ("not_known", "no_answer")


@pytest.mark.parametrize("gender", [*Gender, None])
def test_every_answer_about_gender_has_words(series: Series, now: datetime, gender: Gender | None) -> None:
    make_attendance(series.sessions[0], make_person(gender=gender))
    assert (gender or "no_answer") in labels(report_of(Scope(), now).by_gender)


def test_each_number_of_sessions_has_its_line(series: Series, now: datetime) -> None:
    third = make_session(series.track, wall_start=datetime(2026, 10, 17, 17))
    for person in (series.amina, series.rosa, series.njeri):
        make_attendance(third, person)
    lines = report_of(Scope(), now).sessions_attended
    assert [(line.key, line.persons) for line in lines] == [("3", 1), ("2", 2), ("1", 0)]


def test_with_many_sessions_empty_lines_are_left_out(series: Series, now: datetime) -> None:
    for _ in range(14):
        make_attendance(make_session(make_track()), series.rosa)
    assert [line.key for line in report_of(Scope(), now).sessions_attended] == ["15", "2", "1"]


def test_sums_say_whether_they_may_exceed_the_total(series: Series, now: datetime) -> None:
    report = report_of(Scope(), now)
    may_exceed = {definition.key: definition.may_exceed for definition in DEFINITIONS}
    for section in SECTIONS:
        total = sum(line.persons for line in getattr(report, section))
        assert total == report.persons if not may_exceed[section] else total >= report.persons
    assert sum(line.persons for line in report.by_region) > report.persons


def test_the_title_says_what_the_report_is_about(series: Series, now: datetime) -> None:
    assert report_of(Scope(), now).title == "The whole house"
    assert str(report_of(Scope(track=series.track), now).title) == "Land rights"
    assert str(report_of(Scope(phase=series.track.phase), now).title) == "Example phase"
    assert str(report_of(Scope(session=series.sessions[1]), now).title) == "Session about water"
    set_name("session", series.sessions[1].id, "en", "")
    assert report_of(Scope(session=series.sessions[1]), now).title == "Session 2"
    assert report_of(Scope(track=series.track), now).by_session[1].label == "Session 2"


def test_the_secretariat_reads_all_and_facilitators_their_own_track(series: Series, now: datetime) -> None:
    leads = Actor(ActorKind.PERSON, keys=frozenset({"public", facilitators_key(series.track.id)}))
    other = Scope(track=make_track())
    assert can_read_participation(secretariat(), None)
    assert can_read_participation(leads, Scope(track=series.track))
    assert can_read_participation(leads, Scope(session=series.sessions[0]))
    assert can_read_participation(leads, Scope(track=series.track, session=series.sessions[0]))
    for refused in (None, Scope(), Scope(phase=series.track.phase), other):
        assert not can_read_participation(leads, refused)
    with pytest.raises(NotAllowed):
        summarise(leads, other, language="en", now=now)
