"""The stylesheet and the templates know each other: nothing is left over on either side, and nothing is heavy."""

from __future__ import annotations

import gzip
import re

from app.design.stylesheet import STYLESHEET, classes, plain, rules

APP = STYLESHEET.parents[2]
CSS = STYLESHEET.read_text()
TEMPLATES = sorted(APP.glob("*/templates/**/*.html"))
SCRIPTS = sorted((APP / "core" / "static").glob("*.js"))

MOST_BYTES = 10_000
"""Compressed, as it travels."""

MARKS_ALONE = {
    "state--confirmed": "in ink and 700, as every state is that says nothing else",
}
"""Classes of templates that no rule needs, and why they stand there."""

SPACES = {".25rem", ".5rem", ".75rem", "1rem", "1.5rem", "2.5rem", "4rem"}

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WORD = re.compile(r"[A-Za-z][\w-]*")


def test_every_class_of_the_stylesheet_stands_in_a_page():
    lines = [line for path in (*TEMPLATES, *SCRIPTS) for line in path.read_text().splitlines()]
    written = {word for line in lines for pair in _QUOTED.findall(line) for word in _WORD.findall("".join(pair))}
    begun = tuple(word for word in written if word.endswith("-"))  # "button--" and then a value
    assert {name for name in classes(CSS) - written if not name.startswith(begun)} == set()


def test_every_class_of_a_page_stands_in_the_stylesheet():
    known = classes(CSS) | set(MARKS_ALONE)
    unknown = {
        f"{path.name}: {word}"
        for path in TEMPLATES
        for value in re.findall(r'\bclass="([^"]*)"', path.read_text())
        for word in _EXPRESSION.sub("…", value).split()
        if "…" not in word and word not in known
    }
    assert unknown == set()


def test_the_stylesheet_is_light():
    assert len(gzip.compress(CSS.encode(), 9)) <= MOST_BYTES


def test_spaces_of_the_scale_are_written_by_their_name():
    loose = {
        f"{selector}: {found}"
        for selector, words in rules(CSS)
        for found in re.findall(r"(?<![\w-])(?:margin|padding|gap)[\w-]*:([^;]+)", words)
        if "(" not in re.sub(r"var\(--\w+\)", "", found) and SPACES & set(found.split())
    }
    assert loose == set(), "write var(--s1) … var(--s7)"


def test_edges_never_use_a_shadow_and_corners_are_square():
    assert re.findall(r"box-shadow|text-shadow|linear-gradient|radial-gradient", plain(CSS)) == []
    assert set(re.findall(r"border-radius:\s*([^;}]+)", CSS)) <= {"0", "50%"}


def test_phone_rules_never_reach_paper():
    assert [
        query for query in re.findall(r"@media ([^{]+)\{", CSS) if "max-width" in query and "screen" not in query
    ] == []
