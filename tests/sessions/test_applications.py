"""Approval, refusal with a reason, questions, the window of applications, and people named by their organisation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.errors import NotAllowed, NotFound
from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Moment
from app.moments.timing import Timing
from app.people.models import Need, PersonLanguage, Role
from app.people.queries.needs import needs_of
from app.people.services.needs import TakingPart, keep_needs
from app.sessions import policy, queries, services, telling
from app.sessions.models import Application, ApplicationState, QuestionKind, TrackMembership
from app.sessions.policy import Door
from app.sessions.services.applications import NobodyChosen, ReasonMissing
from app.sessions.services.intake import OddCapacity
from app.sessions.services.joining_for_organisation import NobodyNamed, NotOfThisOrganisation, Outcome
from app.sessions.services.membership import TrackIsClosed
from app.sessions.services.questions import AnswerMissing, QuestionNeedsWords, TooManyQuestions
from tests.make.moments import wall
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role
from tests.make.sessions import make_application, make_question


@pytest.fixture
def asking(cast):
    """A track in which a facilitator says yes or no, with two places of which one is taken."""
    cast.track.intake.needs_approval, cast.track.intake.capacity = True, 2
    db.session.flush()
    return cast.track


def kinds_told(person) -> list[str]:
    return sorted(db.session.scalars(sa.select(Notice.kind).where(Notice.person_id == person.id)))


def accept(act, cast, track, now, *applications):
    return services.accept_applications(act(cast.facilitator), track, ids={row.id for row in applications}, now=now)


def test_where_a_facilitator_decides_nobody_comes_in_by_themselves(cast, asking, act, now):
    application = services.join_track(act(cast.friend), asking, now=now)
    assert (application.state, asking.intake.taken) == (ApplicationState.ASKED, 1)
    decided = accept(act, cast, asking, now, application)
    assert decided.seated == [application]
    assert queries.find_membership(asking, cast.friend.id).organisation_id == application.organisation_id
    assert kinds_told(cast.friend) == [telling.places.PLACE_GIVEN]


def test_several_are_answered_at_once_and_the_places_go_to_those_who_asked_first(cast, asking, act, now):
    late = make_application(asking, cast.friend, asked_at=now + timedelta(hours=1))
    early = make_application(asking, cast.member, asked_at=now)
    for application, person in ((late, cast.friend), (early, cast.member)):
        [option] = queries.list_join_options(act(person), asking, now.date())
        application.organisation_id = option.organisation_id
    decided = accept(act, cast, asking, now, late, early)
    assert (decided.seated, decided.waiting) == ([early], [late])
    assert kinds_told(cast.friend) == [telling.places.WAITING]
    services.leave_track(act(cast.participant), asking, now=now)
    assert queries.find_membership(asking, cast.friend.id)


def test_who_asked_first_and_is_answered_late_comes_before_those_who_wait(cast, asking, act, now):
    asking.intake.capacity = 1
    early = services.join_track(act(cast.friend), asking, now=now)
    late = services.join_track(act(cast.member), asking, now=now + timedelta(minutes=1))
    accept(act, cast, asking, now, late)
    assert queries.position_of(late) == 1
    accept(act, cast, asking, now + timedelta(days=1), early)
    assert queries.list_waiting(asking, limit=9) == [early, late]
    assert (queries.position_of(early), queries.position_of(late)) == (1, 2)
    services.leave_track(act(cast.participant), asking, now=now + timedelta(days=2))
    assert (early.state, late.state) == (ApplicationState.ACCEPTED, ApplicationState.WAITING)


def test_r_03_is_asked_again_when_a_place_is_given(cast, asking, act, now):
    application = services.join_track(act(cast.friend), asking, now=now)
    asking.eligible = ["member"]
    decided = accept(act, cast, asking, now, application)
    assert (decided.passed_over, application.state) == ([application], ApplicationState.ASKED)
    assert kinds_told(cast.friend) == []


def test_a_refusal_needs_a_reason_and_is_told_and_is_not_the_end(cast, asking, act, now):
    application = services.join_track(act(cast.friend), asking, now=now)
    facilitator, ids = act(cast.facilitator), {application.id}
    for empty in ("", "   ", "x" * 501):
        with pytest.raises(ReasonMissing):
            services.refuse_applications(facilitator, asking, ids=ids, reason=empty, now=now)
    services.refuse_applications(facilitator, asking, ids=ids, reason="This one is for beginners.", now=now)
    assert (application.state, application.reason) == (ApplicationState.REFUSED, "This one is for beginners.")
    assert kinds_told(cast.friend) == [telling.places.REFUSED]
    for again in (services.accept_applications, services.refuse_applications):
        more = {"reason": "No."} if again is services.refuse_applications else {}
        with pytest.raises(NobodyChosen):
            again(facilitator, asking, ids=ids, now=now, **more)
    assert services.join_track(act(cast.friend), asking, now=now + timedelta(days=1)).id != application.id


def test_only_those_who_lead_the_track_decide(cast, asking, act, now):
    application = services.join_track(act(cast.friend), asking, now=now)
    for person in (cast.other_facilitator, cast.member):
        with pytest.raises(NotAllowed):
            services.accept_applications(act(person), asking, ids={application.id}, now=now)
        with pytest.raises(NotAllowed):
            services.refuse_applications(act(person), asking, ids={application.id}, reason="No.", now=now)
        with pytest.raises(NotAllowed):
            queries.page_applications(act(person), asking, [ApplicationState.ASKED])
        with pytest.raises(NotAllowed):
            services.change_intake(act(person), asking, capacity=1, needs_approval=False, window=None, now=now)
    other = queries.page_applications(act(cast.secretary), cast.other_track, [ApplicationState.ASKED])
    assert other.rows == []
    with pytest.raises(NobodyChosen):
        services.accept_applications(act(cast.other_facilitator), cast.other_track, ids={application.id}, now=now)


def change(act, cast, now, **settings):
    given = {"capacity": None, "needs_approval": False, "window": None} | settings
    return services.change_intake(act(cast.facilitator), cast.track, now=now, **given)


def test_without_approval_those_who_asked_come_in_or_wait_in_their_order(cast, asking, act, now):
    first = services.join_track(act(cast.friend), asking, now=now)
    second = services.join_track(act(cast.member), asking, now=now + timedelta(minutes=1))
    changed = change(act, cast, now, capacity=2)
    assert (changed.moved_up, changed.too_many) == (1, 0)
    assert (first.state, second.state) == (ApplicationState.ACCEPTED, ApplicationState.WAITING)
    assert change(act, cast, now, capacity=3).moved_up == 1
    assert second.state is ApplicationState.ACCEPTED


@pytest.mark.parametrize("capacity", [0, -1, 10**9])
def test_an_odd_number_of_places_is_refused(cast, act, now, capacity):
    with pytest.raises(OddCapacity) as refused:
        change(act, cast, now, capacity=capacity)
    assert refused.value.field == "capacity"


def test_fewer_places_than_people_put_nobody_out(cast, act, now):
    for person in (cast.friend, cast.member):
        services.join_track(act(person), cast.track, now=now)
    changed = change(act, cast, now, capacity=1)
    assert changed.too_many == 2
    assert queries.count_members([cast.track.id])[cast.track.id] == 3
    late = services.join_track(act(cast.other_facilitator), cast.track, now=now)
    services.leave_track(act(cast.friend), cast.track, now=now)
    assert late.state is ApplicationState.WAITING


def window(start: str, end: str | None, zone: str = "Africa/Nairobi") -> Timing:
    return Timing.minutes(wall(start), wall(end) if end else None, zone, is_deadline=True, may_be_long=True)


def test_the_window_opens_and_closes_at_its_moment(cast, act, now):
    cast.track.is_open = False
    change(act, cast, now, window=window("2026-11-21 12:30", "2027-01-30 18:00"))  # now is 12:00 in Nairobi
    assert policy.door_of(cast.track, now) is Door.OPENS
    with pytest.raises(TrackIsClosed) as early:
        services.join_track(act(cast.friend), cast.track, now=now)
    assert "open on Saturday 21 November 2026, 12:30 in Nairobi" in str(early.value.message)
    assert isinstance(
        services.join_track(act(cast.friend), cast.track, now=now + timedelta(minutes=30)), TrackMembership
    )
    close = cast.track.intake.moment.until
    assert policy.door_of(cast.track, close) is Door.CLOSED
    with pytest.raises(TrackIsClosed):
        services.join_track(act(cast.member), cast.track, now=close)


def test_a_window_without_an_end_stays_open_and_one_can_be_moved_and_taken_away(cast, act, now):
    change(act, cast, now, window=window("2026-11-20 09:00", None))
    assert policy.door_of(cast.track, now + timedelta(days=900)) is Door.OPEN
    change(act, cast, now, window=window("2026-12-20 09:00", None))
    moment_id = cast.track.intake.moment_id
    assert policy.door_of(cast.track, now) is Door.OPENS
    services.unpublish_track(act(cast.secretary), cast.track, now=now)
    assert db.session.get_one(Moment, moment_id).audience == f"track:{cast.track.id}"
    change(act, cast, now)
    assert policy.door_of(cast.track, now) is Door.OPEN
    assert db.session.get(Moment, moment_id) is None


def test_the_waiting_list_moves_after_the_window_has_closed(cast, act, now):
    change(act, cast, now, capacity=1, window=window("2026-11-20 09:00", "2026-11-22 09:00"))
    services.join_track(act(cast.friend), cast.track, now=now)
    services.leave_track(act(cast.participant), cast.track, now=now + timedelta(days=9))
    assert queries.find_membership(cast.track, cast.friend.id)


def test_questions_are_few_have_words_and_are_removed_with_their_answers_kept(cast, act, now):
    facilitator = act(cast.facilitator)

    def add(**prompts):
        return services.add_question(
            facilitator, cast.track, kind=QuestionKind.LINE, prompts=prompts, is_required=True, now=now
        )

    for wrong in ({"en": "  ", "fr": ""}, {"en": "x" * 301}):
        with pytest.raises(QuestionNeedsWords):
            add(**wrong)
    question = add(en="Which region?", es="¿Qué región?")
    with pytest.raises(AnswerMissing) as asked:
        services.join_track(act(cast.friend), cast.track, now=now)
    assert asked.value.field == f"answer_{question.id.hex}"
    services.join_track(act(cast.friend), cast.track, answers={question.id: " Douala "}, now=now)
    [application] = db.session.scalars(sa.select(Application))
    assert (application.state, application.answers[0].words) == (ApplicationState.ACCEPTED, "Douala")
    services.remove_question(facilitator, cast.track, question, now=now)
    services.remove_question(facilitator, cast.track, question, now=now)
    assert queries.list_questions(cast.track) == []
    with pytest.raises(NotFound):
        queries.get_question(cast.track, question.id)
    [row] = registries.export_person(cast.friend.id)["sessions"]["applications"]
    assert row["answers"] == [{"question": {"en": "Which region?", "es": "¿Qué región?"}, "answer": "Douala"}]
    for _number in range(8):
        add(en="One more?")
    with pytest.raises(TooManyQuestions):
        add(en="Too much?")


def test_an_answer_fits_its_question(cast, act, now):
    question = make_question(cast.track, kind=QuestionKind.YES_NO, is_required=True)
    for wrong in ("", "perhaps"):
        with pytest.raises(AnswerMissing):
            services.join_track(act(cast.friend), cast.track, answers={question.id: wrong}, now=now)
    long = make_question(cast.track, kind=QuestionKind.TEXT)
    with pytest.raises(AnswerMissing):
        services.join_track(act(cast.friend), cast.track, answers={question.id: "no", long.id: "x" * 3001}, now=now)
    assert services.join_track(act(cast.friend), cast.track, answers={question.id: "no"}, now=now)


def test_what_somebody_needs_is_asked_once_and_kept(cast, act, now):
    said = TakingPart(("fr", "wo"), ("en",), frozenset({Need.CAPTIONS, Need.LOW_BANDWIDTH}))
    services.join_track(act(cast.friend), cast.track, said=said, now=now)
    assert [(row.language, row.is_spoken) for row in cast.friend.languages] == [
        ("fr", True),
        ("wo", True),
        ("en", False),
    ]
    assert cast.friend.preferred_language == "fr"
    assert needs_of([cast.friend.id, cast.member.id]) == {cast.friend.id: [Need.CAPTIONS, Need.LOW_BANDWIDTH]}
    keep_needs(act(cast.friend), cast.friend, TakingPart(needs=frozenset({Need.CAPTIONS})), now=now)
    assert needs_of([cast.friend.id]) == {cast.friend.id: [Need.CAPTIONS]}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PersonLanguage)) == 3
    with pytest.raises(NotAllowed):
        keep_needs(act(cast.member), cast.friend, said, now=now)


@pytest.fixture
def union(cast):
    """An organisation of which the member speaks, with two more people; one belongs to it no more."""
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    people = [make_person(f"Person {n} of the Union") for n in range(3)]
    for person in (cast.member, *people[:2]):
        make_affiliation(person, union)
    make_affiliation(people[2], union, until_on=date(2026, 11, 20))
    return union, people


def test_who_speaks_for_an_organisation_names_its_people(cast, union, act, now):
    organisation, people = union
    make_account(people[0])
    cast.track.intake.capacity = 3
    sent = services.join_for_organisation(
        act(cast.member),
        cast.track,
        organisation,
        person_ids={cast.member.id, people[0].id, people[1].id},
        now=now,
    )
    seated = sent[Outcome.SEATED]
    assert len(seated) == 2
    assert len(sent[Outcome.WAITING]) == 1
    assert cast.member in seated
    named = next(person for person in seated if person is not cast.member)
    membership = queries.find_membership(cast.track, named.id)
    assert (membership.organisation_id, membership.joined_by) == (organisation.id, cast.member.id)
    assert queries.find_membership(cast.track, cast.member.id).joined_by is None
    assert kinds_told(named) == kinds_told(sent[Outcome.WAITING][0]) == [telling.places.NAMED]
    assert kinds_told(cast.member) == []
    again = services.join_for_organisation(
        act(cast.member), cast.track, organisation, person_ids={people[0].id}, now=now
    )
    assert again[Outcome.KNOWN] == [people[0]]


def test_naming_people_keeps_r_03_for_each_and_does_nothing_by_halves(cast, union, act, now):
    organisation, people = union
    speaker = act(cast.member)
    for wrong, error in (
        ({people[0].id, people[2].id}, NotOfThisOrganisation),
        ({people[0].id, cast.friend.id}, NotOfThisOrganisation),
        (set(), NobodyNamed),
        ({make_person().id for _n in range(11)}, NobodyNamed),
    ):
        with pytest.raises(error):
            services.join_for_organisation(speaker, cast.track, organisation, person_ids=wrong, now=now)
    assert queries.find_membership(cast.track, people[0].id) is None
    with pytest.raises(NotAllowed):
        services.join_for_organisation(act(cast.friend), cast.track, organisation, person_ids={people[0].id}, now=now)
    cast.track.is_open = False
    with pytest.raises(TrackIsClosed):
        services.join_for_organisation(speaker, cast.track, organisation, person_ids={people[0].id}, now=now)


def test_where_a_facilitator_decides_those_named_are_proposed(cast, union, asking, act, now):
    organisation, people = union
    sent = services.join_for_organisation(act(cast.member), asking, organisation, person_ids={people[0].id}, now=now)
    assert sent[Outcome.ASKED] == [people[0]]
    application = queries.find_open_application(asking, people[0].id)
    assert application.asked_by == cast.member.id
    accept(act, cast, asking, now, application)
    assert queries.find_membership(asking, people[0].id).joined_by == cast.member.id
