"""Forms of material: a link, a file, and what can be changed afterwards. The services decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from app.core.files.kinds import DOCUMENTS
from app.core.files.uploads import FileField, IsAFile
from app.core.forms import clean_line, clean_text
from app.core.text_language import LanguageFields, checked
from app.materials.services import check_link
from app.materials.shelves import ShelfKind
from app.sessions.forms import SessionField


class MaterialFields(SessionField, LanguageFields):
    """What every material has: a title, a language, where it belongs, and who reads it."""

    page_order = ("url", "file", "title")
    title = StringField(_l("Title"), filters=[clean_line], validators=[DataRequired(_l("Write a title: what is it?"))])
    session = SelectField(_l("Where does it belong?"), validate_choice=False)
    readers = RadioField(_l("Who may read it?"), validate_choice=False)

    def __init__(self, kind: ShelfKind, **values: Any) -> None:
        """What is not chosen is for the fewest; a shelf without sessions asks for none."""
        super().__init__(**{"readers": kind.readers[0].code} | values)
        self.kind = kind
        self.language.label.text = _l("In which language is it?")
        self.readers.choices = [SelectChoice(choice.code, choice.words) for choice in kind.readers]
        if kind.sessions is None:
            del self.session
        else:
            self.no_session, self.not_of_track = kind.words.whole, kind.sessions.refusal

    def session_id(self) -> UUID | None:
        return super().session_id() if self.session else None

    def validate_readers(self, field: RadioField) -> None:
        if self.kind.readers_called(field.data) is None:
            raise ValidationError(_l("Choose who may read it."))


class LinkForm(MaterialFields):
    """A page elsewhere on the web."""

    url = StringField(_l("Link"), filters=[clean_text])

    def validate_url(self, field: StringField) -> None:
        checked(lambda: check_link(field.data or ""))


class FileForm(MaterialFields):
    """A file that the house keeps."""

    file = FileField(_l("File"), validators=[IsAFile(DOCUMENTS)])


class EditFileForm(MaterialFields):
    """Everything but the file itself: another file is another material."""
