"""Paragraphs and what changed between two versions; where comments stand."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.drafting import comparing
from app.drafting.comparing import Change, compare
from app.drafting.paragraphs import digest_of, paragraphs_of, plain
from app.drafting.queries import Mark
from app.drafting.showing import place
from tests.make.drafting import FRENCH, REVISED

WORDS = st.lists(st.sampled_from(["land", "water", "لنا", "toit.", "a", "b"]), min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(WORDS, max_size=12).map("\n\n".join)


def rows_of(before: str, after: str):
    return compare(paragraphs_of(before), paragraphs_of(after))


def test_paragraphs_are_parted_by_empty_lines_and_keep_their_words():
    found = paragraphs_of("\n# Title\n \t\nOne\nline\n\n\n\n  Two  ")
    assert [(one.number, one.words) for one in found] == [(1, "# Title"), (2, "One\nline"), (3, "  Two  ")]
    assert found[1].digest == digest_of("One line")
    assert paragraphs_of("") == []


def test_what_is_read_has_no_signs_of_markdown():
    assert plain("# Title\n\n**Land** & [water](https://example.org)") == "Title\n\nLand & water"


def test_a_changed_paragraph_says_which_words_came():
    rows = rows_of(FRENCH, REVISED)
    assert [row.change for row in rows] == [Change.SAME, Change.CHANGED, Change.SAME]
    assert [(piece.words, piece.change) for piece in rows[1].pieces] == [
        ("Le logement est un droit", Change.SAME),
        (" pour toutes", Change.ADDED),
        (".", Change.SAME),
    ]


def test_paragraphs_that_came_and_went():
    rows = rows_of("one two three\n\nfour five six\n\nlast", "seven eight\n\nfour five six!\n\nlast")
    assert [(row.change, row.before, row.after) for row in rows] == [
        (Change.ADDED, None, 1),
        (Change.REMOVED, 1, None),
        (Change.CHANGED, 2, 2),
        (Change.SAME, 3, 3),
    ]


@given(TEXTS, TEXTS)
def test_nothing_of_either_version_is_lost(before, after):
    rows = rows_of(before, after)
    old = ["".join(p.words for p in row.pieces if p.change != Change.ADDED) for row in rows if row.before]
    new = ["".join(p.words for p in row.pieces if p.change != Change.REMOVED) for row in rows if row.after]
    assert [one.split() for one in old] == [one.words.split() for one in paragraphs_of(before)]
    assert [one.split() for one in new] == [one.words.split() for one in paragraphs_of(after)]


def test_where_too_many_words_differ_both_stand_whole_between_what_is_shared(monkeypatch):
    """A long paragraph made to be slow would otherwise keep the house busy for a minute."""
    before, after = "The land is ours and theirs alike today.", "The land was never ours nor theirs today."
    monkeypatch.setattr(comparing, "MOST_WORDS", 3)
    (row,) = rows_of(before, after)
    assert [(piece.words, piece.change) for piece in row.pieces] == [
        ("The land", Change.SAME),
        (" is ours and theirs alike", Change.REMOVED),
        (" was never ours nor theirs", Change.ADDED),
        (" today.", Change.SAME),
    ]


def test_the_same_text_has_no_changes():
    assert {row.change for row in rows_of(FRENCH, FRENCH)} == {Change.SAME}


def mark(paragraph: int, words: str, version: int = 1) -> Mark:
    return Mark(uuid4(), version, paragraph, digest_of(words), True, None)


def test_a_comment_follows_its_words_and_not_their_number():
    moved, gone, later = mark(1, "One"), mark(2, "Two"), mark(1, "New", version=3)
    placed = place([moved, gone, later], paragraphs_of("New\n\nOne"), 2)
    assert (dict(placed.by_paragraph), placed.adrift) == ({2: [moved]}, [gone])


def test_of_the_same_words_twice_the_nearest_is_taken():
    second = mark(3, "So be it")
    placed = place([second], paragraphs_of("So be it\n\nLand\n\nWater\n\nSo be it"), 1)
    assert dict(placed.by_paragraph) == {4: [second]}
