"""Forms about what came of an engagement and what follows from it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.forms import clean_text
from app.core.text_language import LanguageFields, checked
from app.engagements.models import Result
from app.engagements.services.results import check_words
from app.engagements.words import RESULTS
from app.moments.forms import DayField


class _Words(LanguageFields):
    """Words that may be left out; without them nobody has to say their language."""

    words = TextAreaField(_l("In your words"), filters=[clean_text])

    def validate_words(self, field: TextAreaField) -> None:
        checked(lambda: check_words(field.data or ""))

    def validate_language(self, field: SelectField) -> None:
        if self.words.data:
            super().validate_language(field)

    def spoken_tag(self) -> str:
        """Return in which language the words are, "" without words."""
        return self.tag() if self.words.data else ""


class ResultForm(_Words):
    """What came of it, when that became known, and how."""

    result = RadioField(
        # I18N: label of a field: the result of an engagement
        _l("What came of it?"),
        choices=[SelectChoice(result.value, RESULTS[result]) for result in Result],
        validators=[InputRequired(_l("Choose what came of it."))],
    )
    on = DayField(_l("Known since"), validators=[Optional()])

    page_order = ("result", "on", "language", "other_language", "words")

    def chosen(self) -> Result:
        return Result(self.result.data)


class FollowUpForm(_Words):
    """How the groups go on with it."""

    page_order = ("language", "other_language", "words")


def fill(form: Any, words: str, language: str) -> None:
    """Show what is written there already."""
    if not form.is_submitted() and words:
        form.words.data, form.language.data = words, language
