"""Forms of material: a link, a file, and what can be changed afterwards. The services decide."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from app.core.files.kinds import DOCUMENTS
from app.core.files.uploads import FileField, IsAFile
from app.core.forms import clean_line, clean_text
from app.core.text_language import LanguageFields, checked
from app.materials.readers import Readers
from app.materials.services import check_link
from app.sessions.forms import SessionField

READERS: dict[Readers, Any] = {
    Readers.TRACK: _l("People of this track"),
    Readers.PUBLIC: _l("Everybody"),
}


class MaterialFields(SessionField, LanguageFields):
    """What every material has: a title, a language, where it belongs, and who reads it."""

    page_order = ("url", "file", "title")
    title = StringField(_l("Title"), filters=[clean_line], validators=[DataRequired(_l("Write a title: what is it?"))])
    session = SelectField(_l("Where does it belong?"), validate_choice=False)
    no_session = _l("The track as a whole")
    not_of_track = _l("This session is not one of this track. Choose one of the list.")
    readers = RadioField(
        _l("Who may read it?"),
        choices=[SelectChoice(readers.value, words) for readers, words in READERS.items()],
        default=Readers.TRACK.value,
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.label.text = _l("In which language is it?")

    def chosen_readers(self) -> Readers:
        return Readers(self.readers.data)

    def validate_readers(self, field: RadioField) -> None:
        if field.data not in list(Readers):
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
