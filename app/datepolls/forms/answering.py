"""Answering: one choice of three for each hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.datepolls.models import Says
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


def _name(one: HourShown) -> str:
    """Each hour keeps its name: a page that was opened before an earlier hour was past answers what it showed."""
    return f"says_{one.option.place + 1}"


def _is_said(_form: Any, field: Any) -> None:
    if field.data not in list(Says):
        raise ValidationError(_l("Say whether this hour suits you."))


def answer_form(asked: Sequence[HourShown], said: Mapping[UUID, Says]) -> AnswerForm:
    """Return the form for these hours; what one said already stands in it."""
    fields: dict[str, Any] = {"asked": {one.option.id: _name(one) for one in asked}}
    for one in asked:
        fields[_name(one)] = RadioField(
            one.words,
            choices=[SelectChoice(says.value, SAYS[says]) for says in Says],
            default=said.get(one.option.id),
            validate_choice=False,
            validators=[_is_said],
        )
    form: AnswerForm = type("AnswerForm", (AnswerForm,), fields)()
    return form
