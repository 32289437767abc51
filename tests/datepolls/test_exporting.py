"""The date polls of a group when it is exported: their hours with figures, and who said what as the page shows it."""

from __future__ import annotations

from app.datepolls import services
from app.sessions.services import Plan
from tests.conftest import START
from tests.make.datepolls import IF_NEED, NO, YES, make_date_poll, say
from tests.make.exports import exported


def test_hours_figures_and_answers_leave_with_their_group(app, group, poll):
    laid_down = make_date_poll(group.owner, group.leader, names={"en": "Another"})
    say(group.actor(0), poll, YES, NO, IF_NEED)
    say(group.actor(1), poll, YES, YES, NO)
    services.lay_down(group.lead(), laid_down, "Why not.", "en", now=START)
    services.choose(group.lead(), poll, poll.options[0], names={"en": "x"}, plan=Plan(), now=START)
    with app.test_request_context():
        found = exported(group.lead(), group.owner, START)
    assert {row["Title"]: row["State"] for row in found.rows("date_polls")} == {
        "A first meeting": "Hour chosen", "Another": "Laid down",
    }  # fmt: skip
    hours = [row for row in found.group["date_poll_hours"] if row["date_poll"] == str(poll.id)]
    assert [(row["yes"], row["if_need"], row["no"]) for row in hours] == [(2, 0, 0), (1, 0, 1), (0, 1, 1)]
    answers = found.group["date_poll_answers"]
    assert {(row["by"], row["says"]) for row in answers if row["starts_at"] == hours[2]["starts_at"]} == {
        ("Person Example 1", "if_need"), ("Person Example 2", "no"),
    }  # fmt: skip
    assert [row["meeting"] for row in found.group["date_polls"]] != ["", ""]
