"""What the decisions of a group give when the group is handed on or taken out of the house."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.registries import erase_person
from app.decisions import services
from app.decisions.models import Stage, Stand
from app.decisions.rooms import decisions_to_go_on_with
from app.decisions.services import Speaking
from app.decisions.texts import Words
from tests.make.decisions import give_proxy, in_days, make_circle, make_decision, open_decision, speak
from tests.make.exports import exported


def test_a_decision_leaves_whole_with_its_record_and_drafts_stay(app):
    circle = make_circle()
    make_decision(circle, "Still a draft")
    decision, now = open_decision(circle, title="A common letter")
    speak(circle, decision, 0, now=now)
    speak(circle, decision, 1, Stand.OBJECT, words="It says nothing of rents.", now=now)
    found = exported(circle.lead(now), circle.group, now)
    (row,) = found.rows("decisions")
    assert (row["Proposal"], row["Organisations that spoke"]) == ("A common letter", "2")
    (path,) = found.within("decisions")
    text = found.text(path)
    for words in ("We write a common letter.", "Example Organisation 1", "It says nothing of rents.", "We object"):
        assert words in text
    (kept,) = [one for one in found.group["texts"] if one["path"] == path]
    assert kept["record"]["decision"]["id"] == str(decision.id)
    assert "Still a draft" not in found.everything


def test_the_handover_sheet_has_what_is_being_decided(app):
    circle = make_circle()
    _decision, now = open_decision(circle, title="A common letter")
    with app.test_request_context():
        room = decisions_to_go_on_with(circle.lead(now), group=circle.group)
    assert "A common letter" in room


def test_the_text_says_who_spoke_by_which_mandate_through_whom_and_who_was_silent(app):
    circle = make_circle(4)
    decision, now = open_decision(circle, title="A common letter")
    give_proxy(circle, decision, 0, 1, now=now)
    giver, holder = circle.organisations[0].id, circle.organisations[1].id
    speak(circle, decision, 1, now=now, words="With joy.")
    through = Speaking(giver, Stand.CONSENT, decision.version, through=holder)
    services.give_voice(circle.speaker(1, now), decision, through, now=now)
    speak(circle, decision, 2, Stand.ABSTAIN, now=now)
    end = now + timedelta(days=8)
    services.close_window(circle.lead(end), decision, now=end)
    services.record_outcome(
        circle.lead(end), decision, Words("It goes out.", "en"), review_on=date(2027, 3, 1), now=end
    )
    text = the_text(circle, end)
    for words in (
        'state: "Adopted"',
        "the proposal is adopted. Silence is counted as consent. 3 organisations of 4 have spoken; the quorum is 2.",
        "Looked at again: Monday 1 March 2027",
        "### Version 1, written by Coordinator Example, 2026-11-21",
        "* Example Organisation 4: Has not spoken (silence, counted as consent)",
        "## Voices to version 1",
        "* Given by: Speaker Example 2, 2026-12-05",
        "mandate without an end",
        "* through Example Organisation 2",
        "* Example Organisation 1 gave its voice to Example Organisation 2.",
        "## Outcome",
    ):
        assert words in text
    assert "Reason" not in text


def test_an_answer_and_an_amendment_stand_under_their_own_names(app):
    circle = make_circle()
    decision, now = open_decision(circle, title="A common letter")
    objection = speak(circle, decision, 0, Stand.OBJECT, words="It says nothing of rents.", now=now)
    services.answer(circle.lead(now), decision, objection.words, Words("We add rents.", "en"), now=now)
    end = now + timedelta(days=8)
    services.close_window(circle.lead(end), decision, now=end)
    words = Words("We write of rents.", "en")
    services.amend(circle.lead(end), decision, words, version=1, closing=in_days(7, end), now=end)
    text = the_text(circle, end)
    assert "Nothing is decided yet." in text
    assert "### Version 2, written by Coordinator Example" in text
    assert "### Version 1, written by Coordinator Example" in text
    assert "### Example Organisation 1: We object" in text
    assert "##### Answer · Coordinator Example" in text
    assert "to version 1" in text
    services.withdraw_objection(circle.speaker(0, end), decision, objection, Words("Met.", "en"), now=end)
    assert "#### Why the objection was taken back · Speaker Example 1" in the_text(circle, end)


def test_words_that_were_taken_away_are_said_to_be_gone(app):
    circle = make_circle()
    decision, now = open_decision(circle, Stage.REACTIONS, title="A common letter")
    services.react(circle.speaker(0, now), decision, Words("Good.", "en"), now=now)
    erase_person(circle.speakers[0].id, now)
    assert "These words were taken away by whoever wrote them." in the_text(circle, now)


def the_text(circle, now) -> str:
    found = exported(circle.lead(now), circle.group, now)
    (path,) = found.within("decisions")
    return found.text(path)
