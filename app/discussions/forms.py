"""Forms of topics. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import ValidationError

from app.core.forms import Form, clean_line
from app.core.languages import is_blank
from app.core.text_language import LanguageFields
from app.discussions.services.writing import NO_TITLE
from app.originals.forms import BodyFields, PassageFields, read_number


class PostForm(PassageFields, BodyFields, LanguageFields):
    """Words in a topic, in whatever language."""

    preview = SubmitField(_l("See it first"))


class TopicForm(PostForm):
    """A new topic: what it is about, and its first words. They can be seen first without a title."""

    title = StringField(_l("What is it about?"), filters=[clean_line])

    page_order = ("language", "other_language", "title", "body")

    def validate_title(self, field: StringField) -> None:
        if is_blank(field.data or "") and not self.preview.data:
            raise ValidationError(NO_TITLE)


class EditForm(PostForm):
    """A new version; `version` is the one the author was looking at."""

    version = HiddenField()

    def based_on(self) -> int | None:
        return read_number(self.version.data)


class EditOpeningForm(TopicForm, EditForm):
    """A new version of the words that open a topic, with its title."""


class ReasonForm(Form):
    """Why a topic is closed, or words are taken out of sight."""

    reason = TextAreaField(_l("Why?"))


class AskForm(Form):
    """An author asks that words be shown again."""

    words = TextAreaField(_l("Why should they be shown again?"))


class AnswerForm(Form):
    """Why words stay out of sight."""

    answer = TextAreaField(_l("Your answer to the author"))


class EraseForm(Form):
    """Asked on its own page, and by a box to tick."""

    sure = BooleanField(_l("Yes, erase these words for good. Nobody can bring them back."))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _l("Tick this box if you are sure, or withdraw the words instead: then they can come back.")
            )
