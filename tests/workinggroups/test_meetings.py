"""Meetings of a group: planning them, who is expected and told, what waits, and who came how often."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails, registries
from app.core.actors import VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.notices import Notice
from app.core.permissions import can
from app.extensions import db
from app.moments.models import Modality, Status
from app.moments.timing import Timing
from app.reports import queries as reports
from app.reports.scope import Scope
from app.sessions import policy as gatherings
from app.sessions import queries as programme
from app.sessions import services as sessions
from app.sessions import telling
from app.sessions.hosts import host_of, owner_names
from app.sessions.queries.zones import clocks_of
from app.sessions.services import AgendaLine, Plan
from app.workinggroups import policy, queries, services
from app.workinggroups.keys import group_key
from app.workinggroups.meetings.waiting import waiting
from app.workinggroups.models import GroupKind, GroupMeeting, GroupMembership, GroupState, Standing
from app.workinggroups.queries.participation import list_participation
from app.workinggroups.services.meetings import MeetsNoMore
from app.workinggroups.showing.meetings import participation_table
from app.workinggroups.telling.meetings import CALLED_OFF
from tests.make.moments import hours
from tests.make.outcomes import make_notes
from tests.make.people import make_assistance, make_member, make_organisation, make_person
from tests.make.sessions import make_attendance, make_claim, make_head_count, make_session
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

AT_17 = hours("2027-02-13 17:00", "2027-02-13 19:00")
ENDS = datetime(2027, 2, 13, 16, tzinfo=UTC)


@pytest.fixture
def plan(act, now):
    def planning(person, group, timing=AT_17, title="Who writes to the city?", **said):
        return services.plan_meeting(act(person), group, names={"en": title}, timing=timing, plan=Plan(**said), now=now)

    return planning


# ---------- planning


def test_who_runs_a_group_plans_its_meetings(cast, plan):
    first = plan(
        cast.coordinator, cast.group, agenda=[AgendaLine(15, "Letter")], join_link="https://meet.example.org/g"
    )
    second = plan(cast.secretary, cast.group, title="Answers", status=Status.CONFIRMED)
    elsewhere = plan(cast.other_coordinator, cast.secret)
    assert [first.number, second.number, elsewhere.number] == [1, 2, 1]
    assert (first.kind, first.moment.subject_kind) == ("meeting", "meeting")
    assert first.moment.audience == group_key(cast.group.id)
    assert second.moment.status is Status.CONFIRMED
    assert [item.title for item in first.agenda] == ["Letter"]
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "sessions.session.planned"))
    assert {(line.subject_kind, line.facts["number"]) for line in lines} == {("meeting", 1), ("meeting", 2)}


def test_nobody_else_plans(cast, plan):
    for person in (cast.member, cast.observer, cast.candidate, cast.other_coordinator, cast.outsider):
        with pytest.raises(NotAllowed):
            plan(person, cast.group)
    assert not can(VISITOR, "workinggroups.plan_meeting", cast.group)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (GroupState.CLOSED, "This group is closed and plans no meeting any more."),
        (GroupState.SUSPENDED, "This chantier is suspended and plans no meeting."),
    ],
)
def test_a_group_that_is_closed_or_suspended_plans_none(cast, plan, state, said):
    cast.group.state = state
    with pytest.raises(MeetsNoMore) as refused, force_locale("en"):
        plan(cast.coordinator, cast.group)
    assert said in str(refused.value.message)
    assert not db.session.scalars(sa.select(GroupMeeting)).all()


def test_a_proposed_chantier_meets_to_find_its_carriers(cast, plan):
    chantier = make_group("Chantier", kind=GroupKind.CHANTIER, state=GroupState.PROPOSED)
    make_coordinator(chantier, cast.coordinator)
    assert plan(cast.coordinator, chantier).number == 1


def test_a_closed_group_waits_for_whoever_plans_in_it(cast, plan, now):
    """The state is read under the lock of the group: what the planner has seen before does not count."""
    assert policy.may_meet(cast.group)
    db.session.execute(sa.text("UPDATE working_group SET state = 'closed'"))
    with pytest.raises(MeetsNoMore):
        plan(cast.coordinator, cast.group)


# ---------- who sees it, who is expected, who is told


def test_everybody_in_the_group_is_told_and_nobody_else(cast, plan):
    plan(cast.coordinator, cast.group)
    told = db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == telling.sessions.PLANNED))
    assert set(told) == {cast.member.id, cast.observer.id}


def test_the_people_of_the_group_see_it(cast, act):
    meeting = make_meeting(cast.group)
    for person, sees in (
        (cast.member, True), (cast.observer, True), (cast.coordinator, True), (cast.secretary, True),
        (cast.candidate, False), (cast.other_coordinator, False), (cast.outsider, False),
    ):  # fmt: skip
        found = db.session.scalars(sa.select(GroupMeeting)).all()
        actor = act(person)
        assert found == [meeting]
        assert bool(registries.cards([("meeting", meeting.id)], actor)) is sees
        assert gatherings.takes_part_in(actor, meeting) is (sees and person is not cast.secretary)
    assert gatherings.can_lead_session(act(cast.coordinator), meeting)
    assert not gatherings.can_lead_session(act(cast.member), meeting)


def test_the_group_is_its_owner(cast):
    meeting = make_meeting(cast.group)
    owner = host_of(meeting).owner(meeting, "en")
    assert (owner.name.text, owner.href, owner.cloth) == ("Land group", "/groups/land-group", "land-group")
    assert owner_names([meeting], "en")[meeting.id].text == "Land group"
    assert owner_names([], "en") == {}


def test_expected_are_its_people_and_who_runs_it(cast):
    guest, gone = make_member("Gast Example"), make_member("Gone Example")
    make_place(cast.group, guest, standing=Standing.GUEST)
    make_place(cast.group, gone, left_at=datetime(2027, 1, 1, tzinfo=UTC))
    late = make_member("Late Example")
    make_place(cast.group, late, left_at=datetime(2027, 2, 13, 15, tzinfo=UTC))
    make_coordinator(
        cast.group, cast.member
    )  # has a place already: once on the sheet, for the organisation they joined for
    former = make_member("Former Example")
    make_coordinator(cast.group, former, ended_at=datetime(2027, 1, 1, tzinfo=UTC))
    meeting = make_meeting(cast.group)
    sheet = programme.list_sheet(meeting)
    assert [row.name for row in sheet] == [
        "Fatou Exemple", "Gast Example", "Late Example", "Olu Example", "Samira Example",
    ]  # fmt: skip
    with force_locale("en"):
        beside = host_of(meeting).beside(meeting, [row.person_id for row in sheet])
        assert {key: str(word) for key, word in beside.items()} == {guest.id: "Guest", cast.observer.id: "Observer"}


def test_what_somebody_became_later_changes_no_earlier_sheet(cast):
    meeting = make_meeting(cast.group)
    place = db.session.scalars(sa.select(GroupMembership).where(GroupMembership.person_id == cast.observer.id)).one()
    place.left_at = ENDS + timedelta(days=1)
    make_place(cast.group, cast.observer, joined_at=ENDS + timedelta(days=2))
    assert list(host_of(meeting).beside(meeting, [cast.observer.id])) == [cast.observer.id]


def test_the_hour_is_looked_at_from_the_places_of_the_group(cast):
    for _person in range(3):
        make_place(cast.group, make_member(zone="Asia/Manila"))
    meeting = make_meeting(cast.group)
    assert clocks_of(meeting).zones == ["Africa/Cairo", "Asia/Manila"]
    assert queries.zones_of_group(cast.group) == ["Africa/Cairo", "Asia/Manila"]


def test_who_changed_it_is_named_for_its_people_alone(cast, act):
    meeting = make_meeting(cast.group)
    hands = host_of(meeting).hands
    people = {cast.coordinator.id, cast.secretary.id}
    assert hands(act(cast.member), meeting, set()) == {}
    assert hands(act(cast.member), meeting, people)[cast.coordinator.id] == "Samira Example"
    with force_locale("en"):
        assert hands(act(cast.candidate), meeting, people) == {
            cast.coordinator.id: "a coordinator",
            cast.secretary.id: "the secretariat",
        }


def test_reports_of_tracks_never_count_a_meeting(cast):
    session, meeting = make_session(), make_meeting(cast.group)
    for gathering in (session, meeting):
        make_attendance(gathering, cast.member)
        make_claim(gathering, cast.observer)
        make_head_count(gathering, cast.member, 6)
    for scope in (Scope(), Scope(track=session.track), Scope(phase=session.track.phase)):
        totals = reports.count_all(scope)
        assert (totals.sessions, totals.figures.attendances) == (1, 1)


# ---------- lists


def test_the_next_and_the_last_meeting(cast, act, now):
    day = timedelta(days=1)

    def at(days, title, **said):
        start = (now + days * day).replace(tzinfo=None, minute=0)
        return make_meeting(cast.group, title, Timing.minutes(start, start + 2 * day / 24, "UTC"), **said)

    older, old = at(-30, "Older"), at(-8, "Old")
    at(-3, "Called off before", status=Status.CANCELLED)
    off, coming, later = at(5, "Called off", status=Status.CANCELLED), at(9, "Coming"), at(40, "Later")
    make_meeting(cast.secret, "Elsewhere")
    actor = act(cast.member)
    assert queries.find_next_meeting(actor, cast.group, now=now) is coming
    assert queries.find_last_meeting(actor, cast.group, now=now) is old
    assert queries.list_coming_meetings(actor, cast.group, now=now) == [off, coming, later]
    assert queries.page_of_held(actor, cast.group, now=now).rows == [old, older]
    assert queries.list_held(actor, cast.group, now=now) == [older, old]
    assert queries.list_my_next_meetings(actor, now=now) == [coming, later]
    for person in (cast.candidate, cast.outsider, cast.secretary):
        assert queries.list_my_next_meetings(act(person), now=now) == []
    assert queries.find_next_meeting(act(cast.candidate), cast.group, now=now) is None


# ---------- what waits


def test_sheets_minutes_and_links_wait_for_who_runs_the_group(app, cast, act):
    meeting = make_meeting(cast.group)

    def lines(person, at):
        with app.test_request_context(), force_locale("en"):
            return [(line.sentence, line.action, line.href) for line in waiting(act(person, at), at)]

    before, after = ENDS - timedelta(days=3), ENDS + timedelta(days=1)
    page = f"/sessions/{meeting.id}"
    assert lines(cast.coordinator, before) == [
        ("The meeting of Saturday 13 February has no link yet.", "Add the link", f"{page}/edit")
    ]
    unmarked = "Nobody is marked as here yet at the meeting of Saturday 13 February."
    unwritten = "Nobody has written the minutes of the meeting of Saturday 13 February yet."
    assert lines(cast.coordinator, after) == [
        (unmarked, "Mark attendance", f"{page}/attendance"),
        (unwritten, "Write the minutes", f"{page}/notes/new"),
    ]
    assert lines(cast.secretary, after) == lines(cast.coordinator, after)
    for person in (cast.member, cast.observer, cast.other_coordinator):
        assert lines(person, after) == []
    make_attendance(meeting, cast.member)
    make_notes(meeting, "fr")
    assert lines(cast.coordinator, after) == []
    assert lines(cast.coordinator, ENDS + timedelta(days=30)) == []


def test_a_meeting_in_one_room_needs_no_link(cast, act):
    make_meeting(cast.group, modality=Modality.ON_SITE)
    make_meeting(cast.group, timing=Timing.days(datetime(2027, 2, 14).date(), zone="Africa/Nairobi"))
    at = ENDS - timedelta(days=3)
    assert waiting(act(cast.coordinator, at), at) == []


# ---------- who came how often


def test_who_came_how_often(cast, act):
    union = make_organisation("Another Union")
    guest, walked_in, gone = make_member("Gast Example"), make_member("Wanda Example"), make_member("Gone Example")
    make_place(cast.group, guest, standing=Standing.GUEST, joined_at=datetime(2027, 1, 20, tzinfo=UTC))
    make_place(cast.group, gone, left_at=datetime(2027, 1, 20, tzinfo=UTC))
    first = make_meeting(cast.group, timing=hours("2027-01-16 17:00", "2027-01-16 19:00"))
    second = make_meeting(cast.group)
    off = make_meeting(cast.group, timing=hours("2027-01-30 17:00", "2027-01-30 19:00"), status=Status.CANCELLED)
    for meeting in (first, second):
        make_attendance(meeting, cast.member, cast.union)
    make_attendance(second, guest)
    make_attendance(second, walked_in, union)
    make_attendance(off, gone)
    make_claim(second, cast.observer)
    make_claim(second, cast.member)
    now = ENDS + timedelta(days=1)
    with force_locale("en"):
        head, *rows = participation_table(list_participation(act(cast.coordinator, now), cast.group, now=now))
    assert head[3:] == [
        "In the group",
        "Meetings attended",
        "Says so, not marked",
        "Meetings held meanwhile",
        "Last attended on",
    ]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["Fatou Exemple", "Unión de ejemplo", "Member of the group", 2, 0, 2, "2027-02-13"],
        ["Gast Example", "", "Guest", 1, 0, 1, "2027-02-13"],
        ["Gone Example", "", "Not in the group now", 0, 0, 1, ""],
        ["Olu Example", "", "Observer", 0, 1, 2, ""],
        ["Samira Example", "", "Coordinator", 0, 0, 2, ""],
        ["Wanda Example", "Another Union", "Not in the group now", 1, 0, 0, "2027-02-13"],
    ]  # fmt: skip


def test_only_who_runs_the_group_takes_the_list_along(cast, act, now):
    for person in (cast.member, cast.observer, cast.other_coordinator):
        with pytest.raises(NotAllowed):
            list_participation(act(person), cast.group, now=now)
        with pytest.raises(NotAllowed):
            services.record_participation_export(act(person), cast.group, persons=1, now=now)


def test_moving_tells_the_group(cast, act, now):
    meeting = make_meeting(cast.group)
    later = hours("2027-02-20 17:00", "2027-02-20 19:00")
    sessions.move_session(act(cast.coordinator), meeting, timing=later, reason="Elections", now=now)
    told = db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == telling.sessions.MOVED))
    assert set(told) == {cast.member.id, cast.observer.id}


# ---------- a group that closes


def test_a_group_that_closes_calls_off_what_has_not_begun_and_tells_its_people_once(cast, plan, act, now, browse):
    coming, later = plan(cast.coordinator, cast.group), plan(cast.coordinator, cast.group, title="Later")
    off = plan(cast.coordinator, cast.group, title="Off already")
    sessions.cancel_session(act(cast.coordinator), off, reason="Rain.", now=now)
    elsewhere = plan(cast.other_coordinator, cast.secret)
    db.session.commit()
    reader = browse(cast.coordinator)
    reader.open(f"/groups/{cast.group.slug}/close")
    assert "2 meetings to come are called off, and their people are told." in reader.text
    told = sa.select(sa.func.count()).where(Notice.person_id == cast.member.id, Notice.kind == CALLED_OFF)
    assert services.close_group(act(cast.coordinator), cast.group, now=now)
    assert {coming.moment.status, later.moment.status} == {Status.CANCELLED}
    assert elsewhere.moment.status is Status.PLANNED
    assert db.session.scalar(told) == 1
    assert not services.close_group(act(cast.coordinator), cast.group, now=now)
    assert db.session.scalar(told) == 1


def test_the_mail_of_a_group_that_closed_names_every_meeting_that_is_still_off(cast, plan, act, now):
    plan(cast.coordinator, cast.group)
    later = plan(cast.coordinator, cast.group, hours("2027-02-20 17:00", "2027-02-20 19:00"), title="Later")
    services.close_group(act(cast.coordinator), cast.group, now=now)
    mine = sa.select(Notice).where(Notice.kind == CALLED_OFF, Notice.person_id == cast.member.id)
    notice = db.session.scalars(mine).one()
    contact = registries.Contact("x@example.org", "en", "Jo")
    words = mails.write(CALLED_OFF, notice.parameters, contact)
    assert words.subject == "Land group is closed"
    assert "2 meetings will not take place. They were planned for:" in words.text
    assert [line.split(": ")[0] for line in words.text.split("\n\n")[1].splitlines()] == [
        "Who writes to the city?",
        "Later",
    ]
    assert registries.still_wanted(notice.kind, notice, now)
    assert not registries.still_wanted(notice.kind, notice, later.moment.until + timedelta(seconds=1))
    services.reopen_group(act(cast.coordinator), cast.group, now=now)
    for meeting in queries.list_coming_meetings(act(cast.coordinator), cast.group, now=now):
        sessions.reopen_session(act(cast.coordinator), meeting, now=now)
    assert not registries.still_wanted(notice.kind, notice, now)
    assert mails.write(CALLED_OFF, notice.parameters, contact) is None


def test_a_helper_hears_for_whom_they_help_that_a_group_that_closes_calls_its_meetings_off(cast, plan, act, now):
    rosa = make_person("Rosa Ejemplo")
    place, help_given = make_place(cast.group, rosa), make_assistance(rosa, cast.candidate)
    plan(cast.coordinator, cast.group)
    services.close_group(act(cast.coordinator), cast.group, now=now)
    mine = sa.select(Notice).where(Notice.kind == CALLED_OFF, Notice.person_id == cast.candidate.id)
    notice = db.session.scalars(mine).one()
    assert registries.still_wanted(notice.kind, notice, now)
    words = mails.write(CALLED_OFF, notice.parameters, registries.Contact("x@example.org", "en", "Njeri"))
    assert words.subject == "For Rosa Ejemplo: Land group is closed"
    assert words.text.startswith(
        "Rosa Ejemplo has no e-mail and you help them: please tell them this.\n\nThe group Land"
    )
    place.left_at = now
    assert not registries.still_wanted(notice.kind, notice, now)
    place.left_at, help_given.ended_at = None, now
    assert not registries.still_wanted(notice.kind, notice, now)
