"""Rows of words in another language than the text around them (R-02)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, StringField
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line
from app.core.languages import find_tag, name_in
from app.originals.models import Passage
from app.originals.passages import MOST, Tagged, check_passage
from app.originals.words import as_written

EMPTY_ROWS = 2


class PassageRow(wtforms.Form):
    """Words and their language; an empty row is none."""

    words = StringField(_l("Words of your text"))
    language = StringField(_l("Their language"), filters=[clean_line])

    @property
    def is_empty(self) -> bool:
        return not (self.words.data or "").strip() and not self.language.data

    def validate_words(self, field: Any) -> None:
        if not self.is_empty and not (field.data or "").strip():
            raise ValidationError(_l("Write which words are in this language, or empty both fields."))

    def validate_language(self, field: Any) -> None:
        if not self.is_empty and not field.data:
            raise ValidationError(_l("Write in which language these words are, or empty both fields."))
        if field.data and find_tag(field.data) is None:
            raise ValidationError(
                _l(
                    "We do not know this language. Write its name in a language of these pages "
                    "or in the language itself."
                )
            )


class PassageRows(FieldList):
    """The rows; a mistake belongs to the field of the row it is in."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Yield the numbers of the rows sent, made up ones of any other shape left out."""
        for key in formdata:
            if found := re.match(rf"{re.escape(prefix)}-([0-9]{{1,2}})-", key):
                yield int(found[1])

    @property
    def mistaken(self) -> list[Any]:
        """Return the fields of the rows that hold a mistake."""
        return [field for row in self for field in row.form if field.errors]

    @property
    def is_used(self) -> bool:
        """Whether there is anything in a row, or wrong with it."""
        return bool(self.errors) or any(not row.form.is_empty for row in self)


class PassageFields(Form):
    """Up to five passages, asked under the text. Stands before `BodyFields` and `LanguageFields`."""

    passages = PassageRows(
        FormField(PassageRow), label=_l("Words in another language"), min_entries=EMPTY_ROWS, max_entries=MOST
    )

    def fill_passages(self, rows: Sequence[Passage]) -> None:
        """Show what is named already, and empty rows below. Only for a form that was not sent."""
        while len(self.passages):
            self.passages.pop_entry()
        for row in rows[:MOST]:
            self.passages.append_entry({"words": row.words, "language": name_in(row.language, page_language())})
        self.add_rows()

    def add_rows(self) -> None:
        """Leave empty rows at the end, as long as there is room."""
        used = sum(not row.form.is_empty for row in self.passages)
        while len(self.passages) < min(MOST, used + EMPTY_ROWS):
            self.passages.append_entry()

    def named(self) -> list[Tagged]:
        """Return the passages as they were typed; call it after `validate()`."""
        return [
            Tagged(row.form.words.data or "", row.form.language.data or "")
            for row in self.passages
            if not row.form.is_empty
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if self.passages.mistaken or self.body.errors or self.language.errors or self.other_language.errors:
            return is_good
        text, tag = as_written(self.body.data or ""), self.tag()
        for row in self.passages:
            if row.form.is_empty:
                continue
            try:
                check_passage(Tagged(row.form.words.data or "", row.form.language.data or ""), body=text, language=tag)
            except RuleBroken as error:
                row.form.words.errors = [error.message]
        self.passages.errors = [row.form.errors for row in self.passages] if self.passages.mistaken else []
        return is_good and not self.passages.errors
