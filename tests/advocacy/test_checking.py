"""Who looked at a fact, and when; what should be looked at again; what waits for whom."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from app.advocacy import concerned, services
from app.advocacy.models import Anchor, FollowedSpace, Occurrence, OccurrenceKind, Step
from app.advocacy.queries.rechecking import Why, get_fact, list_due
from app.advocacy.services import Dated, Written
from app.advocacy.waiting import waiting
from app.core.actors import VISITOR
from app.core.errors import NotAllowed, NotFound
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from tests.journeys.reader import Reader
from tests.make.advocacy import make_mode, make_occurrence, make_rule, make_space, make_step
from tests.make.people import sign_in
from tests.make.workinggroups import make_coordinator, make_group

ZURICH = "Europe/Zurich"
MARCH = Dated(Timing.days(date(2027, 3, 8), date(2027, 3, 26), ZURICH), source="un.example/96")
MAY = Dated(Timing.days(date(2027, 5, 10), date(2027, 5, 28), ZURICH), source="un.example/96-moved")
LATER = timedelta(days=1)


@pytest.fixture
def occurrence(cast) -> Occurrence:
    session = Written(OccurrenceKind.SESSION, 96)
    made = services.add_occurrence(cast.keeper, cast.space, session, MARCH, now=cast.now)
    db.session.commit()
    return made


@pytest.fixture
def step(occurrence) -> Step:
    return db.session.scalars(db.select(Step).where(Step.occurrence_id == occurrence.id)).one()


def kinds(now):
    return [(due.why, due.kind) for due in list_due(now)]


# looking


def test_whoever_compared_a_fact_stands_beside_it_and_no_file_changes_it_any_more(cast):
    mode = make_mode(cast.space, certainty=Certainty.TYPICAL)
    for fact in (cast.space, mode, cast.rule):
        services.check(cast.keeper, fact, now=cast.now)
        assert (fact.checked_on, fact.checked_by) == (cast.now.date(), cast.keeper_person.id)
        assert (fact.confirmed_at, fact.confirmed_by) == (cast.now, cast.keeper_person.id)
    assert mode.certainty is Certainty.TYPICAL


def test_an_estimate_that_was_looked_at_stays_an_estimate(cast, occurrence, step):
    services.check(cast.keeper, step, now=cast.now)
    assert (step.checked_by, step.confirmed_at) == (cast.keeper_person.id, None)
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert step.moment.wall_start.date() == date(2027, 4, 12)


def test_others_look_and_write_nothing(cast):
    for actor in (VISITOR, cast.outsider):
        with pytest.raises(NotAllowed):
            services.check(actor, cast.space, now=cast.now)


def test_only_facts_of_the_catalogue_are_looked_at(cast):
    assert get_fact("space", cast.space.id) is cast.space
    for kind in ("rule", "person"):
        with pytest.raises(NotFound):
            get_fact(kind, cast.space.id)


# what is due


def test_a_fact_is_due_when_its_space_says_so(cast):
    mode = make_mode(cast.space)
    make_mode(cast.space, key="closed", is_closed=True)
    make_rule(cast.space, valid_until=date(2019, 1, 1))
    for fact in (cast.space, mode, cast.rule):
        fact.checked_on = cast.now.date() - timedelta(days=119)
    db.session.commit()
    assert kinds(cast.now) == []
    assert kinds(cast.now + LATER) == [(Why.OLD, "mode"), (Why.OLD, "rule"), (Why.OLD, "space")]
    cast.space.recheck_days = 200
    db.session.commit()
    assert kinds(cast.now + LATER) == []


def test_dates_that_nobody_has_seen_stand_by_their_day(cast, occurrence, step):
    unsure = make_occurrence(cast.space, date(2027, 6, 1), certainty=Certainty.UNSURE, number=97)
    unsure.checked_on = cast.space.checked_on = cast.now.date()
    far = make_occurrence(cast.space, date(2029, 6, 1), certainty=Certainty.UNSURE, number=98)
    far.checked_on = cast.now.date()
    db.session.commit()
    assert [(due.why, due.thing_id) for due in list_due(cast.now)] == [
        (Why.EXPECTED, step.id),
        (Why.UNSURE, unsure.id),
    ]


def test_what_is_over_without_a_word_stands_first(cast, occurrence, step):
    left = make_occurrence(cast.space, date(2026, 10, 5), status=Status.CONFIRMED, number=90)
    db.session.commit()
    assert [(due.why, due.thing_id) for due in list_due(cast.now)] == [(Why.LEFT, left.id), (Why.EXPECTED, step.id)]
    services.mark_held(cast.keeper, left, now=cast.now)
    db.session.commit()
    assert [due.thing_id for due in list_due(cast.now)] == [step.id]


def test_what_was_expected_and_is_probably_over_is_asked_for_before_the_session(cast, occurrence, step):
    over = step.moment.until + timedelta(days=1)
    assert kinds(over) == [(Why.MISSED, "step")]
    services.check(cast.keeper, step, now=over)
    db.session.commit()
    assert kinds(over) == []
    services.postpone_occurrence(cast.keeper, occurrence, reason="No money", now=over)
    db.session.commit()
    assert (Why.MISSED, "step") not in kinds(over + timedelta(days=30)), "it belongs to a session without a date"


def test_who_has_looked_is_left_in_peace_for_three_weeks(cast, step):
    services.check(cast.keeper, step, now=cast.now)
    db.session.commit()
    assert kinds(cast.now) == []
    assert kinds(cast.now + timedelta(days=21)) == [(Why.EXPECTED, "step")]


def test_what_is_over_done_or_called_off_needs_no_look(cast, occurrence, step):
    past = make_occurrence(cast.space, date(2020, 1, 1), status=Status.HELD, number=1)
    make_step(past, date(2019, 12, 1))
    services.mark_step_done(cast.keeper, step, now=cast.now)
    db.session.commit()
    assert kinds(cast.now) == []
    services.reopen_step(cast.keeper, step, now=cast.now)
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    db.session.commit()
    assert kinds(cast.now) == []


def test_the_list_leads_to_the_source_and_one_tap_is_enough(cast, app, occurrence, step):
    cast.space.url = "https://un.example/committee"
    mode = make_mode(cast.space, checked_on=date(2025, 1, 1))
    cast.rule.checked_on = cast.space.checked_on = date(2026, 1, 1)
    unsure = make_occurrence(cast.space, date(2027, 6, 1), certainty=Certainty.UNSURE, number=97)
    db.session.commit()
    client = app.test_client()
    sign_in(client, cast.keeper_person)
    keeper = Reader(client)
    keeper.open("/advocacy/recheck")
    assert "5 entries wait for somebody to compare them with their source." in keeper.text
    assert keeper.page.find("a", href="https://un.example/committee")
    assert keeper.page.find("a", href=f"/advocacy/occurrences/{unsure.id}")
    for kind, thing in (
        ("occurrence", unsure),
        ("step", step),
        ("mode", mode),
        ("rule", cast.rule),
        ("space", cast.space),
    ):
        keeper.send(action=f"/recheck/{kind}/{thing.id}")
        assert "Noted: checked today." in keeper.text
        assert keeper.path == "/advocacy/recheck"
    assert "Everything has been looked at." in keeper.text


def test_a_tap_on_the_page_of_a_thing_leads_back_to_it(cast, app, occurrence, step):
    client = app.test_client()
    sign_in(client, cast.keeper_person)
    keeper = Reader(client)
    keeper.open(f"/advocacy/occurrences/{occurrence.id}")
    keeper.send(action=f"/recheck/step/{step.id}")
    assert keeper.path == f"/advocacy/occurrences/{occurrence.id}"
    assert client.post(f"/advocacy/recheck/person/{step.id}").status_code == 404
    token = keeper.form(action=f"/recheck/step/{step.id}").find(attrs={"name": "csrf_token"})["value"]
    mode = make_mode(cast.space)
    db.session.commit()
    for kind, thing in (("mode", mode), ("space", cast.space)):
        form = {"csrf_token": token, "submission_id": str(thing.id), "on_behalf_of": ""}
        answer = client.post(f"/advocacy/recheck/{kind}/{thing.id}?back=page", data=form)
        assert answer.headers["Location"] == f"/advocacy/spaces/{cast.space.slug}"
    assert client.post(f"/advocacy/recheck/step/{step.id}", data={}).status_code == 422


def test_a_long_list_is_read_in_parts(cast, app):
    for number in range(25):
        make_mode(cast.space, key=f"mode-{number}", checked_on=date(2025, 1, 1))
    db.session.commit()
    client = app.test_client()
    sign_in(client, cast.keeper_person)
    keeper = Reader(client)
    keeper.open("/advocacy/recheck")
    assert len(keeper.page.select("#due .lines > li")) == 20
    keeper.open(keeper.page.find("a", string="Further")["href"])
    assert len(keeper.page.select("#due .lines > li")) == 5
    keeper.open("/advocacy/recheck?page=x")
    assert len(keeper.page.select("#due .lines > li")) == 20


def test_the_list_asks_as_often_for_many_entries_as_for_few(cast, app, count_queries):
    client = app.test_client()
    sign_in(client, cast.keeper_person)

    def fill(names):
        for name in names:
            space = make_space(f"Committee {name}", checked_on=date(2025, 1, 1))
            make_mode(space, checked_on=date(2025, 1, 1))
            make_step(make_occurrence(space, certainty=Certainty.UNSURE), date(2027, 1, 1))
        db.session.commit()

    fill("a")
    client.get("/advocacy/recheck")
    with count_queries() as few:
        client.get("/advocacy/recheck")
    fill("bcdef")
    with count_queries() as many:
        client.get("/advocacy/recheck")
    assert len(many) == len(few)


# what waits


def sentences(actor, now):
    return [line.sentence for line in waiting(actor, now)]


@pytest.fixture
def follower(cast):
    """Somebody whose group follows the space."""
    from tests.make.people import make_member

    person, group = make_member("Njeri Example"), make_group("Tenure group", slug="tenure-group")
    make_coordinator(group, person)
    db.session.add(FollowedSpace(group_id=group.id, space_id=cast.space.id, since=cast.now))
    db.session.commit()
    return person


def test_a_moved_session_waits_for_who_follows_its_space_and_its_steps_are_said_by_it(cast, follower, occurrence):
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now + LATER)
    db.session.commit()
    said = ["Another date: not 8–26 March 2027, but 10–28 May 2027."]
    assert sentences(cast.acting(follower), cast.now + LATER) == said
    assert sentences(cast.keeper, cast.now + LATER) == []
    assert sentences(cast.outsider, cast.now + LATER) == []
    assert sentences(cast.acting(follower), cast.now + timedelta(days=40)) == []


def test_what_is_put_off_or_called_off_waits_too(cast, follower, occurrence):
    services.postpone_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now + LATER)
    db.session.commit()
    assert sentences(cast.acting(follower), cast.now + LATER) == [
        "Postponed; it was 8–26 March 2027. The new date is not known."
    ]
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now + 2 * LATER)
    db.session.commit()
    assert sentences(cast.acting(follower), cast.now + 2 * LATER) == ["Cancelled; it was 8–26 March 2027."]


def test_a_deadline_that_changes_alone_is_said_by_its_name(cast, follower, occurrence, step):
    confirmed = Timing.days(date(2027, 2, 12), zone=ZURICH)
    services.confirm_step(cast.keeper, step, timing=confirmed, source="u", now=cast.now + LATER)
    db.session.commit()
    assert sentences(cast.acting(follower), cast.now + LATER) == [
        "“Parallel reports” has another date: not around Monday 8 February 2027, but Friday 12 February 2027."
    ]
    services.drop_step(cast.keeper, step, reason="None this year", now=cast.now + 2 * LATER)
    db.session.commit()
    assert sentences(cast.acting(follower), cast.now + 2 * LATER) == [
        "“Parallel reports” is called off; it was Friday 12 February 2027."
    ]


def test_a_date_that_was_only_confirmed_says_nothing_new(cast, follower, occurrence, step):
    services.confirm_step(
        cast.keeper, step, timing=Timing.days(date(2027, 2, 8), zone=ZURICH), source="u", now=cast.now + LATER
    )
    db.session.commit()
    assert sentences(cast.acting(follower), cast.now + LATER) == []


def test_packages_above_say_whom_a_session_concerns(cast, occurrence, monkeypatch):
    monkeypatch.setattr(concerned, "_concerns", {})
    concerned.register("example", lambda actor, _now: {occurrence.id} if actor == cast.outsider else set())
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now + LATER)
    db.session.commit()
    assert len(sentences(cast.outsider, cast.now + LATER)) == 1


def test_the_secretariat_hears_how_much_is_to_be_checked(cast):
    cast.space.checked_on = date(2025, 1, 1)
    db.session.commit()
    assert sentences(cast.secretary, cast.now) == [
        "1 entry of the advocacy calendar should be compared with its source."
    ]
    assert sentences(cast.keeper, cast.now) == []


def test_a_rule_of_the_end_in_own_days_says_so(cast, app, occurrence):
    make_rule(cast.space, 14, anchor=Anchor.END, step="follow_up")
    services.plan_steps(cast.keeper, occurrence, now=cast.now)
    db.session.commit()
    page = Reader(app.test_client())
    with time_machine.travel(datetime(2026, 11, 21, 9, tzinfo=cast.now.tzinfo), tick=False):
        page.open(f"/advocacy/occurrences/{occurrence.id}")
    assert "By the rule: 14 days after it ends." in page.text
