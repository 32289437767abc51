"""What is kept of a typed text: everything, in one form (R-01)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.originals.words import LONGEST, as_written, check_body


def is_taken(body: str) -> bool:
    try:
        check_body(body)
    except RuleBroken:
        return False
    return True


@given(st.text())
def test_nothing_is_changed_but_line_ends_nul_and_the_form_of_letters(typed: str) -> None:
    one_line_end = typed.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")

    assert as_written(typed) == unicodedata.normalize("NFC", one_line_end)


@given(st.text())
def test_what_was_kept_is_kept_the_same_again(typed: str) -> None:
    assert as_written(as_written(typed)) == as_written(typed)


def test_blanks_at_the_edges_and_inside_stay() -> None:
    assert as_written("  \n a  b\t\r\n\r\n ") == "  \n a  b\t\n\n "


@pytest.mark.parametrize("empty", ["", " ", "\n\t ", "\u200f\u200b", "\u00a0\u3000\u2028"])
def test_a_text_without_a_visible_sign_is_refused(empty: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_body(empty)

    assert refused.value.field == "body"


@pytest.mark.parametrize("body", ["x", " . ", "ما", "١", "😀", "ক্ষ"])
def test_any_visible_sign_is_a_text(body: str) -> None:
    assert is_taken(body)


def test_a_text_is_taken_up_to_exactly_the_limit(app: object) -> None:
    assert is_taken("ش" * LONGEST)
    assert not is_taken("ش" * (LONGEST + 1))


def test_one_character_too_many_is_refused_with_the_count(app: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_body("ش" * (LONGEST + 1))

    assert "20001" in str(refused.value.message)
    assert refused.value.field == "body"
