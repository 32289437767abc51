"""What strangers try and what slips from busy hands: names of groups that keep to themselves, deadlines of another
session, numbers that are none, lists that changed meanwhile."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from app.advocacy import services as dates
from app.advocacy.models import ModeCode, OccurrenceKind, StepCode
from app.advocacy.services import Dated, Written, WrittenStep
from app.core.actors import NETWORK
from app.core.errors import RuleBroken
from app.engagements import services
from app.engagements.lateness import closes_on, days_late
from app.engagements.models import Signatory, SignatoryState
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.waiting_texts import list_closing
from app.engagements.services import texts
from app.engagements.services.signatories import TakenOffMeanwhile
from app.engagements.services.signing import sign
from app.engagements.showing import lines_of
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from app.workinggroups.keys import group_key
from tests.conftest import START
from tests.make.advocacy import make_mode, make_occurrence, make_rule, make_step
from tests.make.engagements import make_delegate, make_engagement, make_signatory
from tests.make.workinggroups import make_coordinator, make_group

HUGE = "9" * 5000


@pytest.fixture
def engagement(cast):
    made = make_engagement(
        cast.csw, cast.group, occurrence=cast.csw_session, mode=cast.statement, step=cast.closes, version=1
    )
    make_signatory(made, cast.coalition, is_lead=True)
    db.session.commit()
    return made


@pytest.fixture
def here(engagement) -> str:
    return f"/advocacy/engagements/{engagement.id}"


@pytest.fixture
def hidden_group(cast, engagement):
    """A group of which only its own people know takes part in the engagement, and writes its text."""
    group = make_group("Shelter circle", slug="shelter-circle")
    group.audience = group_key(group.id)
    make_coordinator(group, cast.coordinator)
    engagement.groups.append(group)
    db.session.commit()
    return group


def begin(cast, engagement, group):
    coordinator = cast.actor("coordinator")
    return texts.begin_draft(
        coordinator, engagement, group, title="Statement", language="en", body="Housing is a right.", now=START
    )


def test_a_group_that_keeps_to_itself_is_not_named_to_others(cast, engagement, here, hidden_group, browse):
    engagement.audience = NETWORK
    link = begin(cast, engagement, hidden_group)
    text = f"{here}/texts/{link.text_id}"
    for person, paths in (
        (cast.outsider, [here]),
        (cast.member, [here, f"{here}/delegation", text]),
        (cast.other_speaker, [here, f"{here}/delegation", text]),
    ):
        reader = browse(person)
        for path in paths:
            page = reader.client.get(path).text
            assert "Shelter circle" not in page, path
            assert "shelter-circle" not in page, path
    reader = browse(cast.coordinator)
    for path in (here, f"{here}/delegation", text):
        reader.open(path)
        assert "Shelter circle" in reader.text, path


def test_a_group_does_not_leave_its_text_behind(cast, engagement, hidden_group):
    """The others would read on in what the group writes."""
    coordinator, link = cast.actor("coordinator"), begin(cast, engagement, hidden_group)
    with pytest.raises(RuleBroken) as refused:
        services.set_groups(coordinator, engagement, [cast.group], now=START)
    assert (refused.value.field, "“Statement”" in str(refused.value.message)) == ("groups", True)
    texts.take_away(coordinator, link, now=START)
    services.set_groups(coordinator, engagement, [cast.group], now=START)
    assert engagement.groups == [cast.group]


def test_with_another_session_goes_another_deadline(cast, engagement, here, browse):
    later = make_occurrence(cast.csw, date(2028, 3, 6), date(2028, 3, 17), number=72)
    chosen = make_step(cast.csw_session, date(2027, 1, 20), StepCode.OTHER_DEADLINE)
    engagement.step = chosen
    reader = browse(cast.coordinator)
    page = reader.open(f"{here}/edit")
    assert page.find(id="step").find("option", selected=True)["value"] == str(chosen.id)
    reader.send(has="title", occurrence=str(later.id))
    db.session.refresh(engagement)
    assert (engagement.occurrence, engagement.step) == (later, None)


def test_with_another_way_goes_another_deadline(cast, engagement, here, browse):
    """A deadline that nobody chose follows session and way."""
    oral = make_mode(cast.csw, ModeCode.ORAL_STATEMENT)
    closes = make_step(cast.csw_session, date(2027, 2, 1), StepCode.ORAL_STATEMENT_REQUEST)
    reader = browse(cast.coordinator)
    reader.open(f"{here}/edit")
    reader.send(has="title", mode=str(oral.id))
    db.session.refresh(engagement)
    assert engagement.step == closes


@pytest.mark.parametrize("typed", [{"version": HUGE}, {"version": "²"}, {"goals": HUGE}, {"goals": "-1"}])
def test_numbers_that_are_none_break_nothing(cast, engagement, here, browse, typed):
    client = browse(cast.coordinator).client
    token = client.get(f"{here}/edit").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    said = {"csrf_token": token, "title": "Example statement", "language": "en", "version": "1"} | typed
    assert client.post(f"{here}/edit", data=said).status_code in (303, 422)
    db.session.refresh(engagement)
    assert [row.goal for row in engagement.goals] == []


def test_a_goal_with_thousands_of_digits_is_none(cast, browse):
    assert browse(cast.secretary).client.get(f"/reports/advocacy?goal={HUGE}").status_code == 404


def test_who_was_taken_off_meanwhile_neither_leads_nor_signs(cast, engagement):
    gone = make_signatory(engagement, cast.sur)
    link = begin(cast, engagement, cast.group)
    coordinator, speaker = cast.actor("coordinator"), cast.actor("speaker")
    for act in (
        lambda: services.make_lead(coordinator, gone, now=START),
        lambda: sign(speaker, gone, link, read="", now=START),
    ):
        db.session.refresh(gone)
        with db.session.begin_nested() as undone:
            taken_off = db.delete(Signatory).where(Signatory.id == gone.id)
            db.session.execute(taken_off, execution_options={"synchronize_session": False})
            with pytest.raises(TakenOffMeanwhile):
                act()
            undone.rollback()
    assert engagement.lead.organisation_id == cast.coalition.id


def test_a_deadline_that_becomes_known_is_worked_towards(cast, engagement, now):
    """Planned while only the year was known; then the session has days, and its rule gives a deadline."""
    space, coordinator = cast.cescr, cast.actor("coordinator")
    make_rule(space, -28)
    year = Dated(Timing.year_only(2027, space.zone), Certainty.TYPICAL)
    session = dates.add_occurrence(coordinator, space, Written(OccurrenceKind.SESSION, 81), year, now=now)
    plan = services.Plan(title="Report", language="en", space=space, occurrence=session, mode=cast.report)
    planned = services.plan_engagement(coordinator, groups=[cast.group], plan=plan, now=now)
    assert planned.step is None
    days = Dated(Timing.days(date(2027, 3, 8), zone=space.zone), source="a letter")
    dates.move_occurrence(coordinator, session, days, reason="published", now=now)
    assert planned.step.moment.wall_start.date() == date(2027, 2, 8)

    written = WrittenStep(StepCode.PARALLEL_REPORT, Timing.days(date(2027, 2, 1), zone=space.zone), Certainty.UNSURE)
    other, first = dates.add_step(coordinator, session, written, now=now), planned.step
    assert planned.step is first
    dates.drop_step(coordinator, first, reason="another one counts", now=now)
    assert planned.step is other
    dates.drop_step(coordinator, other, reason="nothing is taken", now=now)
    assert planned.step is other  # nothing stands in its place


def test_nobody_is_told_to_hurry_towards_a_deadline_that_was_called_off(cast, engagement, now):
    coordinator = cast.actor("coordinator")
    assert list_closing(coordinator, now, now + timedelta(days=30), limit=5) == [engagement]
    dates.drop_step(coordinator, cast.closes, reason="nothing is taken", now=now)
    assert list_closing(coordinator, now, now + timedelta(days=30), limit=5) == []


def test_a_confirmed_deadline_of_a_session_that_was_put_off_is_no_day_to_reckon_with(cast, engagement, now):
    """R-10: whoever confirmed it had the old date in mind."""
    coordinator, month = cast.actor("coordinator"), now + timedelta(days=30)
    cast.closes.moment.status, cast.closes.moment.certainty = Status.CONFIRMED, Certainty.VERIFIED
    assert closes_on(engagement) == date(2026, 12, 16)
    dates.postpone_occurrence(coordinator, cast.csw_session, reason="No money", now=now)
    assert cast.closes.moment.status is Status.CONFIRMED
    assert list_closing(coordinator, now, month, limit=5) == []
    assert day_that_counts(engagement, now.date()) == now.date()
    assert days_late(engagement, date(2027, 2, 1)) == 0
    [line] = lines_of(coordinator, [engagement], datetime(2027, 2, 1, tzinfo=UTC))
    assert (line.is_late, line.is_put_off) == (False, True)


def token_of(client, path):
    return client.get(path).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_no_organisation_is_bound_by_a_form_without_a_button(cast, engagement, here, browse):
    asked = make_signatory(engagement, cast.sur, state=SignatoryState.ASKED)
    client, path = browse(cast.speaker).client, f"{here}/organisations/{asked.id}/answer"
    for pressed in ({}, {"agree": "1", "decline": "1"}):
        answer = client.post(path, data={"csrf_token": token_of(client, path)} | pressed)
        assert (answer.status_code, "Choose one of the buttons" in answer.text) == (422, True)
    db.session.refresh(asked)
    assert asked.state is SignatoryState.ASKED


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "\u200b\u200b"}, "Choose a person, or write a name."),
        ({"name": "Example Traveller", "organisation": str(uuid4())}, "Choose one from the list."),
    ],
)
def test_a_delegate_has_a_name_and_an_organisation_of_the_list(cast, here, browse, typed, said):
    client, path = browse(cast.coordinator).client, f"{here}/delegation/add"
    answer = client.post(path, data={"csrf_token": token_of(client, path)} | typed)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_an_organisation_that_left_the_directory_stays_beside_its_delegate(cast, engagement, here, browse):
    delegate = make_delegate(engagement, organisation_id=cast.sur.id)
    cast.sur.is_listed = False
    reader = browse(cast.coordinator)
    reader.open(f"{here}/delegation/{delegate.id}")
    reader.send(has="note", note="speaks first")
    db.session.refresh(delegate)
    assert (delegate.note, delegate.organisation_id) == ("speaks first", cast.sur.id)


def test_a_deadline_of_another_session_is_no_deadline_of_this_one(cast, engagement, now):
    later = make_occurrence(cast.csw, date(2028, 3, 6), number=72)
    plan = services.Plan(title="Statement", language="en", space=cast.csw, occurrence=later, step=cast.closes)
    with pytest.raises(RuleBroken, match="belongs to another session") as refused:
        services.change_engagement(cast.actor("coordinator"), engagement, plan, version=engagement.version, now=now)
    assert refused.value.field == "step"
