"""Handing a group on: the note for whoever comes next."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.core.forms import clean_text
from app.core.text_language import LanguageFields, checked
from app.workinggroups.services.handover import check_note


class NoteForm(LanguageFields):
    """The note in the writer's language. `version` is the one they were looking at."""

    body = TextAreaField(_l("For whoever takes over"), filters=[clean_text])
    version = HiddenField(default="0")

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_note(field.data or ""))

    def based_on(self) -> int:
        """Return the version the writer was looking at; 0 where there was none."""
        written = str(self.version.data or "")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
