"""What things of advocacy are called, and how a fact says what it is worth."""

import contextvars
import re
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import render_template_string

from app.advocacy import words
from app.advocacy.models import (
    Access,
    Anchor,
    Claim,
    ModeCode,
    NoteAbout,
    OccurrenceKind,
    SpaceKind,
    Standing,
    StepCode,
)
from app.moments.models import Certainty
from tests.make.advocacy import make_mode, make_occurrence, make_space, make_step


@pytest.fixture
def show(app):
    """Render one expression as a page in a language does."""

    def render(expression, language="en", **values):
        template = "{% from 'advocacy/facts.html' import certain, certain_date, how_sure %}{{ " + expression + " }}"

        def page():
            with app.test_request_context(f"/?lang={language}"):
                return render_template_string(template, **values)

        return contextvars.Context().run(page)

    return render


def read(markup):
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (SpaceKind, words.SPACE_KINDS),
        (ModeCode, words.MODES),
        (Access, words.ACCESSES),
        (StepCode, words.STEPS),
        (OccurrenceKind, words.OCCURRENCE_KINDS),
        (OccurrenceKind, words.NUMBERED),
        (Anchor, words.ANCHORS),
        (Standing, words.STANDINGS),
        (NoteAbout, words.NOTES_ABOUT),
        (Claim, words.CLAIMS),
        (Certainty, words.CERTAINTIES),
    ],
)
def test_every_code_has_its_word(codes, labels):
    assert list(labels) == list(codes)


def test_there_are_seventeen_goals(app):
    assert list(words.GOALS) == list(range(1, 18))
    with app.test_request_context("/"):
        assert words.goal_name(11) == "Sustainable cities and communities"


def test_a_label_comes_in_the_language_of_the_page(show):
    texts = {"en": "lunch briefing", "fr": "réunion d’information"}
    assert show("in_words(texts)", "fr", texts=texts) == "<bdi>réunion d’information</bdi>"
    assert show("in_words(texts)", "en", texts=texts) == "<bdi>lunch briefing</bdi>"


def test_a_label_in_another_language_is_marked_as_such(show):
    assert show("in_words(texts)", "ar", texts={"en": "lunch"}) == '<bdi lang="en" dir="ltr">lunch</bdi>'


def test_nothing_said_is_nothing_shown(show):
    assert show("in_words({})") == ""
    assert show("in_words({'en': ''})") == ""


def test_an_occurrence_is_named_by_kind_and_number(show):
    cedaw = make_space()
    session_86 = make_occurrence(cedaw, number=86)
    prepared = make_occurrence(cedaw, number=75, kind=OccurrenceKind.PRE_SESSION)
    resumed = make_occurrence(cedaw, number=2, kind=OccurrenceKind.RESUMED)
    assert show("occurrence_name(o)", o=session_86) == "Session 86"
    assert show("occurrence_name(o)", o=prepared) == "Pre-sessional working group 75"
    assert show("occurrence_name(o)", o=resumed) == "Session 2, resumed"
    assert show("occurrence_name(o, 'CEDAW')", o=session_86) == "CEDAW: Session 86"


def test_an_occurrence_without_number_is_named_by_its_year(show):
    occurrence = make_occurrence(make_space(), date(2027, 3, 8))
    assert show("occurrence_name(o)", o=occurrence) == "Session, 2027"
    assert show("occurrence_name(o, 'CSW')", o=occurrence) == "CSW: Session, 2027"


def test_a_label_says_its_space_itself(show):
    occurrence = make_occurrence(make_space(), number=13, label={"en": "WUF13 Baku"})
    assert show("occurrence_name(o, 'WUF')", o=occurrence) == "<bdi>WUF13 Baku</bdi>"


def test_a_mode_and_a_step_are_named_by_their_label_or_their_code(show):
    space = make_space()
    plain, called = make_mode(space), make_mode(space, ModeCode.LOBBYING, labels={"en": "lunch briefing"})
    step = make_step(make_occurrence(space), date(2027, 2, 8))
    assert show("mode_name(m)", m=plain) == "Parallel report"
    assert show("mode_name(m)", m=called) == "<bdi>lunch briefing</bdi>"
    assert show("step_name(s)", s=step) == "Parallel reports"
    step.label = {"en": "Shadow reports"}
    assert show("step_name(s)", s=step) == "<bdi>Shadow reports</bdi>"


def test_a_fact_says_source_and_day(show):
    space = make_space()
    said = "Seen in its source: example.org&nbsp;· as of 21 November 2026, from the catalogue file"
    assert read(show("certain(space)", space=space)) == said


def test_a_column_less_sure_than_its_row_says_so(show):
    space = make_space(certainties={"url": "unsure"}, source="", checked_on=None)
    assert read(show("certain(space, 'url')", space=space)) == "To be checked"
    assert "care" in show("certain(space, 'url')", space=space)
    assert "care" not in show("certain(space)", space=space)


def test_a_date_less_sure_than_its_row_says_so(show):
    occurrence = make_occurrence(make_space())
    occurrence.certainty, occurrence.moment.certainty = Certainty.VERIFIED, Certainty.UNSURE
    assert read(show("certain_date(o)", o=occurrence)).startswith("To be checked")
    occurrence.moment.certainty = Certainty.ESTIMATED
    assert read(show("certain_date(o)", o=occurrence)).startswith("Seen in its source")
    occurrence.certainty, occurrence.moment.certainty = Certainty.UNSURE, Certainty.VERIFIED
    assert read(show("certain_date(o)", o=occurrence)).startswith("To be checked")


def test_who_compared_a_fact_is_named_to_those_who_may_know(show):
    person = uuid4()
    row = SimpleNamespace(
        certainty=Certainty.TYPICAL, source="", checked_on=date(2026, 11, 20), checked_by=person, certainties={}
    )
    said = "Usual practice, not seen in a source&nbsp;· noted on 20 November 2026 by "
    assert read(show("certain(row, names=names)", row=row, names={person: "Amina"})) == said + "Amina"
    assert read(show("certain(row)", row=row)) == said + "somebody of this house"


def test_a_city_is_named_in_the_language_of_the_page_where_that_is_known(app):
    with app.test_request_context("/?lang=fr"):
        assert words.city_name("New York", "America/New_York") == "New York"
        assert words.city_name("Baku", "Asia/Baku") == "Bakou"
        assert words.city_name("Belém", None) == "Belém"
        assert words.city_name("Geneva", "Europe/Zurich") == "Genève"
        assert words.city_name("Ginebra", None) == "Genève"
