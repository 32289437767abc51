"""The colours of the stylesheet hold the contrast that the look promises, in both schemes (WCAG 2.x)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.design.stylesheet import STYLESHEET, Tokens, contrast, rules, tokens

CSS = STYLESHEET.read_text()
LIGHT, DARK = tokens(CSS, "light"), tokens(CSS, "dark")

TABLE = [
    # front, ground, light, dark: as the look has them, rounded to one place
    ("straw", "wash", 1.1, 1.1),
    ("ink", "wash", 16.1, 15.5), ("ink", "straw", 14.8, 13.9),
    ("ink2", "wash", 7.1, 9.2), ("ink2", "straw", 6.5, 8.3),
    ("edge", "wash", 4.5, 5.8), ("edge", "straw", 4.1, 5.2),
    ("line", "wash", 1.4, 1.6),
    ("indigo", "wash", 9.8, 10.2), ("indigo", "straw", 9.0, 9.1),
    ("thread", "wash", 7.2, 8.5), ("thread", "straw", 6.6, 7.6),
    ("brick", "wash", 6.6, 9.0), ("brick", "straw", 6.0, 8.1),
    ("leaf", "wash", 6.8, 10.5), ("leaf", "straw", 6.2, 9.4),
    ("ochre", "wash", 7.1, 10.7), ("ochre", "straw", 6.5, 9.5),
    ("sun", "wash", 1.6, 10.7), ("dusk", "wash", 2.3, 5.5), ("night", "wash", 10.7, 3.3), ("sun", "night", 6.6, 3.2),
    ("on-roof", "roof", 16.3, 19.2), ("on-roof", "roof-lit", 11.2, 11.2), ("roof2", "roof", 10.4, 12.3),
    ("on-sun", "sun", 9.6, 9.6),
    ("cochineal", "roof", 5.5, None), ("weld", "roof", 7.1, None), ("walnut", "roof", 5.9, None),
    ("sky", "roof", 6.7, None), ("verdigris", "roof", 7.6, None),
]  # fmt: skip

WORDS = ("ink", "ink2", "indigo", "thread", "brick", "leaf", "ochre")
"""Tokens that words are written in."""

SHAPES = ("edge", "sun", "dusk", "night")
"""Tokens that shapes are drawn in, which stand beside their word or inside an outline of ink."""

hexes = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(("front", "ground", "light", "dark"), TABLE)
def test_a_ratio_is_the_one_the_look_promises(front, ground, light, dark):
    # A tenth of room: the look rounds its figures, and a colour seen as the same may be one step away.
    assert LIGHT.ratio(front, ground) == pytest.approx(light, abs=0.1)
    if dark is not None:
        assert DARK.ratio(front, ground) == pytest.approx(dark, abs=0.1)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["wash", "straw"])
@pytest.mark.parametrize("front", WORDS)
def test_words_can_be_read_on_both_grounds(scheme: Tokens, front: str, ground: str):
    assert scheme.ratio(front, ground) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_controls_and_the_words_of_buttons_can_be_seen(scheme: Tokens):
    assert min(scheme.ratio("edge", ground) for ground in ("wash", "straw")) >= 3
    assert min(scheme.ratio("wash", ground) for ground in ("indigo", "ink", "brick")) >= 4.5
    assert min(scheme.ratio(front, "roof") for front in ("on-roof", "roof2", "sun")) >= 4.5


def test_the_dark_scheme_says_the_same_for_the_reader_s_system_and_for_their_choice():
    said = {selector: "".join(words.split()) for selector, words in rules(CSS) if "data-scheme" in selector}
    chosen = said[':root[data-scheme="dark"]'].removeprefix("color-scheme:dark;")
    assert said[':root:not([data-scheme="light"])'] == chosen


def test_no_colour_of_the_screen_stands_outside_the_tokens():
    """White on the roof and greys on paper apart, whose ground is the same in both schemes."""
    loose = {
        f"{selector}: {colour}"
        for selector, words in rules(CSS.split("@media print {")[0])
        if not selector.startswith((":root", "@"))
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", words)
        if colour != "#fff"
    }
    assert loose == set()


def test_every_token_that_is_used_is_said_somewhere():
    said = set(re.findall(r"(--[\w-]+):", CSS))
    assert {name for name in re.findall(r"var\((--[\w-]+)\)", CSS) if name not in said} == set()


@given(hexes, hexes)
def test_contrast_is_the_same_from_both_sides_and_between_1_and_21(one: str, other: str):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.001


def test_contrast_knows_its_two_ends_and_the_short_way_of_writing():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#f3c04b", "#F3C04B") == 1
    with pytest.raises(ValueError, match="not a colour"):
        contrast("red", "#fff")
