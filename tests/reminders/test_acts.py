"""A deadline is taken care of, and a session answered, from the reminder itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.advocacy.models import StepCode
from app.advocacy.services.steps import mark_step_done
from app.core.actors import job
from app.core.audit import AuditLine
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Certainty
from app.moments.services import change_moment
from app.reminders.acts import CARE, TAKE, _title_of
from app.reminders.jobs import remind
from app.reminders.models import Care
from app.reminders.services import acknowledge_deadline, hand_back
from app.workinggroups.models import GroupCoordinator, WorkingGroup
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.workinggroups import make_coordinator, make_group

CLOSES = datetime(2027, 2, 1, 17, tzinfo=UTC)
FIRST = CLOSES - timedelta(days=30)


@pytest.fixture
def huda(app):
    return make_member("Huda Example", zone="Africa/Cairo")


@pytest.fixture
def group(huda):
    group = make_group("Housing group")
    make_coordinator(group, huda)
    return group


@pytest.fixture
def step(group, huda, clock):
    """A deadline with an hour, for which the group prepares something, thirty days before it closes."""
    space = make_space()
    step = make_step(
        make_occurrence(space),
        CLOSES.date(),
        StepCode.REGISTRATION,
        timing=hours("2027-02-01 18:00", None, "Europe/Zurich"),
        certainty=Certainty.VERIFIED,
    )
    make_engagement(space, group, made_by=huda.id, step=step, occurrence=step.occurrence)
    plan_all()
    clock.move_to(FIRST)
    remind(FIRST)
    db.session.commit()
    return step


@pytest.fixture
def phone(app) -> Reader:
    return Reader(app.test_client())


def path_of(step, group, person) -> str:
    return act_path(CARE, TAKE, step.id, person, about=f"{group.id.hex}:{step.moment.until.isoformat()}") + "?lang=en"


def taken() -> list[Care]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Care).where(Care.acknowledged_at.is_not(None))))


def test_a_deadline_is_taken_care_of_from_its_reminder(step, group, huda, phone):
    [path] = links_in(words_of_notice("reminders.deadline", huda).text)
    phone.open(f"{path}?lang=en")
    assert "Do you take care of" in phone.text
    assert "19:00 in Cairo" in phone.text
    assert "You say it for the group Housing group." in phone.text
    assert taken() == []
    phone.send(has="submission_id")
    assert "You take care of" in phone.text
    assert [care.acknowledged_by for care in taken()] == [huda.id]
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "reminders.deadline.acknowledged")).one()
    assert line.actor_kind == "link"
    words = words_of_notice("core.act_done", huda)
    assert "You take care of" in words.subject
    assert "Huda Example" in words.text


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("moved", "The date has changed since this mail was written"),
        ("handed back", "Nobody takes care of it yet"),
        ("taken by another", "Somebody takes care of it already."),
    ],
)
def test_the_page_of_a_used_link_and_the_mail_say_what_became_of_that_word(step, huda, phone, since, said):
    group = db.session.scalars(sa.select(WorkingGroup)).one()
    make_coordinator(group, other := make_member("Sami Example"))
    phone.open(path := path_of(step, group, huda))
    phone.send(has="submission_id")
    if since == "moved":
        change_moment(job("test"), step.moment, timing=hours("2027-02-05 18:00", None, "Europe/Zurich"), now=FIRST)
    else:
        hand_back(actor_at(huda.id, FIRST), step, group, now=FIRST)
    if since == "taken by another":
        acknowledge_deadline(actor_at(other.id, FIRST), step, group, now=FIRST)
    db.session.commit()
    phone.open(path)
    assert said in phone.text
    assert "The answer given by this link does not count any more" in phone.text
    assert "You take care of" not in phone.text
    assert phone.page.select(f"main a[href*='step-{step.id}']")
    words = words_of_notice("core.act_done", huda)
    assert said in words.text
    assert _title_of(step) in words.text
    assert "You take care of" not in words.subject + words.text


def test_whoever_runs_two_groups_that_care_says_on_the_page_for_which(step, group, huda):
    other = make_group("Land group")
    make_coordinator(other, huda)
    make_engagement(step.occurrence.space, other, made_by=huda.id, step=step, occurrence=step.occurrence)
    assert links_in(words_of_notice("reminders.deadline", huda).text) == []


@pytest.mark.parametrize("why", ["moved", "done", "taken", "over"])
def test_what_is_not_open_any_more_says_why(step, huda, phone, clock, why):
    group = db.session.scalars(sa.select(WorkingGroup)).one()
    path, house = path_of(step, group, huda), job("test")
    if why == "moved":
        change_moment(house, step.moment, timing=hours("2027-02-05 18:00", None, "Europe/Zurich"), now=FIRST)
    elif why == "done":
        mark_step_done(house, step, now=FIRST)
    elif why == "taken":
        acknowledge_deadline(actor_at(huda.id, FIRST), step, group, now=FIRST)
    else:
        clock.move_to(CLOSES + timedelta(minutes=1))
    db.session.commit()
    phone.open(path)
    assert phone.status == 410
    assert phone.page.select(f"main a[href$='#step-{step.id}']")


def test_who_runs_the_group_no_more_takes_care_of_nothing(step, group, huda, phone):
    path = path_of(step, group, huda)
    db.session.execute(sa.update(GroupCoordinator).values(ended_at=FIRST))
    db.session.commit()
    phone.open(path)
    assert phone.status == 404
    assert taken() == []


def test_a_reminder_of_a_session_asks_whether_one_comes(app, phone, clock, now):
    track = make_track("Land rights")
    session, person = make_session(track, "Who holds the land?"), make_member("Salma Example", zone="Africa/Dakar")
    make_membership(track, person)
    plan_all()
    day_before = session.moment.starts_at - timedelta(hours=23)
    clock.move_to(day_before)
    remind(day_before)
    db.session.commit()
    text = words_of_notice("reminders.gathering", person).text
    assert "Whoever says that they cannot come is not reminded of this one again." in text
    _come, cannot = links_in(text)
    phone.open(f"{cannot}?lang=en")
    phone.send(has="submission_id")
    assert "You cannot come to “Who holds the land?”." in phone.text
