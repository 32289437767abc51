"""In which language is a text? Asked wherever people write: a list first, then any language by its name or tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line
from app.core.languages import COMMON_TEXT_LANGUAGES, check_tag, direction, name_in, own_name

OTHER = "other"


def checked(check: Callable[[], Any]) -> None:
    """Let a rule of a service speak at the field of a form."""
    try:
        check()
    except RuleBroken as error:
        raise ValidationError(error.message) from None


def language_label(tag: str) -> str:
    """Return a language's own name, with the page's word for it where that differs."""
    own, ours = own_name(tag), name_in(tag, page_language())
    return own if own.casefold() == ours.casefold() else f"{own} – {ours}"


def _turned(tag: str) -> dict[str, Any]:
    """Say of a language that it runs from right to left, for `language.js`; the others need no word."""
    return {"data-direction": "rtl"} if direction(tag) == "rtl" else {}


class LanguageFields(Form):
    """In which language: a list, or any other language by its name or tag. Asked first, without a guess, save
    where somebody comes by a mail in the language they chose, or brings a file."""

    language = SelectField(_l("In which language do you write?"), validate_choice=False)
    other_language = StringField(_l("Another language"), filters=[clean_line])

    def offer_languages(self, first: Iterable[str] = (), left_out: Iterable[str] = ()) -> None:
        """Fill the list: these languages first, then common ones, then "another"."""
        gone = set(left_out)
        tags = dict.fromkeys([*first, *COMMON_TEXT_LANGUAGES])
        if (chosen := self._written()) and chosen != OTHER and chosen not in tags:
            tags = {chosen: None} | tags
        self.language.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(tag, language_label(tag), _turned(tag)) for tag in tags if tag not in gone),
            SelectChoice(OTHER, _("Another language: I write its name below")),
        ]

    @property
    def spoken(self) -> str:
        """The tag that was chosen from the list; empty before, and for a language by its name."""
        listed = {choice.value for choice in self.language.choices or () if choice.value != OTHER}
        return self._written() if self._written() in listed else ""

    def _written(self) -> str:
        return str(self.language.data or "")

    def tag(self) -> str:
        """Return the tag of the chosen language; raises `RuleBroken` at the field where the answer stands."""
        if self._written() == OTHER:
            return check_tag(self.other_language.data or "", field="other_language")
        return check_tag(self._written())

    def validate_language(self, field: SelectField) -> None:
        if not self._written():
            raise ValidationError(_l("Choose the language of your text, or “Another language” and write its name."))
        if self._written() != OTHER:
            checked(lambda: check_tag(self._written()))

    def validate_other_language(self, field: StringField) -> None:
        if self._written() != OTHER:
            return
        if not field.data:
            raise ValidationError(_l("Write the name of the language of your text."))
        checked(lambda: check_tag(field.data, field="other_language"))
