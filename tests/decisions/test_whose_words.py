"""Nobody's words stand under somebody else's name: versions, answers to objections, on pages and in the record."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine

from app.core import registries
from app.decisions import queries, record, services
from app.decisions.models import Decision, Stand
from app.decisions.services import Plan
from app.decisions.texts import Words
from app.extensions import db
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.journeys.reader import Reader
from tests.make.decisions import Circle, in_days, speak
from tests.make.people import make_person, sign_in

AT = VOICES_FROM + timedelta(hours=1)
WEEK = timedelta(days=7)


def proposed(circle: Circle) -> Decision:
    """A member's proposal, in Spanish, not opened yet."""
    plan = Plan("Una carta", Words("Escribimos una carta.", "es"), quorum=1)
    return services.propose(circle.speaker(0), circle.group, plan, now=START)


def amended(circle: Circle) -> tuple[Decision, datetime]:
    """The same, objected to, answered, and amended by the coordinator."""
    decision, now = proposed(circle), START
    for _window in range(3):
        services.open_window(circle.lead(now), decision, in_days(7, now), now=now)
        now += WEEK
    now -= timedelta(days=1)
    objection = speak(circle, decision, 1, Stand.OBJECT, now=now, words="Too early.")
    now += timedelta(days=2)
    services.close_window(circle.lead(now), decision, now=now)
    services.answer(circle.speaker(0, now), decision, objection.words, Words("Sí, esperamos.", "es"), now=now)
    words = Words("Escribimos dos cartas.", "es")
    services.amend(circle.lead(now), decision, words, version=1, closing=in_days(7, now), now=now)
    db.session.commit()
    return decision, now


def read(app, person, decision: Decision, more: str = "") -> Reader:
    reader = Reader(sign_in(app.test_client(), person))
    reader.open(f"/groups/{decision.group.slug}/decisions/{decision.id}{more}")
    return reader


def test_each_version_stands_under_the_name_of_who_wrote_it(app, circle):
    decision, now = amended(circle)
    with time_machine.travel(now, tick=False):
        page = read(app, circle.speakers[1], decision)
        assert "Version 2, written by Coordinator Example" in page.text
        assert "Proposed by Speaker Example 1" in page.text
        page = read(app, circle.speakers[1], decision, "/record")
    versions = [one.get_text(" ", strip=True) for one in page.page.select("#versions .voice .note")]
    assert versions[0].startswith("Version 2, written by Coordinator Example")
    assert versions[1].startswith("Version 1, written by Speaker Example 1")
    assert [row["by"] for row in record.record_of(decision)["versions"]] == ["Speaker Example 1", "Coordinator Example"]


def test_who_amends_reads_in_which_language(app, circle):
    decision, now = amended(circle)
    services.close_window(circle.lead(now + WEEK), decision, now=now + WEEK)
    db.session.commit()
    with time_machine.travel(now + WEEK, tick=False):
        page = read(app, circle.coordinator, decision, "/amend")
    assert "Write in the language of the proposal: Spanish." in page.text
    assert "Your version stands under your name." in page.text


def test_a_draft_that_a_coordinator_rewrites_is_signed_by_both(app, circle):
    decision = proposed(circle)
    same = Plan("Una carta", Words("Escribimos una carta. ", "es"), quorum=2)
    services.change_draft(circle.lead(), decision, same, now=START)
    assert queries.writers_of(decision)[1] == circle.speakers[0]
    other = Plan("Una carta", Words("Escribimos tres cartas.", "es"), quorum=2)
    services.change_draft(circle.lead(), decision, other, now=START)
    db.session.commit()
    with time_machine.travel(START, tick=False):
        page = read(app, circle.speakers[0], decision)
    assert "Version 1, written by Coordinator Example" in page.text
    assert "Proposed by Speaker Example 1" in page.text


def test_an_answer_in_the_record_has_its_own_name_day_and_language(app, circle):
    decision, now = amended(circle)
    with time_machine.travel(now, tick=False):
        page = read(app, circle.speakers[1], decision, "/record").page
    (answer,) = page.select("td .quoted")
    said = answer.get_text(" ", strip=True)
    assert said.startswith("Answer · Speaker Example 1 · Example Organisation 1 · ")
    assert (answer.select_one(".text")["lang"], "Español" in said) == ("es", True)


def test_who_amended_takes_the_name_along_and_the_words_and_the_digest_stay(circle):
    decision, now = amended(circle)
    for number in range(3):
        speak(circle, decision, number, now=now)
    services.close_window(circle.lead(now), decision, now=now)
    (kept,) = registries.export_person(circle.coordinator.id)["decisions"]["amendments"]
    assert (kept["version"], kept["body"], kept["title"]) == ("2", "Escribimos dos cartas.", "Una carta")
    assert registries.export_person(circle.speakers[0].id)["decisions"]["amendments"] == []
    merged = make_person()
    registries.merge_person(merged.id, circle.coordinator.id, now)
    assert queries.writers_of(decision)[2] == merged
    registries.erase_person(merged.id, CLOSED_AT)
    assert queries.writers_of(decision)[2] is None
    assert [row["by"] for row in record.record_of(decision)["versions"]] == ["Speaker Example 1", None]
    assert decision.digest == record.digest_of(decision)
