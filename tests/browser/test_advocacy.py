"""Advocacy on phones, each in their own language: an expected deadline is confirmed (A6), a plan says who is in the way
(A8), a text is cut to its words (A9), goals belong to the year (A10). All of it in the example house."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import sqlalchemy as sa

from app.advocacy.models import ModeCode, Occurrence, ParticipationMode, Step, StepCode
from app.core.names import NameRow
from app.drafting.models import JointText
from app.engagements.models import EngagementText
from app.examples.advocacy_stage import CAIRO, DAKAR
from app.examples.advocacy_words import STATEMENT_FR
from app.extensions import db
from tests.browser.visitors import Visitor

SPACE = "committee-on-homes-example"
GROUP = "land-and-eviction-example"
STATEMENTS = sa.select(Step).where(Step.code == StepCode.WRITTEN_STATEMENT)


class Body(NamedTuple):
    """The session that comes, its expected deadline, and what a plan is made of: addresses and values."""

    session: str
    session_id: str
    deadline: str
    statement: str
    report: str
    lead: str
    text: str


@pytest.fixture
def body(open_house) -> Body:
    with open_house.app.app_context():
        coming = db.session.scalars(sa.select(Occurrence).where(Occurrence.is_example, Occurrence.number == 13)).one()
        step = db.session.scalars(STATEMENTS.where(Step.occurrence_id == coming.id)).one()
        ways = sa.select(ParticipationMode).where(ParticipationMode.space_id == coming.space_id)
        modes = {mode.code: str(mode.id) for mode in db.session.scalars(ways)}
        lead = sa.select(NameRow.object_id).where(NameRow.object_kind == "organisation", NameRow.text == CAIRO)
        joint = sa.select(JointText).join(EngagementText, EngagementText.text_id == JointText.id)
        text = db.session.scalars(joint.where(JointText.language == "fr", JointText.version == 2)).one()
        return Body(
            session=f"/advocacy/occurrences/{coming.id}",
            session_id=str(coming.id),
            deadline=f"/advocacy/occurrences/{coming.id}/steps/{step.id}",
            statement=modes[ModeCode.WRITTEN_STATEMENT],
            report=modes[ModeCode.PARALLEL_REPORT],
            lead=str(db.session.scalars(lead).first()),
            text=f"/groups/{GROUP}/texts/{text.id}",
        )


def test_an_expected_deadline_is_confirmed_and_what_it_was_is_read(visit, body):
    nour = visit("coordinator", "ar", zone="Africa/Cairo")
    nour.open(body.session)
    nour.looks_right()
    nour.main.locator("summary").filter(has_text=nour.say("Confirm or change")).first.click()
    nour.go(nour.main.locator(f"a[href^='{body.deadline}/']").filter(visible=True).first)
    nour.looks_right()
    assert nour.field("day").input_value() == "", "nobody has read what is only expected"
    nour.fill(day="2026-12-11", start="23:59", source="Note of the committee (example)")
    nour.press("Confirm this date")
    assert nour.path == body.session
    nour.reads("Note of the committee (example)")
    nour.looks_right()
    aissatou = visit("member", "fr")
    aissatou.open(body.session)
    assert "22:59" in aissatou.text, "an hour earlier in Dakar"
    assert "23:59" in aissatou.text
    assert "9 décembre 2026" in aissatou.text.replace("\u00a0", " "), "what was expected is read"
    assert aissatou.main.locator("form[method=post]").count() == 0
    aissatou.looks_right()


def plan(nour: Visitor, body: Body, mode: str, title: str) -> None:
    nour.open(f"/advocacy/engagements/new/{SPACE}?group={GROUP}")
    nour.looks_right()
    nour.choose(language="ar", occurrence=body.session_id, mode=mode, lead=body.lead)
    nour.fill(title=title)
    nour.press("Save")


def test_a_plan_without_a_status_is_kept_and_says_who_could_lead(visit, body):
    nour = visit("coordinator", "ar", zone="Africa/Cairo")
    plan(nour, body, body.statement, "بيان ثانٍ (مثال)")
    in_the_way = nour.main.locator("#in-the-way")
    assert nour.say("Not eligible: %(status)s", status=nour.say("ECOSOC general or special status needed")) in nour.text
    assert CAIRO in in_the_way.inner_text()
    assert DAKAR in in_the_way.inner_text(), "it could lead instead"
    nour.looks_right()
    plan(nour, body, body.report, "تقرير ثانٍ (مثال)")
    assert nour.main.locator("#in-the-way").count() == 0
    nour.looks_right()


def test_a_text_that_is_too_long_is_kept_and_then_cut(visit, body):
    aissatou = visit("member", "fr")
    one, many = "%(words)s word over the usable %(usable)s", "%(words)s words over the usable %(usable)s"
    left = ("%(words)s word left of the usable %(usable)s", "%(words)s words left of the usable %(usable)s")
    aissatou.open(f"{body.text}/write")
    assert aissatou.say_so_many(one, many, 5, words=5, usable=120) in aissatou.text
    aissatou.looks_right()
    aissatou.fill(body=STATEMENT_FR, changes="Sans celles qui attendent")
    aissatou.press("Write version %(number)s", number=3)
    assert aissatou.path == body.text
    assert aissatou.say_so_many(*left, 8, words=8, usable=120) in aissatou.text
    aissatou.looks_right()


def test_goals_belong_to_the_year(visit):
    lupe = visit("member", "es", zone="America/Mexico_City")
    for goal, year, forum, is_listed in (
        ("11", "2023", "HLPF 2023", True),
        ("11", "2024", "HLPF 2024", False),
        ("17", "2023", "HLPF 2023", True),
        ("17", "2024", "HLPF 2024", True),
    ):
        lupe.open("/advocacy/")
        lupe.main.locator("summary").first.click()
        lupe.choose(goal=goal, year=year)
        lupe.press("Show")
        assert lupe.main.get_by_role("link", name=forum).count() == is_listed, (goal, forum)
    lupe.looks_right()
