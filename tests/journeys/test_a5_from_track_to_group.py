"""A5 · A track becomes a working group by invitation: nobody is enrolled, each is asked once, a no is remembered."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core import outbox
from app.extensions import db
from app.people.models import AffiliationKind
from app.workinggroups.models import GroupInvitation, GroupMembership, InvitationState, WorkingGroup
from tests.conftest import START
from tests.make.people import make_member, make_secretary
from tests.make.reflections import make_reflection
from tests.make.sessions import make_membership, make_session, make_track

HELD = START.replace(tzinfo=None) - timedelta(days=7)
OBJECTIVES = "We push for cool, affordable roofs and report on them together."


@pytest.fixture
def story(app, now, clock):
    """A finished track with 12 Members, 5 Allies and 4 Friends, and a public reflection."""
    track = make_track("Climate justice", slug="climate-justice")
    make_session(track, "Who pays for the heat?", wall_start=HELD, number=1)
    people = [
        make_member(f"{kind.title()} {number} Example", kind=kind)
        for kind, count in ((AffiliationKind.MEMBER, 12), (AffiliationKind.ALLY, 5), (AffiliationKind.FRIEND, 4))
        for number in range(count)
    ]
    for person in people:
        make_membership(track, person)
    make_reflection(track, people[0], audience="public")
    db.session.commit()
    return track, people


def invitations() -> list[GroupInvitation]:
    return list(db.session.scalars(sa.select(GroupInvitation)))


def places() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(GroupMembership))


def mails(now: datetime) -> list[str]:
    while outbox.address_notices(now):
        pass
    return list(db.session.scalars(sa.select(outbox.OutboxMail.recipient)))


def create(secretary) -> WorkingGroup:
    secretary.open("/overview")
    assert "Who goes on with what was learnt?" in secretary.text
    secretary.open("/tracks/climate-justice")
    [link] = secretary.page.select("a[href='/tracks/climate-justice/follow-on']")
    secretary.open(link["href"])
    assert "17 people get one invitation each." in secretary.text
    assert "4 Friends get none: they may ask to observe." in secretary.text
    assert secretary.page.select_one("a[href='/tracks/climate-justice/handover']")
    assert secretary.page.select_one("input[name=name_en]")["value"] == "Climate justice"
    secretary.send(has="objectives_en", objectives_en=OBJECTIVES)
    assert secretary.status == 200, secretary.text
    assert "17 people are invited" in secretary.page.get_text()
    return db.session.scalars(sa.select(WorkingGroup)).one()


def test_seventeen_are_asked_and_nobody_is_a_member_yet(story, reader, now):
    _track, people = story
    secretary = reader(make_secretary())
    group = create(secretary)
    asked = {row.person_id for row in invitations()}
    assert asked == {person.id for person in people[:17]}
    assert places() == 0
    told = mails(now)
    assert len(told) == len(set(told)) == 17
    secretary.open(f"/groups/{group.slug}")
    links = {a["href"] for a in secretary.page.select("main a[href]")}
    assert "/tracks/climate-justice" in links
    assert any(href.startswith("/reflections/?track=climate-justice") for href in links)
    secretary.open("/tracks/climate-justice")
    assert secretary.page.select_one(f"#follow-on a[href='/groups/{group.slug}']")
    secretary.open("/overview")
    assert "Who goes on" not in secretary.text


def test_accepting_is_one_tick_and_one_click(story, reader, now):
    _track, people = story
    group = create(reader(make_secretary()))
    member = reader(people[0])
    member.open("/overview")
    [link] = member.page.select(f"a[href='/groups/{group.slug}/invitation']")
    member.open(link["href"])
    assert OBJECTIVES in member.text
    member.send(has="acknowledge")
    assert member.status == 422
    assert "Tick that you have read the objectives" in member.text
    assert places() == 0
    member.send(has="acknowledge", acknowledge="y")
    assert member.status == 200
    assert member.path == f"/groups/{group.slug}"
    assert places() == 1
    member.open("/overview")
    assert "You are invited" not in member.text


def test_a_no_is_remembered_and_nobody_asks_again(story, reader, now):
    _track, people = story
    secretary = reader(make_secretary())
    group = create(secretary)
    ally = reader(people[12])
    ally.open(f"/groups/{group.slug}/invitation")
    ally.send(action="/decline")
    assert "You declined on 21 November 2026." in ally.text
    before = mails(now)

    secretary.open(f"/groups/{group.slug}/invitations")
    secretary.send(has="person", person=people[12].name)
    assert secretary.status == 422
    assert "has declined, and nobody is asked twice" in secretary.text
    secretary.send(has="person", person=people[1].name)
    assert "is invited already and has not answered yet" in secretary.text

    secretary.open("/tracks/climate-justice/follow-on")
    assert "17 people were asked into a group of this track before" in secretary.text
    secretary.send(has="objectives_en", objectives_en="Once more.")
    assert len(invitations()) == 17
    assert mails(now) == before
    declined = [row for row in invitations() if row.state is InvitationState.DECLINED]
    assert [row.person_id for row in declined] == [people[12].id]


def test_a_friend_is_not_asked_and_reads_the_way_in(story, reader, now):
    _track, people = story
    group = create(reader(make_secretary()))
    friend = reader(people[-1])
    friend.open(f"/groups/{group.slug}/invitation")
    assert friend.status == 404
    friend.open("/tracks/climate-justice")
    assert friend.page.select_one(f"#follow-on a[href='/groups/{group.slug}']")
    friend.open(f"/groups/{group.slug}")
    assert friend.page.select_one(f"a[href='/groups/{group.slug}/observe']")
