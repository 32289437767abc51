"""Taking words from a chat, and making them one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, SelectField, SubmitField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.core.text_language import LanguageFields
from app.reflections.chat import LONGEST_CHAT, Chat, read_chat
from app.reflections.forms.passages import PassageFields
from app.reflections.forms.writing import BodyFields, SignatureFields

MOST_SAYINGS = 300
NOBODY = ""


class ChatForm(Form):
    """The chat as it was pasted. It travels with the form from step to step: nothing of it is stored."""

    chat = TextAreaField(_l("The chat"))

    def read(self) -> Chat:
        return read_chat(self.chat.data or "")

    def validate_chat(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise ValidationError(_l("Paste the chat of the meeting here."))
        if len(field.data) > LONGEST_CHAT:
            raise ValidationError(_l("This is more than one meeting's chat. Paste it in two parts."))
        said = self.read().said
        if not said:
            raise ValidationError(
                _l("No names were found in it. Copy the chat with the names, as the meeting programme saves it.")
            )
        if len(said) > MOST_SAYINGS:
            raise ValidationError(_l("More than %(most)s people took turns. Paste it in two parts.", most=MOST_SAYINGS))


class SayingFields(PlainForm):
    """One thing said: taken or not, and whose it is."""

    take = BooleanField(_l("Take it"))
    author = SelectField(_l("Whose words"), validate_choice=False)


class TakeForm(ChatForm):
    """The second step: what is taken, and whose words they are."""

    sayings = FieldList(FormField(SayingFields))
    again = SubmitField(_l("Paste another chat"))

    def prepare(self, chat: Chat, people: Sequence[tuple[UUID, str]], known: dict[str, UUID]) -> None:
        """Offer one row per saying; whose they are is filled in where the name is one person's."""
        is_new = not self.sayings.entries
        choices = [
            # I18N: choice beside words of a chat: of somebody who is not of the track
            SelectChoice(NOBODY, _("Nobody of this track")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]
        while len(self.sayings.entries) < len(chat.said):
            self.sayings.append_entry()
        for row, said in zip(self.sayings.entries, chat.said, strict=False):
            row.form.author.choices = choices
            if is_new:
                row.form.author.data = str(known.get(said.who, NOBODY))

    def taken(self, chat: Chat, people: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
        """Return the words that were ticked and have an author of the track."""
        known = {str(person_id): person_id for person_id, _name in people}
        return [
            (known[row.form.author.data], said.words)
            for row, said in zip(self.sayings.entries, chat.said, strict=False)
            if row.form.take.data and row.form.author.data in known
        ]

    def left_without_author(self, chat: Chat, people: Sequence[tuple[UUID, str]]) -> list[str]:
        """Return whose ticked words have nobody of the track beside them."""
        known = {str(person_id) for person_id, _name in people}
        return [
            said.who
            for row, said in zip(self.sayings.entries, chat.said, strict=False)
            if row.form.take.data and row.form.author.data not in known
        ]


class DraftForm(SignatureFields, PassageFields, BodyFields, LanguageFields):
    """Words taken from a chat, as their author wants them."""

    preview = SubmitField(_l("See it first"))


class TranscriptForm(BodyFields):
    """A transcript that somebody offered, as the author of the voice wants it. The language is the voice's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("What you said")
