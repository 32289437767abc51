"""Groups follow spaces: their dates stand on the page of the group, on its sheet, in its year and in what it takes
along."""

from __future__ import annotations

from datetime import date

import pytest

from app.advocacy.models import SPACE, CatalogueNote, FollowedSpace, NoteAbout, Occurrence, Step
from app.advocacy.queries.following import spaces_followed_by
from app.advocacy.searching import documents_of_occurrences, documents_of_spaces
from app.advocacy.services.following import GroupIsClosed, choose_spaces, follow_space, unfollow_space
from app.core.actors import VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.registries import actor_at, cards
from app.extensions import db
from app.moments.models import Certainty, Status
from app.workinggroups.exports import Table, rooms_of
from app.workinggroups.models import GroupState, Standing
from tests.journeys.reader import Reader
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.people import make_member, make_person, make_secretary, sign_in
from tests.make.workinggroups import make_coordinator, make_group, make_place


@pytest.fixture
def cedaw(app, now):
    space = make_space("Committee on women", acronym="CEDAW", slug="cedaw")
    make_step(make_occurrence(space, date(2027, 2, 8), number=96), date(2027, 1, 11))
    return space


@pytest.fixture
def group(app, now):
    return make_group()


@pytest.fixture
def runner(group):
    person = make_member()
    make_coordinator(group, person)
    return person


def followed(group, space, now):
    db.session.add(FollowedSpace(group_id=group.id, space_id=space.id, since=now))
    db.session.flush()


def test_whoever_runs_a_group_follows_a_space_from_its_page_and_stops(client, cedaw, group, runner):
    reader = Reader(sign_in(client, runner))
    reader.open("/advocacy/spaces/cedaw")
    reader.send(action="/follow")
    assert "The group follows this space" in reader.page.get_text()
    assert spaces_followed_by(group.id) == {cedaw.id}
    reader.send(action="/follow")
    assert "does not follow this space any more" in reader.page.get_text()
    assert spaces_followed_by(group.id) == set()


def test_following_twice_changes_nothing(cedaw, group, runner, now):
    actor = actor_at(runner.id, now)
    follow_space(actor, group, cedaw, now=now)
    follow_space(actor, group, cedaw, now=now)
    unfollow_space(actor, group, cedaw, now=now)
    unfollow_space(actor, group, cedaw, now=now)
    codes = [line.code for line in db.session.query(AuditLine).all() if line.code.startswith("advocacy.")]
    assert codes == ["advocacy.space.followed", "advocacy.space.unfollowed"]


def test_others_say_nothing_about_what_a_group_follows(client, cedaw, group, now):
    member = make_person()
    with pytest.raises(NotAllowed):
        follow_space(actor_at(member.id, now), group, cedaw, now=now)
    sign_in(client, member)
    assert client.get(f"/advocacy/followed-by/{group.slug}").status_code == 404
    make_place(group, member, standing=Standing.MEMBER)
    assert client.get(f"/advocacy/followed-by/{group.slug}").status_code == 403
    assert "Follow no longer" not in client.get("/advocacy/spaces/cedaw").get_data(as_text=True)


def test_a_closed_group_follows_nothing_new(cedaw, group, runner, now):
    group.state, group.closed_at = GroupState.CLOSED, now
    with pytest.raises(GroupIsClosed):
        follow_space(actor_at(runner.id, now), group, cedaw, now=now)


def test_all_spaces_of_a_group_are_ticked_on_one_page(client, cedaw, group, runner, now):
    other = make_space("World forum", acronym="WUF")
    followed(group, cedaw, now)
    reader = Reader(sign_in(client, runner))
    reader.open(f"/groups/{group.slug}")
    assert "CEDAW: Session 96" in reader.text
    reader.open(f"/advocacy/followed-by/{group.slug}")
    reader.send(has="spaces", spaces=[str(other.id)])
    assert spaces_followed_by(group.id) == {other.id}


def test_a_space_that_was_not_offered_stays_as_it_is(cedaw, group, runner, now):
    followed(group, cedaw, now)
    choose_spaces(actor_at(runner.id, now), group, [], [], now=now)
    assert spaces_followed_by(group.id) == {cedaw.id}


def test_the_next_dates_stand_on_the_page_of_the_group_for_everybody(client, cedaw, group, now):
    page = client.get(f"/groups/{group.slug}").get_data(as_text=True)
    assert 'id="advocacy"' not in page
    followed(group, cedaw, now)
    page = client.get(f"/groups/{group.slug}").get_data(as_text=True)
    assert "CEDAW: Session 96" in page
    assert f"/advocacy/?group={group.slug}" in page


def test_the_page_of_a_space_names_the_groups_that_follow_it(client, cedaw, group, now):
    followed(group, cedaw, now)
    secret = make_group(slug="secret", audience="group:secret")
    followed(secret, cedaw, now)
    page = client.get("/advocacy/spaces/cedaw").get_data(as_text=True)
    assert f"/groups/{group.slug}" in page
    assert "/groups/secret" not in page


def test_the_calendar_is_narrowed_to_what_a_group_follows(client, cedaw, group, now):
    other = make_space("World forum", acronym="WUF")
    make_occurrence(other, date(2027, 5, 3), number=13)
    followed(group, cedaw, now)
    page = client.get(f"/advocacy/?group={group.slug}").get_data(as_text=True)
    assert "CEDAW: Session 96" in page
    assert "WUF: Session 13" not in page


def test_the_plan_of_the_year_holds_the_dates_of_followed_spaces(client, cedaw, group, runner, now):
    followed(group, cedaw, now)
    sign_in(client, runner)
    page = client.get(f"/groups/{group.slug}/year?year=2027").get_data(as_text=True)
    assert "Parallel reports, CEDAW: Session 96" in page
    assert "CEDAW: Session 96" in client.get(f"/groups/{group.slug}/year.ics?year=2027").get_data(as_text=True)
    assert "Session 96" not in page.split("</main>")[1]


def test_the_handover_sheet_and_the_export_say_what_is_followed(client, cedaw, group, runner, now):
    followed(group, cedaw, now)
    sign_in(client, runner)
    assert "CEDAW: Session 96" in client.get(f"/groups/{group.slug}/handover").get_data(as_text=True)
    room = next(room for room in rooms_of(group) if room.code == "advocacy")
    with client.application.test_request_context():
        (table,) = room.parts(actor_at(runner.id, now), group, now)
        assert isinstance(table, Table)
        assert [row[:2] for row in table.rows] == [("CEDAW", "Committee on women")]


def test_the_front_page_says_what_closes_next(client, cedaw, group, now):
    assert "CEDAW: Session 96" in client.get("/").get_data(as_text=True)
    other = make_space("World forum", acronym="WUF")
    make_step(make_occurrence(other, date(2027, 1, 8), number=13), date(2026, 12, 30))
    followed(group, cedaw, now)
    member = make_member()
    make_place(group, member, standing=Standing.MEMBER)
    sign_in(client, member)
    page = client.get("/").get_data(as_text=True)
    assert "What closes next in the spaces your groups follow" in page
    assert "WUF" not in page


def test_what_is_called_off_or_put_off_does_not_stand_where_the_next_to_close_stands(client, cedaw, now):
    step = db.session.query(Step).one()
    for status in (Status.CANCELLED, Status.POSTPONED):
        step.moment.status = status
        db.session.commit()
        assert "What closes next" not in client.get("/").get_data(as_text=True)


def test_cards_name_spaces_sessions_and_deadlines(client, cedaw, now):

    occurrence, step = db.session.query(Occurrence).one(), db.session.query(Step).one()
    with client.application.test_request_context():
        found = cards([("space", cedaw.id), ("occurrence", occurrence.id), ("step", step.id)], VISITOR)
    assert found[cedaw.id].title == "Committee on women"
    assert found[occurrence.id].title == "CEDAW: Session 96"
    assert found[step.id].title == "Parallel reports, CEDAW: Session 96"
    assert found[step.id].href.endswith(f"#step-{step.id}")


def test_spaces_and_sessions_are_found_by_name_acronym_and_note(client, cedaw, now):

    db.session.add(
        CatalogueNote(
            space_id=cedaw.id,
            object_kind=SPACE,
            object_id=cedaw.id,
            about=NoteAbout.CYCLE,
            texts={"fr": "Trois sessions par an"},
            certainty=Certainty.VERIFIED,
        )
    )
    db.session.flush()
    found = {row.language: row for row in documents_of_spaces([cedaw.id])}
    assert found["en"].title == "Committee on women\nCEDAW"
    assert "Trois sessions par an" in found["fr"].text
    session = db.session.query(Occurrence).one()
    (document,) = documents_of_occurrences([session.id])
    assert document.title == "CEDAW 96"
    session.label = {"fr": "La session des villes"}
    (document,) = documents_of_occurrences([session.id])
    assert document.title == "La session des villes\nCEDAW 96"
    assert document.audience == "public"


def test_the_secretariat_chooses_for_any_group(client, cedaw, group, now):
    reader = Reader(sign_in(client, make_secretary()))
    reader.open(f"/advocacy/followed-by/{group.slug}")
    reader.send(has="spaces", spaces=[str(cedaw.id)])
    assert spaces_followed_by(group.id) == {cedaw.id}
