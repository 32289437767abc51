"""Complete languages are complete: nothing missing, nothing fuzzy, nothing stale, placeholders equal."""

import re
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.core import catalogues
from config import COMPLETE_LANGUAGES, ROOT

SOURCE_LANGUAGE = "en"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%")
MARKUP = re.compile(r"</?[a-z]+[^>]*>|&[a-z]+;")
PLURAL_FORMS = {"fr": 3, "es": 3, "pt": 3, "ar": 6}
TRANSLATED = [language for language in COMPLETE_LANGUAGES if language != SOURCE_LANGUAGE]


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    return catalogues.extract()


def catalogue(language: str) -> Catalog:
    with (catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def key(message) -> tuple[str, str]:
    single = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", single


def messages(given: Catalog) -> dict:
    return {key(message): message for message in given if message.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_complete_language_says_every_sentence(extracted, language):
    found = messages(catalogue(language))
    empty = [
        k
        for k, message in found.items()
        if not (message.string if isinstance(message.string, str) else all(message.string))
    ]
    fuzzy = [k for k, message in found.items() if message.fuzzy]
    missing = sorted(set(messages(extracted)) - set(found))
    stale = sorted(set(found) - set(messages(extracted)))
    assert (missing, stale, empty, fuzzy) == ([], [], [], []), "run `make messages`, then fill the catalogue"


SHORT_NAME = re.compile(r"^from (?:flask_babel|app\S*) import .*?\b\w*gettext as (\w+)", re.MULTILINE)


def test_a_short_name_under_which_words_are_asked_for_is_one_that_is_read():
    """Words behind another short name would stand in no catalogue, in English in every language, and nobody told."""
    names = {name for path in (ROOT / "app").rglob("*.py") for name in SHORT_NAME.findall(path.read_text())}
    assert "_l" in names
    assert sorted(names - set(catalogues.KEYWORDS)) == []


def test_no_sentence_names_a_rule_by_a_number_that_stands_nowhere_for_who_reads_it(extracted):
    named = [message.id for message in extracted if re.search(r"\bR-\d", str(message.id))]
    assert named == []


def placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same_in_every_translation(language):
    """But for none, one and two in Arabic, where the word itself says how many: "شخصان" is two people."""
    wrong = []
    for message in messages(catalogue(language)).values():
        if isinstance(message.id, str):
            wrong += [message.string] if placeholders(message.string) != placeholders(message.id) else []
            continue
        allowed = {placeholders(source) for source in message.id}
        for form, text in enumerate(message.string):
            counted = {found - {"%(num)s"} for found in allowed} if language == "ar" and form < 3 else set()
            wrong += [text] if placeholders(text) not in allowed | counted else []
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_markup_is_the_same_in_every_translation(language):
    wrong = []
    for message in messages(catalogue(language)).values():
        source = message.id if isinstance(message.id, str) else message.id[0]
        strings = [message.string] if isinstance(message.string, str) else message.string
        wrong += [text for text in strings if sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(source))]
    assert wrong == []


@pytest.mark.parametrize(
    ("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (103, 3)]
)
def test_arabic_has_six_ways_of_counting(count, form):
    rule = catalogue("ar").plural_expr
    assert c2py(rule)(count) == form


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_the_plural_forms_of_its_language(language):
    assert catalogue(language).num_plurals == PLURAL_FORMS[language]


def test_french_sets_its_narrow_spaces():
    """LOOK: U+202F before ? ! ; and U+00A0 before : and inside « »."""
    wrong = []
    for message in messages(catalogue("fr")).values():
        for text in [message.string] if isinstance(message.string, str) else message.string:
            plain = PLACEHOLDER.sub("x", re.sub(r"https?://\S+|<[^>]+>|&[a-z]+;|\d\d:\d\d", "", text))
            if re.search(r"(?<!\u202f)[?!;]|[^\u00a0]:(?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»", plain):
                wrong.append(text)
    assert wrong == []


UNLIKELY_SIGNS = {
    "es": re.compile(r"^[^¿]*\?|^[^¡]*!"),  # a question or a call that does not open
    "pt": re.compile(r"\s[?!;:](?=\s|$)"),
    "ar": re.compile(r"[?;,](?=\s|$)"),
}


@pytest.mark.parametrize("language", sorted(UNLIKELY_SIGNS))
def test_signs_stand_as_the_language_writes_them(language):
    wrong = []
    for message in messages(catalogue(language)).values():
        for text in [message.string] if isinstance(message.string, str) else message.string:
            plain = PLACEHOLDER.sub("x", re.sub(r"https?://\S+|<[^>]+>|&[a-z]+;", "", text))
            wrong += [text] if UNLIKELY_SIGNS[language].search(plain) else []
    assert wrong == []


def test_no_sentence_is_glued_together(extracted):
    """A translator needs whole sentences: none begins or ends with a blank."""
    assert [k for _, k in messages(extracted) if k != k.strip()] == []
