"""Noting, changing, looking, following, bringing evidence: what is kept and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.advocacy.models import Claim
from app.core import registries
from app.core.actors import VISITOR, Actor
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.registries import actor_at, cards
from app.engagements.keys import engagement_key
from app.extensions import db
from app.people.models import Person, Role
from app.recommendations import queries, services
from app.recommendations.models import RECOMMENDATION, Evidence, Follower, Recommendation, Status, StatusLine
from app.recommendations.services import ChangedMeanwhile, Seen, Written
from app.recommendations.waiting import waiting
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space
from tests.make.engagements import make_engagement
from tests.make.people import make_role
from tests.make.recommendations import make_evidence, make_follower, make_recommendation
from tests.recommendations.conftest import Cast

LATER = START + timedelta(days=1)
LONG_AGO = START - timedelta(days=400)


def actor(person: Person, *more: str) -> Actor:
    found = actor_at(person.id, START)
    return Actor(found.kind, found.person_id, found.keys | set(more))


def written(**said: Any) -> Written:
    values: dict[str, Any] = {
        "citation": "El Comité recomienda\nque el Estado parte …",
        "language": "es",
        "issued_on": date(2026, 3, 2),
        "symbol": " CEDAW/C/ARG/CO/8 ",
        "country": "AR",
    } | said
    return Written(**values)


def test_whoever_runs_a_group_writes_down_what_was_said(cast: Cast, now: datetime) -> None:
    occurrence = make_occurrence(cast.space, date(2026, 2, 10))
    engagement = make_engagement(cast.space, cast.group)
    by = actor(cast.coordinator, engagement_key(engagement.id))
    said = written(
        occurrence_id=occurrence.id,
        engagement_id=engagement.id,
        claims=frozenset({Claim.FORCED_EVICTION}),
        goals=frozenset({11, 5}),
        is_gender_integrated=True,
    )
    row = services.note(by, cast.space, said, now=now)
    db.session.expire_all()
    assert (row.citation, row.symbol, row.language, row.country) == (
        "El Comité recomienda\nque el Estado parte …",
        "CEDAW/C/ARG/CO/8",
        "es",
        "AR",
    )
    assert (row.occurrence_id, row.engagement_id, row.status) == (occurrence.id, engagement.id, Status.OPEN)
    assert ([one.goal for one in row.goals], [one.claim for one in row.claims]) == ([5, 11], [Claim.FORCED_EVICTION])
    assert [(line.status, line.noted_by) for line in queries.list_history(row)] == [(Status.OPEN, cast.coordinator.id)]
    assert db.session.scalar(sa.select(AuditLine.code)) == "recommendations.recommendation.noted"
    assert cards([(RECOMMENDATION, row.id)], VISITOR)[row.id].language == "es"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"citation": " \n"}, "citation"),
        ({"citation": "a" * 6_001}, "citation"),
        ({"symbol": "", "url": ""}, "symbol"),
        ({"symbol": "a" * 121}, "symbol"),
        ({"paragraph": "a" * 61}, "paragraph"),
        ({"url": "example.org/doc"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://[example"}, "url"),
        ({"country": ""}, "country"),
        ({"country": "QQ"}, "country"),
        ({"country": "Argentina"}, "country"),
        ({"addressee": "a" * 201}, "addressee"),
        ({"issued_on": None}, "issued_on"),
        ({"issued_on": START.date() + timedelta(days=2)}, "issued_on"),
        ({"language": "klingonish"}, "language"),
        ({"goals": frozenset({0})}, "goals"),
        ({"occurrence_id": uuid4()}, "occurrence"),
        ({"engagement_id": uuid4()}, "engagement"),
    ],
)
def test_what_nobody_could_check_is_refused_at_its_field(cast: Cast, said: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.note(actor(cast.secretary), cast.space, written(**said), now=START)
    assert refused.value.field == field


def test_a_day_that_has_come_somewhere_on_earth_has_come(cast: Cast) -> None:
    evening = START.replace(hour=12)
    tomorrow = START.date() + timedelta(days=1)
    row = services.note(actor(cast.secretary), cast.space, written(issued_on=tomorrow), now=evening)
    assert row.issued_on == tomorrow


def test_a_link_or_words_do_as_well_as_symbol_and_state(cast: Cast, now: datetime) -> None:
    said = written(symbol="", url="https://example.org/doc", country="", addressee="All States")
    row = services.note(actor(cast.secretary), cast.space, said, now=now)
    assert (row.url, row.symbol, row.country, row.addressee) == ("https://example.org/doc", "", None, "All States")


def test_what_belongs_to_another_space_is_refused(cast: Cast, now: datetime) -> None:
    other = make_space("Another")
    occurrence, engagement = make_occurrence(other), make_engagement(other, cast.group)
    for said, field in (
        ({"occurrence_id": occurrence.id}, "occurrence"),
        ({"engagement_id": engagement.id}, "engagement"),
    ):
        with pytest.raises(RuleBroken) as refused:
            services.note(actor(cast.secretary), cast.space, written(**said), now=now)
        assert (refused.value.field, "another space" in str(refused.value.message)) == (field, True)


def test_an_engagement_that_the_writer_does_not_read_is_not_to_be_had_and_not_lost(cast: Cast, now: datetime) -> None:
    engagement, by = make_engagement(cast.space, cast.group), actor(cast.coordinator)
    stranger = Actor(by.kind, by.person_id, by.keys - {engagement_key(engagement.id)})
    with pytest.raises(RuleBroken):
        services.note(stranger, cast.space, written(engagement_id=engagement.id), now=now)
    row = make_recommendation(cast.space, engagement=engagement)
    services.change(stranger, row, written(), seen=1, now=now)
    assert row.engagement_id == engagement.id
    services.change(actor(cast.secretary), row, written(), seen=2, now=now)
    assert row.engagement_id is None


@pytest.mark.parametrize("role", ["speaker", "member", "outsider"])
def test_others_write_nothing_into_the_register(cast: Cast, role: str) -> None:
    by, row = actor(getattr(cast, role)), make_recommendation(cast.space)
    for work in (
        lambda: services.note(by, cast.space, written(), now=LATER),
        lambda: services.change(by, row, written(), seen=1, now=LATER),
        lambda: services.remove(by, row, now=LATER),
        lambda: services.look(by, row, status=Status.PARTLY, because="Why", now=LATER),
    ):
        with pytest.raises(NotAllowed):
            work()


def test_two_who_change_at_once_hear_of_each_other(cast: Cast) -> None:
    row = make_recommendation(cast.space, goals=(1,), claims=(Claim.RIGHT_TO_LAND,))
    services.change(actor(cast.secretary), row, written(goals=frozenset({1, 2})), seen=1, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        services.change(actor(cast.coordinator), row, written(), seen=1, now=LATER)
    db.session.expire_all()
    assert ([one.goal for one in row.goals], row.claims, row.version) == ([1, 2], [], 2)


def test_what_was_noted_by_mistake_goes_unless_somebody_brought_evidence(cast: Cast) -> None:
    by, row, seen = actor(cast.coordinator), make_recommendation(cast.space), make_recommendation(cast.space)
    make_follower(row, cast.member)
    make_evidence(seen)
    services.remove(by, row, now=LATER)
    with pytest.raises(RuleBroken):
        services.remove(by, seen, now=LATER)
    assert list(db.session.scalars(sa.select(Recommendation))) == [seen]
    assert db.session.scalar(sa.select(Follower)) is None
    with pytest.raises(NotFound):
        queries.get_recommendation(row.id)


def test_where_it_stands_has_a_history_and_reasons(cast: Cast) -> None:
    row, by = make_recommendation(cast.space), actor(cast.coordinator)
    with pytest.raises(RuleBroken) as refused:
        services.look(by, row, status=Status.UNDER_WAY, because=" ", now=LATER)
    assert refused.value.field == "because"
    services.look(by, row, status=Status.UNDER_WAY, because="A bill was\nbrought in.", now=LATER)
    services.look(by, row, status=Status.UNDER_WAY, because="", now=LATER + timedelta(days=9))
    assert (row.status, row.status_at) == (Status.UNDER_WAY, LATER + timedelta(days=9))
    assert [(line.status, line.because) for line in queries.list_history(row)] == [
        (Status.UNDER_WAY, ""),
        (Status.UNDER_WAY, "A bill was brought in."),
        (Status.OPEN, ""),
    ]


def test_whoever_speaks_for_an_organisation_that_follows_says_where_it_stands(cast: Cast) -> None:
    row, by = make_recommendation(cast.space), actor(cast.speaker)
    services.follow(by, row, cast.organisation, now=LATER)
    services.look(by, row, status=Status.NOT_CARRIED_OUT, because="They went on.", now=LATER)
    assert row.status is Status.NOT_CARRIED_OUT


def test_organisations_and_persons_follow_once_and_stop(cast: Cast) -> None:
    row, by = make_recommendation(cast.space), actor(cast.speaker)
    for _twice in range(2):
        services.follow(by, row, cast.organisation, now=LATER)
        services.follow(by, row, now=LATER)
    assert {(one.organisation_id, one.person_id) for one in row.followers} == {
        (cast.organisation.id, None),
        (None, cast.speaker.id),
    }
    for _twice in range(2):
        services.stop_following(by, row, cast.organisation, now=LATER)
        services.stop_following(by, row, now=LATER)
    assert row.followers == []


def test_nobody_follows_for_others(cast: Cast) -> None:
    row = make_recommendation(cast.space)
    for person, organisation in (
        (cast.member, cast.organisation),
        (cast.secretary, cast.organisation),
        (cast.outsider, None),
    ):
        with pytest.raises(NotAllowed):
            services.follow(actor(person), row, organisation, now=LATER)
        with pytest.raises(NotAllowed):
            services.stop_following(actor(person), row, organisation, now=LATER)


def test_everybody_of_the_network_brings_evidence_and_takes_their_own_back(cast: Cast) -> None:
    row, by = make_recommendation(cast.space), actor(cast.member)
    seen = Seen("Sheria mpya.", "sw", date(2026, 11, 1), "https://example.org/law")
    evidence = services.bring_evidence(by, row, seen, now=LATER)
    assert (evidence.words, evidence.language, evidence.audience) == ("Sheria mpya.", "sw", "network")
    assert queries.list_evidence(actor(cast.speaker), row) == [evidence]
    assert queries.list_evidence(VISITOR, row) == []
    assert queries.count_evidence(VISITOR, [row.id]) == {}
    with pytest.raises(NotFound):
        queries.get_evidence(VISITOR, row, evidence.id)
    with pytest.raises(NotAllowed):
        services.take_evidence_back(actor(cast.coordinator), evidence, now=LATER)
    with pytest.raises(NotAllowed):
        services.bring_evidence(actor(cast.outsider), row, seen, now=LATER)
    services.take_evidence_back(by, evidence, now=LATER)
    assert db.session.scalar(sa.select(Evidence)) is None


@pytest.mark.parametrize(
    ("seen", "field"),
    [
        (Seen(" ", "en", date(2026, 1, 1)), "words"),
        (Seen("Words", "en", None), "seen_on"),
        (Seen("Words", "en", date(2026, 12, 1)), "seen_on"),
        (Seen("Words", "en", date(2026, 1, 1), "ftp://example.org"), "url"),
        (Seen("Words", "klingonish", date(2026, 1, 1)), "language"),
        (Seen("Words", "en", date(2026, 1, 1), is_inside=True), "audience"),
    ],
)
def test_evidence_says_what_when_and_where(cast: Cast, seen: Seen, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.bring_evidence(actor(cast.member), make_recommendation(cast.space), seen, now=START)
    assert refused.value.field == field


def test_evidence_for_those_inside_the_engagement_is_theirs(cast: Cast) -> None:
    engagement = make_engagement(cast.space, cast.group)
    row, inside = make_recommendation(cast.space, engagement=engagement), engagement_key(engagement.id)
    seen = Seen("A name", "en", date(2026, 1, 1), is_inside=True)
    with pytest.raises(RuleBroken):
        stranger = actor(cast.member)
        services.bring_evidence(
            Actor(stranger.kind, stranger.person_id, stranger.keys - {inside}), row, seen, now=START
        )
    evidence = services.bring_evidence(actor(cast.coordinator, inside), row, seen, now=START)
    assert evidence.audience == inside
    assert queries.list_evidence(actor(cast.member), row) == []
    assert queries.list_evidence(actor(cast.secretary), row) == [evidence]


def test_the_register_is_narrowed_down(cast: Cast) -> None:
    child = make_space("Below", parent_id=cast.space.id)
    wanted = make_recommendation(
        child, goals=(11,), claims=(Claim.RIGHT_TO_LAND,), country="KE", status=Status.PARTLY, status_at=LONG_AGO,
        added_at=LONG_AGO,
    )  # fmt: skip
    other = make_recommendation(cast.space, issued_on=date(2025, 1, 1))
    make_follower(other, cast.organisation)

    def found(**said: Any) -> list[Recommendation]:
        return list(queries.page_of_recommendations(queries.Wanted(**said)).rows)

    assert found() == [wanted, other]
    for said in (
        {"country": "KE"}, {"space_ids": frozenset({child.id})}, {"goal": 11}, {"claim": Claim.RIGHT_TO_LAND},
        {"status": Status.PARTLY}, {"by_nobody": True}, {"not_looked_since": START - queries.YEAR},
        {"unseen_since": START - queries.YEAR},
    ):  # fmt: skip
        assert found(**said) == [wanted], said
    assert found(followed_by=frozenset({cast.organisation.id})) == [other]
    make_evidence(wanted)
    assert found(unseen_since=START - queries.YEAR) == []
    assert {row.id for row in queries.list_spaces_named()} == {cast.space.id, child.id}
    assert sorted(queries.list_countries()) == ["AR", "KE"]


def test_pages_of_the_register_follow_one_another(cast: Cast) -> None:
    rows = [make_recommendation(cast.space, issued_on=date(2026, 1, 1 + n // 2)) for n in range(7)]
    seen: list[Recommendation] = []
    page = queries.page_of_recommendations(queries.Wanted(), size=3)
    seen += page.rows
    while page.next_cursor:
        page = queries.page_of_recommendations(queries.Wanted(), cursor=page.next_cursor, size=3)
        seen += page.rows
    assert len(seen) == 7
    assert set(seen) == set(rows)
    assert [row.issued_on for row in seen] == sorted((row.issued_on for row in rows), reverse=True)
    assert queries.all_recommendations(queries.Wanted()) == seen


def test_a_year_without_a_look_waits_for_whoever_can_look(cast: Cast, app: Flask) -> None:
    row = make_recommendation(cast.space, status_at=LONG_AGO, added_at=LONG_AGO)
    make_recommendation(cast.space, status=Status.CARRIED_OUT, status_at=LONG_AGO, added_at=LONG_AGO)
    make_follower(row, cast.organisation, since=LONG_AGO)
    with app.test_request_context():
        [line] = waiting(actor(cast.coordinator), START)
        assert line.sentence == "Nobody has said for a year where 1 recommendation stands."
        [line] = waiting(actor(cast.speaker), START)
        assert line.sentence == "1 recommendation that your organisation follows has had no evidence for a year."
        assert str(line.about) == "Example Tenants"
        assert waiting(actor(cast.member), START) == []
        make_evidence(row, added_at=START - timedelta(days=3))
        assert waiting(actor(cast.speaker), START) == []
        services.look(actor(cast.coordinator), row, status=Status.OPEN, because="", now=START)
        assert waiting(actor(cast.coordinator), START) == []


def test_what_is_followed_is_handed_out_moved_and_taken_away(cast: Cast, now: datetime) -> None:
    row, other = make_recommendation(cast.space, added_by=cast.member.id), make_recommendation(cast.space)
    make_evidence(row, cast.member)
    for person, followed in ((cast.member, row), (cast.member, other), (cast.speaker, row)):
        make_follower(followed, person, added_by=person.id)
    exported = registries.export_person(cast.member.id)["recommendations"]
    assert {key: len(rows) for key, rows in exported.items()} == {"evidence": 1, "following": 2, "noted": 2}
    registries.merge_person(cast.speaker.id, cast.member.id, now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Follower)) == 2
    registries.erase_person(cast.speaker.id, now)
    db.session.expire_all()
    assert db.session.scalar(sa.select(Follower)) is None
    assert db.session.scalar(sa.select(Evidence.author_id)) is None
    assert (row.added_by, db.session.scalar(sa.select(StatusLine.noted_by).limit(1))) == (None, None)


def test_a_mandate_that_ended_looks_no_more(cast: Cast) -> None:
    row = make_recommendation(cast.space)
    make_follower(row, cast.organisation)
    make_role(cast.member, Role.MANDATED, cast.organisation.id, ended_at=LONG_AGO)
    with pytest.raises(NotAllowed):
        services.look(actor(cast.member), row, status=Status.PARTLY, because="Why", now=LATER)
