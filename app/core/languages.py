"""Languages: which one a page speaks, which way a text runs, what a language calls itself.

Two different things: the **languages of the pages** (those of `config.LANGUAGES`, chosen by reader) and the
**languages of texts** (any BCP 47 tag: people write in Wolof too). Names come from CLDR.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from app.core.errors import RuleBroken

RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand", "Aran"}

COMMON_TEXT_LANGUAGES = (
    "ar",
    "en",
    "es",
    "fr",
    "pt",
    "wo",
    "sw",
    "am",
    "bn",
    "hi",
    "id",
    "ku",
    "qu",
    "gn",
    "tl",
    "ta",
    "tr",
    "ur",
)
"""Offered first where people say in which language they write; any other can be typed."""

UNKNOWN_LANGUAGE = "und"
"""The tag of words whose source does not say in which language they are (BCP 47: undetermined)."""

_OWN_NAMES = Path(__file__).with_name("own_names.json")
"""What languages call themselves, by tag, where no page language says it so. Taken from CLDR once: reading it from
there would load every locale of the world for one word."""

_ADDED_NAMES = {
    "ary": {
        "own": "الدارجة",
        "en": "Moroccan Arabic",
        "fr": "arabe marocain",
        "es": "árabe marroquí",
        "pt": "árabe marroquino",
        "ar": "العربية المغربية",
    },
    "arq": {
        "own": "الدارجة الجزائرية",
        "en": "Algerian Arabic",
        "fr": "arabe algérien",
        "es": "árabe argelino",
        "pt": "árabe argelino",
        "ar": "العربية الجزائرية",
    },
    "ber": {
        "own": "Tamaziɣt",
        "en": "Amazigh",
        "fr": "amazighe",
        "es": "amazig",
        "pt": "amazigue",
        "ar": "الأمازيغية",
    },
}
"""Names of languages about which CLDR is silent, wholly or in some languages of the pages."""

_ALSO_CALLED = {
    "ary": ("Darija", "darija marocaine", "الدارجة المغربية"),
    "arq": ("darija algérienne", "دزيرية"),
    "ber": ("Tamazight", "Berber", "berbère", "bereber", "berbere", "البربرية", "التمازيغية"),
}
"""Other names by which people know them."""

_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$")

FALLBACKS = {
    "es": ("pt", "en", "fr"),
    "pt": ("es", "en", "fr"),
    "fr": ("en", "es"),
    "ar": ("fr", "en"),
    "en": ("fr", "es"),
}
"""In which order other languages stand in for a missing name."""


@lru_cache(maxsize=256)
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return the CLDR locale that dates and lists of a page are written in; English where CLDR knows none."""
    base = language.split("-", maxsplit=1)[0]
    if base == "en":
        return Locale("en", "GB")
    try:
        return Locale.parse(base)
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def normal_tag(tag: str) -> str:
    """Return a BCP 47 tag in its usual case (`pt-BR`, `zh-Hant`); raises ValueError for what is no tag."""
    if not _TAG.match(tag):
        raise ValueError(f"not a language tag: {tag!r}")
    parts = tag.split("-")
    cased = [parts[0].lower()]
    for part in parts[1:]:
        cased.append(part.title() if len(part) == 4 else part.upper())
    return "-".join(cased)


@lru_cache(maxsize=256)
def direction(tag: str) -> str:
    """Return "rtl" or "ltr" for a language tag, by its script (the likely one where the tag names none)."""
    if tag == "en-XB":
        return "rtl"
    parts = tag.split("-")
    script = next((part.title() for part in parts[1:] if len(part) == 4), "")
    if not script:
        likely = get_global("likely_subtags")
        full = likely.get("_".join(parts)) or likely.get(parts[0]) or ""
        script = full.split("_")[1] if full.count("_") >= 1 else "Latn"
    return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """Return what a language calls itself ("Español", "العربية"); its English name or the tag where CLDR is silent;
    "" for the unknown one."""
    if tag == "en-XB":
        return "Pseudo"
    if tag == "und":
        return ""  # CLDR would answer with the likeliest of all languages, American English
    if tag in _ADDED_NAMES:
        return _ADDED_NAMES[tag]["own"]
    locale = _locale(tag)
    if locale is not None and (name := locale.get_display_name(locale)):
        return name[:1].upper() + name[1:]
    english = Locale("en").languages.get(tag.split("-", maxsplit=1)[0])
    return english or tag


@lru_cache(maxsize=2048)
def name_in(tag: str, page_language: str) -> str:
    """Return the name of a language in the language of the page."""
    reader = _locale(page_language) or Locale("en")
    base = tag.split("-", maxsplit=1)[0]
    if tag in _ADDED_NAMES and reader.language in _ADDED_NAMES[tag]:
        return _ADDED_NAMES[tag][reader.language]
    return reader.languages.get(tag.replace("-", "_")) or reader.languages.get(base) or own_name(tag)


_PLAIN_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


def comma(language: str) -> str:
    """Return what parts the words of a plain list in a language, with its blank: ", " or "، "."""
    return "، " if direction(language) == "rtl" and language != "en-XB" else ", "


def one_line(text: str) -> str:
    """Return text on one line with single blanks; blanks that do not break stay (French: "heure ?", "à : ")."""
    return _PLAIN_BLANKS.sub(" ", text).strip(" ")


_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by class that show nothing: fillers of Hangul, the empty Braille cell."""


def is_blank(text: str) -> bool:
    """Return whether nobody would see anything of a text: no sign at all, blanks, joiners, marks on nothing."""
    return not _has(text, "LNPS")


def has_words(text: str) -> bool:
    """Return whether a text has a letter or a digit, and not lines and dots alone."""
    return _has(text, "LN")


def _has(text: str, classes: str) -> bool:
    return any(unicodedata.category(sign)[0] in classes and sign not in _BLANK_LETTERS for sign in text)


def fold(text: str) -> str:
    """Return text without case, accents and marks, for matching and for columns that are searched or sorted."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


_ARABIC_ARTICLE = re.compile(r"(^|\s)ال(?=\w{2})")


def _without_article(folded: str) -> str:
    return _ARABIC_ARTICLE.sub(r"\1", folded)


def _named() -> Iterator[tuple[str, str]]:
    """All names of languages with their tags; where two share one, the first has it."""
    for page_language in ("en", "fr", "es", "pt", "ar"):
        for tag, name in Locale(page_language).languages.items():
            yield name, tag.replace("_", "-")
    for tag in COMMON_TEXT_LANGUAGES:
        yield own_name(tag), tag
    for tag, names in _ADDED_NAMES.items():
        yield from ((name, tag) for name in names.values())
    for tag, others in _ALSO_CALLED.items():
        yield from ((name, tag) for name in others)
    for tag, name in json.loads(_OWN_NAMES.read_text(encoding="utf-8")).items():
        yield name, tag


@lru_cache(maxsize=1)
def _tags_by_name() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, tag in _named():
        known.setdefault(fold(name), tag)
    for name, tag in list(known.items()):
        known.setdefault(_without_article(name), tag)
    return known


def find_tag(written: str) -> str | None:
    """Return the tag of a language written as a tag, as a name in any language of the pages (in Arabic with its
    article or without), or as the language calls itself; None if unknown."""
    written, known = written.strip(), _tags_by_name()
    by_name = known.get(fold(written)) or known.get(_without_article(fold(written)))
    if by_name:
        return by_name
    try:
        tag = normal_tag(written)
    except ValueError:
        return None
    base = tag.split("-")[0]
    return tag if base in Locale("en").languages or base in _ADDED_NAMES else None


def name_to_write(tag: str) -> str:
    """Return what stands for a language in a line that is read again by `find_tag`: its own name, or its tag where
    the name is shared by another language or holds the comma that parts two of them."""
    name = own_name(tag)
    return name if "," not in name and find_tag(name) == tag else tag


def check_tag(written: str, *, field: str = "language") -> str:
    """Return the tag of a language or raise `RuleBroken` at the field."""
    from flask_babel import lazy_gettext as _l

    tag = find_tag(written)
    if tag is None:
        raise RuleBroken(
            _l("We do not know this language. Write its name in a language of these pages or in the language itself."),
            field=field,
        )
    return tag


def chain(page_language: str, available: set[str]) -> str | None:
    """Return the language among `available` that best stands in for the page's; None when there is none at all."""
    base = page_language.split("-", maxsplit=1)[0]
    for wanted in (page_language, base, *FALLBACKS.get(base, ()), "en"):
        if wanted in available:
            return wanted
    return min(available) if available else None
