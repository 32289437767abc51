"""Forms of calendars of others. An address is fetched, and a file read, by the check of its field: outside of any
transaction, so that nobody waits for somebody far away."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import FileInput

from app.calendars.fetching import NotFetched, as_https, fetch_calendar
from app.calendars.looking import look_at, place
from app.calendars.models import ADDRESS, TITLE
from app.calendars.policy import Owner
from app.calendars.reading import Reading, UnreadableCalendar
from app.calendars.services import Brought
from app.calendars.services.bringing import INSIDE
from app.calendars.words import failure_words
from app.core.actors import NETWORK, PUBLIC
from app.core.forms import Form, clean_line
from app.core.text_language import LanguageFields
from app.extensions import db
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

    def prepare(self, owner: Owner, now: datetime, languages: list[str]) -> None:
        """Fill the lists; `now` is the instant at which what comes is read."""
        self.now, self.brought = now, b""
        self.etag = self.last_modified = self.kept_address = ""
        self.readers.choices = [
            *([SelectChoice(INSIDE, _("The people of the group"))] if isinstance(owner, WorkingGroup) else []),
            SelectChoice(NETWORK, _("The network")),
            SelectChoice(PUBLIC, _("Everybody")),
        ]
        self.readers.data = self.readers.data or NETWORK
        self.language.label.text = _("In which language are its events?")
        self.offer_languages(first=languages)

    def validate_address(self, field: StringField) -> None:
        """Fetch what stands there, once all else is right: a slip in a title costs no second request."""
        if not field.data and not self.file.body:
            raise ValidationError(_l("Write the address of a calendar, or choose a file."))
        if not field.data or self.file.body:
            return
        address = as_https(str(field.data))
        db.session.rollback()  # what was read so far holds SQLite's write lock
        try:
            with place():
                fetched = fetch_calendar(address)
        except NotFetched as error:
            raise ValidationError(failure_words(error.code)) from None
        except UnreadableCalendar as error:
            raise ValidationError(failure_words(error.trouble.value)) from None
        self.brought, self.kept_address = fetched.body or b"", address
        self.etag, self.last_modified = fetched.etag, fetched.last_modified
        self._read()

    def validate_file(self, field: CalendarFile) -> None:
        if field.body:
            self.brought = field.body
            self._read()

    def _read(self) -> None:
        """Read it once, so that what is no calendar is said at its field, and its name is known."""
        try:
            reading = look_at(self.brought, None, self.now)
        except UnreadableCalendar as error:
            raise StopValidation(failure_words(error.trouble.value)) from None
        self.title.data = self.title.data or reading.title or self.file.file_name.removesuffix(".ics")

    def calendar(self) -> Brought:
        return Brought(
            title=str(self.title.data or ""),
            language=self.tag(),
            readers=str(self.readers.data or ""),
            body=self.brought,
            address=self.kept_address,
            etag=self.etag,
            last_modified=self.last_modified,
        )


class TakeInForm(Form):
    """By which clock unclear times go: a place, or none, which leaves them out."""

    zone = ZoneField(_l("By the clock of"))

    reading: Reading | None = None

    def chosen(self) -> str:
        return str(self.zone.data or "")


class SureForm(Form):
    """Asked before something goes for good."""

    sure = BooleanField(
        _l("Yes, remove it with its events"),
        validators=[InputRequired(_l("Tick this if it shall go, or go back and leave it."))],
    )
