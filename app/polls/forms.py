"""Forms of polls. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, clean_line, clean_text
from app.core.text_language import LanguageFields
from app.moments.forms import ClosingFields
from app.polls.models import Shows
from app.polls.services import Given, Plan, Wording
from app.polls.services.wording import FEWEST, MOST
from app.polls.showing import SHOWN


class WordingForm(LanguageFields):
    """A poll in one language."""

    question = StringField(_l("The question, in one line"), filters=[clean_line])
    explanation = TextAreaField(_l("What one should know before answering"), filters=[clean_text])
    options = TextAreaField(_l("What one can choose"), filters=[clean_text])

    def validate_question(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_l("Write the question in one line."))

    def validate_options(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(
                _l("Write %(fewest)s to %(most)s options, one on each line.", fewest=FEWEST, most=MOST)
            )

    def wording(self) -> Wording:
        """Return what was typed; call it after `validate()`."""
        return Wording(
            language=self.tag(),
            question=str(self.question.data or ""),
            options=tuple(str(self.options.data or "").splitlines()),
            explanation=str(self.explanation.data or ""),
        )


class PollForm(ClosingFields, WordingForm):
    """A poll that is about to open."""

    page_order = (
        "language", "other_language", "question", "options", "explanation", "most", "shows", "day", "hour", "zone",
    )  # fmt: skip

    most = SelectField(_l("How many options may one choose?"), validate_choice=False, default="1")
    shows = RadioField(_l("What is shown after the close?"), validate_choice=False)

    def offer(self) -> None:
        """Fill the lists."""
        # I18N: how many options of a poll one may choose
        numbers = [("1", _("One")), *((str(most), _("At most %(count)s", count=most)) for most in range(2, MOST + 1))]
        self.most.choices = [SelectChoice(value, label) for value, label in numbers]
        self.shows.choices = [SelectChoice(shows.value, words) for shows, words in SHOWN.items()]

    def validate_shows(self, field: RadioField) -> None:
        if field.data not in list(Shows):
            raise ValidationError(_l("Say what will be shown: people should know before they answer."))

    def plan(self) -> Plan:
        """Return what was typed; call it after `validate()`."""
        written = str(self.most.data or "")
        most = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
        return Plan(self.wording(), self.closing(), Shows(self.shows.data), most)


class ClosingForm(ClosingFields, Form):
    """Another closing."""


class BecauseForm(LanguageFields):
    """Why a poll is laid down."""

    because = TextAreaField(_l("Why"), filters=[clean_text])


class AnswerForm(LanguageFields):
    """One choice, and a line why.

    `seal` is a number that nobody keeps. What is left of a sent form, to see whether it is sent twice
    (`core.submissions`), is a hash: without the seal one could try out which of the few options it holds.
    """

    page_order = ("choices", "because", "language", "other_language")

    seal = HiddenField(default=lambda: str(uuid4()))
    choices: Any = RadioField(_l("What do you choose?"), validate_choice=False)
    because = TextAreaField(_l("Because …"), filters=[clean_line])

    def offer(self, options: Iterable[tuple[UUID, Any]]) -> None:
        self.choices.choices = [SelectChoice(str(option_id), words) for option_id, words in options]

    def validate_language(self, field: SelectField) -> None:
        if self.because.data:
            super().validate_language(field)

    def given(self) -> Given:
        """Return what was typed; call it after `validate()`. What is no option at all is left to the service."""
        written = self.choices.data if isinstance(self.choices.data, list) else [self.choices.data]
        chosen = frozenset(option for value in written if (option := _uuid(value)) is not None)
        because = str(self.because.data or "")
        return Given(chosen, because, self.tag() if because else "")


class SeveralForm(AnswerForm):
    """The same where several options may be chosen."""

    choices = SelectMultipleField(
        _l("What do you choose?"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
