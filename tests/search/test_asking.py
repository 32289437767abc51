"""Whatever is typed is a question, and never a mistake of the database's own language."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.actors import VISITOR
from app.search import queries
from app.search.asking import LONGEST_QUERY, MOST_WORDS, NoWords, beginnings, read_query


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.text(max_size=260))
@example('"')
@example("words : (a OR b) AND NEAR(c d) NOT *")
@example("'a' & !b | <-> :*")
@example("a* b^ -c {d} \\ \x1b $$ ;--")
@example("\ud800 lone")
@example("rowid fts_search_entry habit_fr")
def test_any_text_is_a_question(app, typed):
    try:
        asked = read_query(typed)
    except NoWords:
        return
    assert 1 <= len(asked.groups) <= MOST_WORDS
    finds = queries.find(VISITOR, typed)
    assert (list(finds.page.rows), finds.counts) == ([], {})


def test_small_words_count_where_there_is_nothing_else():
    assert len(read_query("les droits de la terre").groups) == 2
    assert len(read_query("de la").groups) == 2


def test_what_holds_no_word_is_no_question():
    for typed in ("", "  ", "?!", "d'"):
        with pytest.raises(NoWords):
            read_query(typed)
        with pytest.raises(NoWords):
            beginnings(typed)


def test_long_questions_are_cut():
    assert len(read_query(" ".join(f"word{n}" for n in range(100))).groups) == MOST_WORDS
    assert len(next(iter(beginnings("a" * 1_000).words))) <= LONGEST_QUERY
