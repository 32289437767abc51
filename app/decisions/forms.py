"""Forms of decisions. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.forms import Form, clean_line
from app.core.languages import has_words, is_blank
from app.core.text_language import LanguageFields
from app.decisions.models import Stand
from app.decisions.services import Plan, Speaking
from app.decisions.services.proposing import LONGEST_TITLE, NO_PROPOSAL, NO_TITLE
from app.decisions.services.speaking import NO_REASON
from app.decisions.texts import Words
from app.decisions.words import STANDS
from app.moments.endings import Closing
from app.moments.forms import ClosingFields, DayField


class WholeNumber(IntegerField):
    """A number of organisations; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write a number.")) from None


class WordsForm(LanguageFields):
    """Words in a language: a question, a reaction, an answer, why something is laid down."""

    body = TextAreaField(_l("Your words"))
    is_optional = False

    def validate_language(self, field: SelectField) -> None:
        if not (self.is_optional and self.words().is_empty):
            super().validate_language(field)

    def words(self) -> Words:
        """Return what was typed; call it after `validate()` for a language that is known."""
        return Words(str(self.body.data or ""), "" if not self.language.data else self._said_language())

    def _said_language(self) -> str:
        return str(self.other_language.data if self.language.data == "other" else self.language.data)


class ProposalForm(WordsForm):
    """A proposal as a draft."""

    page_order = ("title", "language", "other_language", "body", "quorum", "proxies")

    title = StringField(
        _l("What is decided, in a few words"),
        filters=[clean_line],
        validators=[Length(max=LONGEST_TITLE, message=_l("Write at most %(count)s letters.", count=LONGEST_TITLE))],
    )
    body = TextAreaField(_l("The proposal"))
    quorum = WholeNumber(
        _l("How many organisations must have spoken?"), validators=[InputRequired(_l("Write a number."))]
    )
    proxies = WholeNumber(
        _l("For how many others may one organisation speak?"),
        default=1,
        validators=[InputRequired(_l("Write a number."))],
    )

    def validate_title(self, field: StringField) -> None:
        if is_blank(field.data or ""):
            raise ValidationError(NO_TITLE)

    def validate_body(self, field: TextAreaField) -> None:
        if is_blank(field.data or ""):
            raise ValidationError(NO_PROPOSAL)

    def plan(self) -> Plan:
        return Plan(str(self.title.data or ""), self.words(), int(self.quorum.data or 0), int(self.proxies.data or 0))


class WindowForm(ClosingFields, Form):
    """Open the next window, or put the end of one off. An hour that does not exist is refused at `hour`."""


class AmendForm(Form):
    """The proposal as it reads now; `version` is the one its writer was looking at."""

    body = TextAreaField(_l("The proposal"))
    version = HiddenField()

    def words(self, language: str) -> Words:
        return Words(str(self.body.data or ""), language)

    def seen(self) -> int:
        return _number(self.version.data)

    def asked_until(self) -> Closing | None:
        """Until when organisations are asked anew; None where no voices are asked for."""
        return None


class AmendAndAskForm(ClosingFields, AmendForm):
    """An amendment after voices were counted: it asks anew."""

    page_order = ("body", "day", "hour", "zone")

    def asked_until(self) -> Closing | None:
        return self.closing()


class VoiceForm(WordsForm):
    """The voice of one organisation. `organisation` is its id, and that of the one that speaks for it by proxy after a
    colon; `changes` is the voice that this one replaces, `version` what the person was looking at."""

    page_order = ("organisation", "stand", "language", "other_language", "body")
    is_optional = True

    organisation = RadioField(_l("For which organisation?"), validate_choice=False)
    stand = RadioField(_l("What does your organisation say?"), validate_choice=False)
    body = TextAreaField(_l("In your words"))
    version = HiddenField()
    changes = HiddenField()

    def offer(self, organisations: Iterable[tuple[str, Any]]) -> None:
        self.organisation.choices = [SelectChoice(value, label) for value, label in organisations]
        self.stand.choices = [SelectChoice(stand.value, STANDS[stand]) for stand in Stand]

    def validate_organisation(self, field: RadioField) -> None:
        try:
            self._organisations()
        except (ValueError, AttributeError):
            field.data = ""
            raise ValidationError(_l("Choose the organisation for which you speak.")) from None

    def validate_stand(self, field: RadioField) -> None:
        if field.data not in list(Stand):
            raise ValidationError(_l("Say it: consent, abstain or object."))

    def _organisations(self) -> tuple[UUID, UUID | None]:
        organisation, _colon, through = str(self.organisation.data or "").partition(":")
        return UUID(organisation), UUID(through) if through else None

    def speaking(self) -> Speaking:
        """Return what was typed; call it after `validate()`."""
        organisation_id, through = self._organisations()
        return Speaking(
            organisation_id=organisation_id,
            stand=Stand(self.stand.data),
            version=_number(self.version.data),
            words=self.words(),
            through=through,
            changes=_uuid(self.changes.data),
        )


class VoiceByMailForm(Form):
    """The voice of one organisation, given from a mail: all but the voice that it replaces stands in the link."""

    changes = StringField()

    def changed(self) -> UUID | None:
        return _uuid(self.changes.data)


class ObjectionByMailForm(VoiceByMailForm, WordsForm):
    """An objection from a mail, with its reason."""

    page_order = ("language", "other_language", "body")

    body = TextAreaField(_l("Why would it harm the aims of the group?"))

    def validate_body(self, field: TextAreaField) -> None:
        if not has_words(field.data or ""):
            raise ValidationError(NO_REASON)


class WithdrawForm(WordsForm):
    """An objection is taken back, with words or without."""

    is_optional = True


class ProxyForm(Form):
    """An organisation gives its voice to another one."""

    giver = SelectField(_l("Which organisation gives its voice?"), validate_choice=False)
    holder = SelectField(_l("To which organisation?"), validate_choice=False)
    paper = StringField(
        _l("Where does the written paper lie?"),
        filters=[clean_line],
        validators=[Length(max=300, message=_l("Write at most %(count)s letters.", count=300))],
    )

    def offer(self, givers: Iterable[tuple[str, str]], holders: Iterable[tuple[str, str]]) -> None:
        first = SelectChoice("", _("Choose…"))
        self.giver.choices = [first, *(SelectChoice(value, label) for value, label in givers)]
        self.holder.choices = [first, *(SelectChoice(value, label) for value, label in holders)]

    def validate_giver(self, field: SelectField) -> None:
        if _uuid(field.data) is None:
            raise ValidationError(_l("Choose an organisation from the list."))

    def validate_holder(self, field: SelectField) -> None:
        self.validate_giver(field)

    def chosen(self) -> tuple[UUID, UUID]:
        return UUID(self.giver.data), UUID(self.holder.data)


class OutcomeForm(WordsForm):
    """What follows from a decision, and when the group looks at it again."""

    body = TextAreaField(_l("What follows from it"))
    review_on = DayField(_l("Looked at again on"), validators=[InputRequired(_l("Choose a day."))])


def _number(value: Any) -> int:
    written = str(value or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
