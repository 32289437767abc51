"""What every form of the catalogue asks: how sure a fact is and where it was read; numbers and choices in the
words of the house."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from app.advocacy import words
from app.advocacy.models import Fact
from app.advocacy.services.spaces import Sure
from app.core.forms import clean_line
from app.moments.models import Certainty

SAYABLE = (Certainty.VERIFIED, Certainty.TYPICAL, Certainty.UNSURE)
"""What a person can say of a fact; estimates are the house's."""


def enum_choices(labels: dict[Any, Any], first: Any = None) -> list[SelectChoice]:
    choices = [SelectChoice(code.value, label) for code, label in labels.items()]
    return choices if first is None else [SelectChoice("", first), *choices]


class NumberField(IntegerField):
    """A whole number; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write a number.")) from None


class SureFields:
    """How sure it is, and where that was read. Stand it before `Form`."""

    certainty = RadioField(
        _l("How sure is this?"),
        choices=[SelectChoice(one.value, words.CERTAINTIES[one]) for one in SAYABLE],
        default="",
        validate_choice=False,
    )
    # I18N: label of a field: the page or document in which a fact was read
    source = StringField(_l("Where is it written?"), filters=[clean_line], validators=[Length(max=500)])

    def validate_certainty(self, field: Any) -> None:
        if field.data not in [one.value for one in SAYABLE]:
            raise ValidationError(_l("Choose how sure this is."))

    def sure(self) -> Sure:
        return Sure(certainty=Certainty(self.certainty.data), source=str(self.source.data or ""))

    def show_sure(self, fact: Fact) -> None:
        self.certainty.data, self.source.data = fact.certainty.value, fact.source


def known(labels: dict[Any, Any], sentence: Any) -> Any:
    """Return a check that a choice is one of a list."""

    def check(_form: Any, field: Any) -> None:
        if field.data not in {code.value for code in labels}:
            raise ValidationError(sentence)

    return check
