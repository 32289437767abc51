"""Marks stand on the words that were found; nothing of people becomes markup."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.search.asking import read_query
from app.search.marking import LENGTH, MOST_PLACES, excerpt, marked, plain


def test_the_spelling_of_the_text_is_marked_not_that_of_the_question():
    found = marked("Les Adhérent-e-s & <autres>", "fr", read_query("adhérents"))
    assert found == "Les <mark>Adhérent-e-s</mark> &amp; &lt;autres&gt;"


def test_an_excerpt_begins_before_the_first_word_found_and_ends_between_words():
    text = "Avant " * 60 + "la terre " + "après " * 60
    shown = excerpt(text, "fr", read_query("terre"))
    assert shown.startswith("…\u00a0Avant ")
    assert shown.endswith("après\u00a0…")
    assert "<mark>terre</mark>" in shown
    assert len(shown) < LENGTH + 60


def test_a_text_that_is_nearly_whole_begins_at_its_first_word():
    assert excerpt("Aujourd’hui " + "x" * 55 + " terre", "fr", read_query("terre")).startswith("Aujourd’hui ")


def test_nothing_found_is_no_excerpt():
    assert excerpt("Rien.", "fr", read_query("terre")) == Markup("")


def test_signs_of_markdown_are_left_out():
    assert plain("# Terre\n\n* **une** _deux_ [lien](https://example.org) snake_case\n> dit") == (
        "Terre une deux lien snake_case dit"
    )


@given(st.text(max_size=400))
def test_words_of_people_never_become_markup(text):
    shown = excerpt(f"{text} terre {text}", "fr", read_query("terre"))
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare


def test_a_word_far_down_a_long_text_costs_no_search_of_the_whole():
    words = " ".join(f"mot{number}" for number in range(MOST_PLACES))
    assert excerpt(f"{words} terre", "fr", read_query("terre")) == Markup("")
    assert "<mark>terre</mark>" in excerpt(f"{words[:400]} terre {words}", "fr", read_query("terre"))


def test_rows_of_brackets_are_read_at_once():
    """A member may publish what they like, and everybody's search reads it."""
    began = time.perf_counter()
    for text in ("[" * 200_000, "[a](b" * 40_000):
        assert plain(text) == text
    assert time.perf_counter() - began < 1
