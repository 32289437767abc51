"""The languages of a session: those of the pages to tick, any other by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.forms import clean_line
from app.core.languages import find_tag, name_in, own_name
from app.core.worded_forms import ManyChoices, languages_offered
from app.sessions.models import LanguageMode, SessionLanguage


def _offered() -> list[SelectChoice]:
    return [SelectChoice(code, own_name(code)) for code in languages_offered()]


def _check(_form: Any, field: Any) -> None:
    if None in _tags(str(field.data or "")):
        raise ValidationError(
            _l("We do not know one of these languages. Write their names with commas between: Español, French, Wolof.")
        )


class SessionLanguages:
    """Fields to stand before `Form`: which languages are spoken, and into which interpreters translate."""

    spoken_in = ManyChoices(_l("Languages spoken"), choices=_offered)
    spoken = StringField(_l("Other languages spoken"), filters=[clean_line], validators=[_check])
    interpreted_in = ManyChoices(_l("Languages interpreted into"), choices=_offered)
    interpreted = StringField(_l("Other languages interpreted into"), filters=[clean_line], validators=[_check])

    def _pairs(self) -> tuple[tuple[LanguageMode, Any, Any], ...]:
        return (
            (LanguageMode.SPOKEN, self.spoken_in, self.spoken),
            (LanguageMode.INTERPRETED, self.interpreted_in, self.interpreted),
        )

    def languages_said(self) -> list[tuple[str, LanguageMode]]:
        """Return the languages, those ticked first; call it after `validate()`."""
        found: dict[tuple[str, LanguageMode], None] = {}
        for mode, ticked, written in self._pairs():
            for tag in (*(ticked.data or ()), *_tags(str(written.data or ""))):
                if tag is not None:
                    found.setdefault((tag, mode))
        return list(found)

    def fill_languages(self, languages: Iterable[SessionLanguage]) -> None:
        """Show the languages a session has."""
        rows, offered = list(languages), set(languages_offered())
        for mode, ticked, written in self._pairs():
            codes = [row.language for row in rows if row.mode is mode]
            ticked.data = [code for code in codes if code in offered]
            written.data = in_words(code for code in codes if code not in offered)


def _tags(written: str) -> list[str | None]:
    parts = [part.strip() for part in written.replace(";", ",").replace("،", ",").split(",")]
    return [find_tag(part) for part in parts if part]


def in_words(codes: Iterable[str]) -> str:
    """Return names that are understood again when they come back; the tag where no name is."""
    language = page_language()
    return ", ".join(name if find_tag(name := name_in(code, language)) == code else code for code in codes)
