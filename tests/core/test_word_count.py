"""Words are counted between the word boundaries of Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.word_count import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n — … !", 0),
        ("Land is not a commodity.", 5),
        ("l’eau d'ici, aujourd’hui", 3),
        ("1.400 words, 3,5 % and 2027-02-13", 7),
        ("co-op", 2),
        ("snake_case e.g. this", 3),
        ("الأرض لِمَن يسكنها", 3),
        ("भूमि का अधिकार", 3),
        ("土地は権利", 5),
        ("トチ の こと", 4),
        ("땅은 권리다", 2),
        ("naïve cafe\u0301 co\u00adoperate", 3),
        ("a\u200db", 1),
        ("U2 1st", 2),
        ("\u200fالأرض \u200f(لنا)", 2),
        ("สิทธิในที่ดิน ของเรา", 2),
        ("🇧🇷" * 20_000 + "1 ½ ①", 1),
    ],
)
def test_words_of_many_scripts(text, count):
    assert count_words(text) == count


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one, other):
    assert count_words(f"{one}\n\n{other}") == count_words(one) + count_words(other)


@given(st.text())
def test_a_text_has_at_most_a_word_per_sign(text):
    assert 0 <= count_words(text) <= len(text)


@pytest.mark.parametrize(
    ("text", "as_shipped", "split"),
    [
        ("l’habitat", 1, 2),
        ("l'habitat d'aujourd'hui", 2, 4),
        ("Qu’elle s’organise jusqu’au bout", 4, 7),
        ("don't, O'Brien’s", 2, 2),
        ("El hábitat es un derecho", 5, 5),
        ("السكن حق للجميع", 3, 3),
    ],
)
def test_a_house_may_count_elided_articles_for_themselves(text, as_shipped, split):
    assert count_words(text) == as_shipped
    assert count_words(text, splits_elisions=True) == split
