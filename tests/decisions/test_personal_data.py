"""A person's traces in decisions: handed out, moved, taken away; the record of the organisations stays."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.core import registries
from app.decisions import queries, record, services, texts
from app.decisions.models import Proposal, Stand
from app.decisions.texts import Words
from app.extensions import db
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import give_proxy, make_decision, speak
from tests.make.moments import HOUSE
from tests.make.people import make_person

AT = VOICES_FROM + timedelta(hours=1)


def test_what_somebody_said_and_gave_is_handed_out(circle, decision):
    services.react(circle.speaker(0, AT), decision, Words("Bien.", "fr"), now=AT)
    speak(circle, decision, 0, Stand.OBJECT, now=AT, words="Trop vite.")
    give_proxy(circle, decision, 1, 2, now=AT)
    found = registries.export_person(circle.speakers[0].id)["decisions"]
    assert [(row["intent"], row["versions"][0]["body"]) for row in found["statements"]] == [("reaction", "Bien.")]
    assert [(row["intent"], row["versions"][0]["body"]) for row in found["for_others"]] == [("reason", "Trop vite.")]
    assert [(row["stand"], row["version"]) for row in found["voices"]] == [("object", "1")]
    assert registries.export_person(circle.speakers[1].id)["decisions"]["proxies"][0]["revoked_at"] is None
    assert registries.export_person(circle.coordinator.id)["decisions"]["proposals"][0]["title"] == "A common letter"


def test_of_two_rows_of_one_person_the_kept_one_signs(circle, decision):
    voice = speak(circle, decision, 0, now=AT)
    kept = make_person()
    registries.merge_person(kept.id, circle.speakers[0].id, AT)
    assert voice.given_by == kept.id


def test_who_leaves_the_house_takes_their_own_words_along_and_what_was_said_for_an_organisation_stays(circle, decision):
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT, words="Trop vite.")
    reaction = services.react(circle.speaker(0, AT), decision, Words("Bien.", "fr"), now=AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    registries.erase_person(circle.speakers[0].id, CLOSED_AT)
    assert (voice.given_by, voice.stand, voice.words.body) == (None, Stand.OBJECT, "Trop vite.")
    assert (voice.words.author_id, voice.words.erased_at) == (None, None)
    assert (reaction.body, reaction.author_id) == ("", None)
    found = record.record_of(decision)
    assert [row["by"] for row in found["voices"]] == [None]


def test_the_proposal_of_somebody_who_leaves_stays_the_groups_and_the_record_whole(circle, decision):
    for number in range(3):
        speak(circle, decision, number, now=AT)
    services.close_window(circle.lead(AT), decision, now=AT)
    proposer = decision.proposal.author_id
    registries.erase_person(proposer, CLOSED_AT)
    assert (decision.proposal.author_id, texts.body_of(decision, 1)) == (None, "We write a common letter.")
    assert decision.digest == record.digest_of(decision)


def test_a_draft_goes_with_its_author_whole(circle):
    """What is left of it would be a page without words."""
    draft = make_decision(circle)
    registries.erase_person(draft.proposal.author_id, AT)
    db.session.expire_all()
    assert queries.list_decisions(HOUSE, circle.group) == []
    assert db.session.scalars(sa.select(Proposal)).all() == []


def test_a_draft_that_was_laid_down_stays_with_why(circle):
    draft = make_decision(circle)
    services.lay_down(circle.lead(), draft, Words("Too early.", "en"), now=START)
    registries.erase_person(circle.coordinator.id, AT)
    assert (draft.proposal.author_id, texts.body_of(draft, 1)) == (None, "We write a common letter.")
