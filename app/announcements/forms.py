"""Forms of announcements. They check shapes and keep what was typed; the service decides."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.announcements.services import check_body, check_subject
from app.core.forms import Form, clean_line
from app.core.languages import own_name
from app.core.text_language import LanguageFields, checked
from app.sessions.forms import SessionField

MOST_LANGUAGES = 3


class AnnounceForm(SessionField, LanguageFields):
    """Words for everybody of a track; they are seen once before they go."""

    subject = StringField(_l("What is it about?"), filters=[clean_line])
    body = TextAreaField(_l("Your words"))
    preview = SubmitField(_l("See it first"))

    def validate_subject(self, field: StringField) -> None:
        checked(lambda: check_subject(field.data or ""))

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_body(field.data or ""))


class MessageForm(Form):
    """In which languages a text for messengers is made: up to three. Asked by address, it changes nothing."""

    class Meta:
        csrf = False

    languages = SelectMultipleField(
        _l("Languages"), validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, offered: Iterable[str]) -> None:
        self.languages.choices = [SelectChoice(code, own_name(code)) for code in offered]

    def chosen(self, first: str) -> list[str]:
        """Return the languages asked for, in the order of the list and at most three; else the page's own."""
        known = [str(choice.value) for choice in self.languages.choices]
        asked = [code for code in known if code in (self.languages.data or [])]
        return asked[:MOST_LANGUAGES] or [first if first in known else known[0]]
