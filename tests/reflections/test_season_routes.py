"""The pages of answers, quotes, questions, holding, reports, what remains to translate, and voices on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.originals import queries as original_queries
from app.originals.models import TranslationOffer
from app.people.models import Person
from app.reflections import queries, services
from app.reflections.models import Reflection
from app.reflections.readers import Readers
from app.sessions.models import Track
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.reflections import FRENCH, actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_track

pytestmark = pytest.mark.usefixtures("clock")
Browser = Callable[..., Reader]


@pytest.fixture
def track(app: Flask) -> Track:
    return make_track("Climate justice")


@pytest.fixture
def writer(track: Track) -> Person:
    return make_participant(track, "Huda Example", languages=("fr", "wo"))


@pytest.fixture
def reader(track: Track) -> Person:
    return make_participant(track, "Rosa Example", languages=("es", "fr"))


@pytest.fixture
def leader(track: Track) -> Person:
    person = make_member("Facilitator Example")
    make_facilitator(track, person)
    return person


@pytest.fixture
def reflection(track: Track, writer: Person) -> Reflection:
    return make_reflection(track, writer, "Le loyer monte. Le propriétaire est M. Exemple.", language="fr")


@pytest.fixture
def browser(app: Flask) -> Browser:
    def open_for(person: Person | None = None) -> Reader:
        client = app.test_client()
        return Reader(sign_in(client, person) if person else client)

    return open_for


def page_of(reflection: Reflection, rest: str = "") -> str:
    return f"/reflections/{reflection.id}{rest}"


def test_words_in_another_language_are_named_seen_first_and_shown(
    browser: Browser, track: Track, writer: Person
) -> None:
    pages = browser(writer)
    pages.open(f"/tracks/{track.slug}/reflections/new")
    typed: dict[str, Any] = {"body": "On dit ndank ndank.", "language": "fr", "passages-0-words": "ndank ndank"}

    pages.send(has="body", **typed)
    assert pages.status == 422
    assert "in which language these words are" in pages.text
    pages.send(has="body", **typed | {"passages-0-language": "Wolof"}, button=("preview", "1"))
    assert pages.page.select_one("#seen-first span[lang=wo]")
    pages.send(has="body")

    span = pages.page.select_one(".voice-text span[lang=wo][dir=ltr]")
    assert span is not None
    assert span.get_text() == "ndank ndank"
    assert "with words in Wolof" in pages.text
    pages.open(pages.path + "/edit")
    pages.send(has="body", **{"passages-0-words": "not there"})
    assert pages.status == 422
    assert "do not stand in your text" in pages.text


def test_an_answer_stands_beneath_the_text(browser: Browser, reflection: Reflection, reader: Person) -> None:
    pages = browser(reader)
    pages.open(page_of(reflection, "/answers/new"))
    assert not pages.page.select("input[name=audience][value=public]")

    pages.send(has="body", body="Así es.", language="es")
    answer = pages.path
    assert "Answer to Huda Example" in pages.text
    pages.open(page_of(reflection))
    assert pages.page.select_one("#answers [lang=es]")
    pages.open(answer + "/answers/new")
    assert pages.status == 403


def test_a_quote_is_a_block_in_its_language_and_goes_with_its_text(
    browser: Browser, track: Track, reflection: Reflection, reader: Person, writer: Person
) -> None:
    pages = browser(reader)
    pages.open(f"/tracks/{track.slug}/reflections/new?quote={reflection.id}")
    pages.send(has="body", quoted_words="Le loyer baisse.", body="Yes.", language="en")
    assert pages.status == 422
    pages.send(has="body", quoted_words="Le loyer monte.")
    quote = pages.page.select_one(".quoted blockquote[lang=fr][dir=ltr]")
    assert quote is not None
    assert "Le loyer monte." in quote.get_text()

    services.withdraw(actor_of(writer), reflection, now=START)
    db.session.commit()
    pages.open(pages.path)
    assert "Here somebody is quoted" in pages.text
    assert "loyer" not in pages.text


def test_a_quote_of_nothing_is_a_plain_page(browser: Browser, track: Track, reader: Person) -> None:
    pages = browser(reader)
    for quoted in ("x", "00000000-0000-0000-0000-000000000000"):
        pages.open(f"/tracks/{track.slug}/reflections/new?quote={quoted}")
        assert pages.status == 200
        assert not pages.page.find(attrs={"name": "quoted_words"})


def test_words_for_a_text_that_is_gone_are_given_back(
    browser: Browser, reflection: Reflection, reader: Person, writer: Person
) -> None:
    for rest, words in (("/translations/new", "La renta sube."), ("/answers/new", "Así es.")):
        text = make_reflection(reflection.track, writer, "Le loyer monte.", language="fr")
        pages = browser(reader)
        pages.open(page_of(text, rest))
        services.erase_reflection(actor_of(writer), text, now=START)
        db.session.commit()
        pages.send(has="body", body=words, language="es")

        assert pages.status == 404
        kept = pages.page.select_one("textarea[readonly]")
        assert kept is not None
        assert words in kept.get_text()


def test_an_author_says_yes_on_a_page(
    browser: Browser, reflection: Reflection, leader: Person, writer: Person, track: Track
) -> None:
    team, author = browser(leader), browser(writer)
    team.open(page_of(reflection, "/consent/ask"))
    team.send(has="words", words="Please")
    assert team.status == 422
    team.send(has="words", audience="public")
    assert team.path == f"/tracks/{track.slug}/inbox"
    assert "asked on" in team.text

    author.open("/")
    assert author.page.select_one(f"a[href='{page_of(reflection, '/consent')}']")
    author.open(page_of(reflection, "/consent"))
    assert "Please" in author.text
    author.send(has="submission_id", action="/consent")
    assert author.status == 422
    author.send(action="/consent", button=("answer", "yes"))
    assert browser().open(page_of(reflection)).find("h1")
    author.open(page_of(reflection, "/consent"))
    assert "Nothing is asked" in author.text


def test_holding_and_releasing(
    browser: Browser, reflection: Reflection, leader: Person, writer: Person, reader: Person
) -> None:
    team, author = browser(leader), browser(writer)
    team.open(page_of(reflection, "/hold"))
    team.send(has="reason")
    assert team.status == 422
    team.send(has="reason", reason="Il peut vous nuire.")
    assert browser(reader).open(page_of(reflection)).title
    other = browser(reader)
    other.open(page_of(reflection))
    assert other.status == 404

    author.open(page_of(reflection, "/withheld"))
    assert "Il peut vous nuire." in author.text
    author.send(has="words", words="Le nom est parti.")
    team.open(page_of(reflection, "/release"))
    team.send(has="answer")
    assert team.status == 422
    team.send(has="answer", answer="Merci.", lifts="yes")
    other.open(page_of(reflection))
    assert other.status == 200


def test_reports_are_read_and_the_text_is_hidden(
    browser: Browser, reflection: Reflection, leader: Person, writer: Person, reader: Person
) -> None:
    witness, team, author = browser(reader), browser(leader), browser(writer)
    witness.open(page_of(reflection, "/report"))
    witness.send(has="words")
    assert witness.status == 422
    witness.send(has="words", words="Nombra a alguien.")
    assert "You reported this reflection" in witness.text
    author.open(page_of(reflection, "/reports"))
    assert author.status == 403

    team.open(page_of(reflection, "/reports"))
    assert "Nombra a alguien." in team.text
    assert "Rosa Example" not in team.text
    team.send(has="reason")
    assert team.status == 422
    team.send(has="reason", reason="It attacks.")
    witness.open(page_of(reflection))
    assert witness.status == 404
    author.open(page_of(reflection, "/withheld"))
    assert "It attacks." in author.text
    assert "Rosa" not in author.text
    author.send(has="words", words="Ce n’est pas vrai.")
    office = browser(make_secretary())
    office.open(page_of(reflection, "/release"))
    assert "Nombra a alguien." in office.text
    assert "Rosa" not in office.text
    office.send(has="answer", answer="It stays.", lifts="no")
    assert "Still kept" in office.text
    author.open(page_of(reflection, "/withheld"))
    assert "It stays." in author.text
    assert not author.page.find("textarea")
    office.open(page_of(reflection, "/release"))
    office.send(action="/release")
    author.open(page_of(reflection))
    author.open(next(link["href"] for link in author.page.select("a[href$='/withheld']")))
    assert "It is shown again since" in author.text
    assert "It attacks." in author.text
    assert "Ce n’est pas vrai." in author.text
    assert "It stays." in author.text
    assert not author.page.find("textarea")
    office.open(page_of(reflection, "/withheld"))
    assert office.status == 404


def test_a_reported_text_is_left(
    browser: Browser, reflection: Reflection, leader: Person, reader: Person, writer: Person
) -> None:
    services.report_reflection(actor_of(reader), reflection, words="x", now=START)
    db.session.commit()
    team = browser(leader)
    team.open(page_of(reflection, "/reports"))
    team.send(action="/reports/leave")

    assert "Left as it is" in team.text
    assert not queries.list_reports(reflection)
    witness = browser(reader)
    witness.open(page_of(reflection))
    assert "it stays readable" in witness.text
    assert not witness.page.select("a[href$='/report']")
    later = START + timedelta(days=1)
    services.edit_reflection(actor_of(writer), reflection, body="Pire.", language="fr", now=later)
    db.session.commit()
    witness.open(page_of(reflection))
    witness.open(witness.page.select("a[href$='/report']")[0]["href"])
    assert "you may report the new version" in witness.text
    witness.send(has="words", words="Peor.")
    assert "Those who lead the track look at it." in witness.text


def test_the_inbox_names_no_readers_of_what_is_held(
    browser: Browser, track: Track, reflection: Reflection, leader: Person
) -> None:
    team = browser(leader)
    team.open(f"/tracks/{track.slug}/inbox")
    assert "people of this track read it" in team.text
    services.hold_back(actor_of(leader), reflection, reason="x", now=START)
    db.session.commit()

    team.open(f"/tracks/{track.slug}/inbox?view=held")
    assert "Kept from its readers" in team.text
    assert "people of this track read it" not in team.text


def test_the_inbox_is_for_those_who_lead(
    browser: Browser, reflection: Reflection, leader: Person, reader: Person, track: Track
) -> None:
    team = browser(leader)
    for view in ("", "?view=new", "?view=asked", "?view=held", "?view=reported", "?view=nothing"):
        team.open(f"/tracks/{track.slug}/inbox{view}")
        assert team.status == 200
        assert ("M. Exemple" in team.text) == (view in ("", "?view=new", "?view=nothing"))
    other = browser(reader)
    other.open(f"/tracks/{track.slug}/inbox")
    assert other.status == 403
    for rest in ("/consent/ask", "/hold", "/reports"):
        other.open(page_of(reflection, rest))
        assert other.status == 403
    for rest in ("/release", "/withheld"):
        team.open(page_of(reflection, rest))
        assert team.status == 404


def test_what_remains_to_translate(browser: Browser, reflection: Reflection, reader: Person, track: Track) -> None:
    old = make_reflection(track, make_participant(track), "One.", "Two.", language="en")
    make_translation(old, make_member(), language="es", of_version=1)
    done = make_reflection(track, make_participant(track), "Three.", language="en")
    make_translation(done, make_member(), language="es")
    make_reflection(track, reader, "Mine.", language="en")
    db.session.commit()
    pages = browser(reader)
    pages.open("/reflections/translations")
    pages.send(has="languages", languages=["es"])

    assert [row.language for row in db.session.query(TranslationOffer)] == ["es"]
    assert "M. Exemple" in pages.text  # of a language that the person reads
    assert "Two." not in pages.text
    pages.open(next(link["href"] for link in pages.page.select("main a[href*='others=1']")))
    assert "M. Exemple" not in pages.text
    assert "Two." in pages.text
    assert "still follows version 1" in pages.text
    assert "Three." not in pages.text
    assert "Mine." not in pages.text
    pages.open(page_of(old, "/translations/new?into=es"))
    pages.send(has="body", body="Dos.")
    assert [(row.body, row.of_version) for row in old.translations] == [("Dos.", 2)]
    pages.open("/reflections/translations")
    pages.send(has="languages", languages=["ar"])
    assert pages.status == 422


def test_voices_on_paper(browser: Browser, reflection: Reflection, reader: Person, track: Track) -> None:
    public = make_reflection(track, make_participant(track), "Public words.", language="en", audience="public")
    make_translation(public, make_member(), body=FRENCH, reviewed_at=START)
    make_translation(reflection, make_member(), language="es", body="Sin revisar.")
    db.session.commit()
    visitor, member = browser(), browser(reader)

    visitor.open(f"/tracks/{track.slug}/voices/print?with=fr")
    assert "Public words." in visitor.text
    assert "Nous avons posé" in visitor.text
    assert "M. Exemple" not in visitor.text
    assert not visitor.page.find("nav")
    member.open(f"/tracks/{track.slug}/voices/print?with=es")
    assert "M. Exemple" in member.text
    assert "Sin revisar." not in member.text
    visitor.open("/tracks/unknown/voices/print")
    assert visitor.status == 404


def test_an_author_finds_a_translation_that_waits(browser: Browser, reflection: Reflection, writer: Person) -> None:
    make_translation(reflection, make_member(), language="es")
    db.session.commit()
    author = browser(writer)
    author.open("/")

    assert author.page.select_one(f"a[href='{page_of(reflection, '?with=es')}']")
    author.open(page_of(reflection, "?with=es"))
    assert "not reviewed yet" in author.text
    author.send(action="/review")
    assert "reviewed by the author" in author.text


def test_lists_of_waiting_things_ask_as_many_questions_for_many(
    app: Flask, track: Track, leader: Person, reader: Person, count_queries: Any
) -> None:
    team, other = actor_of(leader), actor_of(reader)

    def count() -> int:
        db.session.expunge_all()
        with app.test_request_context(), count_queries() as statements:
            page = queries.list_inbox(team, track_id=track_id, view=queries.Show.ALL, size=500)
            queries.waiting_of(page.rows)
            queries.count_inbox(team, track_id=track_id)
            original_queries.list_untranslated(other, into="es", size=500)
            queries.waiting_for_me(other, limit=500)
            return len(statements)

    track_id = track.id

    def fill(number: int) -> None:
        there = db.session.get_one(Track, track_id)
        for _number in range(number):
            row = make_reflection(there)
            services.ask_consent(team, row, readers=Readers.PUBLIC, now=START)
            make_translation(row, make_member())

    fill(5)
    few = count()
    fill(45)
    assert count() == few
