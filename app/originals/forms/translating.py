"""Translating: a translation, which languages somebody offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.core.text_language import LanguageFields, language_label
from app.originals.forms.numbers import read_number
from app.originals.forms.writing import BodyFields
from app.originals.words import LONGEST_TRANSLATION


class TranslateForm(BodyFields, LanguageFields):
    """A translation; `of_version` is the version of the original on the translator's page."""

    of_version = HiddenField()

    longest = LONGEST_TRANSLATION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.label.text = _l("Into which language do you translate?")
        self.body.label.text = _l("Your translation")

    def version(self) -> int | None:
        return read_number(self.of_version.data)


class EditTranslationForm(BodyFields):
    """A translation written anew, in its language."""

    of_version = HiddenField()

    longest = LONGEST_TRANSLATION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("Your translation")

    def version(self) -> int | None:
        return read_number(self.of_version.data)


class OfferForm(Form):
    """Into which of one's languages one offers to translate."""

    languages = SelectMultipleField(
        _l("I translate into"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, languages: Iterable[str]) -> None:
        self.languages.choices = [SelectChoice(tag, language_label(tag)) for tag in languages]

    def validate_languages(self, field: SelectMultipleField) -> None:
        if not {choice.value for choice in field.choices}.issuperset(field.data or ()):
            raise ValidationError(_l("Choose among the languages you speak; your profile names them."))
