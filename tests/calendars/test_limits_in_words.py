"""Limits that sentences of the page name are those that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.calendars.reading import WINDOW_AHEAD, WINDOW_BACK
from app.calendars.reading.reading import MOST_ENTRIES
from app.calendars.services.keeping import MOST_PUBLIC

PAGE = (Path(__file__).parents[2] / "app/calendars/templates/calendars/show.html").read_text()
WINDOW = f"{WINDOW_BACK.days} days ago {{}} {WINDOW_AHEAD.days} days ahead"


@pytest.mark.parametrize(
    "words",
    [
        f"There are more than {MOST_ENTRIES:,} events.",
        f"Everybody sees the nearest {MOST_PUBLIC} events; %(num)s more is",
        f"Everybody sees the nearest {MOST_PUBLIC} events; %(num)s more are",
        "From " + WINDOW.format("to"),
        "between " + WINDOW.format("and"),
    ],
)
def test_a_limit_in_a_sentence_is_the_one_that_is_kept(words):
    assert words in PAGE
