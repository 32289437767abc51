"""The polls of a group when it is exported: closed ones as they are shown, no answers to open ones."""

from __future__ import annotations

from app.polls import jobs
from app.polls.models import Shows
from tests.make.decisions import in_days
from tests.make.exports import exported
from tests.make.polls import choose, make_poll
from tests.polls.conftest import TOO_LATE


def test_closed_polls_are_exported_as_they_are_shown_and_open_ones_without_answers(app, round_, poll):
    counts = make_poll(round_.group, round_.people[0], question="Where?", shows=Shows.COUNTS)
    still_open = make_poll(round_.group, round_.people[0], question="Why?", closing=in_days(30))
    for one, why in ((poll, "Calor."), (counts, "Lluvia."), (still_open, "Geheim.")):
        choose(round_.actor(1), one, 0, because=why, language="es")
    jobs.close_ended(TOO_LATE)
    with app.test_request_context():
        found = exported(round_.lead(TOO_LATE), round_.group, TOO_LATE)
    assert {row["Question"]: row["State"] for row in found.rows("polls")} == {
        "When do we meet?": "Closed", "Where?": "Closed", "Why?": "Open",
    }  # fmt: skip
    assert {row["Poll"] for row in found.rows("poll_results")} == {"When do we meet?"}, "one answer is held back"
    assert {row["because"]: row["by"] for row in found.group["poll_answers"]} == {
        "Calor.": "Person Example 2", "Lluvia.": "",
    }  # fmt: skip
    assert "Geheim." not in found.everything
    assert "nobody sees them before the close" in found.text("README.txt")
