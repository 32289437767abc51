"""Forms of joint texts. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.core.forms import Form, clean_line
from app.core.text_language import LanguageFields
from app.drafting.models import Verdict
from app.drafting.words import VERDICTS
from app.moments.forms import DayField
from app.originals.forms import BodyFields, read_number


class DescribeForm(Form):
    """What a text is called, and what it is for."""

    # I18N: label of a field: the title of a text
    title = StringField(_l("Title"), filters=[clean_line])
    # I18N: label of a field: what a text is for
    purpose = StringField(_l("What is it for?"), filters=[clean_line])


class TextForm(DescribeForm, LanguageFields):
    """A new text with its first version."""

    body = TextAreaField(_l("The text"))

    page_order = ("language", "other_language", "title", "purpose", "body")


class VersionForm(Form):
    """The next version. `version` is the one the writer was looking at, `original` that of the text it translates."""

    body = TextAreaField(_l("The text"))
    changes = StringField(_l("What is new in this version?"), filters=[clean_line])
    follows = BooleanField(_l("It follows the newest version of the original"))
    version = HiddenField()
    original = HiddenField()

    def based_on(self) -> int:
        """Return the version the writer was looking at; a spoilt number is none that ever was."""
        return read_number(self.version.data) or 0

    def of_version(self, before: int | None) -> int | None:
        """Return the version of the original that this one follows."""
        return read_number(self.original.data) if self.follows.data else before


class CommentForm(BodyFields, LanguageFields):
    """What somebody says about a paragraph, in whatever language."""

    page_order = ("language", "other_language", "body")


class AnswerForm(LanguageFields):
    """The answer to a comment. `seen`: how many answers there were when this one was begun."""

    verdict = RadioField(
        _l("What becomes of it?"),
        choices=[SelectChoice(verdict.value, VERDICTS[verdict]) for verdict in Verdict],
        validators=[InputRequired(_l("Choose what becomes of this comment."))],
    )
    # I18N: label of a field: the reason of an answer to a comment
    because = TextAreaField(_l("Because"))
    seen = HiddenField()

    page_order = ("verdict", "language", "other_language", "because")

    def decided(self) -> Verdict:
        return Verdict(self.verdict.data)

    def answers_seen(self) -> int:
        return read_number(self.seen.data) or 0


class AdoptForm(Form):
    """On which day the group adopted the version that stands on the page."""

    on = DayField(_l("Adopted on"), validators=[InputRequired(_l("Choose a day."))])
    version = HiddenField()

    def looked_at(self) -> int:
        return read_number(self.version.data) or 0


class KeeperForm(Form):
    """Who keeps a text, chosen among those who take part in the group."""

    person = SelectField(_l("Who keeps it too?"), validate_choice=False)

    def offer(self, people: list[tuple[UUID, str]]) -> None:
        self.person.choices = [
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]

    def validate_person(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_l("Choose somebody from the list."))

    def chosen(self) -> UUID:
        return UUID(str(self.person.data))


class EraseForm(Form):
    """Asked on its own page, and by a box to tick."""

    sure = BooleanField(_l("Yes, erase this comment for good. Nobody can bring it back."))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _l("Tick this box if you are sure, or withdraw the comment instead: then it can come back.")
            )


class CompareForm(Form):
    """Which two versions; both from the address, which anybody may have written by hand."""

    class Meta:
        csrf = False

    old = SelectField(_l("From version"), validate_choice=False)
    new = SelectField(_l("To version"), validate_choice=False)

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(formdata=request.args)
        self.old.choices = self.new.choices = [SelectChoice(str(number), str(number)) for number in numbers]

    def pair(self, newest: int) -> tuple[int, int]:
        """Return the numbers of the older and the newer one: by default the last two."""
        new = read_number(self.new.data) or newest
        return read_number(self.old.data) or max(new - 1, 1), new
