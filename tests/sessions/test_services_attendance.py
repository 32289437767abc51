from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.languages import fold
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Status
from app.people.models import Account, Appearance, Person
from app.sessions import events, queries, services
from app.sessions.models import Attendance, LearningSession
from app.sessions.queries.walk_ins import find_known, find_same
from app.sessions.services.attendance import MightBeKnown, NameMissing, NotBegun, NotTakingPlace
from tests.make.moments import wall
from tests.make.people import make_affiliation, make_organisation, make_person
from tests.make.sessions import make_membership, make_session, make_track

HOUSE = job("test")
DURING = datetime(2027, 2, 13, 14, 30, tzinfo=UTC)


def save(session, *, shown, here, was=(), actor=HOUSE, now=DURING):
    return services.save_attendance(actor, session, shown=shown, here=here, was_here=was, now=now)


def marked(session):
    stands = sa.select(Attendance.person_id).where(
        Attendance.gathering_id == session.id, Attendance.unmarked_at.is_(None)
    )
    return set(db.session.scalars(stands))


@pytest.fixture
def people(cast):
    """Five participants of the track."""
    found = [make_person(f"Person {number}") for number in range(5)]
    for person in found:
        make_membership(cast.track, person)
    return [person.id for person in found]


def test_marks_are_kept_with_day_at_the_sessions_place_and_who_marked(cast, act):
    membership = queries.find_membership(cast.track, cast.participant.id)
    membership.organisation_id = make_organisation("Joined for").id
    marks = save(
        cast.session,
        shown=[cast.participant.id],
        here=[cast.participant.id],
        actor=actor_at(cast.facilitator.id, DURING),
    )
    row = db.session.scalars(sa.select(Attendance)).one()
    assert marks.marked == {cast.participant.id}
    assert row.attended_for_organisation_id == membership.organisation_id
    assert row.attended_on == date(2027, 2, 13)
    assert (row.marked_at, row.marked_by) == (DURING, cast.facilitator.id)


def test_the_day_is_that_of_the_sessions_zone(cast):
    session = make_session(cast.track, wall_start=wall("2027-02-14 01:00"), zone="Pacific/Auckland")
    save(session, shown=[cast.participant.id], here=[cast.participant.id])
    assert db.session.scalars(sa.select(Attendance)).one().attended_on == date(2027, 2, 14)


def test_without_an_organisation_joined_for_the_only_one_of_that_day_counts(cast):
    union, former = make_organisation("Union"), make_organisation("Former")
    one, two, none = make_person(), make_person(), make_person()
    for person in (one, two, none):
        make_membership(cast.track, person)
    make_affiliation(one, union)
    make_affiliation(one, former, until_on=date(2027, 1, 1))
    make_affiliation(two, union)
    make_affiliation(two, former)
    ids = [one.id, two.id, none.id]
    save(cast.session, shown=ids, here=ids)
    rows = {row.person_id: row.attended_for_organisation_id for row in db.session.scalars(sa.select(Attendance))}
    assert rows == {one.id: union.id, two.id: None, none.id: None}


def test_marking_twice_is_one_row_and_unmarking_leaves_an_audit_line(cast, people):
    first, second = people[:2]
    save(cast.session, shown=people, here=[first])
    save(cast.session, shown=people, here=[first])
    assert marked(cast.session) == {first}
    marks = save(cast.session, shown=people, here=[second], was=[first])
    assert (marks.marked, marks.unmarked) == ({second}, {first})
    assert marked(cast.session) == {second}
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "sessions.attendance.unmarked")).one()
    assert line.facts == {"persons": [str(first)]}


def test_saving_a_filtered_view_touches_only_the_people_shown_on_it(cast, people):
    save(cast.session, shown=people, here=people[:3])
    save(cast.session, shown=people[3:], here=[people[4]])
    assert marked(cast.session) == {*people[:3], people[4]}


def test_two_facilitators_who_save_different_people_keep_both(cast, people):
    """Both opened the sheet while nobody was marked."""
    save(cast.session, shown=people, here=[people[0]])
    save(cast.session, shown=people, here=[people[1]])
    assert marked(cast.session) == {people[0], people[1]}


def test_somebody_who_is_not_on_the_sheet_is_not_marked_by_a_forged_line(cast, people):
    save(cast.session, shown=[cast.outsider.id, people[0]], here=[cast.outsider.id, people[0], people[1]])
    assert marked(cast.session) == {people[0]}


def test_saving_says_what_changed_to_those_who_listen(cast, people):
    heard = []

    def hear(sender, **more):
        heard.append((sender, more["marked"], more["unmarked"]))

    with events.attendance_saved.connected_to(hear):
        save(cast.session, shown=people, here=[people[0]])
        save(cast.session, shown=people, here=[people[0]], was=[people[0]])
    assert heard == [(cast.session, {people[0]}, frozenset())]


def test_attendance_opens_half_an_hour_before_the_start(cast, people):
    early = datetime(2027, 2, 13, 13, 29, 59, tzinfo=UTC)
    with pytest.raises(NotBegun):
        save(cast.session, shown=people, here=people, now=early)
    save(cast.session, shown=people, here=people, now=early + timedelta(seconds=1))
    assert marked(cast.session) == set(people)


def test_nobody_attends_what_was_called_off(cast, people):
    session = make_session(cast.track, status=Status.CANCELLED)
    with pytest.raises(NotTakingPlace):
        save(session, shown=people, here=people)


def test_a4_only_facilitators_of_the_track_and_the_secretariat_mark(cast):
    for person in (cast.participant, cast.other_facilitator, cast.member):
        actor = actor_at(person.id, DURING)
        with pytest.raises(NotAllowed):
            save(cast.session, shown=[], here=[], actor=actor)
        with pytest.raises(NotAllowed):
            services.add_walk_in(actor, cast.session, name="Somebody", now=DURING)
    save(cast.session, shown=[], here=[], actor=actor_at(cast.secretary.id, DURING))


def walk_in(cast, name, now=DURING, **more):
    return services.add_walk_in(actor_at(cast.facilitator.id, DURING), cast.session, name=name, now=now, **more)


def test_somebody_new_becomes_a_person_without_account_and_is_marked(cast):
    union = make_organisation("Union", region="SSA")
    row = walk_in(cast, "  Awa   Exemple ", language="Wolof", organisation_id=union.id)
    person = db.session.get_one(Person, row.person_id)
    assert (person.name, person.preferred_language) == ("Awa Exemple", "wo")
    assert row.attended_for_organisation_id == union.id
    assert db.session.get(Account, person.id) is None
    assert [line.person_id for line in queries.list_sheet(cast.session) if line.is_here] == [person.id]


def test_a_name_that_is_on_the_sheet_is_asked_about(cast):
    with pytest.raises(MightBeKnown) as asked:
        walk_in(cast, "fatou éxemple")
    assert asked.value.field == "person"
    row = walk_in(cast, "fatou éxemple", person_id=cast.participant.id)
    assert row.person_id == cast.participant.id
    assert walk_in(cast, "fatou éxemple", person_id=cast.participant.id).id == row.id
    assert walk_in(cast, "Fatou Exemple", is_new=True).person_id != cast.participant.id


def test_an_answer_that_was_not_offered_is_asked_again(cast):
    with pytest.raises(MightBeKnown):
        walk_in(cast, "Pat Nobody", person_id=cast.outsider.id)


def test_who_does_not_appear_is_not_shown_but_the_same_name_and_organisation_is_the_same_person(cast):
    union = make_organisation("Union")
    hidden = make_person("Ndeye Cachée", appearance=Appearance.NOBODY)
    shown = make_person("Ndeye Publique", appearance=Appearance.PUBLIC)
    for person in (hidden, shown):
        make_affiliation(person, union)
    actor = actor_at(cast.facilitator.id, DURING)
    assert find_known(actor, cast.session, "ndeye", union.id) == [shown]
    assert find_known(actor, cast.session, "ndeye") == []
    assert find_known(actor, cast.session, " ") == []
    assert walk_in(cast, "ndeye cachee", organisation_id=union.id).person_id == hidden.id


def test_two_of_one_name_in_one_organisation_are_not_guessed_between(cast):
    union = make_organisation("Union")
    for _ in range(2):
        make_affiliation(make_person("Twin Example", appearance=Appearance.NOBODY), union)
    assert find_same("twin example", union.id, DURING.date()) is None
    assert find_same("twin example", None, DURING.date()) is None


def test_a_latin_spelling_is_recognised(cast):
    union = make_organisation("Union")
    person = make_person("هدى مثال", name_latin="Houda Mithal", name_fold=fold("هدى مثال Houda Mithal"))
    make_affiliation(person, union)
    make_membership(cast.track, person)
    actor = actor_at(cast.facilitator.id, DURING)
    assert find_known(actor, cast.session, "houda") == [person]


def test_a_walk_in_needs_a_name_a_known_language_and_a_known_organisation(cast, unknown_id):
    with pytest.raises(NameMissing):
        walk_in(cast, "  ")
    with pytest.raises(RuleBroken) as refused:
        walk_in(cast, "Somebody", language="Klingonish")
    assert refused.value.field == "language"
    with pytest.raises(MightBeKnown) as refused:
        walk_in(cast, "Somebody", organisation_id=unknown_id)
    assert refused.value.field == "organisation"
    with pytest.raises(NotBegun):
        walk_in(cast, "Somebody", now=DURING - timedelta(days=3))


def test_the_sheet_holds_participants_late_leavers_and_whoever_is_marked(cast):
    left_before, left_after = make_person("Left Before"), make_person("Left After")
    make_membership(cast.track, left_before).left_at = DURING - timedelta(days=1)
    make_membership(cast.track, left_after).left_at = DURING + timedelta(days=1)
    names = [row.name for row in queries.list_sheet(cast.session)]
    assert names == ["Fatou Exemple", "Left After"]
    walk_in(cast, "Zoe Walker")
    assert [row.name for row in queries.list_sheet(cast.session)] == ["Fatou Exemple", "Left After", "Zoe Walker"]


def test_a_walk_in_whose_mark_is_taken_back_stays_on_the_sheet_and_can_be_marked_again(cast):
    union = make_organisation("Union")
    came = walk_in(cast, "Zoe Walker", organisation_id=union.id).person_id
    save(cast.session, shown=[came], here=[], was=[came])
    assert marked(cast.session) == set()
    assert queries.count_attendance([cast.session.id]) == {}
    assert {row.name: row.is_here for row in queries.list_sheet(cast.session)} == {
        "Fatou Exemple": False,
        "Zoe Walker": False,
    }
    assert save(cast.session, shown=[came], here=[came]).marked == {came}
    assert queries.count_attendance([cast.session.id]) == {cast.session.id: (1, 1)}
    save(cast.session, shown=[came], here=[], was=[came])
    other = make_organisation("Other union")
    row = walk_in(cast, "Zoe Walker", person_id=came, organisation_id=other.id)
    db.session.refresh(row)
    assert (row.person_id, row.attended_for_organisation_id, row.unmarked_at) == (came, other.id, None)


def test_erased_people_stay_on_the_sheet_while_they_are_marked(cast, people):
    save(cast.session, shown=people, here=people[:2])
    save(cast.session, shown=people, here=[people[0]], was=people[:2])
    for person_id in people[:3]:
        db.session.get_one(Person, person_id).erased_at = DURING
    on_sheet = {row.person_id for row in queries.list_sheet(cast.session)}
    assert on_sheet & set(people) == {people[0], *people[3:]}


def test_the_sheet_of_many_costs_as_many_queries_as_that_of_few(app, count_queries):
    session = make_session(make_track())
    union = make_organisation()
    make_membership(session.track, make_person(), union)
    queries.list_sheet(session)
    with count_queries() as few:
        queries.list_sheet(session)
    for _ in range(60):
        make_membership(session.track, make_person(), union)
    with count_queries() as many:
        assert len(queries.list_sheet(session)) == 61
    assert len(few) == len(many)


def test_the_same_person_marked_at_the_same_instant_is_one_row(own_app, now):
    with own_app.app_context():
        session, person = make_session(), make_person()
        make_membership(session.track, person)
        db.session.commit()
        session_id, person_id = session.id, person.id
    errors = []

    def mark() -> None:
        with own_app.app_context():
            try:
                row = db.session.get_one(LearningSession, session_id)
                save(row, shown=[person_id], here=[person_id])
                db.session.commit()
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=mark) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 1
