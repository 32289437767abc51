"""Forms of reflections. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form, clean_line
from app.core.text_language import OTHER, LanguageFields, checked, language_label
from app.reflections.originals import LONGEST, LONGEST_TRANSLATION, as_written, check_body
from app.reflections.readers import Readers

OWN = "own"


class BodyFields(Form):
    """The words themselves: no filter touches them."""

    body = TextAreaField(_l("Your reflection"))

    longest = LONGEST

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_body(as_written(field.data or ""), longest=self.longest))


class SignatureFields(Form):
    """Who reads it, and under which name. Two answers that contradict each other are asked again: a text never goes
    out under a name its author did not mean."""

    audience = RadioField(
        _l("Who may read it?"),
        choices=[
            SelectChoice(Readers.TRACK.value, _l("People of this track")),
            SelectChoice(Readers.NETWORK.value, _l("People of the network")),
            SelectChoice(Readers.PUBLIC.value, _l("Everybody")),
        ],
        default=Readers.TRACK.value,
        validate_choice=False,
    )
    under = RadioField(
        _l("Under which name?"),
        choices=[SelectChoice(OWN, ""), SelectChoice(OTHER, _l("Another name, which you write below"))],
        default=OWN,
        validate_choice=False,
    )
    pseudonym = StringField(_l("The other name"), filters=[clean_line])

    def call_own_name(self, name: str) -> None:
        self.under.choices = [SelectChoice(OWN, name), self.under.choices[1]]

    def readers(self) -> Readers:
        return Readers(self.audience.data)

    def chosen_pseudonym(self) -> str:
        """Return the other name, "" for the own one. A form sent without the choice means the name it carries."""
        return "" if self._chose(OWN) else str(self.pseudonym.data or "")

    def _chose(self, answer: str) -> bool:
        return bool(self.under.raw_data) and self.under.data == answer

    def validate_audience(self, field: RadioField) -> None:
        if field.data not in list(Readers):
            raise ValidationError(_l("Choose who may read your reflection."))

    def validate_under(self, field: RadioField) -> None:
        if field.data not in (OWN, OTHER):
            raise ValidationError(_l("Choose your own name or another one."))

    def validate_pseudonym(self, field: StringField) -> None:
        if self._chose(OTHER) and not field.data:
            raise ValidationError(_l("Write the name that should stand there, or choose your own name."))
        if self._chose(OWN) and field.data:
            raise ValidationError(
                _l("You chose your own name and wrote another one. Choose “Another name”, or empty this field.")
            )


class WriteForm(SignatureFields, BodyFields, LanguageFields):
    """A new reflection."""

    session = SelectField(_l("About a session"), validate_choice=False)
    preview = SubmitField(_l("See it first"))

    def offer_sessions(self, sessions: Iterable[tuple[UUID, str]]) -> None:
        self.session.choices = [
            SelectChoice("", _("No session in particular")),
            *(SelectChoice(str(session_id), name) for session_id, name in sessions),
        ]

    def session_id(self) -> UUID | None:
        """Return the chosen session; what is no identifier belongs to no track."""
        return UUID(self.session.data) if self.session.data else None

    def validate_session(self, field: SelectField) -> None:
        try:
            self.session_id()
        except ValueError:
            field.data = ""
            raise ValidationError(
                _l("This session is not one of this track. Choose one of the list, or none.")
            ) from None


class EditForm(BodyFields, LanguageFields):
    """A new version; `version` is the one the author was looking at."""

    version = HiddenField()
    preview = SubmitField(_l("See it first"))

    def based_on(self) -> int | None:
        return read_number(self.version.data)


class ReadersForm(SignatureFields):
    """Other readers, another name."""


class EraseForm(Form):
    """Asked on its own page, and by a box to tick."""

    sure = BooleanField(_l("Yes, erase my reflection for good. Nobody can bring it back."))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _l("Tick this box if you are sure, or withdraw the reflection instead: then it can come back.")
            )


class TranslateForm(BodyFields, LanguageFields):
    """A translation; `of_version` is the version of the original on the translator's page."""

    of_version = HiddenField()

    longest = LONGEST_TRANSLATION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.label.text = _l("Into which language do you translate?")
        self.body.label.text = _l("Your translation")

    def version(self) -> int | None:
        return read_number(self.of_version.data)


class EditTranslationForm(BodyFields):
    """A translation written anew, in its language."""

    of_version = HiddenField()

    longest = LONGEST_TRANSLATION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("Your translation")

    def version(self) -> int | None:
        return read_number(self.of_version.data)


class FilterForm(Form):
    """Which reflections of the list: a language, a track. What does not exist finds nothing."""

    class Meta:
        csrf = False

    language = SelectField(_l("Language"), validate_choice=False)
    track = SelectField(_l("Track"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    def offer(self, languages: Iterable[str], tracks: Iterable[tuple[str, str]]) -> None:
        self.language.choices = [
            SelectChoice("", _("All languages")),
            *(SelectChoice(tag, language_label(tag)) for tag in languages),
        ]
        self.track.choices = [SelectChoice("", _("All tracks")), *(SelectChoice(*track) for track in tracks)]


def read_number(written: str | None) -> int | None:
    """Return a number a page carried along; None where it is missing or spoilt."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None
