"""Another kind of gathering than a session of a track: one host, and the page, its desk, the sheet, the mails, the
notes and the search are there. The kind is an example that only these tests know: meetings of a working group."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.orm import relationship

from app.core import mails, registries, searching
from app.core.actors import job
from app.core.errors import NotAllowed, NotFound
from app.core.names import names_of
from app.core.notices import Notice
from app.core.registries import Contact
from app.extensions import db
from app.moments.models import Status
from app.outcomes import services as outcomes
from app.people.models import Person
from app.reports import figures as reported
from app.reports import queries as reports
from app.reports.scope import Scope
from app.sessions import hosts, jobs, kinds, queries, services, telling
from app.sessions.hosts import Host, Owner
from app.sessions.models import Attendance, Gathering, LanguageMode
from app.sessions.services import AgendaLine, Plan
from app.sessions.wording import MEETINGS
from app.workinggroups.addresses import group_path
from app.workinggroups.keys import coordinators_key, group_key
from app.workinggroups.models import GroupCoordinator, GroupMembership, Standing, WorkingGroup
from tests.make.moments import hours
from tests.make.people import make_member, make_organisation
from tests.make.sessions import make_attendance, make_claim, make_head_count
from tests.make.workinggroups import make_coordinator, make_group, make_place

HOUSE = job("test")
STARTS = datetime(2027, 2, 13, 14, tzinfo=UTC)
AT_17 = hours("2027-02-13 17:00", "2027-02-13 19:00")
AT_18 = hours("2027-03-06 18:00", "2027-03-06 20:00")
LINK = "https://meet.example.org/group"

TABLE = sa.Table(
    "example_meeting",
    sa.MetaData(),  # not the house's: no migration knows it
    sa.Column("id", sa.ForeignKey(Gathering.__table__.c.id), primary_key=True),
    sa.Column("group_id", sa.ForeignKey(WorkingGroup.__table__.c.id), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
)


class ExampleMeeting(Gathering):
    """Not loaded inline, as a real kind is: its table is there in these tests alone."""

    __table__ = TABLE
    __mapper_args__ = {"polymorphic_identity": "example_meeting"}  # noqa: RUF012 - SQLAlchemy reads it as it stands

    group = relationship(WorkingGroup)


def _owner(meeting, language):
    name = names_of("group", [meeting.group_id], language)[meeting.group_id]
    return Owner(name, group_path(meeting.group.slug), meeting.group.slug)


def _hands(_actor, _meeting, person_ids):
    return dict.fromkeys(person_ids, "a coordinator")


HOST = Host(
    model=ExampleMeeting,
    words=MEETINGS,
    order=25,
    members_key=lambda meeting: group_key(meeting.group_id),
    leaders_key=lambda meeting: coordinators_key(meeting.group_id),
    memberships=lambda meeting: sa.select(
        GroupMembership.person_id, GroupMembership.organisation_id, GroupMembership.joined_at, GroupMembership.left_at
    ).where(GroupMembership.group_id == meeting.group_id),
    team=lambda meeting: sa.select(GroupCoordinator.person_id).where(GroupCoordinator.group_id == meeting.group_id),
    siblings=lambda meeting: sa.select(ExampleMeeting.id).where(ExampleMeeting.group_id == meeting.group_id),
    owner=_owner,
    part_of=lambda meeting: ("group", meeting.group_id),
    number=lambda meeting: meeting.number,
    hands=_hands,
)


def _number(meeting):
    last = sa.select(sa.func.max(ExampleMeeting.number)).where(ExampleMeeting.group_id == meeting.group_id)
    meeting.number = (db.session.scalar(last) or 0) + 1


def plan(group, now, timing=AT_17, title="Who writes to the city?", **more):
    meeting = ExampleMeeting(group_id=group.id)
    return services.add_gathering(
        HOUSE,
        meeting,
        number_it=partial(_number, meeting),
        audience=group_key(group.id),
        names={"en": title},
        timing=timing,
        plan=Plan(**more),
        now=now,
    )


@pytest.fixture(autouse=True)
def known_kind(app, monkeypatch):
    """The kind, known to the house for the time of one test."""
    TABLE.create(db.session.connection())
    monkeypatch.setitem(hosts._hosts, HOST.kind, HOST)
    monkeypatch.setitem(registries._describe, HOST.kind, None)
    monkeypatch.setitem(searching._kinds, HOST.kind, None)
    kinds.register("tests", HOST)


@dataclass
class Circle:
    """A group that nobody else knows of, who coordinates it, who is in it, and its one meeting, at its address."""

    group: WorkingGroup
    coordinator: Person
    insider: Person
    meeting: ExampleMeeting

    @property
    def address(self) -> str:
        return f"/sessions/{self.meeting.id}"


@pytest.fixture
def circle(app, now):
    group = make_group("Heat in rented homes", slug="heat", audience="inside")
    coordinator = make_member("Lina Ejemplo", zone="America/Bogota")
    insider = make_member("Fatou Exemple", zone="Africa/Dakar", preferred_language="fr")
    make_coordinator(group, coordinator)
    make_place(group, insider, make_organisation("Joined Union"))
    languages = [("es", LanguageMode.SPOKEN), ("fr", LanguageMode.INTERPRETED)]
    meeting = plan(group, now, languages=languages, agenda=[AgendaLine(15, "Letter", "Lina")], join_link=LINK)
    return Circle(group, coordinator, insider, meeting)


def notices(kind):
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind)))


def written(notice):
    with force_locale("en"):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", "en", "Fatou"))


# ---------- its page


def test_its_page_is_that_of_a_session_with_the_group_above_it(circle, browse):
    page = browse(circle.insider)
    page.open(circle.address)
    assert page.status == 200
    above = page.page.select_one("main .above")
    assert above.a["href"] == "/groups/heat"
    assert "Heat in rented homes" in above.get_text()
    for said in (
        "meeting 1 of 1",
        "Who writes to the city?",
        "14:15 Letter",
        "Español",
        "For whom is the hour kind?",
        "for the people of the group.",
        "Add to my calendar",
    ):
        assert said in page.text
    for word in ("track", "session", "facilitator"):
        assert word not in page.text


def test_whoever_is_not_expected_finds_nothing(circle, cast, browse):
    for person in (None, cast.member, cast.participant, cast.facilitator):
        page = browse(person)
        for path in ("", ".ics"):
            page.open(circle.address + path)
            is_asked_who_comes = person is None and not path
            assert page.path == "/sign-in" if is_asked_who_comes else page.status == 404
    for path in ("/attendance", "/head-counts", "/edit", "/move", "/cancel", "/notes/new"):
        page = browse(cast.facilitator)
        page.open(circle.address + path)
        assert page.status == 404


def test_whoever_takes_part_does_not_lead(circle, act, browse, now):
    page = browse(circle.insider)
    for path in ("/attendance", "/edit", "/move", "/clock", "/cancel", "/notes/new"):
        page.open(circle.address + path)
        assert page.status == 403
    with pytest.raises(NotAllowed):
        services.move_session(act(circle.insider), circle.meeting, timing=AT_18, reason="Rain", now=now)


def test_it_is_no_session_of_a_track(circle, cast, act, browse):
    with pytest.raises(NotFound):
        queries.get_visible_session(act(circle.coordinator), circle.meeting.id)
    assert queries.get_visible_gathering(act(circle.coordinator), circle.meeting.id) is circle.meeting
    assert queries.get_visible_gathering(act(cast.member), cast.session.id) is cast.session
    page = browse(circle.coordinator)
    page.open(f"{circle.address}/copy")
    assert page.status == 404


def test_the_link_is_there_a_day_before_for_the_people_of_the_group(circle, cast, browse, clock):
    clock.move_to(STARTS - timedelta(hours=3), tick=False)
    page = browse(circle.insider)
    page.open(circle.address)
    assert LINK in page.text
    assert "For the people of this group; do not pass it on" in page.text
    page = browse(cast.secretary)
    page.open(circle.address)
    assert LINK not in page.text


def test_its_calendar_file_names_the_group(circle, browse):
    page = browse(circle.insider)
    page.open(f"{circle.address}.ics")
    assert "SUMMARY;LANGUAGE=en:Heat in rented homes: Who writes to the city?" in page.answer.text
    assert "example_meeting-1.ics" in page.answer.headers["Content-Disposition"]


def test_meetings_of_one_group_are_counted_in_the_order_of_their_time(circle, browse, now):
    before = plan(circle.group, now, timing=hours("2027-01-16 17:00", "2027-01-16 19:00"), title="First letters")
    plan(make_group("Another group"), now)
    assert (circle.meeting.number, before.number) == (1, 2)
    page = browse(circle.insider)
    page.open(f"/sessions/{before.id}")
    assert "meeting 1 of 2" in page.text


# ---------- its desk


def test_who_coordinates_writes_its_agenda(circle, browse):
    page = browse(circle.coordinator)
    page.open(circle.address)
    assert "Seen by coordinators and the secretariat" in page.text
    page.open(f"{circle.address}/edit")
    assert "Shown to the people of the group from 24 hours before" in page.text
    page.send(has="name_en", **{"agenda-0-title": "Letter and answer"})
    assert "The meeting is changed." in page.text
    assert [item.title for item in circle.meeting.agenda] == ["Letter and answer"]


def test_who_coordinates_moves_it_and_everybody_in_the_group_is_told(circle, browse):
    page = browse(circle.coordinator)
    page.open(f"{circle.address}/move")
    assert "Everybody in the group is told of the new time" in page.text
    page.send(has="reason", day="2027-03-06", start="18:00", end="20:00", reason="Elections")
    assert page.path == circle.address
    assert "The meeting has another time. Everybody in the group is told." in page.text
    assert "a coordinator" in page.text
    [notice] = notices(telling.sessions.MOVED)
    assert notice.person_id == circle.insider.id
    words = written(notice)
    assert words.subject == "Moved to Saturday 6 March 2027: Who writes to the city?"
    assert "The meeting Who writes to the city? of the group Heat in rented homes has another time:" in words.text
    assert words.text.endswith(f"http://127.0.0.1:8000{circle.address}")


def test_what_is_told_is_wanted_by_whoever_is_still_in_the_group(circle, now):
    services.move_session(HOUSE, circle.meeting, timing=AT_18, reason="Rain", now=now)
    notice = next(row for row in notices(telling.sessions.MOVED) if row.person_id == circle.insider.id)
    assert registries.still_wanted(notice.kind, notice, now)
    db.session.execute(
        sa.update(GroupMembership).where(GroupMembership.person_id == circle.insider.id).values(left_at=now)
    )
    assert not registries.still_wanted(notice.kind, notice, now)


def test_it_is_cancelled_reopened_and_confirmed(circle, browse):
    page = browse(circle.coordinator)
    page.open(f"{circle.address}/cancel")
    assert "Cancel the meeting?" in page.text
    page.send(has="reason", reason="Nobody can come")
    assert "The meeting is cancelled. Everybody in the group is told." in page.text
    page.send(action="/reopen")
    assert "The meeting is planned again. Everybody in the group is told." in page.text
    page.send(action="/confirm")
    assert "The meeting is confirmed." in page.text
    assert circle.meeting.moment.status is Status.CONFIRMED
    assert [len(notices(kind)) for kind in (telling.sessions.CANCELLED, telling.sessions.REOPENED)] == [1, 1]


def test_it_goes_by_other_clocks(circle, browse):
    page = browse(circle.coordinator)
    page.open(f"{circle.address}/clock")
    page.send(has="zone", zone="America/Bogota")
    assert "1 meeting changes" in page.text
    page.send(has="zone", zone="America/Bogota")
    assert "1 meeting goes by other clocks." in page.text
    assert (circle.meeting.moment.zone, circle.meeting.moment.starts_at) == ("America/Bogota", STARTS)


def test_planning_tells_everybody_in_the_group(circle, act, now):
    telling.sessions.tell_planned(act(circle.coordinator), circle.meeting, now=now)
    [notice] = notices(telling.sessions.PLANNED)
    assert notice.person_id == circle.insider.id
    words = written(notice)
    assert words.subject == "Heat in rented homes: a new meeting on Saturday 13 February 2027"
    assert "The group Heat in rented homes, in which you take part, meets: Who writes to the city?." in words.text


def test_whose_hour_the_clocks_change_is_told(circle, now):
    away = make_member("Nour Example", zone="Africa/Cairo")
    make_place(circle.group, away)
    plan(circle.group, now, timing=hours("2027-04-24 17:00", "2027-04-24 19:00"), title="Before")
    plan(circle.group, now, timing=hours("2027-05-01 17:00", "2027-05-01 19:00"), title="After")
    at = datetime(2027, 4, 25, 9, tzinfo=UTC)
    assert jobs.tell_hour_changes(at) == 1
    [notice] = notices(telling.hours.CHANGED)
    assert notice.person_id == away.id
    assert registries.still_wanted(notice.kind, notice, at)
    said = "The next meeting of the group Heat in rented homes, After, is at another hour for you"
    notice.parameters = notice.parameters | {"person": str(away.id)}
    assert said in written(notice).text


# ---------- who was there


@pytest.fixture
def begun(circle, clock):
    """The circle, half an hour after its meeting has begun."""
    clock.move_to(STARTS + timedelta(minutes=30), tick=False)
    return circle


def test_the_people_of_the_group_stand_on_the_sheet(begun, browse, now):
    observer, gone = make_member("Omar Observing"), make_member("Gone Before")
    make_place(begun.group, observer, standing=Standing.OBSERVER)
    make_place(begun.group, gone, left_at=now)
    page = browse(begun.coordinator)
    page.open(f"{begun.address}/attendance")
    assert [bdi.get_text() for bdi in page.page.select(".attendance b bdi")] == ["Fatou Exemple", "Omar Observing"]
    page.send(has="shown", here=[str(begun.insider.id)])
    assert "1 person marked." in page.text
    [row] = db.session.scalars(sa.select(Attendance))
    assert (row.gathering_id, row.person_id) == (begun.meeting.id, begun.insider.id)
    assert names_of("organisation", [row.attended_for_organisation_id], "en").popitem()[1].text == "Joined Union"


def test_somebody_who_walks_in_is_marked(begun, browse):
    page = browse(begun.coordinator)
    page.open(f"{begun.address}/attendance/walk-in")
    assert "They are counted for this meeting." in page.text
    page.send(has="name", name="Bo Walking")
    assert "Marked as here." in page.text
    assert queries.figures_of([begun.meeting.id])[begun.meeting.id].marked == 1


def test_whoever_was_there_says_so_and_who_coordinates_marks_them(begun, browse):
    page = browse(begun.insider)
    page.open(begun.address)
    page.send(action="/presence")
    assert "The coordinators see it on their list." in page.text
    leader = browse(begun.coordinator)
    leader.open(f"{begun.address}/attendance/said")
    leader.send(has="shown")
    assert "1 person marked." in leader.text
    page.open(begun.address)
    assert "A coordinator marked you as present." in page.text


def test_people_behind_a_screen_are_counted(begun, browse):
    page = browse(begun.insider)
    page.open(f"{begun.address}/head-counts")
    page.send(has="people", people="9", place="Union hall")
    assert "Kept: 9 people behind this screen." in page.text
    assert "The counts of this meeting" in page.page.select_one("caption").get_text()


def test_the_list_of_the_meeting_is_compared_with_the_people_of_the_group(begun, browse):
    page = browse(begun.coordinator)
    page.open(f"{begun.address}/attendance/list")
    page.send(has="pasted", pasted="Name\nFatou Exemple\nSomebody Else")
    assert "1 person of this group" in page.text
    assert "Not among the people of this group" in page.text
    page.send(action=page.path.removeprefix(begun.address))
    assert queries.figures_of([begun.meeting.id])[begun.meeting.id].marked == 2


def test_a_summary_of_a_track_knows_nothing_of_it(begun, cast):
    for gathering in (begun.meeting, cast.session):
        make_attendance(gathering, cast.participant)
        make_claim(gathering, cast.member)
        make_head_count(gathering, cast.participant, 6)
    for scope in (Scope(), Scope(track=cast.track), Scope(phase=cast.track.phase)):
        totals = reports.count_all(scope)
        assert (totals.sessions, totals.figures.attendances) == (1, 1)
        beside = reported.count_beside(scope)
        assert (beside.self_declared, beside.behind_screens) == (1, 6)
        assert [row.session_id for row in reported.count_by_session(scope)] == [cast.session.id]
    with pytest.raises(NotFound):
        reports.find_scope(job("test"), session=str(begun.meeting.id))


# ---------- notes, search, what is kept of a person


def test_its_notes_are_read_by_the_people_of_the_group(begun, cast, browse):
    page = browse(begun.coordinator)
    page.open(f"{begun.address}/notes/new")
    assert "What was said, for the people of this group." in page.text
    page.send(has="body", language="es", body="La carta se escribe en abril.")
    assert "The minutes are saved. The people of this group read them." in page.text
    for person, sees in ((begun.insider, True), (cast.member, False)):
        reader = browse(person)
        reader.open(f"{begun.address}/notes/es")
        assert (reader.status == 200) is sees
        assert ("La carta se escribe en abril." in reader.text) is sees
    page = browse(begun.insider)
    page.open(begun.address)
    assert "La carta se escribe en abril." in page.text


def test_only_who_coordinates_writes_its_notes(begun, act, now):
    with pytest.raises(NotAllowed):
        outcomes.save_notes(act(begun.insider), begun.meeting, language="fr", body="Non", edition=None, now=now)


def test_it_is_found_and_described_for_the_people_of_the_group(circle, cast, act):
    [document] = searching.kinds()["example_meeting"].documents([circle.meeting.id])[:1]
    assert document.audience == group_key(circle.group.id)
    assert document.part_of == ("group", circle.group.id)
    assert document.title == "Who writes to the city?"
    with force_locale("en"):
        card = registries.cards([("example_meeting", circle.meeting.id)], act(circle.insider))[circle.meeting.id]
        assert (card.title, card.href) == ("Who writes to the city?", f"/sessions/{circle.meeting.id}")
        assert registries.cards([("example_meeting", circle.meeting.id)], act(cast.member)) == {}


def test_a_person_is_handed_out_that_they_came(begun):
    make_attendance(begun.meeting, begun.insider)
    [attended] = registries.export_person(begun.insider.id)["sessions"]["attendance"]
    assert (attended["session"], attended["track"]) == (str(begun.meeting.id), None)


def test_more_people_ask_no_more_questions(circle, browse, count_queries):
    page = browse(circle.coordinator)

    def asked():
        db.session.commit()
        for path in (circle.address, f"{circle.address}/attendance"):
            page.open(path)
            with count_queries() as statements:
                page.open(path)
            yield len(statements)

    few = list(asked())
    for _ in range(12):
        make_place(circle.group, make_member(zone="Africa/Dakar", preferred_language="ar"))
    assert list(asked()) == few
