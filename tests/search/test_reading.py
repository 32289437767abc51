"""Words: folded, in every reading of an inclusive spelling, with their stems."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import fold_word, without_article
from app.search.reading import LONGEST_WORD, places, plain_words, words_of


def words(text: str) -> set[str]:
    """Every plain word of a text, folded, in all its readings."""
    return set().union(*(plain_words(place) for place in places(text)))


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("Adhérent-e-s", {"adherent", "adherente", "adherents", "adherentes"}),
        ("habitant·e·s", {"habitant", "habitante", "habitants", "habitantes"}),
        ("habitant.e.s", {"habitant", "habitante", "habitants", "habitantes"}),
        ("HABITANT·E·S", {"habitant", "habitante", "habitants", "habitantes"}),
        ("habitant·es", {"habitant", "habitantes", "habitants"}),
        ("habitant(e)s", {"habitant", "habitante", "habitants", "habitantes"}),
        ("habitant(e)", {"habitant", "habitante"}),
        ("citoyen‧ne‧s", {"citoyen", "citoyenne", "citoyens", "citoyennes"}),
        ("animateur·rice", {"animateur", "animatrice"}),
        ("animateur·rice·s", {"animateur", "animatrice", "animateurs", "animatrices"}),
        ("acteur-trices", {"acteur", "actrice", "acteurs", "actrices"}),
        ("directeur·ice", {"directeur", "directrice"}),
        ("travailleur·euse·s", {"travailleur", "travailleuse", "travailleurs", "travailleuses"}),
        ("heureux·se", {"heureux", "heureuse"}),
        ("actif/ve", {"actif", "active"}),
        ("ouvrier·ère·s", {"ouvrier", "ouvriere", "ouvriers", "ouvrieres"}),
        ("tous·tes", {"tous", "toutes"}),
        ("Amiga-o", {"amiga", "amigo"}),
        ("amigas/os", {"amigas", "amigos"}),
        ("tod@s", {"todas", "todos"}),
        ("facilitadora-or", {"facilitadora", "facilitador"}),
        ("facilitador/a", {"facilitador", "facilitadora"}),
        ("facilitador(a)", {"facilitador", "facilitadora"}),
        ("trabajadores/as", {"trabajadores", "trabajadoras"}),
        ("moradoras/es", {"moradoras", "moradores"}),
    ],
)
def test_an_inclusive_spelling_is_read_as_each_of_its_forms(written, readings):
    assert readings <= words(written)
    assert len(list(places(written))) == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("vice-présidente", {"vice", "presidente"}),
        ("co-learning", {"co", "learning"}),
        ("l’habitante d'Oran", {"habitante", "oran"}),
        ("maria@example.org", {"maria", "example", "org"}),
        ("ONU-Habitat", {"onu", "habitat"}),
        ("C.E.S.C.R.", {"cescr"}),
        ("CESCR, DESC", {"cescr", "desc"}),
        ("phase 2, 2022–2023", {"phase", "2", "2022", "2023"}),
        ("cœur, Ærø, Łódź", {"coeur", "aero", "lodz"}),
        ("", set()),
        ("?! — ()", set()),
    ],
)
def test_other_signs_part_words(written, expected):
    assert words(written) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الأَرْضُ", "الارض"),
        ("أرض", "ارض"),
        ("آمال", "امال"),
        ("إيجار", "ايجار"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("ســــكن", "سكن"),
        ("النساء", "النسا"),
        ("مسؤول", "مسوول"),
        ("٢٠٢٢", "2022"),
        ("ﻻجئ", "لاجي"),
        ("École", "ecole"),
        ("AÇÃO", "acao"),
    ],
)
def test_letters_that_readers_take_for_the_same_are_the_same(one, other):
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize("written", ["الأرض", "والأرض", "بالأرض", "للأرض", "أرض"])
def test_an_arabic_word_is_found_with_its_article_and_without(written):
    assert "ارض" in words(written)


def test_two_letters_at_least_remain_without_the_article():
    assert without_article("الم") == "الم"
    assert without_article("habitantes") == "habitantes"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(word):
    assert fold_word(fold_word(word)) == fold_word(word)


@given(st.text(alphabet=st.characters(categories=("Ll", "Lu", "Lo", "Mn")), max_size=20))
def test_composed_and_decomposed_letters_are_the_same(word):
    composed, decomposed = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    assert fold_word(composed) == fold_word(decomposed)


@given(st.text(max_size=200), st.sampled_from(["fr", "ar", "wo", "und", "pt-BR"]))
def test_words_of_the_index_hold_letters_and_digits_alone(text, language):
    for word in words_of(text, language).split():
        assert all(unicodedata.category(letter)[0] in "LNM" or letter == "_" for letter in word), word
        assert len(word) < LONGEST_WORD * 3


@given(st.text(max_size=200))
def test_places_follow_each_other_and_hold_words(text):
    last = 0
    for place in places(text):
        assert last <= place.start < place.end <= len(text)
        assert place.words
        last = place.end


@pytest.mark.parametrize("bad", ["a" * 50_000, "ab-e" * 12_000, "a." * 25_000, "ab@" * 12_000, "(e)" * 12_000])
def test_no_text_takes_long_to_read(bad):
    assert len(words_of(bad, "fr")) < 1_000_000


def test_stems_carry_their_language_and_accents_do_not_matter():
    assert "organiz_es" in words_of("organizaciones", "es").split()
    assert "organiz_pt" in words_of("organizacoes", "pt").split()
    assert words_of("Tatu", "wo") == "tatu"
    assert {"habit_fr", "habit_en"} <= set(words_of("habitants", "und").split())
