"""Names in several languages and their fallback."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import names
from app.core.names import Certainty, NameRow, add_alias, find_by_name, names_of, set_name
from app.extensions import db


def named(**texts: str):
    thing = uuid4()
    for language, text in texts.items():
        set_name("track", thing, language, text)
    return thing


def test_a_reader_gets_the_name_in_the_language_of_the_page(app):
    thing = named(fr="Justice climatique", en="Climate justice")
    name = names_of("track", [thing], "fr")[thing]
    assert str(name) == "Justice climatique"
    assert not name.is_fallback


def test_a_missing_name_falls_back_and_says_in_which_language(app):
    thing = named(ar="العدالة المناخية")
    name = names_of("track", [thing], "fr")[thing]
    assert (name.text, name.language, name.is_fallback) == ("العدالة المناخية", "ar", True)
    assert name.__html__() == '<bdi lang="ar" dir="rtl">العدالة المناخية</bdi>'


@pytest.mark.parametrize(("page", "chosen"), [("es", "pt"), ("pt", "es"), ("fr", "en"), ("ar", "fr"), ("en", "fr")])
def test_neighbouring_languages_stand_in_first(app, page, chosen):
    everything = dict.fromkeys(("ar", "en", "es", "fr", "pt"), "x") | {"sw": "y"}
    everything.pop(page)
    thing = named(**everything)
    assert names_of("track", [thing], page)[thing].language == chosen


def test_a_thing_without_a_name_is_shown_as_an_ellipsis(app):
    thing = uuid4()
    assert str(names_of("track", [thing], "en")[thing]) == "…"


def test_a_name_cannot_bring_markup_into_a_page(app):
    thing = named(en="<script>alert(1)</script>")
    for language in ("en", "fr"):
        assert "<script>" not in names_of("track", [thing], language)[thing].__html__()


def test_an_alias_is_found_but_never_shown(app):
    thing = named(fr="urbaSEN")
    add_alias("track", thing, "fr", "Urbansen")
    add_alias("track", thing, "fr", "Urbansen")
    assert find_by_name("track", "URBANSEN") == [thing]
    assert str(names_of("track", [thing], "fr")[thing]) == "urbaSEN"


def test_case_and_accents_do_not_matter_when_searching(app):
    thing = named(es="Coalición Internacional")
    assert find_by_name("track", "coalicion INTERNACIONAL") == [thing]


def test_an_empty_text_takes_a_name_away(app):
    thing = named(fr="Un", en="One")
    set_name("track", thing, "fr", "  ")
    assert names_of("track", [thing], "fr")[thing].language == "en"


def test_a_name_that_grows_when_folded_is_kept_and_found(app):
    thing = named(ar="\ufdfa" * 200)
    assert find_by_name("track", "\ufdfa" * 200) == [thing]


def test_two_main_names_in_one_language_are_refused_by_the_database(app):
    thing = named(fr="Un")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(NameRow(object_kind="track", object_id=thing, language="fr", text="Deux", fold="deux"))
        db.session.flush()


def test_changing_the_certainty_changes_the_row(app):
    thing = named(fr="Un")
    set_name("track", thing, "fr", "Un", certainty=Certainty.UNSURE)
    assert names_of("track", [thing], "fr")[thing].certainty is Certainty.UNSURE


def test_a_name_that_somebody_else_gave_a_moment_ago_is_written_over(app, monkeypatch):
    thing = named(fr="Un")
    real, asked = names.all_names, []

    def stale(kind, object_id):
        asked.append(object_id)
        return {} if len(asked) == 1 else real(kind, object_id)

    monkeypatch.setattr(names, "all_names", stale)
    set_name("track", thing, "fr", "Deux")
    assert names_of("track", [thing], "fr")[thing].text == "Deux"
