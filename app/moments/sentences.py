"""Sentences that name a place, finished as their language says them: "au Caire" in French, "no Cairo" in Portuguese.

Sentences and names of places come from two sources, the catalogue and CLDR, and meet in the placeholders `place` and
`places`. Here is the one door through which both pages and code get their sentences, so nobody else has to think of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import Domain, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.extensions import babel
from app.moments import words

PLACEHOLDERS = frozenset({"place", "places"})


def _finish(sentence: str, values: dict[str, Any]) -> str:
    locale = get_locale()
    if not PLACEHOLDERS & values.keys() or locale is None:
        return sentence
    finished = words.finished(sentence, locale.language)
    return Markup(finished) if isinstance(sentence, Markup) else finished  # noqa: S704 - it was markup before


class SentencesWithPlaces(Domain):  # type: ignore[misc] # flask-babel has no types
    """The catalogue for code, lazy sentences included."""

    def gettext(self, string: str, **variables: Any) -> str:
        return _finish(super().gettext(string, **variables), variables)

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        return _finish(super().ngettext(singular, plural, num, **variables), variables)


def _for_pages(gettext: Callable[..., str]) -> Callable[..., str]:
    """The catalogue for templates, which puts the values in by itself."""

    @pass_context
    def finished(context: Context, *sentence: Any, **values: Any) -> str:
        return _finish(gettext(context, *sentence, **values), values)

    return finished


def init_app(app: Flask) -> None:
    babel.domain_instance = SentencesWithPlaces()
    pages = app.jinja_env.globals
    for name in ("gettext", "ngettext"):
        pages[name] = _for_pages(pages[name])  # type: ignore[arg-type] # Jinja's own functions, untyped in its globals
