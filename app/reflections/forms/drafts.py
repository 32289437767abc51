"""Taking words from a chat, and making them one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, StringField, SubmitField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from app.core.forms import Form, clean_line
from app.core.text_language import LanguageFields
from app.originals.forms import PassageFields
from app.reflections.chat import LONGEST_CHAT, Chat, Said, read_chat
from app.reflections.forms.writing import BodyFields, SignatureFields
from app.reflections.whose import PeopleByName

MOST_SAYINGS = 300


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
    author = StringField(_l("Whose words"), filters=[clean_line])


class TakeForm(ChatForm):
    """The second step: what is taken, and whose words they are. The page offers the names of the track in one list."""

    sayings = FieldList(FormField(SayingFields))
    again = SubmitField(_l("Paste another chat"))

    def prepare(self, chat: Chat, people: PeopleByName) -> None:
        """Offer one row per saying; whose they are is filled in where the name is one person's."""
        is_new = not self.sayings.entries
        while len(self.sayings.entries) < len(chat.said):
            self.sayings.append_entry()
        if is_new:
            for row, said in self.rows(chat):
                row.form.author.data = people.label(said.who)

    def rows(self, chat: Chat) -> list[tuple[Any, Said]]:
        return list(zip(self.sayings.entries, chat.said, strict=False))

    def taken(self, chat: Chat, people: PeopleByName) -> list[tuple[UUID, str]]:
        """Return the words that were ticked and have an author of the track."""
        ticked = [(people.find(row.form.author.data), said) for row, said in self.rows(chat) if row.form.take.data]
        return [(author_id, said.words) for author_id, said in ticked if author_id is not None]

    def left_without_author(self, chat: Chat, people: PeopleByName) -> list[str]:
        """Return whose ticked words have nobody of the track beside them."""
        ticked = [(row.form.author.data, said.who) for row, said in self.rows(chat) if row.form.take.data]
        return [who for author, who in ticked if people.find(author) is None]


class DraftForm(SignatureFields, PassageFields, BodyFields, LanguageFields):
    """Words taken from a chat, as their author wants them."""

    preview = SubmitField(_l("See it first"))


class TranscriptForm(BodyFields):
    """A transcript that somebody offered, as the author of the voice wants it. The language is the voice's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("What you said")
