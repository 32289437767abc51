"""Tags, directions, own names."""

import pytest

from app.core.errors import RuleBroken
from app.core.languages import (
    COMMON_TEXT_LANGUAGES,
    check_tag,
    direction,
    find_tag,
    fold,
    has_words,
    is_blank,
    name_in,
    name_to_write,
    normal_tag,
    one_line,
    own_name,
)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("fr", "ltr"),
        ("ur", "rtl"),
        ("wo", "ltr"),
        ("wo-Arab", "rtl"),
        ("ff-Adlm", "rtl"),
        ("ku", "ltr"),
        ("ckb", "rtl"),
        ("he", "rtl"),
        ("dv", "rtl"),
        ("zz", "ltr"),
        ("pt-BR", "ltr"),
        ("en-XB", "rtl"),
        ("az-Arab", "rtl"),
    ],
)
def test_direction_follows_the_script(tag, way):
    assert direction(tag) == way


def test_languages_call_themselves_by_their_own_name():
    assert [own_name(tag) for tag in ("ar", "en", "es", "fr", "pt", "wo")] == [
        "العربية",
        "English",
        "Español",
        "Français",
        "Português",
        "Wolof",
    ]


@pytest.mark.parametrize("written", ["wolof", "Wolof", "wo", "WO", " Wolof ", "الولوفية", "wólof"])
def test_a_language_is_found_however_it_is_written(written):
    assert find_tag(written) == "wo"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("Tamazight", "ber"),
        ("Amazigh", "ber"),
        ("الأمازيغية", "ber"),
        ("الامازيغية", "ber"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ", "zgh"),
        ("Taqbaylit", "kab"),
        ("Darija", "ary"),
        ("دارجة", "ary"),
        ("فرنسية", "fr"),
        ("عربية مغربية", "ary"),
        ("Bamanakan", "bm"),
    ],
)
def test_languages_of_the_network_are_known_by_the_names_people_give_them(written, tag):
    assert find_tag(written) == tag


@pytest.mark.parametrize("page_language", ["en", "fr", "es", "pt", "ar"])
def test_every_name_that_a_list_or_a_page_shows_is_accepted(page_language):
    for tag in (*COMMON_TEXT_LANGUAGES, "ber", "ary", "arq", "zgh", "bm", "ln"):
        assert {find_tag(own_name(tag)), find_tag(name_in(tag, page_language))} == {tag}
        assert find_tag(name_to_write(tag)) == tag


@pytest.mark.parametrize("tag", ["nd", "nr", "tw", "fat", "sr-ME", "pt-BR", "und", "bm", "ber"])
def test_a_name_written_for_somebody_is_read_again_as_the_same_language(tag):
    assert find_tag(name_to_write(tag)) == tag
    assert "," not in name_to_write(tag)


@pytest.mark.parametrize("written", ["", "klingonese", "<b>", "xx-yy-zz", "q" * 300, "\x00"])
def test_what_is_no_language_is_refused_with_the_way_out(app, written):
    with pytest.raises(RuleBroken) as refused:
        check_tag(written)
    assert refused.value.field == "language"


def test_tags_get_their_usual_case():
    assert normal_tag("PT-br") == "pt-BR"
    assert normal_tag("zh-hant-tw") == "zh-Hant-TW"
    with pytest.raises(ValueError, match="not a language tag"):
        normal_tag("en_GB.UTF-8")


def test_a_language_is_named_in_the_language_of_the_page():
    assert name_in("ar", "fr") == "arabe"
    assert name_in("wo", "es") == "wólof"


def test_folding_forgets_case_accents_and_arabic_marks():
    assert fold("  Québec ") == "quebec"
    assert fold("عَدَن") == fold("عدن")
    assert fold("STRASSE") == fold("straße")


def test_one_line_keeps_the_blanks_that_do_not_break():
    assert one_line("  Qui paie\n la  chaleur\u202f?\u00a0 ") == "Qui paie la chaleur\u202f?\u00a0"


@pytest.mark.parametrize(
    "nothing", ["", " \n\t", "\u200b", "\u2060\u200d\ufeff", "\u202e", "\u3164", "\u2800", "\u0301"]
)
def test_what_nobody_sees_is_blank(nothing):
    assert is_blank(nothing)
    assert not has_words(nothing)


@pytest.mark.parametrize("sign", ["---", "**", "> ", "👎", "…"])
def test_lines_and_pictures_are_seen_and_are_no_words(sign):
    assert not is_blank(sign)
    assert not has_words(sign)


@pytest.mark.parametrize("words", ["x", "7", "لا", "\u200bno", "不", "ไม่", "\u202eno"])
def test_words_of_every_script_are_words(words):
    assert not is_blank(words)
    assert has_words(words)
