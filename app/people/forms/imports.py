"""Bringing a file of people: the file, how it is read, which column says what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from app.core.errors import RuleBroken
from app.core.files.uploads import FileField
from app.core.files.words import size_words
from app.core.forms import Form
from app.people.forms.fields import offered
from app.people.imports.columns import FIELDS
from app.people.imports.table import ENCODINGS, MAX_BYTES, SEPARATORS, Table, read_table
from app.people.models import PeopleImport

SEPARATOR_WORDS = {",": _l("Comma"), ";": _l("Semicolon"), "\t": _l("Tab")}


class TableField(FileField):
    """A file that must be a table; after a good check `table` and `body` are what it holds. Nothing is laid into the
    folder of files: the lines go into rows, and the bytes are forgotten when they run."""

    table: Table | None = None
    body = b""

    @property
    def largest(self) -> int:
        return MAX_BYTES

    @property
    def largest_words(self) -> str:
        return size_words(MAX_BYTES)

    def pre_validate(self, _form: Any) -> None:
        self.accepted = ".csv,.tsv,.txt,text/csv"
        if self.data is None:
            raise ValidationError(_("Choose a file."))
        self.body = self.data.stream.read(MAX_BYTES + 1)
        self.data.stream.seek(0)
        self.fingerprint = hashlib.sha256(self.body).hexdigest()
        try:
            self.table = read_table(self.body)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from None

    @property
    def file_name(self) -> str:
        name = (self.data.filename or "") if self.data else ""
        return name.replace("\\", "/").rpartition("/")[2].replace("\x00", "")[:200]


class BringFileForm(Form):
    """A file of people."""

    file = TableField(_l("File (CSV)"))


class EncodingForm(Form):
    """How the bytes of a file are to be read."""

    encoding = SelectField(_l("Encoding"), choices=offered(ENCODINGS.items()))
    separator = SelectField(
        _l("Sign between the cells"), choices=offered((sign, SEPARATOR_WORDS[sign]) for sign in SEPARATORS)
    )

    def fill_from(self, brought: PeopleImport) -> None:
        self.encoding.data, self.separator.data = brought.encoding, brought.separator


def _column(label: Any) -> SelectField:
    return SelectField(label, coerce=int, validate_choice=True)


class ColumnsForm(Form):
    """Which column says what, and what is wanted beside the people."""

    name = _column(FIELDS["name"])
    family_name = _column(FIELDS["family_name"])
    name_latin = _column(FIELDS["name_latin"])
    email = _column(FIELDS["email"])
    languages = _column(FIELDS["languages"])
    country = _column(FIELDS["country"])
    region = _column(FIELDS["region"])
    place = _column(FIELDS["place"])
    zone = _column(FIELDS["zone"])
    gender = _column(FIELDS["gender"])
    organisation = _column(FIELDS["organisation"])
    kind = _column(FIELDS["kind"])
    since = _column(FIELDS["since"])
    adds_organisations = BooleanField(_l("Add organisations that are not here yet"))
    invites = BooleanField(_l("Invite those who have an e-mail address"))

    def offer(self, headings: Sequence[str], example: Sequence[str]) -> None:
        """Offer the columns of a file, each with its heading and what its first line says."""
        choices = [SelectChoice(-1, _l("Not in this file"))]
        for place, heading in enumerate(headings):
            shown = example[place] if place < len(example) else ""
            label = heading or _("Column %(number)s", number=place + 1)
            pair = f"\u2068{label}\u2069 – \u2068{shown[:40]}\u2069"  # an option holds no <bdi>
            choices.append(SelectChoice(place, pair if shown else label))
        for field in FIELDS:
            self[field].choices = choices

    def fill_from(self, brought: PeopleImport) -> None:
        for field in FIELDS:
            self[field].data = brought.columns.get(field, -1)
        self.adds_organisations.data, self.invites.data = brought.adds_organisations, brought.invites

    def columns(self) -> dict[str, int]:
        return {field: self[field].data for field in FIELDS if isinstance(self[field].data, int)}
