"""Languages: which one a page speaks, which way a text runs, what a language calls itself.

Two different things: the **languages of the pages** (those of `config.LANGUAGES`, chosen by reader) and the
**languages of texts** (any BCP 47 tag: people write in Wolof too). Names come from CLDR.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
    """Return what a language calls itself ("Español", "العربية"); its English name or the tag where CLDR is silent."""
    if tag == "en-XB":
        return "Pseudo"
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
    return reader.languages.get(tag.replace("-", "_")) or reader.languages.get(base) or own_name(tag)


_PLAIN_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return text on one line with single blanks; blanks that do not break stay (French: "heure ?", "à : ")."""
    return _PLAIN_BLANKS.sub(" ", text).strip(" ")


def fold(text: str) -> str:
    """Return text without case, accents and marks, for matching and for columns that are searched or sorted."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


@lru_cache(maxsize=1)
def _tags_by_name() -> dict[str, str]:
    known: dict[str, str] = {}
    for page_language in ("en", "fr", "es", "pt", "ar"):
        for tag, name in Locale(page_language).languages.items():
            known.setdefault(fold(name), tag.replace("_", "-"))
    for tag in COMMON_TEXT_LANGUAGES:
        known.setdefault(fold(own_name(tag)), tag)
    return known


def find_tag(written: str) -> str | None:
    """Return the tag of a language written as a tag or as a name in any language of the pages; None if unknown."""
    written = written.strip()
    by_name = _tags_by_name().get(fold(written))
    if by_name:
        return by_name
    try:
        tag = normal_tag(written)
    except ValueError:
        return None
    return tag if tag.split("-")[0] in Locale("en").languages else None


def check_tag(written: str, *, field: str = "language") -> str:
    """Return the tag of a language or raise `RuleBroken` at the field."""
    from flask_babel import lazy_gettext as _l

    tag = find_tag(written)
    if tag is None:
        raise RuleBroken(
            _l("We do not know this language. Write its name in English, French or in the language itself."),
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
