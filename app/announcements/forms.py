"""Forms of announcements. They check shapes and keep what was typed; the service decides."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.announcements.services import check_body, check_subject
from app.core.forms import Form, clean_line
from app.core.languages import own_name
from app.core.text_language import LanguageFields, checked

MOST_LANGUAGES = 3


class AnnounceForm(LanguageFields):
    """Words for everybody of a track; they are seen once before they go."""

    subject = StringField(_l("What is it about?"), filters=[clean_line])
    body = TextAreaField(_l("Your words"))
    session = SelectField(_l("About a session"), validate_choice=False)
    preview = SubmitField(_l("See it first"))

    def offer_sessions(self, sessions: Iterable[tuple[UUID, str]]) -> None:
        self.session.choices = [
            SelectChoice("", _("No session in particular")),
            *(SelectChoice(str(session_id), name) for session_id, name in sessions),
        ]

    def session_id(self) -> UUID | None:
        return UUID(self.session.data) if self.session.data else None

    def validate_subject(self, field: StringField) -> None:
        checked(lambda: check_subject(field.data or ""))

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_body(field.data or ""))

    def validate_session(self, field: SelectField) -> None:
        try:
            self.session_id()
        except ValueError:
            field.data = ""
            raise ValidationError(
                _l("This session is not one of this track. Choose one of the list, or none.")
            ) from None


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
