"""What the decisions of a group give when the group is handed on or taken out of the house."""

from __future__ import annotations

from app.decisions.models import Stand
from app.decisions.rooms import decisions_to_go_on_with
from tests.make.decisions import make_circle, make_decision, open_decision, speak
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
