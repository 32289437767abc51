"""Forms of calendars of others."""

from __future__ import annotations

import hashlib
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError
from wtforms.widgets import FileInput

from app.calendars.fetching import as_https
from app.calendars.looking import Came
from app.calendars.models import ADDRESS, TITLE
from app.calendars.policy import Owner
from app.calendars.reading import Reading
from app.calendars.services import Brought
from app.core.actors import NETWORK, PUBLIC
from app.core.context import page_language
from app.core.forms import Form, clean_line
from app.core.text_language import LanguageFields
from app.events.forms import SureForm
from app.events.services import INSIDE
from app.moments.forms import ZoneField
from app.workinggroups.models import WorkingGroup

LARGEST = 2_000_000


class CalendarFile(StringField):
    """A file, read whole; `body` is empty where none was brought."""

    widget = FileInput()
    body = b""
    file_name = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = next((one for one in valuelist if isinstance(one, FileStorage) and one.filename), None)
        if given is not None:
            self.body, self.file_name = given.stream.read(LARGEST + 1), str(given.filename)
            given.close()

    @property
    def fingerprint(self) -> str:
        """By this a form that is sent twice knows whether it brings the same file."""
        return hashlib.sha256(self.body).hexdigest()

    def _value(self) -> bool:
        return False


class BringForm(LanguageFields):
    """A calendar by its address or as a file."""

    page_order = ("address", "file", "title", "language", "other_language", "readers")

    address = StringField(_l("Address of the calendar"), filters=[clean_line], validators=[Length(max=ADDRESS)])
    file = CalendarFile(_l("Or a file (.ics)"))
    title = StringField(_l("What it is called"), filters=[clean_line], validators=[Length(max=TITLE)])
    readers = RadioField(_l("Who may read its events"), validate_choice=False)

    def prepare(self, owner: Owner, languages: list[str]) -> None:
        """Fill the lists."""
        self.readers.choices = [
            *([SelectChoice(INSIDE, _("The people of the group"))] if isinstance(owner, WorkingGroup) else []),
            SelectChoice(NETWORK, _("The network")),
            SelectChoice(PUBLIC, _("Everybody")),
        ]
        self.readers.data = self.readers.data or NETWORK
        self.language.label.text = _("In which language are its events?")
        if not self.is_submitted():
            self.language.data = page_language()
        self.offer_languages(first=languages)

    def ask_for_file_again(self) -> None:
        """Say that a file is chosen anew, once the form comes back: no browser keeps one."""
        if self.is_refused and self.file.body and not self.file.errors:
            self.file.errors = [_("Choose a file.")]

    def validate_address(self, field: StringField) -> None:
        if not field.data and not self.file.body:
            raise ValidationError(_l("Write the address of a calendar, or choose a file."))

    @property
    def address_to_ask(self) -> str:
        """The address that is fetched; "" where a file was brought."""
        return "" if self.file.body else as_https(str(self.address.data))

    def calendar(self, came: Came) -> Brought:
        """Return what is kept: what was said here, and what came."""
        return Brought(
            title=str(self.title.data or "") or came.title or self.file.file_name.removesuffix(".ics"),
            language=self.tag(),
            readers=str(self.readers.data or ""),
            body=came.fetched.body or b"",
            address=self.address_to_ask,
            etag=came.fetched.etag,
            last_modified=came.fetched.last_modified,
        )


class AgainForm(Form):
    """The file of a calendar that is here, brought once more."""

    file = CalendarFile(_l("File"))
    address_to_ask = ""

    def validate_file(self, field: CalendarFile) -> None:
        if not field.body:
            raise ValidationError(_l("Choose a file."))


class TakeInForm(Form):
    """By which clock unclear times go: a place, or none, which leaves them out; and by which one the reader looked."""

    zone = ZoneField(_l("By the clock of"))
    looked_by = HiddenField()

    reading: Reading | None = None

    def chosen(self) -> str:
        return str(self.zone.data or "")


class RemoveForm(SureForm):
    """Asked before a calendar goes."""

    def __init__(self) -> None:
        super().__init__()
        self.sure.label.text = _("Yes, remove it with its events")
