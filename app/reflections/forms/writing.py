"""Writing, editing, answering; who reads it and under which name; erasing."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form, clean_line
from app.core.text_language import OTHER, LanguageFields
from app.originals import forms as originals
from app.originals.forms import PassageFields, read_number
from app.reflections.readers import Readers, is_wider
from app.reflections.services import Quoted
from app.sessions.forms import SessionField

OWN = "own"


class BodyFields(originals.BodyFields):
    """The words themselves: no filter touches them."""

    body = TextAreaField(_l("Your reflection"))


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

    def offer_readers(self, most: Readers) -> None:
        """Offer no more readers than these."""
        self.audience.choices = [one for one in self.audience.choices if not is_wider(Readers(one.value), than=most)]

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


class WriteForm(SignatureFields, SessionField, PassageFields, BodyFields, LanguageFields):
    """A new reflection. `quote` says of which text `quoted_words` are; both stay empty where nothing is quoted."""

    quote = HiddenField()
    quoted_words = TextAreaField(_l("The words you quote"))
    preview = SubmitField(_l("See it first"))

    def quotes(self) -> list[Quoted]:
        """Return what is quoted; words without a text they are from are nobody's words."""
        words = str(self.quoted_words.data or "")
        return [Quoted(UUID(self.quote.data), words)] if self.quote.data and words.strip() else []

    def validate_quote(self, field: HiddenField) -> None:
        try:
            UUID(field.data or str(UUID(int=0)))
        except ValueError:
            field.data = ""


class EditForm(PassageFields, BodyFields, LanguageFields):
    """A new version; `version` is the one the author was looking at."""

    version = HiddenField()
    preview = SubmitField(_l("See it first"))

    def based_on(self) -> int | None:
        return read_number(self.version.data)


class AnswerForm(SignatureFields, PassageFields, BodyFields, LanguageFields):
    """An answer beneath a reflection."""

    preview = SubmitField(_l("See it first"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("Your answer")


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
