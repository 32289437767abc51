"""Self-declared attendance, people behind screens, the list of a meeting: what is kept and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Status
from app.people.models import Person
from app.sessions import policy, queries, services
from app.sessions.meeting_lists.jobs import drop_old_lists
from app.sessions.meeting_lists.reading import read_text
from app.sessions.models import Attendance, AttendanceClaim, HeadCount, LearningSession, MeetingList
from app.sessions.services.attendance import NotBegun, NotTakingPlace
from app.sessions.services.attendance.claims import NotTheirOrganisation, OutsideTheWindow
from app.sessions.services.attendance.head_counts import CountIsGone, NotSoMany, TooLateToCount
from app.sessions.services.attendance.meeting_lists import ListIsUsed, NewcomerRefused
from tests.make.people import make_account, make_affiliation, make_member, make_organisation, make_person
from tests.make.sessions import (
    make_attendance,
    make_claim,
    make_facilitator,
    make_head_count,
    make_meeting_list,
    make_membership,
    make_session,
    make_track,
)

STARTS, ENDS = datetime(2027, 2, 13, 14, tzinfo=UTC), datetime(2027, 2, 13, 16, tzinfo=UTC)
DURING = STARTS + timedelta(minutes=30)
FIRST, LAST = STARTS - timedelta(minutes=30), ENDS + timedelta(hours=48)


def acting(person, at=DURING):
    return actor_at(person.id, at)


def claim(cast, person=None, *, organisation_id=None, now=DURING, session=None):
    actor = acting(person or cast.participant, now)
    return services.claim_attendance(actor, session or cast.session, organisation_id=organisation_id, now=now)


def marked(session):
    stands = sa.select(Attendance.person_id).where(
        Attendance.gathering_id == session.id, Attendance.unmarked_at.is_(None)
    )
    return set(db.session.scalars(stands))


def codes():
    return [line.code for line in db.session.scalars(sa.select(AuditLine).order_by(AuditLine.at))]


# ---------- one's own word


def test_saying_so_is_kept_and_is_no_mark(cast):
    row = claim(cast)
    assert (row.claimed_on, row.claimed_at, row.withdrawn_at) == (date(2027, 2, 13), DURING, None)
    assert marked(cast.session) == set()
    figures = queries.figures_of([cast.session.id])[cast.session.id]
    assert (figures.marked, figures.say_so, figures.behind_screens) == (0, 1, 0)
    assert [(line.name, line.says_so, line.is_here) for line in queries.list_sheet(cast.session)] == [
        ("Fatou Exemple", True, False)
    ]


@pytest.mark.parametrize("now", [FIRST, LAST])
def test_the_window_is_open_from_half_an_hour_before_until_two_days_after(cast, now):
    assert claim(cast, now=now).claimed_at == now


@pytest.mark.parametrize("now", [FIRST - timedelta(seconds=1), LAST + timedelta(seconds=1)])
def test_outside_the_window_nothing_is_kept(cast, now):
    with pytest.raises(OutsideTheWindow):
        claim(cast, now=now)
    assert queries.find_claim(cast.session, cast.participant.id) is None


def test_nobody_was_at_what_was_called_off(cast):
    session = make_session(cast.track, status=Status.CANCELLED)
    with pytest.raises(NotTakingPlace):
        claim(cast, session=session)


def test_only_people_of_the_track_speak_for_themselves(cast):
    for person in (cast.member, cast.outsider, cast.other_facilitator):
        with pytest.raises(NotAllowed):
            claim(cast, person)
    assert claim(cast, cast.facilitator).person_id == cast.facilitator.id
    assert cast.facilitator.id in {row.person_id for row in queries.list_sheet(cast.session)}


def test_it_is_said_for_an_organisation_of_ones_own_or_for_none(cast):
    joined, other, foreign = make_organisation(), make_organisation(), make_organisation()
    queries.find_membership(cast.track, cast.participant.id).organisation_id = joined.id
    make_affiliation(cast.participant, other)
    actor = acting(cast.participant)
    assert queries.list_claim_organisations(actor, cast.session)[:1] == [joined.id]
    assert queries.list_claim_organisations(replace(actor, acting_for=foreign.id), cast.session)[0] == foreign.id
    assert claim(cast, organisation_id=other.id).for_organisation_id == other.id
    assert claim(cast, organisation_id=None).for_organisation_id is None
    with pytest.raises(NotTheirOrganisation):
        claim(cast, organisation_id=foreign.id)


def test_twice_is_one_row_and_taken_back_it_counts_no_more(cast):
    claim(cast)
    claim(cast)
    actor = acting(cast.participant)
    assert services.take_back_claim(actor, cast.session, now=DURING)
    assert not services.take_back_claim(actor, cast.session, now=DURING)
    assert queries.find_claim(cast.session, cast.participant.id) is None
    assert queries.figures_of([cast.session.id])[cast.session.id].say_so == 0
    assert claim(cast).withdrawn_at is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AttendanceClaim)) == 1
    assert {"sessions.attendance.claimed", "sessions.attendance.claim_taken_back"} <= set(codes())


def test_taking_it_back_leaves_a_facilitators_mark(cast):
    claim(cast)
    make_attendance(cast.session, cast.participant)
    services.take_back_claim(acting(cast.participant), cast.session, now=LAST + timedelta(days=9))
    assert marked(cast.session) == {cast.participant.id}


def test_a_mark_is_for_whom_the_person_said(cast):
    other = make_organisation()
    make_affiliation(cast.participant, other)
    claim(cast, organisation_id=other.id)
    services.save_attendance(
        acting(cast.facilitator), cast.session, shown=[cast.participant.id], here=[cast.participant.id], now=DURING
    )
    assert db.session.scalars(sa.select(Attendance)).one().attended_for_organisation_id == other.id


def test_marking_those_who_say_so_marks_only_those_shown(cast):
    people = [make_member() for _ in range(4)]
    for person in people:
        make_membership(cast.track, person)
    shown, later, silent, withdrawn = people
    make_claim(cast.session, shown)
    make_claim(cast.session, later)
    make_claim(cast.session, withdrawn, withdrawn_at=DURING)
    ids = [shown.id, silent.id, withdrawn.id]
    actor = acting(cast.facilitator)
    assert services.mark_claimants(actor, cast.session, shown=ids, now=DURING).marked == {shown.id}
    assert services.mark_claimants(actor, cast.session, shown=ids, now=DURING).marked == frozenset()
    with pytest.raises(NotAllowed):
        services.mark_claimants(acting(cast.participant), cast.session, shown=ids, now=DURING)
    with pytest.raises(NotBegun):
        services.mark_claimants(actor, cast.session, shown=ids, now=FIRST - timedelta(days=1))


# ---------- people behind screens


def count(cast, people=12, *, by=None, now=DURING, **more):
    return services.count_people(acting(by or cast.participant, now), cast.session, people=people, now=now, **more)


def test_people_behind_a_screen_are_a_number_a_place_and_who_counted(cast):
    union = make_organisation()
    row = count(cast, place="  Salle   communale ", organisation_id=union.id)
    assert (row.people, row.place, row.organisation_id) == (12, "Salle communale", union.id)
    assert (row.counted_by, row.counted_at) == (cast.participant.id, DURING)
    count(cast, 18, by=cast.facilitator)
    assert queries.figures_of([cast.session.id])[cast.session.id].behind_screens == 30
    assert marked(cast.session) == set()


@pytest.mark.parametrize("people", [0, -3, 501])
def test_a_number_nobody_counts_behind_one_screen_is_refused(cast, people):
    with pytest.raises(NotSoMany) as refused:
        count(cast, people)
    assert refused.value.field == "people"


def test_an_organisation_nobody_knows_is_refused(cast, unknown_id):
    with pytest.raises(NotSoMany) as refused:
        count(cast, organisation_id=unknown_id)
    assert refused.value.field == "organisation"


def test_participants_count_for_two_days_and_facilitators_always(cast):
    late = LAST + timedelta(minutes=1)
    with pytest.raises(TooLateToCount):
        count(cast, now=late)
    count(cast, by=cast.facilitator, now=late)
    with pytest.raises(NotBegun):
        count(cast, now=FIRST - timedelta(seconds=1))
    for person in (cast.member, cast.outsider, cast.other_facilitator):
        with pytest.raises(NotAllowed):
            count(cast, by=person)


def test_who_counted_and_who_leads_may_correct_and_remove(cast):
    mate = make_member()
    make_membership(cast.track, mate)
    row = count(cast)
    with pytest.raises(NotAllowed):
        services.change_head_count(acting(mate), cast.session, row, people=3, now=DURING)
    services.change_head_count(acting(cast.participant), cast.session, row, people=14, place="Pikine", now=DURING)
    db.session.refresh(row)
    assert (row.people, row.place, row.counted_by) == (14, "Pikine", cast.participant.id)
    with pytest.raises(NotAllowed):
        services.remove_head_count(acting(mate), cast.session, row, now=DURING)
    assert services.remove_head_count(acting(cast.facilitator), cast.session, row, now=DURING)
    assert not services.remove_head_count(acting(cast.facilitator), cast.session, row, now=DURING)
    assert queries.list_head_counts(cast.session) == []
    with pytest.raises(NotFound):
        queries.get_head_count(cast.session, row.id)
    with pytest.raises(CountIsGone):
        services.change_head_count(acting(cast.facilitator), cast.session, row, people=3, now=DURING)


def test_policies_of_counts(cast):
    row = make_head_count(cast.session, cast.participant)
    for person, may_count, may_change in (
        (cast.participant, True, True), (cast.facilitator, True, True), (cast.secretary, True, True),
        (cast.member, False, False), (cast.other_facilitator, False, False),
    ):  # fmt: skip
        assert policy.can_count_heads(acting(person), cast.session) is may_count
        assert policy.can_change_head_count(acting(person), row) is may_change


# ---------- the list of a meeting


def stage(cast, text="Name,Minutes\nFatou Exemple,60\nAwa Exemple,45\n,12\n", by=None):
    return services.stage_list(acting(by or cast.facilitator), cast.session, read_text(text), now=DURING)


def use(cast, staged, persons=(), newcomers=None, by=None):
    return services.mark_from_list(
        acting(by or cast.facilitator), cast.session, staged, persons=persons, newcomers=newcomers or {}, now=DURING
    )


def test_a_staged_list_marks_nobody_and_keeps_every_line(cast):
    staged = stage(cast)
    assert marked(cast.session) == set()
    lines, skipped = queries.lines_of(queries.get_list(cast.session, staged.id))
    assert [line.name for line in lines] == ["Fatou Exemple", "Awa Exemple"]
    assert [line.number for line in skipped] == [1, 4]
    assert queries.find_waiting_list(acting(cast.facilitator), cast.session) is staged
    assert queries.find_waiting_list(acting(cast.secretary), cast.session) is None
    with pytest.raises(NotFound):
        queries.get_list(make_session(cast.track), staged.id)


def test_bringing_another_list_starts_over_for_oneself_alone(cast):
    first, others = stage(cast), stage(cast, by=cast.secretary)
    second = stage(cast)
    ids = set(db.session.scalars(sa.select(MeetingList.id)))
    assert ids == {others.id, second.id}
    assert first.id not in ids


def test_one_save_marks_known_and_new_people_and_uses_the_list_up(cast):
    staged = stage(cast)
    marks = use(cast, staged, [cast.participant.id, cast.outsider.id], {3: " Awa  Exemple "})
    assert cast.participant.id in marks.marked
    assert cast.outsider.id not in marks.marked  # not on the sheet
    assert sorted(row.name for row in queries.list_sheet(cast.session) if row.is_here) == [
        "Awa Exemple",
        "Fatou Exemple",
    ]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingList)) == 0


def test_a_list_saved_twice_adds_nothing(cast):
    staged = stage(cast)
    use(cast, staged, [cast.participant.id], {3: "Awa Exemple"})
    before = marked(cast.session)
    with pytest.raises(ListIsUsed):
        use(cast, staged, [cast.participant.id], {3: "Awa Exemple"})
    assert marked(cast.session) == before


def test_two_facilitators_with_the_same_list_add_each_new_person_once(cast):
    first, second = stage(cast), stage(cast, by=cast.secretary)
    use(cast, first, [], {3: "Awa Exemple", 4: "EXEMPLE, Awa"})
    use(cast, second, [], {3: "Exemple Awa"}, by=cast.secretary)
    assert db.session.scalar(sa.select(sa.func.count()).where(Person.name.ilike("%awa%"))) == 1


@pytest.mark.parametrize("name", ["  ", "www.example.org", "\u3164"])
def test_a_new_person_needs_a_name_and_nothing_is_half_done(cast, name):
    staged = stage(cast)
    with pytest.raises(NewcomerRefused) as refused, db.session.begin_nested():
        use(cast, staged, [cast.participant.id], {3: "Awa Exemple", 12: name})
    assert "12" in str(refused.value.message)
    assert marked(cast.session) == set()
    assert queries.get_list(cast.session, staged.id) is not None


def test_lists_are_for_those_who_lead_once_it_begins(cast):
    staged = stage(cast)
    for person in (cast.participant, cast.member, cast.other_facilitator):
        with pytest.raises(NotAllowed):
            stage(cast, by=person)
        with pytest.raises(NotAllowed):
            use(cast, staged, by=person)
        with pytest.raises(NotAllowed):
            services.drop_list(acting(person), cast.session, staged)
    with pytest.raises(NotBegun):
        services.stage_list(acting(cast.facilitator), cast.session, read_text("Rosa"), now=FIRST - timedelta(seconds=1))
    assert services.drop_list(acting(cast.facilitator), cast.session, staged)


def test_only_people_of_the_sheet_are_compared_and_only_by_confirmed_addresses(cast):
    account = make_account(make_person("Unconfirmed"), "claimed@example.org", verified_at=None)
    make_membership(cast.track, account.person)
    known = {known.names[0]: known.email for known in queries.list_known(cast.session)}
    assert set(known) == {"Fatou Exemple", "Unconfirmed"}
    assert known["Unconfirmed"] == ""
    assert known["Fatou Exemple"].endswith("@example.org")


def test_lists_nobody_finished_are_dropped_after_a_week(cast, now):
    old = make_meeting_list(cast.session, brought_at=now - timedelta(days=7, seconds=1))
    kept = make_meeting_list(cast.session, brought_at=now - timedelta(days=6))
    assert drop_old_lists(now) == 1
    assert set(db.session.scalars(sa.select(MeetingList.id))) == {kept.id}
    assert old.id != kept.id


# ---------- races, personal data


def test_one_list_saved_by_several_at_once_is_used_once(own_app, now):
    with own_app.app_context():
        session, leader = make_session(make_track()), make_member()
        make_facilitator(session.track, leader)
        staged = make_meeting_list(session, "Awa Exemple")
        db.session.commit()
        ids = session.id, leader.id, staged.id
    answers = []

    def save() -> None:
        with own_app.app_context():
            try:
                row = db.session.get_one(LearningSession, ids[0])
                waiting = db.session.get_one(MeetingList, ids[2])
                services.mark_from_list(
                    actor_at(ids[1], DURING), row, waiting, persons=[], newcomers={1: "Awa Exemple"}, now=DURING
                )
                db.session.commit()
                answers.append("saved")
            except (RuleBroken, sa.exc.NoResultFound):
                db.session.rollback()
                answers.append("used")

    run_together(save)
    assert sorted(answers) == ["saved", "used", "used"]
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).where(Person.name == "Awa Exemple")) == 1


def test_the_same_word_at_the_same_instant_is_one_row(own_app, now):
    with own_app.app_context():
        session, person = make_session(make_track()), make_member()
        make_membership(session.track, person)
        db.session.commit()
        ids = session.id, person.id
    errors = []

    def say() -> None:
        with own_app.app_context():
            try:
                row = db.session.get_one(LearningSession, ids[0])
                services.claim_attendance(actor_at(ids[1], DURING), row, organisation_id=None, now=DURING)
                db.session.commit()
            except Exception as error:
                errors.append(error)

    run_together(say)
    assert errors == []
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AttendanceClaim)) == 1


def run_together(work) -> None:
    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_my_data_holds_what_i_said_and_what_i_counted(cast, now):
    union = make_organisation()
    make_claim(cast.session, cast.participant, union)
    make_head_count(cast.session, cast.participant, 12)
    data = registries.export_person(cast.participant.id)["sessions"]
    assert [(row["for"], row["taken_back_at"]) for row in data["attendance_claims"]] == [(str(union.id), None)]
    assert [(row["people"], row["organisation"]) for row in data["head_counts"]] == [(12, None)]


def test_merging_keeps_the_word_that_stands_and_hands_counts_over(cast, now):
    kept, gone = make_person(), make_person()
    second = make_session(cast.track, number=9)
    make_claim(cast.session, kept, withdrawn_at=now)
    make_claim(cast.session, gone)
    make_claim(second, kept)
    make_claim(second, gone, withdrawn_at=now)
    make_head_count(cast.session, gone)
    make_meeting_list(cast.session, brought_by=gone.id)
    registries.merge_person(kept.id, gone.id, now)
    figures = queries.figures_of([cast.session.id, second.id])
    assert [figures[of].say_so for of in (cast.session.id, second.id)] == [1, 1]
    assert db.session.scalar(sa.select(HeadCount.counted_by)) == kept.id
    assert db.session.scalar(sa.select(MeetingList.brought_by)) == kept.id


def test_erasing_keeps_the_figures_and_drops_lists_not_used(cast, now):
    make_claim(cast.session, cast.participant)
    make_head_count(cast.session, cast.participant, 12)
    make_meeting_list(cast.session, brought_by=cast.participant.id)
    registries.erase_person(cast.participant.id, now)
    figures = queries.figures_of([cast.session.id])[cast.session.id]
    assert (figures.say_so, figures.behind_screens) == (1, 12)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingList)) == 0
