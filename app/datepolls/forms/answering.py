"""Answering: one choice of three for each hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.datepolls.models import DatePollOption, Says
from app.datepolls.services import MOST
from app.datepolls.showing.hours import HourShown
from app.datepolls.showing.words import SAYS


class AnswerForm(Form):
    """`asked` are the hours in their order, each with the name of its field; `answer_form` adds a field for each."""

    asked: Mapping[UUID, str] = MappingProxyType({})

    def fields_shown(self) -> list[Any]:
        """Return the field of each hour, in their order."""
        return [self[name] for name in self.asked.values()]

    def said(self) -> dict[UUID, Says]:
        """Return what was chosen; call it after `validate()`."""
        return {option_id: Says(self[name].data) for option_id, name in self.asked.items()}


def _name(option: DatePollOption) -> str:
    """Each hour keeps its name: a page that was opened before an earlier hour was past answers what it showed."""
    return f"says_{option.place + 1}"


def _is_said(_form: Any, field: Any) -> None:
    if field.data not in list(Says):
        raise ValidationError(_l("Say whether this hour suits you."))


def answer_form(asked: Sequence[HourShown], said: Mapping[UUID, Says]) -> AnswerForm:
    """Return the form for these hours; what one said already stands in it."""
    fields: dict[str, Any] = {"asked": {one.option.id: _name(one.option) for one in asked}}
    for one in asked:
        fields[_name(one.option)] = _field(one.words, said.get(one.option.id))
    form: AnswerForm = type("AnswerForm", (AnswerForm,), fields)()
    return form


def _field(words: str = "", said: Says | None = None) -> RadioField:
    return RadioField(
        words,
        choices=[SelectChoice(says.value, SAYS[says]) for says in Says],
        default=said,
        validate_choice=False,
        validators=[_is_said],
    )


class HourAsked(NamedTuple):
    """An hour in words, and what was said of it already."""

    option: DatePollOption
    words: str
    mine: Says | None


class AnswerByMailForm(AnswerForm):
    """The same behind the link of a mail, where the form is there before the poll is: a field for as many hours as a
    poll may have, of which `ask` leaves those that are asked."""

    def ask(self, hours: Sequence[HourAsked]) -> None:
        self.asked = {one.option.id: _name(one.option) for one in hours}
        for name in {field.name for field in self if isinstance(field, RadioField)} - set(self.asked.values()):
            del self[name]
        for one in hours:
            field = self[_name(one.option)]
            field.label.text = one.words
            if field.raw_data is None and one.mine is not None:
                field.data = one.mine.value


for _place in range(MOST):
    setattr(AnswerByMailForm, f"says_{_place + 1}", _field())
