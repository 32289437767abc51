"""What those who lead a track ask and decide, and what authors and readers answer and report."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.core.text_language import checked
from app.reflections.queries import Show
from app.reflections.readers import Readers, is_wider
from app.reflections.services.asking import LONGEST_WORDS
from app.reflections.services.withholding import check_words

YES, NO = "yes", "no"


class AskConsentForm(Form):
    """Who should read it, and what is said to the author beside the question."""

    audience = RadioField(
        _l("Who should be able to read it?"),
        choices=[
            SelectChoice(Readers.NETWORK.value, _l("People of the network")),
            SelectChoice(Readers.PUBLIC.value, _l("Everybody")),
        ],
        validate_choice=False,
    )
    words = TextAreaField(_l("Your words to the author"))

    def offer_readers(self, now: Readers, most: Readers) -> None:
        """Offer more readers than now, and not more than the answered text has."""
        wider = [one for one in self.audience.choices if is_wider(Readers(one.value), than=now)]
        self.audience.choices = [one for one in wider if not is_wider(Readers(one.value), than=most)]

    def validate_audience(self, field: RadioField) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(_l("Choose who should be able to read it."))

    def validate_words(self, field: TextAreaField) -> None:
        if len(field.data or "") > LONGEST_WORDS:
            raise ValidationError(_l("Write %(longest)s characters at most.", longest=LONGEST_WORDS))


class AnswerConsentForm(Form):
    """The author's yes or no: two buttons."""

    answer = RadioField(choices=[SelectChoice(YES, YES), SelectChoice(NO, NO)], validate_choice=False)

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in (YES, NO):
            raise ValidationError(_l("Answer with one of the two buttons."))


class ReasonForm(Form):
    """Why a text is kept from its readers; its author reads it."""

    reason = TextAreaField(_l("The reason, which its author reads"))

    def validate_reason(self, field: TextAreaField) -> None:
        checked(lambda: check_words(field.data or "", field="reason"))


class WordsForm(Form):
    """What somebody says in their own words: a report, an appeal."""

    words = TextAreaField(_l("In your own words, in any language"))

    def validate_words(self, field: TextAreaField) -> None:
        checked(lambda: check_words(field.data or "", field="words"))


class AnswerAppealForm(Form):
    """Lift or not, with an answer the author reads."""

    page_order = ("lifts", "answer")

    answer = TextAreaField(_l("Your answer to the author"))
    lifts = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(YES, _l("Show the reflection again")),
            SelectChoice(NO, _l("Keep it from its readers")),
        ],
        validate_choice=False,
    )

    def validate_answer(self, field: TextAreaField) -> None:
        checked(lambda: check_words(field.data or "", field="answer"))

    def validate_lifts(self, field: RadioField) -> None:
        if field.data not in (YES, NO):
            raise ValidationError(_l("Choose one of the two."))


class InboxView(Form):
    """Which view of the inbox is asked for; what does not exist is the whole inbox."""

    class Meta:
        csrf = False

    view = RadioField(choices=[SelectChoice(one.value, one.value) for one in Show], validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    def chosen(self) -> Show:
        return Show(self.view.data) if self.view.data in list(Show) else Show.ALL
