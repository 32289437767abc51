"""The file field of a form: read, recognised and written into the folder before any transaction is open.

    class AddFileForm(Form):
        file = FileField(_l("File"), validators=[IsAFile(DOCUMENTS)])

    @takes_files                                       # app.core.web: this address takes large requests
    def add(): … carry_out(form, lambda: services.add_file(actor, …, incoming=form.file.checked, now=now), …)

    services: stored = stored.keep(actor, incoming, now=now)

A form that comes back for another reason carries its file along: nobody pays twice for sending it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import FileInput

from app.core.context import current_actor
from app.core.errors import RuleBroken
from app.core.files import stored
from app.core.files.kinds import ACCEPTED, DOCUMENTS, Kind, Maker, maker_of
from app.core.files.names import clean_name
from app.core.files.stored import Incoming
from app.core.files.words import size_words
from app.core.signing import Seal
from app.extensions import db

CARRIED_FOR = timedelta(days=1)
"""So long a form that came back may name the file it brought before."""


class FileField(Field):
    """One file. After a good check `incoming` is what a service keeps; None where nothing was brought."""

    widget = FileInput()
    incoming: Incoming | None = None
    fingerprint = ""
    accepted = ""
    data: FileStorage | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next((given for given in valuelist if isinstance(given, FileStorage) and given.filename), None)

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.data = None
        super().process(formdata, *args, **kwargs)
        self.carried = (formdata.get(self.carry_name) or "") if formdata else ""

    def _value(self) -> bool:
        return False

    @property
    def checked(self) -> Incoming:
        """The file, where the form was found good."""
        if self.incoming is None:
            raise ValueError("no file was checked")
        return self.incoming

    @property
    def carry_name(self) -> str:
        return f"{self.name}-carried"

    @property
    def carry_token(self) -> str:
        """What a page that came back sends along, so that the file need not be sent again."""
        return _seal().token_of(_plain(self.incoming)) if self.incoming else ""

    @property
    def size_words(self) -> str:
        return size_words(self.incoming.size) if self.incoming else ""

    @property
    def largest(self) -> int:
        return largest_file()

    @property
    def largest_words(self) -> str:
        return size_words(self.largest)

    def take_up(self) -> None:
        """Find the file that this form brought when it was sent before."""
        found = _seal().read(self.carried)
        if found is None:
            return
        incoming = Incoming(**(found | {"id": UUID(found["id"])}))
        if stored.path_of(incoming.id).is_file():
            self.incoming, self.fingerprint = incoming, incoming.sha256


class IsAFile:
    """Check what was brought and lay it down in the folder. `make` recognises other kinds than the house's own."""

    def __init__(self, kinds: Collection[Kind] = DOCUMENTS, *, make: Maker | None = None, accepted: str = "") -> None:
        self.make = make or maker_of(kinds)
        self.accepted = accepted or ",".join(ACCEPTED[kind] for kind in Kind if kind in kinds)

    def __call__(self, _form: Any, field: FileField) -> None:
        field.accepted = self.accepted
        if field.data is None:
            field.take_up()
            if field.incoming is None:
                raise ValidationError(_("Choose a file."))
            return
        db.session.rollback()  # what was read so far holds SQLite's write lock; decoding a picture takes seconds
        try:
            self._lay_down(field, field.data)
        except RuleBroken as error:
            raise ValidationError(error.message) from None

    def _lay_down(self, field: FileField, brought: FileStorage) -> None:
        body = brought.stream.read(largest_file() + 1)
        if not body:
            raise ValidationError(_("This file is empty. Choose another one."))
        if len(body) > largest_file():
            raise ValidationError(
                _("This file is larger than %(size)s. Choose a smaller one.", size=size_words(largest_file()))
            )
        made = self.make(body, brought.filename or "")
        field.fingerprint = hashlib.sha256(body).hexdigest()
        field.incoming = stored.lay_down(
            made.body,
            name=made.name or clean_name(brought.filename or "", made.extensions),
            media_type=made.media_type,
            seconds=made.seconds,
        )


def largest_file() -> int:
    """Return how many bytes a file may have: a setting of the machine."""
    return int(current_app.extensions["maloca"].max_file_bytes)


def _seal() -> Seal:
    """Signs for one person: a token is of no use in anybody else's form."""
    return Seal(f"carried-file:{current_actor().person_id}", CARRIED_FOR)


def _plain(incoming: Incoming) -> dict[str, Any]:
    return asdict(incoming) | {"id": str(incoming.id)}
