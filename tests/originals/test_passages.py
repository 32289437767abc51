"""Words in another language than the text around them (R-02): named by the author, marked, never altered."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from app.core.errors import RuleBroken
from app.core.markdown import to_html
from app.extensions import db
from app.originals.models import Passage
from app.originals.passages import MOST, Tagged, check_passages, mark, occurs
from app.reflections import services
from app.reflections.readers import Readers
from tests.conftest import START
from tests.make.reflections import actor_of, make_participant
from tests.make.sessions import make_track

BODY = "Chez nous, on dit *ndank ndank* : petit à petit.\n\nNdank ndank mooy jàpp golo."


def marked(body: str, *passages: Tagged) -> BeautifulSoup:
    return BeautifulSoup(mark(to_html(body), passages), "html5lib")


def spans(page: BeautifulSoup) -> list[tuple[str, str, str]]:
    return [(str(span["lang"]), str(span["dir"]), span.get_text()) for span in page.select("span[lang]")]


def test_passages_stand_in_their_language_and_direction() -> None:
    page = marked("Nous disons سكن لائق, voilà.", Tagged("سكن لائق", "ar"))

    assert spans(page) == [("ar", "rtl", "سكن لائق")]
    assert page.get_text().strip() == "Nous disons سكن لائق, voilà."


def test_marks_of_emphasis_and_ends_of_lines_do_not_matter() -> None:
    assert spans(marked("On dit **ndank** ndank.", Tagged("**ndank** ndank", "wo"))) == [
        ("wo", "ltr", "ndank"),
        ("wo", "ltr", " ndank"),
    ]
    assert [words for *_language, words in spans(marked("a ndank\nndank b", Tagged("ndank ndank", "wo")))] == [
        "ndank",
        "\nndank",
    ]


def test_words_inside_other_words_are_left_alone_where_there_are_whole_ones() -> None:
    assert len(spans(marked("la classe, la", Tagged("la", "wo")))) == 2
    assert [words for *_l, words in spans(marked("我们说房子", Tagged("房子", "zh")))] == ["房子"]


def test_the_longer_passage_wins_and_nothing_is_marked_twice() -> None:
    page = marked("ndank ndank mooy", Tagged("ndank", "fr"), Tagged("ndank ndank", "wo"))

    assert spans(page) == [("wo", "ltr", "ndank ndank")]


@pytest.mark.parametrize("words", ["<b>", '" onmouseover="x', "&lt;script&gt;", "<script>alert(1)</script>", "`x` & y"])
def test_hostile_words_are_words(words: str) -> None:
    html = mark(to_html(f"a {words} b"), [Tagged(words, "wo")])

    page = BeautifulSoup(html, "html5lib")
    assert not page.find("script")
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


@settings(deadline=None)
@given(st.text(alphabet="ab *_<>&\"'[]()\n`#-é", max_size=60), st.text(alphabet="ab <*&é", min_size=1, max_size=6))
def test_marking_changes_nothing_but_spans(body: str, words: str) -> None:
    plain = to_html(body)
    page = BeautifulSoup(mark(plain, [Tagged(words, "wo")]), "html5lib")
    for span in page.select("span[lang]"):
        span.unwrap()

    assert page.get_text() == BeautifulSoup(plain, "html5lib").get_text()
    assert [tag.name for tag in page.find_all(True)] == [
        tag.name for tag in BeautifulSoup(plain, "html5lib").find_all(True)
    ]


def test_without_passages_the_markup_is_the_same() -> None:
    assert mark(Markup("<p>x</p>"), []) == "<p>x</p>"


def test_nothing_occurs_nowhere() -> None:
    assert not occurs("  ", "text")
    assert occurs("a  b", "x a\nb y")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Tagged("sama kër", "wo"), "do not stand in your text"),
        (Tagged("ndank", "fr"), "language of the whole text"),
        (Tagged("ndank", "nolanguage"), "do not know this language"),
    ],
)
def test_what_is_no_passage_is_refused(app: Flask, given: Tagged, sentence: str) -> None:
    with app.test_request_context(), pytest.raises(RuleBroken) as refused:
        check_passages([given], body=BODY, language="fr")

    assert refused.value.field == "passages"
    assert sentence in str(refused.value.message)


def test_six_passages_are_too_many_and_the_same_one_twice_is_one(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(RuleBroken):
        check_passages([Tagged("ndank", "wo")] * (MOST + 1), body=BODY, language="fr")

    assert check_passages([Tagged("ndank", "Wolof"), Tagged(" ndank ", "wo")], body=BODY, language="fr") == [
        Tagged("ndank", "wo")
    ]


def test_passages_go_with_their_version(app: Flask) -> None:
    track = make_track()
    actor = actor_of(make_participant(track))
    named = [Tagged("ndank ndank", "wo")]
    row = services.write_reflection(
        actor, track, body=BODY, language="fr", readers=Readers.TRACK, passages=named, now=START
    )

    services.edit_reflection(actor, row, body=BODY + "!", language="fr", now=START)
    services.edit_reflection(actor, row, body="Petit à petit.", language="fr", now=START)

    assert [[one.words for one in version.passages] for version in row.versions] == [["ndank ndank"]] * 2 + [[]]


def test_passages_may_be_named_later_without_a_new_version(app: Flask) -> None:
    track = make_track()
    actor = actor_of(make_participant(track))
    row = services.write_reflection(actor, track, body=BODY, language="fr", readers=Readers.TRACK, now=START)
    named = [Tagged("ndank ndank", "wo")]

    services.edit_reflection(actor, row, body=BODY, language="fr", passages=named, now=START)
    services.edit_reflection(actor, row, body=BODY, language="fr", passages=named, now=START)

    assert (row.version, [(one.words, one.language) for one in row.versions[0].passages]) == (
        1,
        [("ndank ndank", "wo")],
    )
    services.erase_reflection(actor, row, now=START)
    assert not db.session.query(Passage).count()
